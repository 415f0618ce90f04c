"""64-bit hashes of many strings at once, the same on every machine and in every process.

A string's hash is the polynomial over its code points, each mixed first, modulo 2^64; the last step of SplitMix64 (Steele, Lea,
Flood 2014) spreads it. Hashes of runs of strings are made from those of the strings.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from soro.core.seen import sums_of_runs

Hashes = npt.NDArray[np.uint64]

BASE, STEP = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1342543DE82EF95)
MIX_ONE, MIX_TWO = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
MAX_CHARS = 1_000  # of a string; what is longer is known by its first characters and its length


def spread(values: Hashes) -> Hashes:
    """The output step of SplitMix64: a bijection after which every bit depends on every bit."""
    values = (values ^ (values >> np.uint64(30))) * MIX_ONE
    values = (values ^ (values >> np.uint64(27))) * MIX_TWO
    return values ^ (values >> np.uint64(31))


def string_hashes(strings: Sequence[str]) -> Hashes:
    """One hash a string. No string may hold a line end."""
    if not strings:
        return np.zeros(0, dtype=np.uint64)
    if max(map(len, strings)) > MAX_CHARS:
        strings = [f"{string[:MAX_CHARS]}\r{len(string)}" if len(string) > MAX_CHARS else string for string in strings]
    joined = "\n".join(strings) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    ends = np.flatnonzero(codes == 10)
    if len(ends) != len(strings):
        raise ValueError("a string to hash holds a line end")
    return group_hashes(spread(codes), np.diff(ends, prepend=-1))


def group_hashes(hashes: Hashes, sizes: npt.NDArray[np.int64]) -> Hashes:
    """One hash for each group of `sizes` neighbours; 0 for a group of none."""
    starts = np.cumsum(sizes) - sizes
    powers = np.multiply.accumulate(np.full(int(sizes.max(initial=0)), BASE))
    places = np.arange(len(hashes)) - np.repeat(starts, sizes)
    return spread(sums_of_runs(hashes * powers[places], sizes))


def run_hashes(hashes: Hashes, size: int) -> Hashes:
    """One hash for each run of `size` neighbours, in order; none when there are fewer."""
    num_runs = max(0, len(hashes) - size + 1)
    runs = np.zeros(num_runs, dtype=np.uint64)
    for first in range(size if num_runs else 0):
        runs = runs * STEP + hashes[first : first + num_runs]
    return spread(runs + np.uint64(size))
