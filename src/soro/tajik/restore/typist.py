"""Did the typist have the six letters? What a text shows of it, by sentence and by letter."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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


class Typist(NamedTuple):
    """Who typed a sentence: letters that sure words lack and letters that could be seen, in it and in the whole text; by
    letter, log odds that it is lacking more often than others."""

    lacking: int
    seen: int
    text_lacking: int
    text_seen: int
    shifts: Mapping[str, float]

    def cost(self, letter: str, own_lacking: int = 0) -> float:
        """Log of the chance that a Russian letter was typed for `letter`; a word that is judged is no evidence for itself:
        `own_lacking` letters of it are left out."""
        text_lacking = max(0, self.text_lacking - own_lacking)
        text = (text_lacking + NO_EVIDENCE) / (max(text_lacking, self.text_seen - own_lacking) + 1)
        lacking = max(0, self.lacking - own_lacking)
        odds = log_odds((lacking + TEXT_WEIGHT * text) / (max(lacking, self.seen - own_lacking) + TEXT_WEIGHT))
        return -math.log1p(math.exp(-odds - self.shifts[letter]))


def typists(sentences: Sequence[Shown]) -> list[Typist]:
    """The typist of each sentence of a text."""
    there: Counter[str] = Counter()
    lacking: Counter[str] = Counter()
    for shown in sentences:
        there.update(shown.there)
        lacking.update(shown.lacking)
    text_lacking, text_seen = lacking.total(), there.total() + lacking.total()
    text = (text_lacking + NO_EVIDENCE) / (text_seen + 1)
    shifts = {}
    for letter in OWN_LETTERS:
        share = (lacking[letter] + LETTER_WEIGHT * text) / (there[letter] + lacking[letter] + LETTER_WEIGHT)
        shifts[letter] = log_odds(share) - log_odds(text)
    return [
        Typist(
            shown.lacking.total(),
            shown.there.total() + shown.lacking.total() + shown.other,
            text_lacking,
            text_seen,
            shifts,
        )
        for shown in sentences
    ]


def log_odds(chance: float) -> float:
    chance = min(max(chance, LEAST), 1 - LEAST)
    return math.log(chance / (1 - chance))
