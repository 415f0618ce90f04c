"""Spelling of words that no table holds: each doubtful letter by the letters around it."""

from collections.abc import Iterator, Mapping

from soro.tajik.restore.features import letter_keys
from soro.tajik.restore.letters import OWN


def doubtful(base: str) -> Iterator[int]:
    """Positions of letters that may stand for one of the six; ӣ is written at the end of a word alone, and there the
    ending is judged by the word's neighbours."""
    return (i for i, letter in enumerate(base) if letter in OWN and letter != "и")


def letter_odds(base: str, position: int, weights: Mapping[str, float]) -> float:
    """Log odds that the letter at `position` is one of the six."""
    return sum(weights.get(key, 0.0) for key in letter_keys(base, position))


def spell(base: str, weights: Mapping[str, float], cost: Mapping[str, float] | None = None) -> str:
    """The likeliest spelling of `base`; `cost`: log odds to add by letter, for a typist who had the letters."""
    form = list(base)
    for i in doubtful(base):
        own = OWN[base[i]]
        if letter_odds(base, i, weights) + (cost[own] if cost else 0.0) > 0:
            form[i] = own
    return "".join(form)
