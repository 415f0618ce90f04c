"""Can this be said? Words of a keyboard hit at random run consonants together as few words of Tajik and its neighbours do."""

import re

VOWELS = "аеёиӣіоуӯўыэюяөүәєї" + "aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýāēīōū"
# Four consonants in a row are said now and then, five ("агентство", "strengths") so seldom that a share of words tells.
MAX_CONSONANTS = 4
MIN_LETTERS = 4
SIGNS = "ъь"  # silent: they neither end a run of consonants nor lengthen it
ABBREVIATION_LETTERS = 6
_CONSONANT = rf"(?:[^\W\d_{VOWELS}{SIGNS}][{SIGNS}]*)"
_TOO_MANY = re.compile(rf"{_CONSONANT}{{{MAX_CONSONANTS + 1}}}")
_VOWEL = re.compile(f"[{VOWELS}]")
_JUDGED = re.compile("[a-zà-öø-ÿа-яѐ-ӿ'’-]+")


def is_unpronounceable(word: str) -> bool:
    """Whether a word of letters cannot be said: no vowel among four letters or more, or five consonants in a row.

    Abbreviations in capitals and words in scripts other than Cyrillic and Latin are never called so.
    """
    lower = word.lower()
    if (
        len(word) < MIN_LETTERS
        or (word.isupper() and len(word) <= ABBREVIATION_LETTERS)
        or not _JUDGED.fullmatch(lower)
    ):
        return False
    return _TOO_MANY.search(lower) is not None or _VOWEL.search(lower) is None
