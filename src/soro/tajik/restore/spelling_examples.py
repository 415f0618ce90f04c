"""Training of spellings that compete within one word (ду, дӯ; хол, ҳол): each against the most frequent, by pairs."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping

from soro.tajik.restore.counts import Counts
from soro.tajik.restore.features import spelling_left_keys, spelling_right_keys
from soro.tajik.restore.learn import Example
from soro.tajik.restore.letters import take_letters

MIN_USES, MIN_SHARE = 2.0, 0.01
PRIOR_USES = 0.5


def spelling_of(word: str) -> str:
    """The word with an open ending written as -и: endings are judged apart."""
    return word[:-1] + "и" if word.endswith("ӣ") and len(word) > 2 else word


def competing(words: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Words without letters that have two spellings or more, each with its uses, most frequent first."""
    bases: dict[str, Counter[str]] = defaultdict(Counter)
    for word, uses in words.items():
        bases[take_letters(word)][spelling_of(word)] += uses  # type: ignore[assignment]
    found: dict[str, dict[str, float]] = {}
    for base, spellings in bases.items():
        least = max(MIN_USES, MIN_SHARE * sum(spellings.values()))
        kept = {form: float(uses) for form, uses in spellings.most_common() if uses >= least}
        if len(kept) > 1:
            found[base] = kept
    return found


def spelling_examples(counts: Counts) -> list[Example]:
    """For each use of a competing word: the rarer spelling against the first, with the features of one neighbour."""
    rivals = competing(counts.all_words())
    folds = [competing_uses(fold, rivals) for fold in counts.words]
    examples: list[Example] = []

    def add(fold: int, word: str, uses: float, neighbour: str, *, is_right: bool) -> None:
        spellings = rivals.get(take_letters(word))
        if spellings is None or spelling_of(word) not in spellings:
            return
        first, *others = spellings
        keys = spelling_right_keys if is_right else spelling_left_keys
        for other in others:
            if spelling_of(word) in (first, other):
                top = spellings[first] - folds[fold][first] + PRIOR_USES
                offset = math.log((spellings[other] - folds[fold][other] + PRIOR_USES) / top)
                examples.append(Example(keys(other, neighbour), float(spelling_of(word) == other), uses, offset))

    for (fold, near, word, _), uses in counts.left.items():
        add(fold, word, uses, near, is_right=False)
    for (fold, word, near, _), uses in counts.right.items():
        add(fold, word, uses, near, is_right=True)
    return examples


def competing_uses(words: Mapping[str, float], rivals: Mapping[str, Mapping[str, float]]) -> Counter[str]:
    """Uses in one fold of each competing spelling."""
    uses: Counter[str] = Counter()
    for word, number in words.items():
        if take_letters(word) in rivals:
            uses[spelling_of(word)] += number  # type: ignore[assignment]
    return uses
