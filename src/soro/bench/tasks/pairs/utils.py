"""Minimal pairs: is the good sentence likelier than the bad? Stands alone, so that plain `lm_eval --include_path` can use it.

Which of the two comes first is decided by a hash of the id, so that a model without an opinion is at chance.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from datasets import Dataset

ITEMS = Path(__file__).parents[2] / "items" / "language" / "pairs"


def load(items: str = "", **_: Any) -> dict[str, Dataset]:
    """The pairs of every file of the folder `items`, as {id, group, sentences, right}; a group is a phenomenon."""
    place = Path(items) if items else ITEMS
    rows = [row_of(path, n, line) for path in sorted(place.glob("*.jsonl")) for n, line in numbered_lines(path)]
    if not rows:
        raise ValueError(
            f'{place} holds no .jsonl file of pairs; give its folder as --metadata \'{{"items": "PATH"}}\''
        )
    return {"test": Dataset.from_list(rows)}


def numbered_lines(path: Path) -> list[tuple[int, str]]:
    return list(enumerate(path.read_text(encoding="utf-8").splitlines(), 1))


def row_of(path: Path, number: int, line: str) -> dict[str, Any]:
    row = json.loads(line)
    if not {"id", "phenomenon", "good", "bad"} <= row.keys():
        raise ValueError(f"{path}, line {number}: not a pair with id, phenomenon, good and bad")
    right = hashlib.sha256(row["id"].encode()).digest()[0] % 2
    sentences = [row["bad"], row["good"]] if right else [row["good"], row["bad"]]
    return {"id": row["id"], "group": row["phenomenon"], "sentences": sentences, "right": right}
