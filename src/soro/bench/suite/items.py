"""The items of the suite: JSON Lines in `items/`, a folder a task, a file a subject; docs/benchmarks.md has the format."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from soro.bench.compare import table
from soro.bench.suite.wording import wording
from soro.core.errors import SoroError
from soro.core.files import sha256_of_json

ITEMS_FOLDER = Path(__file__).parents[1] / "items"
READING_FILE = "reading"
TASKS = ("general", "language", "pairs", "school", "reading", "exam", "open")
REVIEWS = ("draft", "checked twice", "reviewed by a speaker")
NUM_CHOICES, MAX_GRADE = 4, 11

Kind = Literal["choice", "passage", "pair", "open"]
BEFORE, AFTER = (
    ("id", "subject", "grade", "skill"),
    ("question", "choices", "answer", "explanation", "source", "author"),
)
KEYS: dict[Kind, tuple[str, ...]] = {
    "choice": (*BEFORE, *AFTER, "review"),
    "passage": (*BEFORE, "passage_id", "passage", *AFTER, "review"),
    "pair": ("id", "phenomenon", "good", "bad", "template", "review"),
    "open": ("id", "subject", "grade", "question", "rubric", "reference", "source", "author", "review"),
}
NOT_TEXT = {"grade", "choices", "answer", "rubric", "review", "reviews"}
REVIEW_KEYS = {"reviewer", "verdict", "note", "wording"}


@dataclass(frozen=True)
class Item:
    """One line of a file: `file` relative to the folder of items, `row` as it is written there."""

    file: str
    line: int
    row: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.row["id"])

    @property
    def kind(self) -> Kind:
        return kind_of(self.file)

    @property
    def task(self) -> str:
        return {"choice": self.file.split("/")[0], "passage": "reading", "pair": "pairs", "open": "open"}[self.kind]

    @property
    def subject(self) -> str:
        return Path(self.file).stem

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def right(self) -> str:
        """The text of the right answer of a multiple-choice item."""
        return str(self.row["choices"][self.row["answer"]])

    @property
    def wording(self) -> str:
        """A mark of what a reviewer reads: it changes with every word of the item. Its head keeps spreadsheets from taking it
        for a number."""
        return (
            "w"
            + sha256_of_json({key: value for key, value in self.row.items() if key not in ("review", "reviews")})[:8]
        )


@dataclass(frozen=True, order=True)
class Finding:
    """Something to mend, and where."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def kind_of(file: str) -> Kind:
    folder = file.split("/")[0]
    if folder == "open":
        return "open"
    if file.startswith("language/pairs/"):
        return "pair"
    return "passage" if Path(file).stem == READING_FILE else "choice"


def load_items(folder: Path = ITEMS_FOLDER) -> list[Item]:
    """Every item. Raises SoroError naming the file and line of the first that is malformed."""
    items, findings = read_items(folder)
    if findings:
        more = f" (and {len(findings) - 1} more; `soro bench lint` lists them)" if findings[1:] else ""
        raise SoroError(f"{folder}/{findings[0]}{more}")
    return items


def read_items(folder: Path = ITEMS_FOLDER) -> tuple[list[Item], list[Finding]]:
    """(items, what is malformed); a malformed line is no item. Raises SoroError where there is no file of items."""
    items: list[Item] = []
    findings: list[Finding] = []
    files = sorted(folder.rglob("*.jsonl"))
    if not files:
        raise SoroError(
            f"{folder} holds no .jsonl file of benchmark items; name the folder that holds general/, school/ …"
        )
    for path in files:
        file = path.relative_to(folder).as_posix()
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            item, problems = item_of(file, number, line)
            findings += [Finding(f"{file}:{number}", problem) for problem in problems]
            items += [item] if item else []
    return items, findings


def item_of(file: str, number: int, line: bytes) -> tuple[Item | None, list[str]]:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        return None, [f"not valid JSON in UTF-8 ({error})"]
    problems = list(problems_of(row, kind_of(file)))
    return (None, problems) if problems else (Item(file, number, row), [])


def problems_of(row: Any, kind: Kind) -> Iterator[str]:
    """What is wrong with the form of a row."""
    expected = KEYS[kind]
    if not isinstance(row, dict) or tuple(key for key in row if key != "reviews") != expected:
        found = ", ".join(row) if isinstance(row, dict) else type(row).__name__
        yield f"the keys must be {', '.join(expected)}, in this order; found {found}"
        return
    for key in expected:
        if key not in NOT_TEXT and not (
            isinstance(row[key], str) and row[key].strip() and row[key] == row[key].strip()
        ):
            yield f"{key} must be a text without spaces at its ends, found {row[key]!r}"
    if row["review"] not in REVIEWS:
        yield f"review is {row['review']!r}, must be one of {', '.join(REVIEWS)}"
    if "grade" in row and not (row["grade"] is None or row["grade"] in range(1, MAX_GRADE + 1)):
        yield f"grade is {row['grade']!r}, must be 1 to {MAX_GRADE} or null"
    if "skill" in row and row["skill"] not in wording("items")["skills"]:
        yield f"skill is {row['skill']!r}, must be one of {', '.join(wording('items')['skills'])}"
    if "choices" in row:
        yield from problems_of_choices(row)
    if "rubric" in row and not all(map(is_point, row["rubric"] or [None])):
        yield 'rubric must be a list of {"points": n, "text": …}'
    if not all(isinstance(review, dict) and set(review) == REVIEW_KEYS for review in row.get("reviews", [])):
        yield f"reviews must be a list of objects with the keys {', '.join(sorted(REVIEW_KEYS))}"


def problems_of_choices(row: dict[str, Any]) -> Iterator[str]:
    choices = row["choices"]
    if not (
        isinstance(choices, list)
        and len(choices) == NUM_CHOICES
        and all(isinstance(c, str) and c.strip() for c in choices)
    ):
        yield f"choices must be {NUM_CHOICES} texts, found {choices!r}"
    if isinstance(row["answer"], bool) or row["answer"] not in range(NUM_CHOICES):
        yield f"answer is {row['answer']!r}, must be 0 to {NUM_CHOICES - 1}"


def is_point(point: Any) -> bool:
    return (
        isinstance(point, dict)
        and set(point) == {"points", "text"}
        and isinstance(point["points"], int)
        and bool(point["text"])
    )


def counts_tables(items: Sequence[Item]) -> str:
    """How many items each task and each subject has, by review state and by grade, in Markdown."""
    by_task = {task: [item for item in items if item.task == task] for task in TASKS}
    rows = [counts_row((task,), members) for task, members in by_task.items() if members]
    rows.append(counts_row(("all",), items))
    subjects = [
        counts_row((task, subject), [item for item in members if item.subject == subject])
        for task, members in by_task.items()
        for subject in sorted({item.subject for item in members})
    ]
    head = ("items", *REVIEWS, "grades")
    return "\n".join([*table([("task", *head), *rows]), "", *table([("task", "subject", *head), *subjects])])


def counts_row(names: tuple[str, ...], items: Sequence[Item]) -> tuple[str, ...]:
    states = Counter(item.row["review"] for item in items)
    grades = [item.row["grade"] for item in items if item.row.get("grade")]
    span = f"{min(grades)}–{max(grades)}" if grades else "–"
    return (*names, str(len(items)), *(str(states[state]) for state in REVIEWS), span)
