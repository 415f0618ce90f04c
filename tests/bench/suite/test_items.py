"""Files of items: what is read, counted and refused."""

from pathlib import Path
from typing import Any

import pytest

from soro.bench.suite.items import ITEMS_FOLDER, counts_tables, load_items, problems_of, read_items
from soro.core.errors import SoroError

Files = dict[str, list[dict[str, Any]]]


def test_every_kind_is_read_and_counted(items_folder: Path) -> None:
    items = load_items(items_folder)
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in counts_tables(items).splitlines() if line]
    assert ["general", "60", "60", "0", "0", "5–8"] in rows
    assert ["pairs", "120", "120", "0", "0", "–"] in rows
    assert ["reading", "60", "60", "0", "0", "5–8"] in rows
    assert ["open", "4", "0", "4", "0", "7–7"] in rows
    assert ["all", "424", "420", "4", "0", "5–8"] in rows
    assert ["general", "rivers", "30", "30", "0", "0", "5–8"] in rows
    first = next(item for item in items if item.id == "general-rivers-001")
    assert (first.where, first.right) == ("general/rivers.jsonl:2", first.row["choices"][1])


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        ("general/birds.jsonl", {"answer": 4}, "answer is 4, must be 0 to 3"),
        ("general/birds.jsonl", {"answer": True}, "answer is True, must be 0 to 3"),
        ("general/birds.jsonl", {"choices": ["а", "б", "в"]}, "choices must be 4 texts"),
        ("general/birds.jsonl", {"grade": 12}, "grade is 12, must be 1 to 11 or null"),
        ("general/birds.jsonl", {"skill": "хондан"}, "skill is 'хондан', must be one of"),
        ("general/birds.jsonl", {"review": "done"}, "review is 'done', must be one of draft"),
        ("general/birds.jsonl", {"question": " Кӣ?"}, "question must be a text without spaces at its ends"),
        ("general/birds.jsonl", {"passage": "…"}, "the keys must be id, subject, grade, skill, question"),
        ("school/reading.jsonl", {"passage": ""}, "passage must be a text"),
        ("language/pairs/izofat.jsonl", {"bad": ""}, "bad must be a text"),
        ("open/nature.jsonl", {"rubric": [{"points": "2", "text": "ҳа"}]}, "rubric must be a list"),
        ("general/birds.jsonl", {"reviews": [{"verdict": "good"}]}, "reviews must be a list of objects"),
    ],
)
def test_what_is_malformed(made_files: Files, file: str, change: dict[str, Any], message: str) -> None:
    kinds = {"general": "choice", "school": "passage", "language": "pair", "open": "open"}
    kind: Any = kinds[file.split("/")[0]]
    assert list(problems_of(made_files[file][0], kind)) == []
    [problem] = problems_of({**made_files[file][0], **change}, kind)
    assert problem.startswith(message)


def test_the_file_and_line_are_named(items_folder: Path) -> None:
    path = items_folder / "exam" / "law.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:2], "{", *lines[3:4], "[]"]), encoding="utf-8")
    with pytest.raises(
        SoroError, match=r"exam/law\.jsonl:3: not valid JSON .*\(and 1 more; `soro bench lint` lists them\)"
    ):
        load_items(items_folder)
    items, findings = read_items(items_folder)
    assert [finding.where for finding in findings] == ["exam/law.jsonl:3", "exam/law.jsonl:5"]
    assert sum(item.file == "exam/law.jsonl" for item in items) == 3
    with pytest.raises(SoroError, match=r"holds no \.jsonl file"):
        load_items(items_folder / "exam" / "nowhere")


def test_the_items_of_the_package_are_well_formed() -> None:
    assert len(load_items(ITEMS_FOLDER)) >= 400
