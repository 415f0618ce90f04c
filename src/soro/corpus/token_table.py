"""Facts about texts from facts about their tokens, each worked out when the token is first met.

A token is what stands between spaces. What the filters count (signs, digits, words of many kinds) lies within tokens, so that
a text's count is the sum over its tokens.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from soro.core.hashes import Hashes, group_hashes, string_hashes
from soro.core.seen import Growing, Ints, Seen, lengths_of, places_of_runs, sums_of_runs
from soro.corpus.shares import num_code_chars, num_digits, num_symbols
from soro.tajik.mojibake import LOOKS_BAD
from soro.tajik.sound import is_unpronounceable
from soro.tajik.stop_words import STOP_WORDS
from soro.tajik.words import words_of

MAX_TOKENS = 200_000  # then the table starts again
COLUMNS = ("visible", "words", "symbols", "digits", "code_chars", "bad", "unpronounceable", "stop_words")
WORDS = COLUMNS.index("words")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a text. `counts`: one number for each of COLUMNS. `line_sizes`: tokens of each line. Of its words in
    order: `lower_hashes` in small letters, `hashes` as written, `is_name` whether it begins with a capital or is a number."""

    counts: dict[str, int]
    line_sizes: Ints
    line_hashes: Hashes  # in any capitals and with any spaces
    lower_hashes: Hashes
    hashes: Hashes
    is_name: npt.NDArray[np.bool_]
    numbers: Ints
    words_of_number: list[list[str]]

    @cached_property
    def lower_words(self) -> list[str]:
        return list(chain.from_iterable(map(self.words_of_number.__getitem__, self.numbers.tolist())))


class TokenTable:
    """Knows tokens it has met; what a text is told to be does not depend on which."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.seen = Seen()
        self.counts = Growing(np.int64, len(COLUMNS))
        self.token_hashes = Growing(np.uint64)
        self.starts = Growing(np.int64)  # of a token's words in the three below
        self.hashes, self.lower_hashes, self.is_name = Growing(np.uint64), Growing(np.uint64), Growing(bool)
        self.words: list[list[str]] = []  # in small letters, by token

    def measure(self, texts: Sequence[str]) -> list[Facts]:
        """The facts about each text; many together take less time."""
        lines = [[line.split() for line in text.split("\n")] for text in texts]
        line_sizes = lengths_of(chain.from_iterable(lines))
        num_lines = lengths_of(lines)
        num_tokens = sums_of_runs(line_sizes, num_lines)
        numbers = self.look_up(list(chain.from_iterable(chain.from_iterable(lines))))
        by_token = self.counts.values[numbers]
        counts = sums_of_runs(by_token, num_tokens)
        words = places_of_runs(self.starts.values[numbers], by_token[:, WORDS])
        per_line = parts(num_lines, line_sizes, group_hashes(self.token_hashes.values[numbers], line_sizes))
        per_word = parts(
            counts[:, WORDS], *(column.values[words] for column in (self.lower_hashes, self.hashes, self.is_name))
        )
        return [
            Facts(
                counts=dict(zip(COLUMNS, row, strict=True)),
                line_sizes=of_lines[0],
                line_hashes=of_lines[1],
                lower_hashes=of_words[0],
                hashes=of_words[1],
                is_name=of_words[2],
                numbers=of_tokens[0],
                words_of_number=self.words,
            )
            for row, of_lines, of_words, of_tokens in zip(
                counts.tolist(), per_line, per_word, parts(num_tokens, numbers), strict=True
            )
        ]

    def look_up(self, tokens: Sequence[str]) -> Ints:
        if len(self.seen) > MAX_TOKENS:
            self.forget()
        try:
            numbers, new = self.seen.look_up(tokens)
            if new:
                self.add(new)
        except BaseException:
            self.forget()  # tokens with a number and no facts would be judged wrong
            raise
        return numbers

    def add(self, tokens: Sequence[str]) -> None:
        words = [[token] if token.isalpha() else words_of(token) for token in tokens]
        lower = [[word.lower() for word in of_token] for of_token in words]
        flat, flat_lower = list(chain.from_iterable(words)), list(chain.from_iterable(lower))
        num_words = lengths_of(words)
        self.starts.extend(self.hashes.size + np.cumsum(num_words) - num_words)
        self.counts.extend([facts_of_token(*of_token) for of_token in zip(tokens, words, lower, strict=True)])
        self.token_hashes.extend(string_hashes([token.lower() for token in tokens]))
        self.hashes.extend(string_hashes(flat))
        self.lower_hashes.extend(string_hashes(flat_lower))
        self.is_name.extend([word[0].isupper() or word[0].isdigit() for word in flat])
        self.words += lower


def parts(sizes: Ints, *columns: npt.NDArray[Any]) -> Iterator[list[npt.NDArray[Any]]]:
    """The columns cut into runs of `sizes`."""
    start = 0
    for size in sizes.tolist():
        yield [column[start : start + size] for column in columns]
        start += size


def facts_of_token(token: str, words: list[str], lower: list[str]) -> list[int]:
    """The numbers of COLUMNS."""
    signs = [0, 0] if token.isalpha() else [num_symbols(token), num_digits(token)]
    of_words = [sum(map(is_unpronounceable, words)), sum(word in STOP_WORDS for word in lower)]
    return [len(token), len(words), *signs, num_code_chars(token), LOOKS_BAD.search(token) is not None, *of_words]
