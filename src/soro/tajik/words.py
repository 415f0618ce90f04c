"""Words of running text, as every count and score of the project means them."""

import re

# A run of letters, inner hyphens and apostrophes kept ("яке-ду"); digits are words of their own.
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+")


def words_of(text: str) -> list[str]:
    return WORD.findall(text)


def count_words(text: str) -> int:
    return sum(1 for _ in WORD.finditer(text))


def word_set(words: str) -> frozenset[str]:
    """The words of a list that is written with spaces."""
    return frozenset(words.split())
