import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoTokenizer

from soro.checkpoint.folder import load_tokenizer
from soro.core.artifact import read_manifest
from soro.core.errors import SoroError
from soro.core.recipe import Recipe, load_recipe
from soro.core.recipe_training import Generated, RunningText
from soro.train import loop
from soro.train.dialogues import Example, encode_dialogue, read_dialogues
from soro.train.loop import IGNORED
from soro.train.tune import build_tune, text_row_plan

DIALOGUE = {
    "id": "d1",
    "messages": [
        {"role": "user", "content": "Салом!"},
        {"role": "assistant", "content": "Салом, чӣ хел ёрӣ диҳам?"},
        {"role": "user", "content": "Пойтахти Тоҷикистон куҷост?"},
        {"role": "assistant", "content": "Душанбе."},
    ],
}


def test_ids_are_those_of_the_chat_template(tiny_model: Path) -> None:
    example = encode_dialogue(DIALOGUE, load_tokenizer(tiny_model))
    hub_tokenizer = AutoTokenizer.from_pretrained(tiny_model)
    prompt = hub_tokenizer.apply_chat_template(DIALOGUE["messages"], tokenize=False)
    assert example.ids == hub_tokenizer(prompt, add_special_tokens=False).input_ids


def test_labels_are_the_answers_and_their_end(tiny_model: Path) -> None:
    tokenizer = load_tokenizer(tiny_model)
    example = encode_dialogue(DIALOGUE, tokenizer)
    counted = [label for label in example.labels if label != IGNORED]
    assert tokenizer.decode(counted, skip_special_tokens=False) == (
        "Салом, чӣ хел ёрӣ диҳам?<end_of_turn>Душанбе.<end_of_turn>"
    )
    assert all(label in (IGNORED, token) for label, token in zip(example.labels, example.ids, strict=True))
    assert example.num_answer_chars == len("Салом, чӣ хел ёрӣ диҳам?Душанбе.")


@pytest.mark.parametrize(
    ("messages", "message"),
    [
        ([], "has no list 'messages'"),
        ([{"role": "user", "content": "Салом"}], "has no answer to its last question"),
        ([{"role": "assistant", "content": "Салом"}], "message 1 has the role 'assistant', must be 'user'"),
        (
            [{"role": "user", "content": "а"}, {"role": "assistant", "content": " "}],
            r"message 2 \(assistant\) is empty",
        ),
        ([{"role": "user", "content": "а"}, {"role": "user", "content": "б"}], "message 2 has the role 'user'"),
    ],
)
def test_a_bad_dialogue_is_named_by_file_and_line(tmp_path: Path, messages: list, message: str) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(json.dumps(DIALOGUE) + "\n" + json.dumps({"id": "d2", "messages": messages}) + "\n")
    with pytest.raises(SoroError, match=rf"d.jsonl, line 2: .*{message}"):
        read_dialogues(path)


def test_the_projects_dialogues_are_sound(project: Path) -> None:
    dialogues = read_dialogues(project / "data" / "dialogues")
    assert len(dialogues) >= 400
    assert len({d["id"] for d in dialogues}) == len(dialogues)
    assert len({d["messages"][0]["content"] for d in dialogues}) == len(dialogues)
    for dialogue in dialogues:
        assert dialogue["subject"] and 1 <= dialogue["grade"] <= 11 and dialogue["licence"] == "CC BY 4.0"


@pytest.fixture
def recipe(project: Path) -> Recipe:
    recipe = load_recipe(project / "recipes" / "tiny.toml")
    section = replace(
        recipe.tune, generated=Generated(arithmetic=5), num_epochs=0.5, checkpoint_every_steps=2, num_threads=1,
        eval_max_chars=500, text=RunningText(fraction=0.4, seq_len=64),
    )  # fmt: skip
    return replace(recipe, tune=section)


def tune(recipe: Recipe, out: Path, project: Path, model: Path, corpus: Path) -> Path:
    return build_tune(recipe, out, pretrain=model, corpus=corpus, data_root=None, project_root=project)


def test_running_text_keeps_its_share_of_the_counted_tokens(
    recipe: Recipe, project: Path, tiny_model: Path, corpus: Path, tmp_path: Path
) -> None:
    out = tune(recipe, tmp_path / "mixed", project, tiny_model, corpus)
    counts = read_manifest(out, "tune")["counts"]
    total = counts["num_answer_tokens"] + counts["num_text_tokens"]
    assert counts["num_text_tokens"] / total == pytest.approx(0.4, abs=64 / total)
    first, *_, last = (json.loads(line) for line in (out / "metrics.jsonl").read_text().splitlines())
    assert last["bpc_tgk"] < first["bpc_tgk"] and last["bpc_answers"] < first["bpc_answers"]


def test_rows_of_text_are_spread_over_the_steps(recipe: Recipe) -> None:
    example = Example(id="e", ids=[1] * 40, labels=[IGNORED] * 8 + [1] * 32, num_answer_chars=90)
    section = replace(recipe.tune, text=RunningText(fraction=0.5, seq_len=64))
    assert text_row_plan([[example]] * 6, section) == [0, 0, 1, 1, 2, 2, 3]
    assert text_row_plan([[example]] * 2, replace(section, text=RunningText())) == [0, 0, 0]


def test_an_embedding_held_still_keeps_its_rows(
    recipe: Recipe, project: Path, tiny_model: Path, corpus: Path, tmp_path: Path
) -> None:
    still = replace(recipe, tune=replace(recipe.tune, lr_embedding_factor=0.0))
    tuned = load_file(tune(still, tmp_path / "still", project, tiny_model, corpus) / "model.safetensors")
    start = load_file(tiny_model / "model.safetensors")
    changed = {name for name in start if not torch.equal(start[name], tuned[name])}
    assert changed and "model.embed_tokens.weight" not in changed


class Killed(Exception):
    pass


def test_a_killed_tuning_ends_with_the_same_bytes(
    recipe: Recipe, project: Path, tiny_model: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(recipe: Recipe, name: str) -> Path:
        return tune(recipe, tmp_path / name, project, tiny_model, corpus)

    whole = build(recipe, "whole")
    counts = read_manifest(whole, "tune")["counts"]
    assert counts["num_dialogues_generated"] == 5 and counts["num_steps"] >= 3
    record = loop.record

    def record_or_die(path: Path, row: dict) -> None:
        if row["step"] == 3:
            raise Killed
        record(path, row)

    monkeypatch.setattr(loop, "record", record_or_die)
    with pytest.raises(Killed):
        build(recipe, "killed")
    monkeypatch.setattr(loop, "record", record)
    killed = build(recipe, "killed")
    for name in ("model.safetensors", "metrics.jsonl", "generated.jsonl"):
        assert (killed / name).read_bytes() == (whole / name).read_bytes(), name
