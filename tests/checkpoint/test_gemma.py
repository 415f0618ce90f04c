import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from soro.checkpoint.build import build_base
from soro.checkpoint.folder import load_config, load_tokenizer, load_tokenizer_json
from soro.checkpoint.gemma import check_gemma, gemma_tokenizer_of
from soro.core.errors import SoroError
from soro.core.recipe import Base, load_recipe

IMAGE = "<image_soft_token>"


def copy(model: Path, tmp_path: Path, name: str, change: Callable[[dict[str, Any]], None]) -> Path:
    """A copy of the folder with one of its JSON files changed."""
    folder = Path(shutil.copytree(model, tmp_path / "copy"))
    config = load_config(folder)
    config.pop("tokenizer_sha256")
    (folder / "config.json").write_text(json.dumps(config))
    value = json.loads((folder / name).read_text())
    change(value)
    (folder / name).write_text(json.dumps(value))
    return folder


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("model_type", "llama", "a model of the type 'llama', must be a Gemma 3"),
        ("model_type", "gemma3", "config.json has no text_config, which a multimodal Gemma 3 has"),
        ("tie_word_embeddings", False, "has an output head of its own"),
        ("text_config", {"tie_word_embeddings": False}, "has an output head of its own"),
    ],
)
def test_another_model_is_refused(tiny_model: Path, tmp_path: Path, key: str, value: object, message: str) -> None:
    with pytest.raises(SoroError, match=message):
        check_gemma(copy(tiny_model, tmp_path, "config.json", lambda config: config.update({key: value})))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t["model"].update(byte_fallback=False), "is not BPE with byte fallback"),
        (lambda t: t["model"].update(type="Unigram"), "is not BPE with byte fallback"),
        (lambda t: t["model"]["vocab"].update({"<0xAA>x": t["model"]["vocab"].pop("<0xAA>")}), "has no piece '<0xAA>'"),
        (lambda t: t["model"]["vocab"].update(extra=len(t["model"]["vocab"])), "they do not belong together"),
    ],
)
def test_another_tokenizer_is_refused(
    tiny_model: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None], message: str
) -> None:
    with pytest.raises(SoroError, match=message):
        gemma_tokenizer_of(copy(tiny_model, tmp_path, "tokenizer.json", change))


def with_image_token(tokenizer: dict[str, Any]) -> None:
    """As in Google's 270M: an added token one past the last row, and merges in the older spelling."""
    token = {**tokenizer["added_tokens"][0], "id": len(tokenizer["model"]["vocab"]), "content": IMAGE}
    tokenizer["added_tokens"].append(token)
    tokenizer["model"]["merges"] = [" ".join(pair) for pair in tokenizer["model"]["merges"]]


def test_a_token_without_a_row_is_left_out(
    project: Path, tiny_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy(tiny_model, tmp_path, "tokenizer.json", with_image_token)
    recipe = load_recipe(project / "recipes" / "tiny.toml")
    recipe = replace(recipe, base=Base(source="folder", path=str(folder)))
    out = build_base(recipe, tmp_path / "base", project_root=project)
    assert f"{IMAGE} left out of the tokenizer" in capsys.readouterr().err
    assert load_tokenizer(out).token_to_id(IMAGE) is None
    expected, found = load_tokenizer_json(tiny_model)["model"], load_tokenizer_json(out)["model"]
    assert (found["vocab"], found["merges"]) == (expected["vocab"], expected["merges"])
