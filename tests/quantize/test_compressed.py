import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open

from soro.checkpoint.folder import load_model, load_tokenizer
from soro.core.errors import SoroError
from soro.core.files import read_json
from soro.quantize.calibration import calibration_rows
from soro.quantize.compressed import write_compressed
from soro.quantize.measure import heldout_texts, score_model


@pytest.mark.parametrize(("scheme", "stored", "kind"), [("fp8", "weight", "F8_E4M3"), ("int4", "weight_packed", "I32")])
def test_a_format_loads_back(
    scheme: Any, stored: str, kind: str, tiny_model: Path, corpus: Path, tmp_path: Path
) -> None:
    tokenizer = load_tokenizer(tiny_model)
    rows = calibration_rows(corpus, tokenizer, language="tgk", num_rows=4, seq_len=32, seed=0)
    write_compressed(tiny_model, tmp_path / scheme, scheme=scheme, rows=rows)
    with safe_open(tmp_path / scheme / "model.safetensors", framework="pt") as tensors:
        assert tensors.get_slice(f"model.layers.0.mlp.down_proj.{stored}").get_dtype() == kind
        assert not any(name.startswith("lm_head") for name in tensors.keys())  # noqa: SIM118
        embedding = tensors.get_tensor("model.embed_tokens.weight")
        norm = tensors.get_tensor("model.norm.weight")
    original, loaded = load_model(tiny_model), load_model(tmp_path / scheme)
    assert torch.equal(embedding.float(), original.model.embed_tokens.weight)
    assert torch.equal(norm.float(), original.model.norm.weight)
    assert loaded.lm_head.weight.data_ptr() == loaded.model.embed_tokens.weight.data_ptr()
    assert read_json(tmp_path / scheme / "config.json")["quantization_config"]["quant_method"] == "compressed-tensors"
    for name in ("chat_template.jinja", "tokenizer.json"):
        assert (tmp_path / scheme / name).read_bytes() == (tiny_model / name).read_bytes()
    texts = heldout_texts(corpus, 300)
    before, after = score_model(original, tokenizer, texts), score_model(loaded, tokenizer, texts)
    assert before["bpc"] != after["bpc"]
    assert before["bpc"] == pytest.approx(after["bpc"], abs=0.1)


def test_a_missing_package_names_its_line(tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "llmcompressor", None)
    with pytest.raises(SoroError, match=r"pip install 'soro\[quantize\]'"):
        write_compressed(tiny_model, tmp_path / "fp8", scheme="fp8", rows=torch.zeros(1, 8, dtype=torch.long))
