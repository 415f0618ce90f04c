"""Tajik number words, both ways: 347 is "сесаду чилу ҳафт", and the ordinal is "сесаду чилу ҳафтум"."""

from soro.core.errors import SoroError

MAX_NUMBER = 999_999

ZERO = "сифр"
UNITS = ("", "як", "ду", "се", "чор", "панҷ", "шаш", "ҳафт", "ҳашт", "нуҳ")
TEENS = ("даҳ", "ёздаҳ", "дувоздаҳ", "сездаҳ", "чордаҳ", "понздаҳ", "шонздаҳ", "ҳабдаҳ", "ҳаждаҳ", "нуздаҳ")
TENS = ("", "", "бист", "сӣ", "чил", "панҷоҳ", "шаст", "ҳафтод", "ҳаштод", "навад")
HUNDREDS = ("", "яксад", "дусад", "сесад", "чорсад", "панҷсад", "шашсад", "ҳафтсад", "ҳаштсад", "нуҳсад")
THOUSAND = "ҳазор"


def in_words(number: int) -> str:
    """A whole number from 0 to 999,999 in words."""
    if not 0 <= number <= MAX_NUMBER:
        raise SoroError(f"number words: {number} is outside 0 to {MAX_NUMBER}; give a smaller whole number")
    if number == 0:
        return ZERO
    thousands, rest = divmod(number, 1000)
    parts = [] if thousands == 0 else [THOUSAND if number == 1000 else f"{_joined(_below_1000(thousands))} {THOUSAND}"]
    return _joined(parts + _below_1000(rest))


def ordinal(number: int) -> str:
    """The ordinal of a number above 0: "якум", "дуюм", "сиюм", "бисту панҷум"."""
    word = in_words(number)
    return f"{_before_vowel_suffix(word)}м" if word.endswith("ӣ") else word + ("юм" if word[-1] in "уе" else "ум")


def from_words(text: str) -> int:
    """The number that the words spell; the inverse of `in_words`. Raises SoroError for anything else."""
    words = text.lower().split()
    total, group = 0, 0
    for word in words:
        value = _VALUES.get(word)
        if value is None:
            raise SoroError(f"number words: {word!r} in {text!r} is no number word; check the spelling")
        if value == 1000:
            total, group = (group or 1) * 1000, 0
        else:
            group += value
    number = total + group
    if not words or in_words(number) != " ".join(words):
        raise SoroError(f"number words: {text!r} is not how a number is written; check the order of its words")
    return number


def _below_1000(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    parts = [] if hundreds == 0 else ["сад" if number == 100 else HUNDREDS[hundreds]]
    if 10 <= rest < 20:
        return [*parts, TEENS[rest - 10]]
    tens, units = divmod(rest, 10)
    return parts + [word for word in (TENS[tens], UNITS[units]) if word]


def _joined(parts: list[str]) -> str:
    """The parts joined with -у after a consonant and -ю after a vowel: "бисту як", "сию як"."""
    return " ".join([*(_linked(part) for part in parts[:-1]), parts[-1]])


def _linked(word: str) -> str:
    return _before_vowel_suffix(word) if word.endswith("ӣ") else f"{word}у"


def _before_vowel_suffix(word: str) -> str:
    return f"{word[:-1]}ию"


def _values() -> dict[str, int]:
    values = {word: i for i, word in enumerate(UNITS) if word}
    values |= {word: 10 + i for i, word in enumerate(TEENS)}
    values |= {word: 10 * i for i, word in enumerate(TENS) if word}
    values |= {word: 100 * i for i, word in enumerate(HUNDREDS) if word}
    values |= {ZERO: 0, "сад": 100, THOUSAND: 1000}
    return values | {_linked(word): value for word, value in values.items()}


_VALUES = _values()
