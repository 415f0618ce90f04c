"""SIB-200 in Tajik: which of seven topics is a sentence about. Stands alone, so that plain `lm_eval --include_path` can use it.

The shots are the first row of each topic in train.tsv whose text has 80 to 120 characters; all other rows of train.tsv
and all of dev.tsv are scored. Nothing is trained on train.tsv here, so its rows are as unseen as those of dev.tsv.
"""

import csv
from pathlib import Path
from typing import Any

from datasets import Dataset

TOPICS = {
    "science/technology": "илм ва технология",
    "travel": "сафар",
    "politics": "сиёсат",
    "sports": "варзиш",
    "health": "саломатӣ",
    "entertainment": "фароғат",
    "geography": "ҷуғрофия",
}
SHOT_CHARS = range(80, 121)


def load(sib200: str = "", **_: Any) -> dict[str, Dataset]:
    """{shots, test} out of the folder `sib200` with train.tsv and dev.tsv (columns index_id, category, text)."""
    if not sib200:
        raise ValueError('the folder of SIB-200 is missing; give it as --metadata \'{"sib200": "PATH/tgk_Cyrl"}\'')
    train, dev = read_rows(Path(sib200) / "train.tsv"), read_rows(Path(sib200) / "dev.tsv")
    first: dict[str, dict[str, str]] = {}
    for row in train:
        if len(row["text"]) in SHOT_CHARS:
            first.setdefault(row["category"], row)
    if len(first) < len(TOPICS):
        raise ValueError(f"{sib200}/train.tsv gives no example for {sorted(set(TOPICS) - set(first))}")
    shots = list(first.values())
    return {"shots": Dataset.from_list(shots), "test": Dataset.from_list([*dev, *(r for r in train if r not in shots)])}


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows as {id, category, text}. Raises ValueError naming the line that has no known topic or no text."""
    rows = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t"), 2):
            if row.get("category") not in TOPICS or not row.get("text"):
                raise ValueError(f"{path}, row {number}: {row} has no text or no topic of SIB-200")
            rows.append({"id": row["index_id"], "category": row["category"], "text": row["text"]})
    return rows


def choices(doc: dict[str, str]) -> list[str]:
    return list(TOPICS.values())


def target(doc: dict[str, str]) -> int:
    return list(TOPICS).index(doc["category"])
