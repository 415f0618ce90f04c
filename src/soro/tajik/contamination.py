"""Which benchmark items does a text contain? Word for word, or nearly.

Texts are compared word by word in small letters, without marks, and with ғ ӣ қ ӯ ҳ ҷ as a Russian keyboard types them. A text
contains an item when it holds

- a run of `run_words` words of it (13 after Brown et al. 2020, or 8), or, of a shorter item, all its words in a row; items under
  MIN_ITEM_WORDS words say nothing and are left out;
- or, of an item of NEAR_MIN_WORDS words and more, at least `min_share` of its runs of NEAR_RUN words: a copy with words changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
import numpy.typing as npt

from soro.core.hashes import Hashes, run_hashes, string_hashes
from soro.tajik.restore.letters import take_letters
from soro.tajik.words import words_of

MIN_ITEM_WORDS = 4
NEAR_RUN, NEAR_MIN_WORDS = 3, 10
Ids = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Found:
    """An item that a text contains: its name, the rule that found it ("run", "whole" or "near"), how much of the item's
    runs the text holds, 0 to 1, and the longest run of words that both share, as it stands in the text without marks."""

    item: str
    rule: str
    share: float
    words: str

    def __str__(self) -> str:
        return f"{self.item} ({self.rule} {self.share:.2f})"


def compared_words(text: str) -> list[str]:
    return compared(words_of(text))


def compared(words: Sequence[str]) -> list[str]:
    """Each word in the letters in which words are compared."""
    return take_letters("\n".join(words).lower()).split("\n") if words else []


class RunIndex:
    """Which items hold a run of `size` words, by the run's hash."""

    def __init__(self, size: int, items: Sequence[tuple[int, Hashes]]) -> None:
        self.size = size
        runs = [(number, np.unique(run_hashes(words, size))) for number, words in items]
        hashes = np.concatenate([found for _, found in runs]) if runs else np.zeros(0, dtype=np.uint64)
        owners = np.repeat(np.array([number for number, _ in runs], dtype=np.int64), [len(found) for _, found in runs])
        order = np.argsort(hashes, kind="stable")
        self.hashes, self.owners = hashes[order], owners[order]

    def owners_of(self, words: Hashes) -> Ids:
        """The owners of the runs of a text, each as often as it has different runs there."""
        runs = np.unique(run_hashes(words, self.size))
        first, last = (np.searchsorted(self.hashes, runs, side=side) for side in ("left", "right"))  # type: ignore[call-overload]
        spans = [self.owners[a:b] for a, b in zip(first[last > first], last[last > first], strict=True)]
        return np.concatenate(spans) if spans else np.zeros(0, dtype=np.int64)


class BenchmarkIndex:
    """Made from (name, text) of every item; finds them in texts. Holds hashes only, about 48 bytes a word."""

    def __init__(self, items: Iterable[tuple[str, str]], *, run_words: int = 13, min_share: float = 0.6) -> None:
        self.run_words, self.min_share = run_words, min_share
        self.names: list[str] = []
        sizes: list[int] = []
        self.words: list[Hashes] = []
        self.num_left_out = 0
        for name, text in items:
            found = string_hashes(compared_words(text))
            if len(found) < MIN_ITEM_WORDS:
                self.num_left_out += 1
                continue
            self.names.append(name)
            sizes.append(len(found))
            self.words.append(found)
        self.sizes = np.array(sizes, dtype=np.int64)
        by_size: dict[int, list[tuple[int, Hashes]]] = {}
        for number, found in enumerate(self.words):
            by_size.setdefault(min(len(found), run_words), []).append((number, found))
        self.runs = [RunIndex(size, members) for size, members in sorted(by_size.items())]
        long = [(number, found) for number, found in enumerate(self.words) if len(found) >= NEAR_MIN_WORDS]
        self.near = RunIndex(NEAR_RUN, long)
        self.num_runs = np.bincount(self.near.owners, minlength=len(self.words))

    def find(self, text: str) -> list[Found]:
        """The items that `text` contains, in the order they were given."""
        shown = words_of(text)
        words = string_hashes(compared(shown))
        rules: dict[int, str] = {}
        for index in self.runs:
            for number in np.unique(index.owners_of(words)).tolist():
                rules[number] = "whole" if self.sizes[number] <= index.size else "run"
        owners = self.near.owners_of(words)
        held = np.bincount(owners, minlength=len(self.names)) if len(owners) else np.zeros(len(self.names))
        shares = held / np.maximum(1, self.num_runs)
        for number in np.flatnonzero(shares >= self.min_share).tolist():
            rules.setdefault(number, "near")
        return [
            Found(
                self.names[n],
                rule,
                round(float(shares[n]) if self.num_runs[n] else 1.0, 3),
                " ".join(shown[longest_shared_run(words, self.words[n])]),
            )
            for n, rule in sorted(rules.items())
        ]


def longest_shared_run(words: Hashes, item: Hashes) -> slice:
    """Where in `words` the longest run stands that `item` holds too."""
    match = SequenceMatcher(None, words.tolist(), item.tolist(), autojunk=False).find_longest_match()
    return slice(match.a, match.a + match.size)
