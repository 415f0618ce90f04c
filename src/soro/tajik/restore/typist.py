"""Did the typist have the six letters? What a text shows of it, by sentence and by letter."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from soro.tajik.alphabet import OWN_LETTERS
from soro.tajik.restore.letters import take_letters
from soro.tajik.restore.model import Words

NO_EVIDENCE = 0.9  # chance that a letter was taken away where nothing shows it: restoring was asked for
TEXT_WEIGHT, LETTER_WEIGHT = 0.5, 3.0  # letters that the text as a whole counts for in a sentence, and in a letter
LEAST = 0.001

Shown = tuple[Counter[str], Counter[str]]  # letters that are there, letters that a sure word lacks


def letters_shown(words: Iterable[str], table: Words) -> Shown:
    """What `words`, in small letters, show."""
    there: Counter[str] = Counter()
    lacking: Counter[str] = Counter()
    for typed in words:
        base = take_letters(typed)
        if typed != base:
            there.update(letter for letter, plain in zip(typed, base, strict=True) if letter != plain)
        entry = table.get(base)
        if isinstance(entry, str) and entry != typed:
            lacking.update(own for own, letter, b in zip(entry, typed, base, strict=True) if own != b and letter == b)
    return there, lacking


def sentence_costs(sentences: Sequence[Shown]) -> list[dict[str, float]]:
    """For each sentence, by letter: log of the chance that the typist wrote the Russian letter for it."""
    there: Counter[str] = Counter()
    lacking: Counter[str] = Counter()
    for shown in sentences:
        there += shown[0]
        lacking += shown[1]
    text = (lacking.total() + NO_EVIDENCE) / (there.total() + lacking.total() + 1)
    shifts = {}
    for letter in OWN_LETTERS:
        seen = there[letter] + lacking[letter] + LETTER_WEIGHT
        shifts[letter] = log_odds((lacking[letter] + LETTER_WEIGHT * text) / seen) - log_odds(text)
    costs = []
    for shown_there, shown_lacking in sentences:
        here = shown_there.total() + shown_lacking.total() + TEXT_WEIGHT
        odds = log_odds((shown_lacking.total() + TEXT_WEIGHT * text) / here)
        costs.append({letter: -math.log1p(math.exp(-odds - shifts[letter])) for letter in OWN_LETTERS})
    return costs


def log_odds(chance: float) -> float:
    chance = min(max(chance, LEAST), 1 - LEAST)
    return math.log(chance / (1 - chance))
