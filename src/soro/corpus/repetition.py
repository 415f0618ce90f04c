"""How much a text repeats itself, after the filters of Gopher (Rae et al. 2021, table A1), with fewer numbers.

Each function returns a share between 0 and 1.
"""

import re
from collections import Counter

import numpy as np

from soro.core.hashes import Hashes, run_hashes

TOP_SIZES = (2, 3, 4)
DUPLICATE_SIZE = 5
PARAGRAPH = re.compile(r"\n\s*\n")


def duplicate_share(parts: list[str]) -> float:
    """Share of the characters of `parts` (lines, paragraphs) that stand in one that came before."""
    if len(set(parts)) == len(parts):
        return 0.0
    counts = Counter(parts)
    again = sum((count - 1) * len(part) for part, count in counts.items() if count > 1)
    return again / max(1, sum(map(len, parts)))


def paragraphs(text: str) -> list[str]:
    return [stripped for part in PARAGRAPH.split(text) if (stripped := part.strip())]


def top_ngram_share(word_hashes: Hashes) -> float:
    """The largest share of the words that one run of two, three or four words covers, if it comes more than twice."""
    best = 0.0
    for size in TOP_SIZES:
        runs = np.sort(run_hashes(word_hashes, size))
        if (runs[2:] == runs[:-2]).any():  # one comes more than twice
            ends = np.flatnonzero(np.append(runs[1:] != runs[:-1], True))
            best = max(best, int(np.diff(ends, prepend=-1).max()) * size / len(word_hashes))
    return min(1.0, best)


def duplicate_ngram_share(word_hashes: Hashes) -> float:
    """Share of the words that stand in a run of five words which came before."""
    runs = run_hashes(word_hashes, DUPLICATE_SIZE)
    ordered = np.sort(runs)
    if not (ordered[1:] == ordered[:-1]).any():
        return 0.0
    _, first = np.unique(runs, return_index=True)
    again = np.ones(len(runs), dtype=bool)
    again[first] = False
    covered = np.zeros(len(word_hashes), dtype=bool)
    for place in range(DUPLICATE_SIZE):
        covered[place : place + len(runs)] |= again
    return float(covered.mean())
