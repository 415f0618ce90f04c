import json
import shutil
from pathlib import Path

import pytest
import torch
from transformers import PreTrainedModel

from soro.checkpoint.folder import load_config, load_model
from soro.core.errors import SoroError
from soro.quantize.gguf_file import write_gguf
from soro.quantize.parity import check_parity
from soro.quantize.parity_texts import all_strings


@pytest.fixture(scope="module")
def dequantized(tiny_model: Path) -> PreTrainedModel:
    return load_model(tiny_model)


@pytest.fixture
def changed(tiny_model: Path, tmp_path: Path) -> Path:
    """A copy of the tiny model that may be changed: its tokenizer's hash is not checked."""
    folder = tmp_path / "changed"
    shutil.copytree(tiny_model, folder)
    config = load_config(tiny_model)
    del config["tokenizer_sha256"]
    (folder / "config.json").write_text(json.dumps(config))
    return folder


def as_gguf(folder: Path) -> Path:
    path = folder.with_suffix(".gguf")
    write_gguf(folder, path, quantization="bf16", embedding="bf16")
    return path


def test_at_least_300_strings_without_repeats(corpus: Path) -> None:
    texts = all_strings(corpus)
    assert len(texts) == len(set(texts)) >= 300


def test_an_honest_file_passes(tiny_gguf: Path, tiny_model: Path, dequantized: PreTrainedModel, corpus: Path) -> None:
    parity = check_parity(tiny_gguf, tiny_model, dequantized, all_strings(corpus))
    assert parity.num_strings >= 300 and parity.num_prompts >= 10 and parity.num_contexts >= 30


def test_a_missing_merge_is_found(changed: Path, tiny_model: Path, dequantized: PreTrainedModel, corpus: Path) -> None:
    tokenizer = json.loads((changed / "tokenizer.json").read_text())
    del tokenizer["model"]["merges"][3]
    (changed / "tokenizer.json").write_text(json.dumps(tokenizer))
    with pytest.raises(SoroError, match=r"llama.cpp reads '.+' as the ids \[.+\], tokenizers as \[.+\]"):
        check_parity(as_gguf(changed), tiny_model, dequantized, all_strings(corpus))


def test_another_template_is_found(changed: Path, tiny_model: Path, dequantized: PreTrainedModel) -> None:
    template = changed / "chat_template.jinja"
    template.write_text(template.read_text().replace("| trim", ""))
    with pytest.raises(SoroError, match=r"llama.cpp renders the chat .+ the template says"):
        check_parity(as_gguf(changed), tiny_model, dequantized, ["a"])


@pytest.mark.parametrize(
    ("loose", "value", "message"),
    [("MIN_AGREEMENT", 0.0, "do not compute the same model"), ("MAX_REGRET_NATS", 1e9, "too few for one model")],
)
def test_other_weights_are_found(
    loose: str,
    value: float,
    message: str,
    tiny_gguf: Path,
    tiny_model: Path,
    corpus: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(f"soro.quantize.parity.{loose}", value)
    other = load_model(tiny_model)
    torch.manual_seed(0)
    with torch.no_grad():
        for layer in other.model.layers:
            layer.mlp.down_proj.weight.add_(torch.randn(layer.mlp.down_proj.weight.shape))
    with pytest.raises(SoroError, match=message):
        check_parity(tiny_gguf, tiny_model, other, all_strings(corpus)[-80:])
