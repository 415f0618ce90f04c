"""The values that decided: numbers where a reason gives numbers (`35 chars`, `0.031`, `ID (0.844)`), else words."""

import re
from array import array
from collections import Counter

from soro.corpus.notes import kind_of_note

NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)(?: (chars|words|lines|pages|bytes))?|.* \((\d+(?:\.\d+)?)\)", re.DOTALL)
MAX_WORDS_HELD, MAX_WORD_CHARS = 10_000, 80


class Values:
    """The values of one reason. Numbers are held whole, 8 bytes each; of other values the frequent ones are counted."""

    def __init__(self) -> None:
        self.numbers = array("d")
        self.unit = ""
        self.words: Counter[str] = Counter()

    def add(self, value: str) -> None:
        if found := NUMBER.fullmatch(value):
            self.numbers.append(float(found[1] or found[3]))
            self.unit = found[2] or self.unit or ("similarity" if found[3] else "")
            return
        self.words[kind_of_note(value)[:MAX_WORD_CHARS]] += 1
        if len(self.words) > MAX_WORDS_HELD:
            self.words = Counter(dict(ordered(self.words)[: MAX_WORDS_HELD // 2]))

    @property
    def are_numbers(self) -> bool:
        return len(self.numbers) > self.words.total()

    def frequent(self, size: int) -> list[tuple[str, int]]:
        """The most frequent values, numbers together; of more than 10,000 different ones, approximately."""
        numbers = {"a number": len(self.numbers)} if self.numbers else {}
        return ordered(self.words + Counter(numbers))[:size]


def ordered(words: Counter[str]) -> list[tuple[str, int]]:
    """Most frequent first, equal ones by name."""
    return sorted(words.items(), key=lambda entry: (-entry[1], entry[0]))
