"""Spelling of words that no table holds: each doubtful letter by the letters around it."""

from collections.abc import Iterator, Mapping

from soro.tajik.restore.features import letter_keys
from soro.tajik.restore.letters import OWN
from soro.tajik.restore.typist import Typist


def doubtful(base: str) -> Iterator[int]:
    """Positions of letters that may stand for one of the six; ӣ is written at the end of a word alone, and there the
    ending is judged by the word's neighbours."""
    return (i for i, letter in enumerate(base) if letter in OWN and letter != "и")


def letter_odds(base: str, position: int, weights: Mapping[str, float]) -> float:
    """Log odds that the letter at `position` is one of the six."""
    return sum(weights.get(key, 0.0) for key in letter_keys(base, position))


def spell(base: str, weights: Mapping[str, float], typist: Typist | None = None) -> str:
    """The likeliest spelling of `base`; `typist` is given where text has some of the letters."""
    form = list(base)
    for i in doubtful(base):
        own = OWN[base[i]]
        if letter_odds(base, i, weights) + (typist.cost(own) if typist else 0.0) > 0:
            form[i] = own
    return "".join(form)
