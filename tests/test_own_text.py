"""The project's own text keeps the form that data/README.md promises."""

import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from soro.tajik.repair import repair, repair_letters
from soro.tajik.words import count_words
from soro.train.dialogues import check_dialogue

REVIEWS = {"draft", "checked twice"}
KEYS = ["id", "subject", "grade", "author", "licence", "generated", "review", "messages"]


@pytest.fixture(scope="module")
def dialogues(project: Path) -> dict[str, dict[str, Any]]:
    """Every written dialogue by `file: line`."""
    found = {}
    for path in sorted((project / "data" / "dialogues").glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found[f"{path.stem}: {number}"] = json.loads(line)
    return found


@pytest.fixture(scope="module")
def pages(project: Path) -> dict[str, tuple[dict[str, Any], str]]:
    """Front matter and text of every lesson and reading by path."""
    found = {}
    for path in sorted((project / "data").rglob("*.md")):
        if path.parent.parent.name in ("lessons", "readings"):
            front, text = path.read_text(encoding="utf-8").removeprefix("+++\n").split("\n+++\n", 1)
            found[str(path.relative_to(project))] = (tomllib.loads(front), text)
    return found


def plain(text: str) -> str:
    """The words of a text alone, to see whether two are alike."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_dialogues_have_their_keys(dialogues: dict[str, dict[str, Any]]) -> None:
    assert len(dialogues) >= 400
    for where, row in dialogues.items():
        assert list(row) == KEYS, where
        check_dialogue(row, where)
        assert row["id"].startswith(where.partition(":")[0] + "-"), where
        assert (row["author"], row["licence"], row["generated"]) == ("Soro", "CC BY 4.0", False), where
        assert 1 <= row["grade"] <= 11 and row["review"] in REVIEWS, where


def test_no_two_dialogues_are_alike(dialogues: dict[str, dict[str, Any]]) -> None:
    assert repeated([row["id"] for row in dialogues.values()]) == []
    assert repeated([plain(row["messages"][0]["content"]) for row in dialogues.values()]) == []
    answers = [plain(m["content"]) for row in dialogues.values() for m in row["messages"][1::2]]
    assert repeated(answers) == []


def test_lessons_and_readings_have_their_keys(pages: dict[str, tuple[dict[str, Any], str]]) -> None:
    lessons = [path for path in pages if path.startswith("data/lessons")]
    assert len(lessons) >= 120 and sum(count_words(pages[path][1]) for path in lessons) >= 30_000
    for path, (front, text) in pages.items():
        own = {"subject", "grade"} if path in lessons else {"genre"}
        assert {"id", "title", "author", "licence", "facts", "review"} | own <= set(front), path
        assert (front["author"], front["licence"]) == ("Soro", "CC BY 4.0") and front["review"] in REVIEWS, path
        assert count_words(text) > 100, path
    assert repeated([front["id"] for front, _ in pages.values()]) == []


def test_letters_are_right(dialogues: dict[str, dict[str, Any]], pages: dict[str, tuple[dict[str, Any], str]]) -> None:
    answers = {where: " ".join(m["content"] for m in row["messages"][1::2]) for where, row in dialogues.items()}
    for where, text in {**answers, **{path: text for path, (_, text) in pages.items()}}.items():
        assert repair_letters(text) == text, where


def test_repair_leaves_it_alone(
    dialogues: dict[str, dict[str, Any]], pages: dict[str, tuple[dict[str, Any], str]]
) -> None:
    """But for the indentation that Markdown gives to code."""
    messages = {f"{where} {i}": m["content"] for where, row in dialogues.items() for i, m in enumerate(row["messages"])}
    for where, text in {**messages, **{path: text for path, (_, text) in pages.items()}}.items():
        assert repair(text).split() == text.split(), where
