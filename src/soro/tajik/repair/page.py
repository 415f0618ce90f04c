"""A text under repair: its lines, and which of them are Tajik."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from soro.tajik.languages import Guess, Identifier

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
Found = tuple[int, int, str]  # characters from, to; what belongs there

SURE_WORDS = 6  # a line of so many words is judged alone ...
CONTEXT_WORDS, MAX_CONTEXT_LINES = (
    25,
    12,
)  # ... a shorter one with the lines around it, up to so many words, lines to a side
MIN_SCORE = 0.9
FOREIGN, MAX_FOREIGN_SHARE = re.compile("[ыщцьөүәңҗєґѳ]"), 0.2
MIN_CHARS_TO_COUNT = 500  # from here on a table of all characters is faster than a set
MAX_CHARS = 4_000  # what is looked at of a line


@lru_cache(maxsize=1)
def identifier() -> "Identifier":
    from soro.tajik.languages import load_identifier

    return load_identifier()


class Page:
    """A text that does not change; what is asked of it is worked out once. `guesses`: of lines met before."""

    def __init__(self, text: str, guesses: "dict[str, Guess] | None" = None) -> None:
        self.text = text
        self.verdicts: dict[int, bool] = {}
        self.guesses = {} if guesses is None else guesses

    def after(self, text: str) -> "Page":
        """The page of a text that shares lines with this one."""
        return Page(text, self.guesses)

    @cached_property
    def alphabet(self) -> str:
        """Every character of the text once (halves of surrogate pairs each by itself): here a rule sees sooner than in the text
        that a character it needs is missing."""
        if len(self.text) < MIN_CHARS_TO_COUNT:
            return "".join(set(self.text))
        is_there = np.zeros(1 << 16, dtype=bool)
        is_there[np.frombuffer(self.text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)] = True
        return "".join(map(chr, np.flatnonzero(is_there).tolist()))

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins."""
        starts, total = [], 0
        for line in self.lines:
            starts.append(total)
            total += len(line) + 1
        return starts

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word, those with hyphens as one."""
        return frozenset(WORD.findall(self.text))

    @cached_property
    def code(self) -> list[tuple[int, int]]:
        """Where the code blocks of Markdown begin and end."""
        return [match.span() for match in CODE_BLOCK.finditer(self.text)] if "```" in self.text else []

    def in_code(self, place: int) -> bool:
        number = bisect_right(self.code, place, key=lambda block: block[0]) - 1
        return number >= 0 and place < self.code[number][1]

    def line_at(self, place: int) -> int:
        return bisect_right(self.starts, place) - 1

    def in_tajik(self, found: Iterable[Found]) -> list[Found]:
        """Those that stand in a line that is Tajik."""
        placed = [(self.line_at(item[0]), item) for item in found]
        self.judge({number for number, _ in placed})
        return [item for number, item in placed if self.verdicts[number]]

    def judge(self, numbers: set[int]) -> None:
        """Fill in the verdicts of lines by number."""
        judge_lines([(self, number) for number in sorted(numbers - self.verdicts.keys())], self.guesses)

    def around(self, number: int) -> str:
        """The line with those around it, nearest first, until there are enough words."""
        parts, words = [self.lines[number]], num_words(self.lines[number])
        for distance in range(1, MAX_CONTEXT_LINES + 1):
            for place in (number - distance, number + distance):
                if words < CONTEXT_WORDS and 0 <= place < len(self.lines):
                    parts.append(self.lines[place][:MAX_CHARS])
                    words += num_words(parts[-1])
        return " ".join(parts)


def judge_lines(lines: "Sequence[tuple[Page, int]]", guesses: "dict[str, Guess]") -> None:
    """Fill in the verdicts of lines, given as (page, number); what is not yet in `guesses` is asked of the identifier at once."""
    unsure = []
    for (page, number), guess in zip(lines, identify([page.lines[n] for page, n in lines], guesses), strict=True):
        page.verdicts[number] = is_tajik(guess) and not has_foreign_letters(page.lines[number])
        is_other = guess.lang != "tg" and guess.score >= MIN_SCORE
        if num_words(page.lines[number]) < SURE_WORDS and not is_other:
            unsure.append((page, number))
    for (page, number), guess in zip(unsure, identify([page.around(n) for page, n in unsure], guesses), strict=True):
        page.verdicts[number] = is_tajik(guess) and not has_foreign_letters(page.lines[number])


def identify(pieces: list[str], guesses: "dict[str, Guess]") -> "list[Guess]":
    """The guess of each piece, from `guesses` where it is there, else added to it."""
    pieces = [piece[:MAX_CHARS] for piece in pieces]
    if new := list(dict.fromkeys(piece for piece in pieces if piece not in guesses)):
        guesses.update(zip(new, identifier().identify(new), strict=True))
    return [guesses[piece] for piece in pieces]


def is_tajik(guess: "Guess") -> bool:
    return guess.lang == "tg" and guess.score >= MIN_SCORE


def has_foreign_letters(line: str) -> bool:
    """Whether many words have a letter that no Tajik letter is mistaken for: languages that the table of languages lacks."""
    words = line[:MAX_CHARS].lower().split()
    return sum(FOREIGN.search(word) is not None for word in words) > MAX_FOREIGN_SHARE * len(words)


def num_words(line: str) -> int:
    return len(line[:MAX_CHARS].split())
