import json
import shutil
from pathlib import Path

import pytest
from transformers import AutoTokenizer

from soro.checkpoint.folder import check_belongs, check_weights, load_model, load_tokenizer
from soro.core.errors import SoroError


def copy(model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model, tmp_path / "copy"))


def test_the_tokenizer_of_another_model_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    folder = copy(tiny_model, tmp_path)
    tokenizer = json.loads((folder / "tokenizer.json").read_text())
    tokenizer["model"]["merges"].pop()
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    with pytest.raises(SoroError, match="is not the one this checkpoint was trained with"):
        load_tokenizer(folder)


def test_a_tokenizer_with_more_pieces_than_rows_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    folder = copy(tiny_model, tmp_path)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "vocab_size": 100, "tokenizer_sha256": ""}))
    with pytest.raises(SoroError, match=r"pieces, the checkpoint 100 rows; they do not belong together"):
        check_belongs(folder)


def test_truncated_and_missing_weights_are_named(tiny_model: Path, tmp_path: Path) -> None:
    folder = copy(tiny_model, tmp_path)
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1000])
    with pytest.raises(SoroError, match="is damaged or truncated"):
        load_model(folder)
    weights.unlink()
    with pytest.raises(SoroError, match=r"model.safetensors is missing"):
        check_weights(folder)


def test_a_folder_that_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(SoroError, match=r"has no config.json"):
        check_belongs(tmp_path)


def test_chat_template_is_gemmas(tiny_model: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(tiny_model)
    turns = [("user", "a"), ("assistant", "b"), ("user", "c")]
    messages = [{"role": role, "content": content} for role, content in turns]
    prompt = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    assert prompt == (
        "<bos><start_of_turn>user\na<end_of_turn>\n<start_of_turn>model\nb<end_of_turn>\n"
        "<start_of_turn>user\nc<end_of_turn>\n<start_of_turn>model\n"
    )
    with_system = tokenizer.apply_chat_template(
        [{"role": "system", "content": "s"}, messages[0]], tokenize=False, add_generation_prompt=False
    )
    assert with_system == "<bos><start_of_turn>user\ns\n\na<end_of_turn>\n"
