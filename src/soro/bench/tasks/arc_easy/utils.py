"""ARC-Easy out of a local file. Stands alone, so that plain `lm_eval --include_path` can use it."""

import json
from pathlib import Path
from typing import Any

from datasets import Dataset


def load(arc_easy: str = "", **_: Any) -> dict[str, Dataset]:
    """The items of a JSONL file with the fields id, question, choices {text, label}, answerKey."""
    if not arc_easy:
        raise ValueError('the file of ARC-Easy is missing; give it as --metadata \'{"arc_easy": "PATH.jsonl"}\'')
    rows = []
    for number, line in enumerate(Path(arc_easy).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        row = json.loads(line)
        if (
            not {"id", "question", "choices", "answerKey"} <= row.keys()
            or row["answerKey"] not in row["choices"]["label"]
        ):
            raise ValueError(f"{arc_easy}, line {number}: not an item of ARC, or its answer is not among its choices")
        rows.append({key: row[key] for key in ("id", "question", "choices", "answerKey")})
    return {"test": Dataset.from_list(rows)}
