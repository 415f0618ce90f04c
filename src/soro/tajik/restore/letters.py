"""The six letters and the Russian ones that are typed for them."""

from soro.tajik.alphabet import OWN_LETTERS

TYPED_LETTERS = "гикухч"  # what a Russian keyboard offers, in the order of OWN_LETTERS
OWN = dict(zip(TYPED_LETTERS, OWN_LETTERS, strict=True))
_BOTH = list(zip(OWN_LETTERS + OWN_LETTERS.upper(), TYPED_LETTERS + TYPED_LETTERS.upper(), strict=True))
_TAKE_AWAY = str.maketrans(dict(_BOTH))


def take_letters(text: str) -> str:
    """The text as a Russian keyboard would have typed it; same length."""
    return text.translate(_TAKE_AWAY)


def same_case(form: str, typed: str) -> str:
    """`form`, a word in small letters, with the capitals of `typed`, letter by letter."""
    if typed.islower():
        return form
    return "".join(new.upper() if old.isupper() else new for new, old in zip(form, typed, strict=True))
