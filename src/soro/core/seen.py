"""Strings met before: each has a number, under which callers keep in arrays what they worked out about it once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Sized
from itertools import count, islice
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


class Seen:
    """Strings by number: the first one met is 0, the next new one 1."""

    def __init__(self) -> None:
        self.numbers: defaultdict[str, int] = defaultdict(count().__next__)  # a new string gets the next number

    def __len__(self) -> int:
        return len(self.numbers)

    def look_up(self, strings: Sequence[str]) -> tuple[Ints, list[str]]:
        """(number of each string, those not met before in the order of their numbers)."""
        num_known = len(self.numbers)
        found = np.fromiter(map(self.numbers.__getitem__, strings), dtype=np.int64, count=len(strings))
        newest_first = list(islice(reversed(self.numbers), len(self.numbers) - num_known))
        return found, newest_first[::-1]


class Growing:
    """An array that grows at its end; `values` are those given so far. Room is doubled when it is full."""

    def __init__(self, dtype: Any, num_columns: int | None = None) -> None:
        self.room: npt.NDArray[Any] = np.zeros(0 if num_columns is None else (0, num_columns), dtype=dtype)
        self.size = 0

    @property
    def values(self) -> npt.NDArray[Any]:
        return self.room[: self.size]

    def extend(self, values: npt.NDArray[Any] | Sequence[Any]) -> None:
        last = self.size + len(values)
        if last > len(self.room):
            extra = max(1_000, 2 * last) - len(self.room)
            self.room = np.concatenate([self.room, np.zeros((extra, *self.room.shape[1:]), dtype=self.room.dtype)])
        if len(values):
            self.room[self.size : last] = values
        self.size = last


def places_of_runs(starts: Ints, sizes: Ints) -> Ints:
    """The places of all members of runs that begin at `starts` and have `sizes` members, one run after the other."""
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - sizes), sizes) + np.arange(total)


def sums_of_runs(values: npt.NDArray[Any], sizes: Ints) -> npt.NDArray[Any]:
    """The sums over runs of `sizes` values that lie one after the other; 0 for a run of none."""
    sums = np.zeros((len(sizes), *values.shape[1:]), dtype=values.dtype)
    full = np.flatnonzero(sizes)
    if len(full):
        sums[full] = np.add.reduceat(values, (np.cumsum(sizes) - sizes)[full], axis=0)
    return sums


def lengths_of(parts: Iterable[Sized]) -> Ints:
    return np.fromiter(map(len, parts), dtype=np.int64)
