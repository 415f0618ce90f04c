"""Counting all documents that passed: in how many does each template shingle, each line of a site occur?

The rows of the two counters are counted apart, each from the marks of all blocks, and kept as files that the settling of a block
maps into memory: whatever reads them shares one copy.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from soro.corpus.pieces import write_piece
from soro.corpus.sketch import NUM_ROWS, DocumentCounter, cells_log2_for, count_in_row

MAX_CELLS_LOG2 = {"templates": 24, "lines": 26}  # 64 MB, 256 MB
SIZES = {"templates": "template_sizes", "lines": "line_sizes"}


@dataclass(frozen=True, kw_only=True)
class Counting:
    """A row of the counter of a kind of hashes, to be counted by a worker."""

    kind: str
    number: int
    cells_log2: int
    names: tuple[str, ...]
    work: Path


def row_path(work: Path, kind: str, number: int) -> Path:
    return work / "counted" / f"{kind}-{number}.bin"


def count_row(counting: Counting) -> None:
    """Write the row of one counter."""
    row = np.zeros(1 << counting.cells_log2, dtype=np.uint8)
    for name in counting.names:
        with np.load(counting.work / "judged" / f"{name}.npz") as marks:
            count_in_row(row, counting.number, marks[counting.kind], marks[SIZES[counting.kind]])
    write_piece(row_path(counting.work, counting.kind, counting.number), row.data)


def count_all(names: Sequence[str], work: Path, run: Callable[[list[Counting]], Iterable[None]]) -> None:
    """Count the rows that no earlier run has counted."""
    (work / "counted").mkdir(exist_ok=True)
    open_rows = [
        (kind, number) for kind in SIZES for number in range(NUM_ROWS) if not row_path(work, kind, number).exists()
    ]
    if not open_rows:
        return
    sizes = dict.fromkeys(SIZES, 0)
    for name in names:
        with np.load(work / "judged" / f"{name}.npz") as marks:
            for kind in SIZES:
                sizes[kind] += int(marks[SIZES[kind]].sum())
    cells = {kind: cells_log2_for(sizes[kind], most) for kind, most in MAX_CELLS_LOG2.items()}
    tasks = [
        Counting(kind=kind, number=number, cells_log2=cells[kind], names=tuple(names), work=work)
        for kind, number in open_rows
    ]
    for _ in run(tasks):
        pass


def counter(work: Path, kind: str) -> DocumentCounter:
    """The counter of a kind of hashes, its rows read from the disk as they are asked for."""
    return DocumentCounter(
        [np.memmap(row_path(work, kind, number), dtype=np.uint8, mode="r") for number in range(NUM_ROWS)]
    )
