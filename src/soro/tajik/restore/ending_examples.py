"""Training of the ending -и (izofat) against -ӣ: offsets from other folds, examples from pairs."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from soro.tajik.restore.counts import NUM_FOLDS, Counts
from soro.tajik.restore.endings import SENTENCE_STARTS, Uses, ending_odds, has_open_ending
from soro.tajik.restore.features import capital_keys, left_keys, rare_keys, right_keys
from soro.tajik.restore.learn import Example
from soro.tajik.restore.letters import take_letters

RARE_USES = 3
FIXED_USES, FIXED_SHARE = 30, 0.004  # a word whose ending never varies teaches nothing


@dataclass(frozen=True, kw_only=True)
class EndingCounts:
    """Uses with -и and with -ӣ by word without letters, in all folds and in each."""

    total: Mapping[str, Uses]
    folds: list[dict[str, Uses]]

    def elsewhere(self, base: str, fold: int) -> Uses:
        (i, own), (i_here, own_here) = self.total[base], self.folds[fold].get(base, (0.0, 0.0))
        return max(0.0, i - i_here), max(0.0, own - own_here)

    def is_fixed(self, base: str) -> bool:
        uses = self.total[base]
        return sum(uses) >= FIXED_USES and not FIXED_SHARE < uses[1] / sum(uses) < 1 - FIXED_SHARE


def count_endings(counts: Counts) -> EndingCounts:
    total: dict[str, Uses] = defaultdict(lambda: (0.0, 0.0))
    folds: list[dict[str, Uses]] = [defaultdict(lambda: (0.0, 0.0)) for _ in range(NUM_FOLDS)]
    for fold, words in zip(folds, counts.words, strict=True):
        for word, uses in words.items():
            base = take_letters(word)
            if has_open_ending(base):
                step = (0.0, uses) if word.endswith("ӣ") else (uses, 0.0)
                for table in (total, fold):
                    table[base] = (table[base][0] + step[0], table[base][1] + step[1])
    return EndingCounts(total=total, folds=folds)


def rare_examples(counts: Counts) -> list[Example]:
    """The ending by the word alone: its last letters where it is rare elsewhere, its capital letter."""
    endings = count_endings(counts)
    grouped: Counter[tuple[int, str, bool, bool]] = Counter()
    for (fold, left, word, capital), uses in counts.left.items():
        base = take_letters(word)
        if has_open_ending(base) and not endings.is_fixed(base):
            name = capital and left not in SENTENCE_STARTS
            grouped[fold, base, name, word.endswith("ӣ")] += uses
    return [
        Example(alone_keys(endings, base, fold, name), float(own), uses, ending_odds(endings.elsewhere(base, fold)))
        for (fold, base, name, own), uses in grouped.items()
    ]


def alone_keys(endings: EndingCounts, base: str, fold: int, name: bool) -> list[str]:
    rare = rare_keys(base) if sum(endings.elsewhere(base, fold)) < RARE_USES else []
    return rare + (capital_keys(base) if name else [])


def ending_examples(counts: Counts, alone: Mapping[str, float]) -> Iterator[list[Example]]:
    """First the examples of words with their right neighbour, then of those with their left; `alone`: the weights
    learned from `rare_examples`."""
    endings = count_endings(counts)
    right = (
        (fold, word, uses, right_keys(take_letters(word), near, capital))
        for (fold, word, near, capital), uses in counts.right.items()
        if has_open_ending(take_letters(word))
    )
    left = (
        (fold, word, uses, left_keys(take_letters(word), near))
        for (fold, near, word, _), uses in counts.left.items()
        if has_open_ending(take_letters(word))
    )
    for pairs in (right, left):
        examples = []
        for fold, word, uses, keys in pairs:
            base = take_letters(word)
            if not endings.is_fixed(base):
                own = sum(alone.get(key, 0.0) for key in alone_keys(endings, base, fold, False))
                offset = ending_odds(endings.elsewhere(base, fold)) + own
                examples.append(Example(keys, float(word.endswith("ӣ")), uses, offset))
        yield examples
