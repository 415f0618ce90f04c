"""How to write one word between its neighbours."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from soro.tajik.restore.endings import SENTENCE_STARTS, Uses, ending_odds, has_open_ending
from soro.tajik.restore.features import (
    capital_keys,
    left_keys,
    rare_keys,
    right_keys,
    spelling_left_keys,
    spelling_right_keys,
)
from soro.tajik.restore.letters import OWN
from soro.tajik.restore.model import Model, Spelling
from soro.tajik.restore.unseen import spell

SURE, LIKELY = 5.0, 3.0  # log odds of the first spelling of a word against leaving it: many uses agree, few uses
NOWHERE: Uses = (0.0, 0.0)

Cost = Mapping[str, float]  # by Tajik letter: log of the chance that the typist wrote the Russian one for it


class Place(NamedTuple):
    """A word as typed, in small letters, and without its letters; the tokens beside it (the left one as restored)."""

    typed: str
    base: str
    left: str
    right: str
    capital: bool
    right_capital: bool


def choose(place: Place, model: Model, cost: Cost | None) -> tuple[str, str]:
    """(the word with its letters, the rule that gave it: "word", "spelling", "ending" or "letters").

    `cost` is None for text that has none of the letters.
    """
    entry = model.words.get(place.base)
    if isinstance(entry, str):
        return (entry if cost is None else keep_typed(place, entry, SURE, cost)), "word"
    if entry is None:
        form, rule = spell(place.base, model.letters, cost), "letters"
        ending = unseen_ending(place.base, model) if has_open_ending(place.base) else None
    else:
        form, ending = pick(place, entry, model, cost)
        rule = "word" if len(entry) == 1 else "spelling"
    if cost is not None:
        form = keep_typed(place, form, LIKELY, cost)
    if ending is None:
        return form, rule
    odds = ending + context_odds(place, model) + (cost["ӣ"] if cost else 0.0)
    own = odds > 0 or place.typed.endswith("ӣ")
    return (form[:-1] + "ӣ" if own else form), "ending" if rule == "word" else rule


def pick(place: Place, entry: tuple[Spelling, ...], model: Model, cost: Cost | None) -> tuple[str, float | None]:
    """(form, log odds of its ending) of the likeliest spelling."""
    best, best_odds = entry[0], letters_cost(place, entry[0].form, cost)
    for spelling in entry[1:]:
        odds = spelling.odds + letters_cost(place, spelling.form, cost)
        if odds > best_odds - SURE:
            form = spelling.form
            for key in spelling_right_keys(form, place.right) + spelling_left_keys(form, place.left):
                odds += model.contexts.get(key, 0.0)
        if odds > best_odds:
            best, best_odds = spelling, odds
    return best.form, best.ending


def letters_cost(place: Place, form: str, cost: Cost | None) -> float:
    """Log chance that `form` was typed so; minus infinity where a typed Tajik letter is not in it."""
    if cost is None:
        return 0.0
    total = 0.0
    for new, typed, base in zip(form, place.typed, place.base, strict=True):
        if typed != base and new != typed and typed != "ӣ":
            return -math.inf
        if typed == base and new != base:
            total += cost[new]
    return total


def keep_typed(place: Place, form: str, odds: float, cost: Cost) -> str:
    """`form` where the typist is likely enough to have lacked its letters, else the word as typed."""
    if form == place.typed:
        return form
    return form if odds + letters_cost(place, form, cost) > 0 else place.typed


def context_odds(place: Place, model: Model) -> float:
    """Log odds that the ending is ӣ, by the neighbours."""
    keys = right_keys(place.base, place.right, place.right_capital) + left_keys(place.base, place.left)
    if place.capital and place.left not in SENTENCE_STARTS:
        keys += capital_keys(place.base)
    weights = model.contexts
    return sum([weights[key] for key in keys if key in weights])


def unseen_ending(base: str, model: Model) -> float:
    return ending_odds(NOWHERE) + sum(model.contexts.get(key, 0.0) for key in rare_keys(base))


def is_doubtful(base: str) -> bool:
    """Whether a word without its letters holds a letter that may stand for one of the six."""
    return not OWN.keys().isdisjoint(base)
