"""Bits per character of held-out documents. Stands alone, so that plain `lm_eval --include_path` can use it.

A document is cut into passages of at most `passage_chars` characters, at a line end or a space, none lost. Every source
of the language gives the same number of characters, or all it has; which passages is decided by a hash, so that any
model, and any run, meets the same ones in the same order.
"""

import hashlib
import math
from collections.abc import Iterable
from typing import Any

import pyarrow.parquet as pq
from datasets import Dataset


def load(
    heldout: str = "", lang: str = "tgk", max_chars: int = 24_000, passage_chars: int = 500, **_: Any
) -> dict[str, Dataset]:
    """The passages of the documents in `lang` of a Parquet file with the columns id, source, lang, text."""
    if not heldout:
        raise ValueError('the path of the held-out documents is missing; give it as --metadata \'{"heldout": "PATH"}\'')
    table = pq.read_table(heldout, columns=["id", "source", "lang", "text"]).to_pylist()
    rows = choose_passages([row for row in table if row["lang"] == lang], max_chars, passage_chars)
    if not rows:
        raise ValueError(f"{heldout} holds no document in {lang!r}")
    return {"test": Dataset.from_list(rows)}


def choose_passages(documents: list[dict[str, str]], max_chars: int, passage_chars: int) -> list[dict[str, str]]:
    """Passages as {id, group, text}, in equal shares by source (the group), the last of a share cut to fit.

    The sources take turns, so that the first few items are of all of them.
    """
    by_source: dict[str, list[dict[str, str]]] = {}
    for document in documents:
        for number, text in enumerate(passages(document["text"], passage_chars)):
            row = {"id": f"{document['id']}#{number}", "group": document["source"], "text": text}
            by_source.setdefault(document["source"], []).append(row)
    chosen: list[tuple[int, str, dict[str, str]]] = []
    for source, rows in by_source.items():
        left = max_chars // len(by_source)
        for turn, row in enumerate(sorted(rows, key=shuffled)):
            if left <= 0:
                break
            chosen.append((turn, source, {**row, "text": row["text"][:left]}))
            left -= len(row["text"])
    return [row for _, _, row in sorted(chosen, key=lambda entry: entry[:2])]


def shuffled(row: dict[str, str]) -> bytes:
    return hashlib.sha256(row["id"].encode()).digest()


def passages(text: str, max_chars: int) -> list[str]:
    """`text` cut after a line end, else after a space, of the second half of each `max_chars` characters."""
    parts = []
    while len(text) > max_chars:
        middle = max_chars // 2
        cut = max(text.rfind("\n", middle, max_chars), -1) + 1 or text.rfind(" ", middle, max_chars) + 1 or max_chars
        parts.append(text[:cut])
        text = text[cut:]
    return [part for part in [*parts, text] if part.strip()]


def process_results(doc: dict[str, str], results: list[float]) -> dict[str, tuple[float, int]]:
    """(bits, characters) of a passage, out of its log likelihood in nats."""
    (loglikelihood,) = results
    return {"bits_per_char": (-loglikelihood / math.log(2), len(doc["text"]))}


def total(items: Iterable[tuple[float, int]]) -> float:
    """All bits over all characters."""
    bits, chars = zip(*items, strict=True)
    return sum(bits) / sum(chars)
