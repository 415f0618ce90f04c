"""Which documents repeat an earlier one, decided in the order of the corpus from files of signatures, in bounded memory.

The rule: documents come one after the other; one whose words equal those of a remembered document, or that shares at least
`min_jaccard` of its shingles with one, is dropped as the twin of the first such; else it is remembered.

1. `contested_documents`: a document that shares no band with any other is new. One band of all documents is looked at at a
   time, in parts by hash value when it is long.
2. `find_twins`: the contested documents go through in chunks. A chunk is decided in memory, then every later document is
   compared with those that it remembered.
"""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from soro.corpus.signatures import NUM_BANDS, NUM_PERMUTATIONS, Signatures, bands

MAX_HASHES = 4_000_000  # in memory at a time, 32 bytes each
CHUNK, BATCH = 100_000, 4_096  # contested documents decided, compared at a time; a chunk takes about 150 MB
MAX_PAIRS = 1_000_000  # candidates looked at together
PAIRS_AT_A_TIME = 20_000

Ints = npt.NDArray[np.int64]


def repeated(path: Path, mask: npt.NDArray[np.bool_] | None = None) -> npt.NDArray[np.bool_]:
    """Which of the 64-bit hashes of a file occur more than once among those where `mask` is set; 0 never does."""
    num_hashes = path.stat().st_size // 8
    found = np.zeros(num_hashes, dtype=bool)
    num_parts = -(-num_hashes // MAX_HASHES)
    for part in range(num_parts):
        values, places = [], []
        for start in range(0, num_hashes, MAX_HASHES):
            hashes = np.fromfile(path, dtype=np.uint64, count=MAX_HASHES, offset=8 * start)
            wanted = (hashes % np.uint64(num_parts) == part) & (hashes != 0)
            if mask is not None:
                wanted &= mask[start : start + len(hashes)]
            values.append(hashes[wanted])
            places.append(np.flatnonzero(wanted) + start)
        value, place = np.concatenate(values), np.concatenate(places)
        order = np.argsort(value)
        equal = value[order][1:] == value[order][:-1]
        found[place[order][1:][equal]] = True
        found[place[order][:-1][equal]] = True
    return found


def contested_documents(band_files: list[Path]) -> Ints:
    """The numbers of the documents that share a band with another, in order."""
    contested = repeated(band_files[0])
    for path in band_files[1:]:
        contested |= repeated(path)
    return np.flatnonzero(contested)


class SignatureFile:
    """Signatures in a file, n x 128; a slice is read when it is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.length = path.stat().st_size // (4 * NUM_PERMUTATIONS)

    def read(self, start: int, stop: int) -> Signatures:
        count = (min(stop, self.length) - start) * NUM_PERMUTATIONS
        values = np.fromfile(self.path, dtype=np.uint32, count=count, offset=4 * NUM_PERMUTATIONS * start)
        return values.reshape(-1, NUM_PERMUTATIONS)


def find_twins(signatures: SignatureFile, min_jaccard: float) -> tuple[Ints, Ints]:
    """For each document (place of its first twin or -1, number of equal values of the two signatures)."""
    twins = np.full(signatures.length, -1, dtype=np.int64)
    equal = np.zeros(signatures.length, dtype=np.int64)
    for start in range(0, signatures.length, CHUNK):
        stop = min(start + CHUNK, signatures.length)
        chunk = signatures.read(start, stop)
        is_new = decide_chunk(chunk, twins[start:stop], equal[start:stop], start, min_jaccard)
        remembered = Remembered(chunk[is_new], np.flatnonzero(is_new) + start)
        for first in range(stop, signatures.length, BATCH):
            places = np.flatnonzero(twins[first : first + BATCH] < 0) + first
            batch = signatures.read(first, first + BATCH)[places - first]
            twins[places], equal[places] = remembered.first_twins(batch, min_jaccard)
    return twins, equal


def decide_chunk(
    signatures: Signatures, twins: Ints, equal: Ints, offset: int, min_jaccard: float
) -> npt.NDArray[np.bool_]:
    """Fill in `twins` (places from `offset`) and `equal` for the documents without a twin; which ones are remembered."""
    groups, starts = band_groups(bands(signatures))
    counts = np.zeros(len(starts), dtype=np.int64)
    members = np.zeros(int((groups >= 0).sum()), dtype=np.int64)
    is_new = np.zeros(len(signatures), dtype=bool)
    for document in range(len(signatures)):
        if twins[document] >= 0:
            continue
        mine = groups[document][groups[document] >= 0]
        begins, sizes = starts[mine], counts[mine]
        lists = [members[begins[sizes > 0]]]
        lists += [members[begins[i] : begins[i] + sizes[i]] for i in np.flatnonzero(sizes > 1)]
        candidates = np.unique(np.concatenate(lists))
        num_equal = (signatures[candidates] == signatures[document]).sum(axis=1)
        enough = np.flatnonzero(num_equal / NUM_PERMUTATIONS >= min_jaccard)
        if len(enough):
            twins[document], equal[document] = candidates[enough[0]] + offset, num_equal[enough[0]]
        else:
            is_new[document] = True
            members[begins + sizes] = document
            counts[mine] += 1
    return is_new


def band_groups(hashes: npt.NDArray[np.uint64]) -> tuple[Ints, Ints]:
    """(n x 32, number of the group of documents that share a band or -1 for one alone; where each group's members go)."""
    groups = np.full(hashes.shape[::-1], -1, dtype=np.int64)
    starts: list[Ints] = []
    num_groups = num_members = 0
    for band, row in enumerate(hashes):
        _, group, sizes = np.unique(row, return_inverse=True, return_counts=True)
        shared = sizes > 1
        numbers = np.where(shared, np.cumsum(shared) - 1 + num_groups, -1)
        groups[:, band] = numbers[group]
        starts.append(np.cumsum(sizes[shared]) - sizes[shared] + num_members)
        num_groups += int(shared.sum())
        num_members += int(sizes[shared].sum())
    return groups, np.concatenate(starts)


class Remembered:
    """The documents of a chunk that are no twins, with their bands sorted, to compare later documents with."""

    def __init__(self, signatures: Signatures, places: Ints) -> None:
        self.signatures, self.places = signatures, places
        hashes = bands(signatures)
        self.orders = [np.argsort(row).astype(np.int32) for row in hashes]
        self.sorted = [row[order] for row, order in zip(hashes, self.orders, strict=True)]

    def first_twins(self, batch: Signatures, min_jaccard: float) -> tuple[Ints, Ints]:
        """For each signature of a batch (place of the first document like it or -1, number of equal values)."""
        twins = np.full(len(batch), -1, dtype=np.int64)
        equal = np.zeros(len(batch), dtype=np.int64)
        hashes = bands(batch)
        begins = np.array([np.searchsorted(s, h, "left") for s, h in zip(self.sorted, hashes, strict=True)])
        sizes = np.array([np.searchsorted(s, h, "right") for s, h in zip(self.sorted, hashes, strict=True)]) - begins
        total = np.cumsum(sizes.sum(axis=0))
        start = 0
        while start < len(batch):
            before = int(total[start - 1]) if start else 0
            stop = max(start + 1, int(np.searchsorted(total, before + MAX_PAIRS)))
            self.compare(batch, slice(start, stop), begins, sizes, min_jaccard, twins, equal)
            start = stop
        return twins, equal

    def compare(
        self,
        batch: Signatures,
        part: slice,
        begins: Ints,
        sizes: Ints,
        min_jaccard: float,
        twins: Ints,
        equal: Ints,
    ) -> None:
        """Fill in the twins of a part of the batch. `begins`, `sizes` (32 x batch): its candidates in each sorted band."""
        num = max(1, len(self.places))
        pairs: Any = np.zeros(0, dtype=np.int64)
        for band in range(NUM_BANDS):
            size, begin = sizes[band, part], begins[band, part]
            if size.any():
                rows = np.repeat(np.arange(part.start, part.start + len(size)), size)
                inside = np.arange(len(rows)) - np.repeat(np.cumsum(size) - size, size)
                candidates = self.orders[band][np.repeat(begin, size) + inside]
                pairs = np.union1d(pairs, rows * num + candidates)
        for first in range(0, len(pairs), PAIRS_AT_A_TIME):
            rows, candidates = np.divmod(pairs[first : first + PAIRS_AT_A_TIME], num)
            num_equal = (batch[rows] == self.signatures[candidates]).sum(axis=1)
            good = np.flatnonzero((num_equal / NUM_PERMUTATIONS >= min_jaccard) & (twins[rows] < 0))
            rows, places = np.unique(rows[good], return_index=True)
            chosen = good[places]
            twins[rows], equal[rows] = self.places[candidates[chosen]], num_equal[chosen]
