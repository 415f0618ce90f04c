"""The checkpoint of every published layout through base and vocab, opened again with transformers."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, AutoTokenizer, Gemma3ForConditionalGeneration

from soro.checkpoint.build import build_base
from soro.checkpoint.folder import EMBEDDINGS, load_config, load_tokenizer, load_tokenizer_json
from soro.checkpoint.shards import stored_tensors
from soro.checkpoint.tokenizer_file import IMAGE_TOKENS
from soro.core.artifact import Order, begin
from soro.core.documents import Document, write_documents
from soro.core.errors import SoroError
from soro.core.recipe import Base, Recipe, Vocab, load_recipe
from soro.vocab.build import build_vocab
from tests.vocab.made_checkpoints import LAYOUTS, NUM_SHARDS, TILES, make_checkpoint

KEPT_TEXT = (
    "x = (7 + 12) * 3; // \u00ab\u2026\u00bb \U0001f600\n\t"  # spelled in characters and bytes by any fitted tokenizer
)
TAJIK = "Мо забони тоҷикиро дӯст медорем. "


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    writer = begin(Order(kind="corpus", out=tmp_path_factory.mktemp("surgery") / "corpus", section={}, seed=0))
    assert writer is not None
    document = Document(
        id="a", source="s", lang="tgk", licence="CC BY 4.0", tier="own", url="", title="", text=TAJIK * 20
    )
    for name in ("train", "heldout"):
        write_documents(writer.path / f"{name}.parquet", [document])
    return writer.finish(counts={})


def recipe_of(project: Path, checkpoint: Path) -> Recipe:
    tiny = load_recipe(project / "recipes" / "tiny.toml")
    return replace(tiny, base=Base(source="folder", path=str(checkpoint)), vocab=Vocab(num_rows=1728))


def operate(project: Path, checkpoint: Path, corpus: Path, folder: Path) -> tuple[Path, Path]:
    """(base, vocab) made of `checkpoint`."""
    recipe = recipe_of(project, checkpoint)
    base = build_base(recipe, folder / "base", project_root=project)
    return base, build_vocab(recipe, folder / "vocab", base=base, corpus=corpus, project_root=project)


def bytes_of(folder: Path) -> dict[str, tuple[str, tuple[int, ...], bytes]]:
    found = {}
    for name, tensor in stored_tensors(folder).items():
        with tensor.path.open("rb") as file:
            file.seek(tensor.start_byte)
            found[name] = (tensor.kind, tensor.shape, file.read(tensor.num_bytes))
    return found


def opened(folder: Path, layout: str) -> Any:
    kind = AutoModelForCausalLM if layout.startswith("text") else Gemma3ForConditionalGeneration
    model, loaded = kind.from_pretrained(folder, output_loading_info=True)
    assert not loaded["missing_keys"] and not loaded["unexpected_keys"] and not loaded["mismatched_keys"]
    return model.eval()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_checkpoint_of_each_layout_keeps_what_it_knew(
    project: Path, tiny_model: Path, corpus: Path, tmp_path: Path, layout: str
) -> None:
    checkpoint = make_checkpoint(layout, tiny_model, tmp_path / "checkpoint")
    _, out = operate(project, checkpoint, corpus, tmp_path)
    before, after = bytes_of(checkpoint), bytes_of(out)
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {next(name for name in EMBEDDINGS if name in before)}
    old, new = load_tokenizer(checkpoint), load_tokenizer(out)
    old_ids, new_ids = (t.encode(KEPT_TEXT, add_special_tokens=False).ids for t in (old, new))
    assert [old.id_to_token(i) for i in old_ids] == [new.id_to_token(i) for i in new_ids] and old_ids != new_ids
    kept = [piece for piece in new.get_vocab() if old.token_to_id(piece) is not None]
    with torch.no_grad():
        old_TV = opened(checkpoint, layout)(torch.tensor([old_ids])).logits[0]
        new_TV = opened(out, layout)(torch.tensor([new_ids])).logits[0]
    assert torch.equal(old_TV[:, [old.token_to_id(p) for p in kept]], new_TV[:, [new.token_to_id(p) for p in kept]])


@pytest.mark.parametrize("layout", LAYOUTS[1:])
def test_shards_keep_their_names_and_the_index_is_true(
    project: Path, tiny_model: Path, corpus: Path, tmp_path: Path, layout: str
) -> None:
    checkpoint = make_checkpoint(layout, tiny_model, tmp_path / "checkpoint")
    for folder in operate(project, checkpoint, corpus, tmp_path):
        shards = sorted(path.name for path in folder.glob("*.safetensors"))
        assert len(shards) == NUM_SHARDS and shards == sorted(p.name for p in checkpoint.glob("*.safetensors"))
        index = json.loads((folder / "model.safetensors.index.json").read_text())
        tensors = stored_tensors(folder)
        assert index["weight_map"] == {name: tensor.path.name for name, tensor in sorted(tensors.items())}
        assert index["metadata"]["total_size"] == sum(tensor.num_bytes for tensor in tensors.values())


def test_image_tokens_move_with_their_rows(project: Path, tiny_model: Path, corpus: Path, tmp_path: Path) -> None:
    checkpoint = make_checkpoint("multimodal, old names", tiny_model, tmp_path / "checkpoint")
    _, out = operate(project, checkpoint, corpus, tmp_path)
    config, tokenizer = load_config(out), AutoTokenizer.from_pretrained(out)
    rows = {key: load_tokenizer(out).token_to_id(piece) for key, piece in IMAGE_TOKENS.items()}
    assert {key: config[f"{key}_index"] for key in IMAGE_TOKENS} == rows
    assert {key: getattr(tokenizer, f"{key}_id") for key in IMAGE_TOKENS} == rows
    assert config["text_config"]["vocab_size"] == len(load_tokenizer_json(out)["model"]["vocab"])
    assert "vocab_size" not in config
    assert json.loads((out / "preprocessor_config.json").read_text()) == TILES


def test_a_text_only_checkpoint_spends_no_row_on_images(
    project: Path, tiny_model: Path, corpus: Path, tmp_path: Path
) -> None:
    checkpoint = make_checkpoint("text", tiny_model, tmp_path / "checkpoint")
    _, out = operate(project, checkpoint, corpus, tmp_path)
    assert not set(IMAGE_TOKENS.values()) & set(load_tokenizer_json(out)["model"]["vocab"])


def test_special_tokens_are_named_in_both_parts_of_a_multimodal_config(
    project: Path, tiny_model: Path, corpus: Path, tmp_path: Path
) -> None:
    checkpoint = make_checkpoint("multimodal, new names", tiny_model, tmp_path / "checkpoint")
    _, out = operate(project, checkpoint, corpus, tmp_path)
    config, vocab = load_config(out), load_tokenizer_json(out)["model"]["vocab"]
    assert config["eos_token_id"] == [vocab["<eos>"], vocab["<end_of_turn>"]]
    assert config["text_config"]["bos_token_id"] == config["bos_token_id"] == vocab["<bos>"]


def test_a_missing_shard_is_named(project: Path, tiny_model: Path, tmp_path: Path) -> None:
    checkpoint = make_checkpoint("text in shards", tiny_model, tmp_path / "checkpoint")
    (checkpoint / "model-00002-of-00003.safetensors").unlink()
    with pytest.raises(SoroError, match=r"model-00002-of-00003\.safetensors is missing; the checkpoint is not whole"):
        build_base(recipe_of(project, checkpoint), tmp_path / "base", project_root=project)


def test_a_shard_without_its_tensor_is_named(project: Path, tiny_model: Path, tmp_path: Path) -> None:
    checkpoint = make_checkpoint("text in shards", tiny_model, tmp_path / "checkpoint")
    shard = checkpoint / "model-00002-of-00003.safetensors"
    tensors = load_file(shard)
    name = sorted(tensors)[0]
    save_file({key: tensor for key, tensor in tensors.items() if key != name}, shard)
    with pytest.raises(SoroError, match=rf"places {name} in {shard.name}, which does not hold it"):
        build_base(recipe_of(project, checkpoint), tmp_path / "base", project_root=project)


def with_head(checkpoint: Path, change: float) -> None:
    """Store an output head beside the embedding: the same values, plus `change`."""
    path = checkpoint / "model.safetensors"
    state = load_file(path)
    save_file({**state, "lm_head.weight": state[EMBEDDINGS[0]] + change}, path, metadata={"format": "pt"})


def test_a_stored_copy_of_the_embedding_is_left_out(
    project: Path, tiny_model: Path, corpus: Path, tmp_path: Path
) -> None:
    checkpoint = make_checkpoint("text", tiny_model, tmp_path / "checkpoint")
    with_head(checkpoint, 0.0)
    base, out = operate(project, checkpoint, corpus, tmp_path)
    assert "lm_head.weight" not in {**stored_tensors(base), **stored_tensors(out)}
    opened(out, "text")


def test_an_output_head_of_its_own_is_refused(project: Path, tiny_model: Path, tmp_path: Path) -> None:
    checkpoint = make_checkpoint("text", tiny_model, tmp_path / "checkpoint")
    with_head(checkpoint, 1.0)
    with pytest.raises(SoroError, match=r"output head of its own \(lm_head.weight differs from model.embed_tokens"):
        build_base(recipe_of(project, checkpoint), tmp_path / "base", project_root=project)


def test_an_embedding_with_other_rows_than_the_config_is_refused(
    project: Path, tiny_model: Path, tmp_path: Path
) -> None:
    checkpoint = make_checkpoint("text", tiny_model, tmp_path / "checkpoint")
    path = checkpoint / "model.safetensors"
    state = load_file(path)
    save_file({**state, EMBEDDINGS[0]: state[EMBEDDINGS[0]][:-1].clone()}, path, metadata={"format": "pt"})
    with pytest.raises(SoroError, match=r"speaks of 1545 rows, the embedding has 1544"):
        build_base(recipe_of(project, checkpoint), tmp_path / "base", project_root=project)


def test_a_quantized_embedding_is_refused(project: Path, tiny_model: Path, corpus: Path, tmp_path: Path) -> None:
    checkpoint = make_checkpoint("text", tiny_model, tmp_path / "checkpoint")
    path = checkpoint / "model.safetensors"
    state = load_file(path)
    save_file({**state, EMBEDDINGS[0]: state[EMBEDDINGS[0]].to(torch.int8)}, path, metadata={"format": "pt"})
    with pytest.raises(SoroError, match=r"model.embed_tokens.weight is stored as I8, must be one of BF16, F16, F32"):
        operate(project, checkpoint, corpus, tmp_path)


def test_a_killed_run_goes_on_with_the_shards_it_wrote(
    project: Path, tiny_model: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint = make_checkpoint("text in shards", tiny_model, tmp_path / "checkpoint")
    _, whole = operate(project, checkpoint, corpus, tmp_path / "whole")
    from soro.checkpoint import shards

    written: list[str] = []
    write = shards.write_shard

    def write_two(path: Path, *arguments: Any) -> None:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(path.name)
        write(path, *arguments)

    recipe, base = recipe_of(project, checkpoint), tmp_path / "whole" / "base"
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(shards, "write_shard", write_two)
        build_vocab(recipe, tmp_path / "vocab", base=base, corpus=corpus, project_root=project)
    written = [*written, *written]  # one more would be a third
    with monkeypatch.context() as patch:
        patch.setattr(shards, "write_shard", lambda path, *rest: (written.append(path.name), write(path, *rest)))
        out = build_vocab(recipe, tmp_path / "vocab", base=base, corpus=corpus, project_root=project)
    assert written[4:] == ["model-00003-of-00003.safetensors"]
    assert bytes_of(out) == bytes_of(whole)


MEASURE = """
import json, sys
from pathlib import Path
import torch
from soro.checkpoint.shards import open_rows, rewrite_shards, stored_tensors

