"""In how many documents does each of very many things occur? Counts up to 255 in memory that does not grow.

A count-min sketch (Cormode, Muthukrishnan 2005): a count is never too small, and too large only where all rows collide. What
order the documents come in, and over how many workers, changes nothing. A row depends on no other, so that each can be counted
by itself.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from soro.core.hashes import Hashes
from soro.core.seen import Ints

NUM_ROWS = 4
MAX_COUNT = 255
SALTS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)
MIN_CELLS_LOG2, CELLS_A_HASH = 16, 16

Row = npt.NDArray[np.uint8]


def cells_log2_for(num_hashes: int, most: int) -> int:
    """The size of a row for so many hashes: CELLS_A_HASH cells or more for each, as far as `most` allows."""
    return min(most, max(MIN_CELLS_LOG2, (CELLS_A_HASH * num_hashes - 1).bit_length()))


def cells_of(hashes: Hashes, number: int, num_cells: int) -> Hashes:
    """The cell of each hash in row `number` of `num_cells` cells (a power of two)."""
    return (hashes * SALTS[number]) >> np.uint64(65 - num_cells.bit_length())


def count_in_row(row: Row, number: int, hashes: Hashes, sizes: Ints) -> None:
    """Count documents of `sizes` hashes, given one after the other, in row `number`: each cell once a document."""
    documents = np.repeat(np.arange(len(sizes), dtype=np.uint64), sizes) << np.uint64(32)
    cells = np.sort(distinct(documents | cells_of(hashes, number, len(row))) & np.uint64(0xFFFFFFFF))
    ends = np.flatnonzero(np.append(cells[1:] != cells[:-1], True)) if len(cells) else np.zeros(0, dtype=np.int64)
    found, counts = cells[ends], np.diff(ends, prepend=-1)
    row[found] = np.minimum(row[found] + counts, MAX_COUNT)


def distinct(values: Hashes) -> Hashes:
    """The values, each once, sorted."""
    ordered = np.sort(values)
    return ordered[np.append(ordered[1:] != ordered[:-1], True)] if len(ordered) else ordered


class DocumentCounter:
    """Counts, for 64-bit hashes, the documents they occur in. `rows` are all its state, made by `count_in_row`."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows

    def counts(self, hashes: Hashes) -> Row:
        """The number of documents for each hash, at most MAX_COUNT."""
        found = [row[cells_of(hashes, number, len(row))] for number, row in enumerate(self.rows)]
        smallest: Row = np.min(found, axis=0)
        return smallest


def counter_of(hashes: Sequence[Hashes], cells_log2: int) -> DocumentCounter:
    """The counter of some documents, each given by its hashes."""
    rows = [np.zeros(1 << cells_log2, dtype=np.uint8) for _ in range(NUM_ROWS)]
    sizes = np.array([len(of_document) for of_document in hashes], dtype=np.int64)
    for number, row in enumerate(rows):
        count_in_row(row, number, np.concatenate([np.zeros(0, dtype=np.uint64), *hashes]), sizes)
    return DocumentCounter(rows)
