"""Multiple-choice items out of files of JSON Lines. Stands alone, so that plain `lm_eval --include_path` can use it.

The shots are the first item of each file in turn, then the second, until there are enough; all others are scored.
"""

import json
from pathlib import Path
from typing import Any

from datasets import Dataset

ITEMS = Path(__file__).parents[2] / "items"
KEYS = {"id", "question", "choices", "answer"}


def load(folder: str = "", items: str = "", passages: bool = False, num_shots: int = 5, **_: Any) -> dict[str, Dataset]:
    """{shots, test} out of the files of `items`, or else of `folder` below the items of the package.

    `passages`: only the questions about a passage (which bring it, and have no shots), or only the others.
    """
    place = Path(items) if items else ITEMS / folder
    files = [rows for path in sorted(place.glob("*.jsonl")) if (rows := read_rows(path, passages))]
    if not files:
        raise ValueError(
            f'{place} holds no .jsonl file of such items; give its folder as --metadata \'{{"items": "PATH"}}\''
        )
    in_turn = [rows[number] for number in range(max(map(len, files))) for rows in files if number < len(rows)]
    shots = in_turn[: 0 if passages else num_shots]
    test = [row for rows in files for row in rows if row not in shots]
    if not test:
        raise ValueError(f"{place} holds {len(shots)} items, all of them shots: none is left to score")
    splits = {"test": Dataset.from_list(test)}
    return splits | {"shots": Dataset.from_list(shots)} if shots else splits


def read_rows(path: Path, passages: bool) -> list[dict[str, Any]]:
    """Rows as {id, group, question, choices, answer}, and `passage`. Raises ValueError naming a line that is no item."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        if not row.keys() >= KEYS or row["answer"] not in range(len(row["choices"])):
            raise ValueError(f"{path}, line {number}: not an item, or its answer is not among its choices")
        if ("passage" in row) == passages:
            own = {"passage": row["passage"]} if passages else {}
            group = row["passage_id"] if passages else path.stem
            rows.append({**{key: row[key] for key in ("id", "question", "choices", "answer")}, **own, "group": group})
    return rows
