"""Character n-grams of words as rows of a table: what a small model of languages sees of a word.

A word is read between two boundary signs. Its n-grams of one to five characters (boundaries count as characters) are hashed
into the lower half of `num_rows` rows and the whole word into the upper half; row 0 stays empty: "nothing here".
"""

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

MAX_ORDER = 5
NUM_KINDS = MAX_ORDER + 1  # the orders, then the whole word
BOUNDARY = "\n"
ROLL = np.uint32(0x01000193)  # the prime of FNV-1a
SPREAD = np.uint32(0x9E3779B1)  # 2**32 over the golden ratio

Rows = npt.NDArray[np.int32]
Hashes = npt.NDArray[np.uint32]


def ngram_rows(words: Sequence[str], num_rows: int) -> tuple[Rows, npt.NDArray[np.int64]]:
    """Rows of every n-gram of `words` (none empty, none with a line end), and where each word begins.

    The first array has a line for each position of "⏎word⏎word⏎" and a column for each order and one for the whole word; a
    position where nothing of an order begins holds 0. `num_rows` is a power of two.
    """
    codes = np.frombuffer(f"\n{BOUNDARY.join(words)}\n".encode("utf-32-le", "replace"), dtype=np.uint32)
    is_boundary = codes == ord(BOUNDARY)
    starts = np.flatnonzero(is_boundary)[:-1]
    rows = np.zeros((len(codes), NUM_KINDS), dtype=np.int32)
    hashes = np.zeros(len(codes), dtype=np.uint32)
    whole = ~is_boundary  # no boundary but at the ends of the n-gram
    for order in range(1, MAX_ORDER + 1):
        last = max(0, len(codes) - order + 1)
        hashes = hashes[:last] * ROLL + codes[order - 1 :]
        if order == 2:
            whole = np.ones(last, dtype=bool)
        elif order > 2:
            whole = whole[:last] & ~is_boundary[order - 2 : order - 2 + last]
        rows[:last, order - 1] = np.where(whole[:last], row_of(hashes, order, num_rows // 2), 0)
    names = np.array([zlib.crc32(word.encode("utf-8", "replace")) for word in words], dtype=np.uint32)
    rows[starts, MAX_ORDER] = num_rows // 2 + row_of(names, NUM_KINDS, num_rows // 2)
    return rows, starts


def row_of(hashes: Hashes, salt: int, num_rows: int) -> Rows:
    """Hashes to rows 1 to num_rows - 1, another way for each salt."""
    mixed = (hashes ^ (hashes >> np.uint32(15)) ^ np.uint32(salt * 0x85EBCA6B & 0xFFFFFFFF)) * SPREAD
    mixed = (mixed ^ (mixed >> np.uint32(13))) * SPREAD
    rows: Rows = (mixed >> np.uint32(33 - num_rows.bit_length())).astype(np.int32)
    return np.maximum(rows, 1)
