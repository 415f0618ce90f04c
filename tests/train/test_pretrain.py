"""A run that is killed ends where an undisturbed one does."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from soro.checkpoint.folder import load_tokenizer
from soro.core.documents import Document
from soro.core.errors import SoroError
from soro.core.recipe import Recipe, load_recipe
from soro.train import loop
from soro.train.packing import pack_documents
from soro.train.pretrain import build_pretrain
from soro.train.schedule import learning_rate
from tests.train.made_documents import document


@pytest.fixture
def recipe(project: Path) -> Recipe:
    recipe = load_recipe(project / "recipes" / "tiny.toml")
    short = replace(
        recipe.pretrain, num_tokens=6 * 512, seq_len=64, batch_size=4, grad_accumulation=2, eval_every_steps=3,
        checkpoint_every_steps=2, num_threads=1, eval_max_chars=500,
    )  # fmt: skip
    return replace(recipe, pretrain=short)


class Killed(Exception):
    pass


def test_a_killed_run_ends_with_the_same_bytes(
    recipe: Recipe, tiny_model: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = build_pretrain(recipe, tmp_path / "whole", vocab=tiny_model, corpus=corpus)
    record = loop.record

    def killed_at_step(step: int):
        def record_or_die(path: Path, row: dict) -> None:
            if row["step"] == step:
                raise Killed
            record(path, row)

        return record_or_die

    for step in (1, 3, 5, 6):  # before the first checkpoint, between two, and at the last step
        monkeypatch.setattr(loop, "record", killed_at_step(step))
        with pytest.raises(Killed):
            build_pretrain(recipe, tmp_path / "killed", vocab=tiny_model, corpus=corpus)
        assert not (tmp_path / "killed").exists()
    monkeypatch.setattr(loop, "record", record)
    killed = build_pretrain(recipe, tmp_path / "killed", vocab=tiny_model, corpus=corpus)
    for name in ("model.safetensors", "metrics.jsonl", "loss.png", "config.json", "tokenizer.json"):
        assert (killed / name).read_bytes() == (whole / name).read_bytes(), name
    rows = [json.loads(line) for line in (killed / "metrics.jsonl").read_text().splitlines()]
    assert [row["step"] for row in rows] == [0, 1, 2, 3, 4, 5, 6]
    assert rows[-1]["bpc_tgk"] < rows[0]["bpc_tgk"]


def test_accumulated_micro_batches_equal_one_batch(
    recipe: Recipe, tiny_model: Path, corpus: Path, tmp_path: Path
) -> None:
    def losses(name: str, batch_size: int, grad_accumulation: int) -> list[float]:
        section = replace(recipe.pretrain, batch_size=batch_size, grad_accumulation=grad_accumulation)
        out = build_pretrain(replace(recipe, pretrain=section), tmp_path / name, vocab=tiny_model, corpus=corpus)
        rows = [json.loads(line) for line in (out / "metrics.jsonl").read_text().splitlines()]
        return [row["loss"] for row in rows if "loss" in row]

    assert losses("one", 8, 1) == pytest.approx(losses("many", 2, 4), rel=1e-4)


def test_a_damaged_checkpoint_is_named(recipe: Recipe, tiny_model: Path, corpus: Path, tmp_path: Path) -> None:
    from soro.core.artifact import begin
    from soro.train.pretrain import pretrain_order

    writer = begin(pretrain_order(recipe, tmp_path / "out", vocab=tiny_model, corpus=corpus))
    assert writer is not None
    (writer.path / "checkpoint.pt").write_bytes(b"half a checkpoint")
    with pytest.raises(SoroError, match=r"checkpoint.pt is damaged"):
        build_pretrain(recipe, tmp_path / "out", vocab=tiny_model, corpus=corpus)


@pytest.fixture
def tokenizer(tiny_model: Path) -> Tokenizer:
    return load_tokenizer(tiny_model)


def pack(documents: list[Document], tokenizer: Tokenizer, **changes: object) -> tuple[np.ndarray, dict[str, int]]:
    options: dict = {
        "num_tokens": 6400, "seq_len": 64, "num_epochs": {}, "replay_fraction": 0.0, "target_lang": "tgk", "seed": 3,
    } | changes  # fmt: skip
    return pack_documents(documents, tokenizer, **options)


def test_rows_hold_whole_documents_in_turn(tokenizer: Tokenizer) -> None:
    rows, taken = pack([document(i) for i in range(20)], tokenizer)
    assert rows.shape == (100, 64) and set(taken) == {"made"}
    assert (pack([document(i) for i in range(20)], tokenizer)[0] == rows).all()
    assert (pack([document(i) for i in range(20)], tokenizer, seed=4)[0] != rows).any()


def test_replay_takes_its_share(tokenizer: Tokenizer) -> None:
    documents = [document(i) for i in range(40)] + [document(i, "eng", "english") for i in range(3)]
    taken = pack(documents, tokenizer, replay_fraction=0.25)[1]
    assert taken["english"] / sum(taken.values()) == pytest.approx(0.25, abs=0.05)
    with pytest.raises(SoroError, match="no document in another language"):
        pack([document(0)], tokenizer, replay_fraction=0.25)


def test_epochs_repeat_a_source(tokenizer: Tokenizer) -> None:
    documents = [document(i, source="rare") for i in range(5)] + [document(i, source="common") for i in range(5)]
    taken = pack(documents, tokenizer, num_epochs={"rare": 3}, num_tokens=64)[1]
    assert taken["rare"] == 3 * taken["common"]


def test_a_source_is_kept_to_the_first_part_of_a_pass(tokenizer: Tokenizer) -> None:
    documents = [document(i, source="new") for i in range(40)]
    documents += [replace(document(i, source="old"), text=f"Ватани мо кӯҳсори зебост {i}. " * 9) for i in range(40)]
    mark = tokenizer.encode("Ватани мо кӯҳсори", add_special_tokens=False).ids
    whole = pack(documents, tokenizer, num_tokens=64)[1]
    num_tokens = sum(whole.values()) // 64 * 64 - 128
    for until, last in (
        ({}, 1.0),
        ({"old": 0.5}, 0.8),
    ):  # half the rows in the first half, with the others between them
        rows = pack(documents, tokenizer, num_tokens=num_tokens, until=until)[0].tolist()
        old = [i for i, row in enumerate(rows) if " ".join(map(str, mark)) in " ".join(map(str, row))]
        assert old and (max(old) >= len(rows) * 0.9) == (last == 1.0) and max(old) < len(rows) * last


def test_no_text_in_the_target_language_is_refused(tokenizer: Tokenizer) -> None:
    with pytest.raises(SoroError, match="has no document in 'tgk'"):
        pack([document(0, "eng")], tokenizer)


def test_learning_rate_warms_up_and_decays() -> None:
    rates = [
        learning_rate(s, num_steps=100, lr_peak=1.0, warmup_fraction=0.1, lr_final_fraction=0.1) for s in range(100)
    ]
    assert rates[0] == pytest.approx(0.1) and rates[9] == rates[10] == 1.0
    assert rates[55] == pytest.approx(0.55) and rates[99] == pytest.approx(0.1, abs=0.001)


def test_bfloat16_learns_as_float32(recipe: Recipe, tiny_model: Path, corpus: Path, tmp_path: Path) -> None:
    scores = {}
    for precision in ("float32", "bfloat16"):
        section = replace(recipe.pretrain, precision=precision)
        out = build_pretrain(replace(recipe, pretrain=section), tmp_path / precision, vocab=tiny_model, corpus=corpus)
        scores[precision] = json.loads((out / "metrics.jsonl").read_text().splitlines()[-1])["loss"]
    assert scores["bfloat16"] == pytest.approx(scores["float32"], rel=0.02)
    assert torch.get_num_threads() == 1
