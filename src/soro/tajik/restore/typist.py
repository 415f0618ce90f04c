"""Did the typist have the six letters? What a text shows of it, by sentence and by letter."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from soro.tajik.alphabet import OWN_LETTERS
from soro.tajik.restore.letters import OWN, take_letters
from soro.tajik.restore.model import Words

NO_EVIDENCE = 0.9  # chance that a letter was taken away where nothing shows it: restoring was asked for
TEXT_WEIGHT, LETTER_WEIGHT = 0.5, 3.0  # letters that the text as a whole counts for in a sentence, and in a letter
LEAST = 0.001
SURE_ODDS = 3.0  # log odds from which a spelling or an ending is expected whatever the neighbours


class Shown(NamedTuple):
    """Letters of words that are sure to have them: there, and lacking. `other`: letters there that were not expected."""

    there: Counter[str]
    lacking: Counter[str]
    other: int


def letters_shown(words: Iterable[str], table: Words) -> Shown:
    """What `words`, in small letters, show."""
    there: Counter[str] = Counter()
    lacking: Counter[str] = Counter()
    other = 0
    for typed in words:
        base = take_letters(typed)
        expected = expected_letters(base, table)
        for new, letter, plain in zip(expected, typed, base, strict=True):
            if letter == plain:
                if new != plain:
                    lacking[new] += 1
            elif new == letter:
                there[letter] += 1
            else:
                other += 1
    return Shown(there, lacking, other)


def expected_letters(base: str, table: Words) -> str:
    """`base` with the letters that any likely spelling of it has."""
    entry = table.get(base)
    if entry is None or isinstance(entry, str):
        return entry or base
    form = entry[0].form
    if entry[0].ending is not None and entry[0].ending > SURE_ODDS:
        form = form[:-1] + OWN[form[-1]]
    for spelling in entry[1:]:
        if spelling.odds > -SURE_ODDS:
            form = "".join(a if a == b else c for a, b, c in zip(form, spelling.form, base, strict=True))
    return form


def sentence_costs(sentences: Sequence[Shown]) -> list[dict[str, float]]:
    """For each sentence, by letter: log of the chance that the typist wrote the Russian letter for it."""
    there: Counter[str] = Counter()
    lacking: Counter[str] = Counter()
    for shown in sentences:
        there.update(shown.there)
        lacking.update(shown.lacking)
    text = (lacking.total() + NO_EVIDENCE) / (there.total() + lacking.total() + 1)
    shifts = {}
    for letter in OWN_LETTERS:
        seen = there[letter] + lacking[letter] + LETTER_WEIGHT
        shifts[letter] = log_odds((lacking[letter] + LETTER_WEIGHT * text) / seen) - log_odds(text)
    costs = []
    for shown in sentences:
        here = shown.there.total() + shown.lacking.total() + shown.other + TEXT_WEIGHT
        odds = log_odds((shown.lacking.total() + TEXT_WEIGHT * text) / here)
        costs.append({letter: -math.log1p(math.exp(-odds - shifts[letter])) for letter in OWN_LETTERS})
    return costs


def log_odds(chance: float) -> float:
    chance = min(max(chance, LEAST), 1 - LEAST)
    return math.log(chance / (1 - chance))
