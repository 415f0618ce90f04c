"""A small suite of made items in the project's format, for the tests of its tools."""

import random
from pathlib import Path
from typing import Any

from soro.core.files import write_jsonl
from tests.bench.conftest import made_text

NUM_ITEMS = 60


def choice_row(rng: random.Random, name: str, number: int, **own: Any) -> dict[str, Any]:
    head = {"id": f"{name}-{number:03}", "subject": "Табиат", "grade": 5 + number % 4, "skill": "фаҳмиш"}
    tail = {"explanation": made_text(rng, 30), "source": "any textbook", "author": "Soro", "review": "draft"}
    choices = [made_text(rng, 14) for _ in range(4)]
    return {**head, **own, "question": f"{made_text(rng, 40)[:-1]}?", "choices": choices, "answer": number % 4, **tail}


def made_rows(rng: random.Random) -> dict[str, list[dict[str, Any]]]:
    """The rows of each file: seven kinds of tasks, those with choices at least NUM_ITEMS long."""
    files: dict[str, list[dict[str, Any]]] = {}
    for task, subjects in (
        ("general", ("birds", "rivers")),
        ("school", ("maths",)),
        ("exam", ("law",)),
        ("language", ("words",)),
    ):
        for subject in subjects:
            rows = [choice_row(rng, f"{task}-{subject}", n) for n in range(NUM_ITEMS // len(subjects))]
            files[f"{task}/{subject}.jsonl"] = rows
    passages = [made_text(rng, 200) for _ in range(20)]
    files["school/reading.jsonl"] = [
        choice_row(rng, "school-reading", n, passage_id=f"p{n // 3}", passage=passages[n // 3])
        for n in range(NUM_ITEMS)
    ]
    for phenomenon in ("izofat", "object"):
        files[f"language/pairs/{phenomenon}.jsonl"] = [
            {
                "id": f"pairs-{phenomenon}-{n:03}",
                "phenomenon": phenomenon,
                "good": made_text(rng, 30),
                "bad": made_text(rng, 30),
                "template": "made",
                "review": "draft",
            }
            for n in range(NUM_ITEMS)
        ]
    files["open/nature.jsonl"] = [
        {
            "id": f"open-nature-{n:03}",
            "subject": "Табиат",
            "grade": 7,
            "question": f"{made_text(rng, 40)[:-1]}?",
            "rubric": [{"points": 2, "text": made_text(rng, 20)}],
            "reference": made_text(rng, 60),
            "source": "any textbook",
            "author": "Soro",
            "review": "checked twice",
        }
        for n in range(4)
    ]
    return files


def write_items(folder: Path, files: dict[str, list[dict[str, Any]]]) -> Path:
    for file, rows in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        write_jsonl(folder / file, rows)
    return folder
