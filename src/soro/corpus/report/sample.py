"""Samples that are the same on every machine, in any order of the documents."""

import hashlib
from typing import Generic, TypeVar

Item = TypeVar("Item")


def rank_of(key: str) -> int:
    """A number of 64 bits that `key` decides alone."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big")


class Smallest(Generic[Item]):
    """Keeps the `size` items whose keys rank lowest, a random sample; holds at most twice as many."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.limit = 1 << 64
        self.held: list[tuple[int, str, Item]] = []

    def wants(self, rank: int) -> bool:
        """Whether an item of this rank can still come into the sample; ask before making the item."""
        return rank < self.limit

    def add(self, rank: int, key: str, item: Item) -> None:
        self.held.append((rank, key, item))
        if len(self.held) >= 2 * self.size:
            self._cut()

    def items(self) -> list[Item]:
        """The sample, by rank."""
        self._cut()
        return [item for _, _, item in self.held]

    def _cut(self) -> None:
        self.held = sorted(self.held, key=lambda entry: entry[:2])[: self.size]
        if len(self.held) == self.size:
            self.limit = self.held[-1][0]
