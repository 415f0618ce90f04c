"""Counts of words and word pairs: all that the training of this package ever sees of a text."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from soro.tajik.restore.letters import take_letters

NUM_FOLDS = 5  # of documents: what a word's other uses say is taken from the folds that the use is not in
TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|\n")
TAJIK_WORD = re.compile("[а-яёғӣқӯҳҷ]+")
LINE_END, NUMBER = "¶", "0"

# (fold, left token with its letters, word, whether it has a capital, weight), (fold, word, right token without its
# letters, whether that has a capital, weight)
LeftPair = tuple[int, str, str, bool]
RightPair = tuple[int, str, str, bool]


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Weighted counts: of words by fold, of (token, word) and of (word, token)."""

    words: list[Counter[str]] = field(default_factory=lambda: [Counter() for _ in range(NUM_FOLDS)])
    left: Counter[LeftPair] = field(default_factory=Counter)
    right: Counter[RightPair] = field(default_factory=Counter)

    def all_words(self) -> Counter[str]:
        total: Counter[str] = Counter()
        for fold in self.words:
            total.update(fold)
        return total


def count_texts(texts: Iterable[tuple[str, float]]) -> Counts:
    """Counts over (text, weight of each of its words); texts go to folds in turn."""
    counts = Counts()
    for number, (text, weight) in enumerate(texts):
        fold = number % NUM_FOLDS
        words = counts.words[fold]
        tokens = TOKEN.findall(f"\n{text}\n")
        lower = [plain_token(token) for token in tokens]
        for i, word in enumerate(lower):
            if TAJIK_WORD.fullmatch(word):
                words[word] += weight  # type: ignore[assignment]
                counts.left[fold, lower[i - 1], word, tokens[i][0].isupper()] += weight  # type: ignore[assignment]
                right = fold, word, take_letters(lower[i + 1]), tokens[i + 1][0].isupper()
                counts.right[right] += weight  # type: ignore[assignment]
    return counts


def plain_token(token: str) -> str:
    """A token as pairs hold it: numbers alike, the end of a line as a sign, words in small letters."""
    return NUMBER if token.isdigit() else LINE_END if token == "\n" else token.lower()
