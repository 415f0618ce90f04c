"""The tasks through lm-eval on the tiny model, against plain references."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from soro.bench.engine import SharedContextLM, TaskScores, open_model, run_task
from soro.bench.tasks.bpc.utils import choose_passages, passages
from soro.checkpoint.folder import load_model, load_tokenizer
from soro.checkpoint.likelihood import bits_per_char
from soro.core.documents import read_documents
from soro.core.errors import SoroError


@pytest.fixture(scope="module")
def lm(tiny_model: Path) -> Iterator[SharedContextLM]:
    yield open_model(tiny_model)


def run(lm: SharedContextLM, task: str, limit: int = 0, **inputs: Path) -> TaskScores:
    return run_task(lm, task, inputs, limit=limit, label="test")


def test_bits_per_char_equals_the_plain_likelihood(lm: SharedContextLM, tiny_model: Path, heldout: Path) -> None:
    documents = [vars(d) for d in read_documents(heldout) if d.lang == "tgk"]
    texts = [row["text"] for row in choose_passages(documents, 24_000, 500)]
    expected = bits_per_char(load_model(tiny_model), load_tokenizer(tiny_model), texts, max_tokens=2048)
    done = run(lm, "bpc_tgk", heldout=heldout)
    assert done.values["bits_per_char"] == pytest.approx(expected, rel=1e-5)
    assert [item["scores"]["bits_per_char"][1] for item in done.items] == [len(text) for text in texts]


def test_every_source_gives_the_same_share() -> None:
    documents = [{"id": str(n), "source": source, "text": "ғ ӣ қ " * 100} for n, source in enumerate("aab")]
    rows = choose_passages(documents, 900, 100)
    chars = {source: sum(len(row["text"]) for row in rows if row["group"] == source) for source in "ab"}
    assert chars == {"a": 450, "b": 450}
    assert [row["group"] for row in rows[:4]] == ["a", "b", "a", "b"]
    assert choose_passages(documents[::-1], 900, 100) == rows


def test_passages_lose_no_character() -> None:
    text = "ҳар рӯз " * 50 + "\n" + "қ" * 300
    parts = passages(text, 100)
    assert "".join(parts) == text and max(map(len, parts)) <= 100


@pytest.mark.parametrize("task", ["sib200_tgk", "arc_easy"])
def test_a_random_model_is_at_chance(lm: SharedContextLM, data_root: Path, task: str) -> None:
    done = run(lm, task, sib200=data_root / "sib" / "tgk_Cyrl", arc_easy=data_root / "arc.jsonl")
    chance, num_items = {"sib200_tgk": (1 / 7, 43), "arc_easy": (1 / 4, 300)}[task]
    assert len(done.items) == num_items
    three_sigma = 3 * (chance * (1 - chance) / num_items) ** 0.5
    assert done.values["acc"] == pytest.approx(chance, abs=three_sigma)


def test_shots_come_from_train_and_are_never_scored(lm: SharedContextLM, data_root: Path) -> None:
    done = run(lm, "sib200_tgk", sib200=data_root / "sib" / "tgk_Cyrl")
    scored = {item["id"] for item in done.items}
    assert {f"train{n}" for n in range(7)}.isdisjoint(scored)
    assert {f"train{n}" for n in range(7, 40)} | {f"dev{n}" for n in range(10)} == scored


@pytest.mark.parametrize("task", ["sib200_tgk", "arc_easy", "bpc_tgk"])
def test_shared_contexts_score_like_lm_eval_itself(
    lm: SharedContextLM, data_root: Path, heldout: Path, task: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lm_eval.models.huggingface import HFLM

    paths = {"sib200": data_root / "sib" / "tgk_Cyrl", "arc_easy": data_root / "arc.jsonl", "heldout": heldout}
    mine: list[Any] = []
    theirs: list[Any] = []
    ours = SharedContextLM._loglikelihood_tokens

    def both(self: SharedContextLM, requests: Any, **options: Any) -> Any:
        self.batch_size_per_gpu = 4
        mine.extend(ours(self, requests))
        theirs.extend(HFLM._loglikelihood_tokens(self, requests, disable_tqdm=True))
        self.batch_size_per_gpu = 1_000_000
        return mine

    monkeypatch.setattr(SharedContextLM, "_loglikelihood_tokens", both)
    run(lm, task, limit=6, **paths)
    assert [score for score, _ in mine] == pytest.approx([score for score, _ in theirs], rel=1e-4)
    assert [greedy for _, greedy in mine] == [greedy for _, greedy in theirs]


def test_a_wrong_file_is_a_clear_error(lm: SharedContextLM, tmp_path: Path) -> None:
    (tmp_path / "arc.jsonl").write_text('{"question": "?"}\n', encoding="utf-8")
    with pytest.raises(SoroError, match=r"task arc_easy: .*line 1: not an item of ARC"):
        run(lm, "arc_easy", arc_easy=tmp_path / "arc.jsonl")
