"""Which writing system a word is in, by the names that Unicode gives its letters (ISO 15924 codes)."""

import unicodedata
from collections import Counter

NO_SCRIPT, UNLISTED = "Zyyy", "Zzzz"
CODES = {
    "CYRILLIC": "Cyrl",
    "LATIN": "Latn",
    "ARABIC": "Arab",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "ARMENIAN": "Armn",
    "GEORGIAN": "Geor",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "THAI": "Thai",
    "HANGUL": "Hang",
    "HIRAGANA": "Hira",
    "KATAKANA": "Kana",
    "CJK": "Hani",
    "MONGOLIAN": "Mong",
    "ETHIOPIC": "Ethi",
    "TAMIL": "Taml",
}


def letter_script(letter: str) -> str:
    return CODES.get(unicodedata.name(letter, "").partition(" ")[0], UNLISTED)


def word_script(word: str) -> str:
    """The script of most letters of `word`; a word with Latin look-alikes among Cyrillic letters is Cyrillic. NO_SCRIPT when
    there is no letter in it ("¼")."""
    if word.isascii():
        return "Latn"
    counts = Counter(letter_script(letter) for letter in word if letter.isalpha())
    if counts["Cyrl"]:
        return "Cyrl"
    return counts.most_common(1)[0][0] if counts else NO_SCRIPT
