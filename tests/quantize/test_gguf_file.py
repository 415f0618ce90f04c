import errno
import json
import shutil
from pathlib import Path
from typing import Any

import gguf
import pytest
import torch

from soro.checkpoint.folder import load_config, load_model, load_tokenizer
from soro.core.errors import SoroError
from soro.quantize.gguf_file import write_gguf
from soro.quantize.llama import open_llama
from soro.quantize.measure import load_dequantized


@pytest.fixture(scope="module")
def exact(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model in bfloat16, which loses nothing."""
    path = tmp_path_factory.mktemp("gguf") / "exact.gguf"
    write_gguf(tiny_model, path, quantization="bf16", embedding="bf16", name="tiny")
    return path


def copy_with_config(model: Path, folder: Path, **changes: Any) -> Path:
    shutil.copytree(model, folder)
    (folder / "config.json").write_text(json.dumps({**load_config(model), **changes}))
    return folder


def test_bfloat16_holds_every_weight_as_it_is(exact: Path, tiny_model: Path) -> None:
    original, held = load_model(tiny_model).state_dict(), load_dequantized(exact, tiny_model).state_dict()
    assert original.keys() == held.keys()
    for name, tensor in original.items():
        assert torch.allclose(tensor, held[name], atol=1e-7), name


def test_llama_goes_on_as_transformers_does(exact: Path, tiny_model: Path) -> None:
    tokenizer, model = load_tokenizer(tiny_model), load_model(tiny_model)
    with open_llama(exact) as llama:
        for text in ("The capital", "1 + 1 =", "\n\n  x"):
            ids = tokenizer.encode(text).ids
            with torch.no_grad():
                wanted = model.generate(torch.tensor([ids]), do_sample=False, max_new_tokens=8)[0, len(ids) :].tolist()
            assert llama.complete(ids, 8)["tokens"] == wanted


@pytest.mark.parametrize("stop", ["<end_of_turn>", "<eos>"])
def test_stop_tokens_end_the_answer(exact: Path, tiny_model: Path, stop: str) -> None:
    stop_id = load_tokenizer(tiny_model).token_to_id(stop)
    with open_llama(exact) as llama:
        body = {"prompt": "a", "n_predict": 8, "logit_bias": [[stop_id, 1000.0]]}
        reply = llama.ask("/completion", body)
    assert (reply["stop_type"], reply["content"]) == ("eos", "")


def test_facts_and_types(exact: Path, tiny_model: Path, tmp_path: Path) -> None:
    fields = gguf.GGUFReader(exact).fields
    assert fields["general.name"].contents() == "tiny"
    assert fields["general.license"].contents() == "gemma"
    assert "modified by the Soro project" in fields["soro.modified"].contents()
    assert fields["tokenizer.chat_template"].contents() == (tiny_model / "chat_template.jinja").read_text()
    write_gguf(tiny_model, tmp_path / "m.gguf", quantization="q4_0", embedding="q8_0", derived_from_gemma=False)
    reader = gguf.GGUFReader(tmp_path / "m.gguf")
    types = {tensor.name: tensor.tensor_type.name for tensor in reader.tensors}
    assert (types["token_embd.weight"], types["blk.0.ffn_up.weight"], types["output_norm.weight"]) == (
        "Q8_0",
        "Q4_0",
        "F32",
    )
    assert "general.license" not in reader.fields and "soro.modified" not in reader.fields


def test_the_same_folder_gives_the_same_bytes(tiny_model: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_gguf(tiny_model, tmp_path / name, quantization="q4_0", embedding="q4_0")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"model_type": "llama"}, r"type 'llama'; a GGUF can be made of gemma3 only"),
        ({"layer_types": ["full_attention"] * 3}, r"layer_types is not Gemma 3's"),
        ({"query_pre_attn_scalar": 99}, r"query_pre_attn_scalar is 99, llama.cpp computes with 64"),
        ({"tie_word_embeddings": False}, r"not tied"),
    ],
)
def test_what_llama_would_compute_otherwise_is_refused(
    tiny_model: Path, tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    folder = copy_with_config(tiny_model, tmp_path / "m", **changes)
    with pytest.raises(SoroError, match=message):
        write_gguf(folder, tmp_path / "out.gguf", quantization="q8_0", embedding="q8_0")
    assert not (tmp_path / "out.gguf").exists()


def test_a_full_disk_leaves_the_old_file(tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "m.gguf").write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(gguf.GGUFWriter, "write_tensor_data", full)
    with pytest.raises(SoroError, match="disk is full"):
        write_gguf(tiny_model, tmp_path / "m.gguf", quantization="q8_0", embedding="q8_0")
    assert [path.name for path in tmp_path.iterdir()] == ["m.gguf"]
    assert (tmp_path / "m.gguf").read_bytes() == b"old"


def test_narrow_rows_are_refused_by_name() -> None:
    from soro.quantize.gguf_file import TYPES, check_rows

    with pytest.raises(SoroError, match="rows of x are 40 wide, Q4_0 needs a multiple of 32; use bf16"):
        check_rows("x", 40, TYPES["q4_0"])
