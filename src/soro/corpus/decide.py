"""The fourth step of a corpus: what can only be decided with all documents in view.

Which documents are twins of earlier ones, and which share their page with another that stays. Documents have numbers here, from
0, those with an objection left out.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from soro.core.files import disk_error
from soro.core.progress import say
from soro.corpus.pieces import to_npz, write_piece
from soro.corpus.signatures import NUM_BANDS, NUM_PERMUTATIONS, bands
from soro.corpus.twins import SignatureFile, contested_documents, find_twins, repeated


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """For the documents that are twins, in order: their numbers, their twins', equal values of the signatures, whether every
    word is the same. For all documents: whether another that stays has the same page address."""

    documents: npt.NDArray[np.int64]
    twins: npt.NDArray[np.int64]
    num_equal: npt.NDArray[np.int64]
    is_exact: npt.NDArray[np.bool_]
    shares_page: npt.NDArray[np.bool_]
    index: Path

    def objections(self) -> Iterator[tuple[int, tuple[str, str]]]:
        """(number, (reason, value)) of every twin, in order; the value names the earlier document and the similarity."""
        with (self.index / "ids.bin").open("rb") as ids, (self.index / "id_ends.bin").open("rb") as ends:
            for row in range(len(self.documents)):
                name = id_of(ids, ends, int(self.twins[row]))
                if self.is_exact[row]:
                    yield int(self.documents[row]), ("exact-duplicate", f"{name} (1.0)")
                else:
                    similarity = round(int(self.num_equal[row]) / NUM_PERMUTATIONS, 3)
                    yield int(self.documents[row]), ("near-duplicate", f"{name} ({similarity})")


def id_of(ids: Any, ends: Any, number: int) -> str:
    ends.seek(8 * max(0, number - 1))
    limits = np.frombuffer(ends.read(16), dtype=np.int64)
    start, end = (0, int(limits[0])) if number == 0 else map(int, limits)
    ids.seek(start)
    return str(ids.read(end - start), "utf-8")


def decide(names: list[str], work: Path, min_jaccard: float) -> Decisions:
    """The decisions about all settled blocks; made once, later runs read them."""
    index, decided = work / "index", work / "decided.npz"
    index.mkdir(exist_ok=True)
    if not decided.exists():
        gather(names, work, index)
        contested = contested_documents([index / f"band-{band:02d}.bin" for band in range(NUM_BANDS)])
        gather_signatures(names, work, contested, index / "contested.bin")
        say(f"corpus: {len(contested)} documents may be duplicates")
        twins, num_equal = find_twins(SignatureFile(index / "contested.bin"), min_jaccard)
        rows = np.flatnonzero(twins >= 0)
        documents, firsts = contested[rows], contested[twins[rows]]
        stays = np.ones((index / "urls.bin").stat().st_size // 8, dtype=bool)
        stays[documents] = False
        arrays = {
            "documents": documents,
            "twins": firsts,
            "num_equal": num_equal[rows],
            "is_exact": equal_keys(index / "keys.bin", documents, firsts),
            "shares_page": repeated(index / "urls.bin", stays),
        }
        write_piece(decided, to_npz(arrays))
    with np.load(decided) as arrays:
        return Decisions(**arrays, index=index)


def gather(names: list[str], work: Path, index: Path) -> None:
    """The marks of all blocks one after the other: a file of each band, of keys, addresses and names. Raises SoroError."""
    kinds = ["keys", "urls", "ids", "id_ends", *(f"band-{band:02d}" for band in range(NUM_BANDS))]
    num_id_bytes = 0
    try:
        with ExitStack() as stack:
            files = {kind: stack.enter_context((index / f"{kind}.bin").open("wb")) for kind in kinds}
            for name in names:
                with np.load(work / "settled" / f"{name}.npz") as marks:
                    for kind in ("keys", "urls", "ids"):
                        files[kind].write(marks[kind].tobytes())
                    files["id_ends"].write((np.cumsum(marks["id_sizes"], dtype=np.int64) + num_id_bytes).tobytes())
                    num_id_bytes += len(marks["ids"])
                    for band, hashes in enumerate(bands(marks["signatures"])):
                        files[f"band-{band:02d}"].write(np.maximum(hashes, np.uint64(1)).tobytes())
    except OSError as error:
        raise disk_error(error, index) from error


def gather_signatures(names: list[str], work: Path, documents: npt.NDArray[np.int64], path: Path) -> None:
    """The signatures of some documents, in order, in one file. Raises SoroError."""
    first = 0
    try:
        with path.open("wb") as file:
            for name in names:
                with np.load(work / "settled" / f"{name}.npz") as marks:
                    num = len(marks["urls"])
                    low, high = np.searchsorted(documents, [first, first + num])
                    if high > low:
                        file.write(marks["signatures"][documents[low:high] - first].tobytes())
                    first += num
    except OSError as error:
        raise disk_error(error, path) from error


def equal_keys(path: Path, some: npt.NDArray[np.int64], others: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Whether the keys (16 bytes) of two documents are equal, pair by pair."""
    result = np.zeros(len(some), dtype=bool)
    with path.open("rb") as file:
        for row, pair in enumerate(zip(some.tolist(), others.tolist(), strict=True)):
            keys = []
            for number in pair:
                file.seek(16 * number)
                keys.append(file.read(16))
            result[row] = keys[0] == keys[1]
    return result
