"""The tasks of the suite through lm-eval on the tiny model, against plain references."""

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoTokenizer

from soro.bench.catalogue import SUITES, TASKS, TASKS_FOLDER, items_path
from soro.bench.engine import SharedContextLM, open_model, quick_sample, run_task
from soro.checkpoint.folder import load_model
from soro.core.errors import SoroError
from tests.bench.made_items import NUM_ITEMS

Files = dict[str, list[dict[str, Any]]]
SHOTS = [f"general-{subject}-{n:03}" for n in range(3) for subject in ("birds", "rivers")][:5]


@pytest.fixture(scope="module")
def lm(tiny_model: Path) -> Iterator[SharedContextLM]:
    yield open_model(tiny_model)


def run(lm: SharedContextLM, task: str, items: Path, **options: Any) -> Any:
    return run_task(lm, task, {"items": items_path(task, items)}, label="test", **{"limit": 0, **options})


@pytest.mark.parametrize("task", SUITES["soro"])
def test_a_random_model_is_at_chance(lm: SharedContextLM, items_folder: Path, task: str) -> None:
    done = run(lm, task, items_folder)
    chance, num_items = (
        TASKS[task].chance,
        {"soro_pairs": 2 * NUM_ITEMS, "soro_reading": NUM_ITEMS}.get(task, NUM_ITEMS - 5),
    )
    assert len(done.items) == num_items
    assert next(iter(done.values)) == ("acc" if task == "soro_pairs" else "acc_bytes")
    for value in done.values.values():
        assert value == pytest.approx(chance, abs=3 * (chance * (1 - chance) / num_items) ** 0.5)


def test_the_score_divides_by_the_bytes_of_the_answer(
    lm: SharedContextLM, tiny_model: Path, items_folder: Path, made_files: Files
) -> None:
    """The whole prompt written out, each answer read in one pass of the model."""
    rows = {row["id"]: row for file in ("birds", "rivers") for row in made_files[f"general/{file}.jsonl"]}
    model, tokenizer = load_model(tiny_model), AutoTokenizer.from_pretrained(tiny_model, local_files_only=True)

    def prompt(row: dict[str, Any]) -> str:
        return f"Савол: {row['question']}\nҶавоб:"

    def nats(context: str, answer: str) -> float:
        ids = tokenizer(f"{context} {answer}").input_ids
        start = len(tokenizer(context).input_ids)
        logits_TV = model(torch.tensor([ids])).logits[0].log_softmax(-1)
        return sum(float(logits_TV[i - 1, ids[i]]) for i in range(start, len(ids)))

    shots = "".join(f"{prompt(rows[name])} {rows[name]['choices'][rows[name]['answer']]}\n\n" for name in SHOTS)
    done = run(lm, "soro_general", items_folder, limit=8)
    for item in done.items:
        row = rows[item["id"]]
        with torch.inference_mode():
            scores = [nats(shots + prompt(row), choice) / len(choice.encode()) for choice in row["choices"]]
        assert item["scores"]["acc_bytes"][0] == (max(scores) == scores[row["answer"]])


def test_shots_are_the_first_of_each_file_and_never_scored(lm: SharedContextLM, items_folder: Path) -> None:
    done = run(lm, "soro_general", items_folder)
    scored = {item["id"] for item in done.items}
    assert scored.isdisjoint(SHOTS) and len(scored) == NUM_ITEMS - len(SHOTS)
    assert Counter(item["group"] for item in done.items) == {"birds": 27, "rivers": 28}


def test_school_and_reading_share_a_folder_and_no_item(lm: SharedContextLM, items_folder: Path) -> None:
    school, reading = (run(lm, task, items_folder, quick=True) for task in ("soro_school", "soro_reading"))
    assert {item["id"][:12] for item in school.items} == {"school-maths"}
    assert {item["id"][:14] for item in reading.items} == {"school-reading"}


def test_a_quick_run_takes_the_same_of_every_group(lm: SharedContextLM, items_folder: Path) -> None:
    done = run(lm, "soro_pairs", items_folder, quick=True)
    assert Counter(item["group"] for item in done.items) == {"izofat": 50, "object": 50}
    docs = [{"id": f"{group}{n}", "group": group} for group, size in (("a", 200), ("b", 9)) for n in range(size)]
    chosen = quick_sample(docs, 20)
    assert Counter(docs[n]["group"] for n in chosen) == {"a": 11, "b": 9}
    assert {docs[n]["id"] for n in chosen} == {docs[::-1][n]["id"] for n in quick_sample(docs[::-1], 20)}
    assert chosen[:11] != list(range(11)) and quick_sample(docs, 500) == list(range(209))


def test_a_malformed_item_is_named(lm: SharedContextLM, items_folder: Path) -> None:
    with (items_folder / "exam" / "law.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "x", "question": "?", "choices": ["а"], "answer": 1}\n')
    with pytest.raises(SoroError, match=r"task soro_exam: .*law\.jsonl, line 61: not an item"):
        run(lm, "soro_exam", items_folder)
    with pytest.raises(SoroError, match=r"task soro_exam: .*holds no \.jsonl file"):
        items_path("soro_exam", items_folder / "nowhere")


def test_tasks_stand_alone_and_lie_in_the_package(project: Path) -> None:
    """No task imports Soro, and every file beside the modules is one that the package takes along."""
    for path in TASKS_FOLDER.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
        names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        assert not any(name.startswith("soro") for name in names), path
    settings = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    taken = {pattern.removeprefix("**/*") for pattern in settings["tool"]["setuptools"]["package-data"]["soro"]}
    bench = (path for path in (project / "src" / "soro" / "bench").rglob("*") if path.is_file())
    assert {path.suffix for path in bench} - {".py", ".pyc"} <= taken
