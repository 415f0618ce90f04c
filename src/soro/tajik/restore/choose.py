"""How to write one word between its neighbours."""

import math
from typing import NamedTuple

from soro.tajik.alphabet import LETTERS
from soro.tajik.restore.endings import SENTENCE_STARTS, has_open_ending, unseen_ending
from soro.tajik.restore.features import (
    capital_keys,
    left_keys,
    right_keys,
    spelling_left_keys,
    spelling_right_keys,
)
from soro.tajik.restore.letters import OWN
from soro.tajik.restore.model import Model, Spelling
from soro.tajik.restore.typist import Typist
from soro.tajik.restore.unseen import spell

SURE, LIKELY = 5.0, 3.0  # log odds of the first spelling of a word against leaving it: many uses agree, few uses
NATIVE = frozenset(LETTERS)  # a word with ц, щ, ы, ь or a Latin letter that no table holds is foreign

RULES = {
    "word": "the word is written so",
    "spelling": "of the spellings of the word, the one that fits its neighbours",
    "ending": "the ending that fits the neighbours",
    "letters": "an unknown word, by the letters around",
}


class Place(NamedTuple):
    """A word as typed, in small letters, and without its letters; the tokens beside it (the left one as restored)."""

    typed: str
    base: str
    left: str
    right: str
    capital: bool
    right_capital: bool


def choose(place: Place, model: Model, typist: Typist | None) -> tuple[str, str]:
    """(the word with its letters, the rule that gave it, a key of `RULES`).

    `typist` is None for text that has none of the letters.
    """
    entry = model.words.get(place.base)
    if isinstance(entry, str):
        return (entry if typist is None else keep_typed(place, entry, SURE, typist)), "word"
    if entry is None:
        if not NATIVE.issuperset(place.base):
            return place.typed, "letters"
        form, rule = over_typed(place, spell(place.base, model.letters, typist)), "letters"
        ending = unseen_ending(place.base, model.contexts) if has_open_ending(place.base) else None
    else:
        form, ending = pick(place, entry, model, typist)
        rule = "word" if len(entry) == 1 or entry[1].odds < -LIKELY else "spelling"
    if ending is not None:
        odds = ending + context_odds(place, model) + (typist.cost("ӣ") if typist else 0.0)
        form = form[:-1] + "ӣ" if odds > 0 or place.typed.endswith("ӣ") else form
        rule = "ending" if rule == "word" else rule
    return (form if typist is None else keep_typed(place, form, LIKELY, typist)), rule


def pick(place: Place, entry: tuple[Spelling, ...], model: Model, typist: Typist | None) -> tuple[str, float | None]:
    """(form, log odds of its ending) of the likeliest spelling."""
    if len(entry) == 1:
        return entry[0].form, entry[0].ending
    best, best_odds = entry[0], -math.inf
    for spelling in entry:
        form = spelling.form
        odds = spelling.odds + letters_cost(place, form, typist)
        for key in spelling_right_keys(form, place.right) + spelling_left_keys(form, place.left):
            odds += model.contexts.get(key, 0.0)
        if odds > best_odds:
            best, best_odds = spelling, odds
    return best.form, best.ending


def letters_cost(place: Place, form: str, typist: Typist | None, *, judged_alone: bool = False) -> float:
    """Log chance that `form` was typed so; minus infinity where a typed Tajik letter is not in it. `judged_alone`: the
    letters that the word lacks are no evidence that the typist lacked them."""
    if typist is None:
        return 0.0
    lacking = []
    for new, typed, base in zip(form, place.typed, place.base, strict=True):
        if typed == base and new != base:
            lacking.append(new)
        elif new != typed and typed != "ӣ":  # ӣ is written as и in an open ending
            return -math.inf
    return sum(typist.cost(letter, len(lacking) if judged_alone else 0) for letter in lacking)


def keep_typed(place: Place, form: str, odds: float, typist: Typist) -> str:
    """`form` where the typist is likely enough to have lacked its letters, else the word as typed."""
    if form == place.typed or form.count("ӣ") < place.typed.count("ӣ"):
        return place.typed
    return form if odds + letters_cost(place, form, typist, judged_alone=True) > 0 else place.typed


def over_typed(place: Place, form: str) -> str:
    """`form` with the Tajik letters that were typed."""
    if place.typed == place.base:
        return form
    return "".join(t if t not in (b, "ӣ") else f for f, t, b in zip(form, place.typed, place.base, strict=True))


def context_odds(place: Place, model: Model) -> float:
    """Log odds that the ending is ӣ, by the neighbours."""
    keys = right_keys(place.base, place.right, place.right_capital) + left_keys(place.base, place.left)
    if place.capital and place.left not in SENTENCE_STARTS:
        keys += capital_keys(place.base)
    weights = model.contexts
    return sum([weights[key] for key in keys if key in weights])


def is_doubtful(base: str) -> bool:
    """Whether a word without its letters holds a letter that may stand for one of the six."""
    return not OWN.keys().isdisjoint(base)
