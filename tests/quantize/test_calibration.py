from pathlib import Path

import pytest

from soro.checkpoint.folder import load_tokenizer
from soro.core.errors import SoroError
from soro.quantize.calibration import calibration_rows


def test_rows_are_full_seeded_and_take_turns_over_the_sources(tiny_model: Path, corpus: Path) -> None:
    tokenizer = load_tokenizer(tiny_model)
    options = {"language": "tgk", "num_rows": 6, "seq_len": 48}
    rows = calibration_rows(corpus, tokenizer, seed=0, **options)  # type: ignore[arg-type]
    assert rows.shape == (6, 48)
    assert rows[:, 0].tolist() == [tokenizer.token_to_id("<bos>")] * 6
    assert rows.equal(calibration_rows(corpus, tokenizer, seed=0, **options))  # type: ignore[arg-type]
    assert not rows.equal(calibration_rows(corpus, tokenizer, seed=1, **options))  # type: ignore[arg-type]
    assert "France" not in tokenizer.decode(rows.flatten().tolist())


def test_too_little_text_is_said(tiny_model: Path, corpus: Path) -> None:
    with pytest.raises(SoroError, match=r"too little text in 'rus' .* lower quantize\.calibration_seq_len"):
        calibration_rows(corpus, load_tokenizer(tiny_model), language="rus", num_rows=1, seq_len=32, seed=0)