def memory_bytes(key):
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(key))
    return int(line.split()[1]) * 1024

folder, out = Path(sys.argv[1]), Path(sys.argv[2])
name = "model.embed_tokens.weight"
torch.ones(1).float().mean()
Path("/proc/self/clear_refs").write_text("5")
before = memory_bytes("VmRSS")
rows = open_rows(stored_tensors(folder)[name], name)
rewrite_shards(folder, out, {name: rows[::4].clone()})
print(json.dumps(memory_bytes("VmHWM") - before))
"""


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peak memory is read from Linux")
def test_memory_stays_below_one_and_a_half_shards(tmp_path: Path) -> None:
    shard_bytes, weight_map = 96 << 20, {}
    for number, names in enumerate([["model.embed_tokens.weight", "a"], ["b", "c"], ["d"], ["e", "f"]]):
        shard = f"model-{number}.safetensors"
        rows = shard_bytes // len(names) // 1024
        tensors = {name: torch.zeros(rows, 512, dtype=torch.bfloat16) for name in names}
        save_file(tensors, tmp_path / shard)
        weight_map |= dict.fromkeys(names, shard)
    (tmp_path / "model.safetensors.index.json").write_text(json.dumps({"weight_map": weight_map}))
    (tmp_path / "out").mkdir()
    command = [sys.executable, "-c", MEASURE, str(tmp_path), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert 0 < json.loads(done.stdout) < 1.5 * shard_bytes
    with safe_open(tmp_path / "out" / "model-3.safetensors", framework="pt") as file:
        assert set(file.keys()) == {"e", "f"}
