"""The spreadsheet of a reviewer: an item a row, with empty cells for name, verdict and note; and back into the items."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from soro.bench.suite.items import Item, load_items
from soro.bench.suite.reviews import REVIEWED, accepted
from soro.bench.suite.sheet_files import read_rows, write_rows
from soro.bench.suite.wording import wording
from soro.core.errors import SoroError
from soro.core.files import write_atomic

MAX_ERRORS_SHOWN = 20
Row = dict[str, str]


def export_sheet(items: Sequence[Item], path: Path) -> None:
    """Write the items to an .xlsx or .csv file. Raises SoroError for another ending, or where there is no item."""
    if not items:
        raise SoroError("there is no item to write; `soro bench items` lists the tasks")
    columns = wording("sheet")["columns"]
    write_rows(path, [list(columns.values()), *([row_of(item).get(key, "") for key in columns] for item in items)])


def row_of(item: Item) -> Row:
    """The cells of an item by column; of a pair the good sentence stands as the question and the bad as a choice."""
    row = item.row
    cells: Row = {key: str(row[key]) for key in ("subject", "question", "explanation", "source") if key in row}
    cells |= {"id": item.id, "task": item.task, "wording": item.wording, "grade": str(row.get("grade") or "")}
    cells["text"] = row.get("passage", "")
    if item.kind == "pair":
        cells |= {"subject": row["phenomenon"], "question": row["good"], "choice_0": row["bad"]}
    elif item.kind == "open":
        points = [f"{point['points']}: {point['text']}" for point in row["rubric"]]
        cells["explanation"] = "\n".join([row["reference"], "", *points])
    else:
        cells |= {f"choice_{number}": choice for number, choice in enumerate(row["choices"])}
        cells["answer"] = wording("sheet")["letters"][row["answer"]]
    return cells


def import_sheet(path: Path, folder: Path) -> list[str]:
    """Put the reviews of a sheet into the items of `folder`; gives a line for each file and each verdict that was replaced.

    A row without name, verdict and note is passed over. Nothing is written when any row is wrong: then SoroError lists them.
    """
    items = {item.id: item for item in load_items(folder)}
    reviews: dict[str, list[Row]] = {}
    errors: list[str] = []
    for number, row in numbered_rows(path):
        if not (row["reviewer"] or row["verdict"] or row["note"]):
            continue
        review = review_of(row, items)
        if isinstance(review, str):
            errors.append(f"row {number}: {review}")
        elif any(other["reviewer"] == review["reviewer"] for other in reviews.get(row["id"], [])):
            errors.append(
                f"row {number}: {review['reviewer']} has judged {row['id']} in an earlier row; keep one of them"
            )
        else:
            reviews.setdefault(row["id"], []).append(review)
    if errors:
        raise SoroError(
            "\n  ".join([f"{path}: {len(errors)} rows are wrong, nothing was taken:", *errors[:MAX_ERRORS_SHOWN]])
        )
    return store(reviews, items, folder)


def numbered_rows(path: Path) -> list[tuple[int, Row]]:
    """(row number from 1, cells by column) of each row but the first. Raises SoroError where a column is missing."""
    table = read_rows(path)
    heads, columns = table[0] if table else [], wording("sheet")["columns"]
    needed = ("id", "reviewer", "verdict", "note", "wording")
    missing = [columns[key] for key in needed if columns[key] not in heads]
    if missing:
        raise SoroError(
            f"{path}: the first row lacks the columns {', '.join(missing)}; keep the first row of the sheet as it was"
        )
    places = {key: heads.index(columns[key]) for key in needed}
    return [
        (number, {key: cells[place].strip() if place < len(cells) else "" for key, place in places.items()})
        for number, cells in enumerate(table[1:], 2)
    ]


def review_of(row: Row, items: dict[str, Item]) -> Row | str:
    """The review in a row, or what is wrong with it."""
    verdicts = {word: verdict for verdict, word in wording("sheet")["verdicts"].items()}
    item, verdict = items.get(row["id"]), verdicts.get(row["verdict"].lower())
    if item is None:
        return f"there is no item {row['id']!r}"
    if not row["reviewer"]:
        return f"{item.id} has a verdict or a note and no name of the reviewer"
    if verdict is None:
        return f"{item.id}: the verdict is {row['verdict']!r}, must be one of {', '.join(verdicts)}"
    if row["wording"] != item.wording:
        return f"{item.id} was changed after this sheet was written; send a new sheet for it"
    return {"reviewer": row["reviewer"], "verdict": verdict, "note": row["note"], "wording": item.wording}


def store(reviews: dict[str, list[Row]], items: dict[str, Item], folder: Path) -> list[str]:
    """Add the reviews to the lines of their items; every other line keeps its bytes."""
    report = []
    for file in sorted({items[name].file for name in reviews}):
        lines = (folder / file).read_text(encoding="utf-8").split("\n")
        here = [items[name] for name in reviews if items[name].file == file]
        for item in here:
            row, replaced = reviewed(item, reviews[item.id])
            report += replaced
            lines[item.line - 1] = json.dumps(row, ensure_ascii=False)
        write_atomic(folder / file, "\n".join(lines))
        report.append(f"{file}: {len(here)} items reviewed")
    return report


def reviewed(item: Item, new: list[Row]) -> tuple[dict[str, Any], list[str]]:
    """(the row of the item with its reviews and state, what was replaced: an earlier verdict of one reviewer on one wording)."""
    names = {review["reviewer"] for review in new}
    earlier = item.row.get("reviews", [])
    replaced = [r for r in earlier if r["reviewer"] in names and r["wording"] == item.wording and r not in new]
    kept = [review for review in earlier if review not in replaced and review not in new]
    reviews = [*kept, *new]
    valid = [review for review in reviews if review["wording"] == item.wording]
    state = REVIEWED if accepted(valid) else "draft" if item.row["review"] == REVIEWED else item.row["review"]
    lines = [f"{item.id}: {r['reviewer']} said {r['verdict']} ({r['note']}) before" for r in replaced]
    return {**item.row, "review": state, "reviews": reviews}, lines
