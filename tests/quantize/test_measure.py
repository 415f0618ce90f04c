from pathlib import Path

import pytest

from soro.checkpoint.folder import load_model, load_tokenizer
from soro.core.documents import write_documents
from soro.core.errors import SoroError
from soro.quantize.measure import heldout_texts, score_model


def test_texts_are_cut_by_language(corpus: Path) -> None:
    texts = heldout_texts(corpus, 300)
    assert {lang: sum(map(len, members)) for lang, members in texts.items()} == {"eng": 300, "tgk": 300}


def test_an_empty_heldout_is_said(tmp_path: Path) -> None:
    write_documents(tmp_path / "heldout.parquet", [])
    with pytest.raises(SoroError, match="no held-out documents"):
        heldout_texts(tmp_path, 100)


def test_the_overall_score_lies_between_those_of_the_languages(tiny_model: Path, corpus: Path) -> None:
    scores = score_model(load_model(tiny_model), load_tokenizer(tiny_model), heldout_texts(corpus, 300))
    assert scores["bpc"] == pytest.approx((scores["bpc_eng"] + scores["bpc_tgk"]) / 2, abs=1e-3)
