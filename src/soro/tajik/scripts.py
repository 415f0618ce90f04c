"""Which writing system a word is in, by the names that Unicode gives its letters (ISO 15924 codes)."""

import re
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


CYRILLIC = re.compile("[\u0400-\u052f]")
LATIN_ONLY = re.compile("[A-Za-z\u00c0-\u02af'\u2018\u2019\u02bb\u02bc]+")
ARABIC_ONLY = re.compile("[\u0600-\u06ff\u0750-\u077f]+")


def letter_script(letter: str) -> str:
    return CODES.get(unicodedata.name(letter, "").partition(" ")[0], UNLISTED)


def word_script(word: str) -> str:
    """The script of most letters of `word`; a word with Latin look-alikes among Cyrillic letters is Cyrillic. NO_SCRIPT when
    there is no letter in it ("¼")."""
    if CYRILLIC.search(word):
        return "Cyrl"
    if LATIN_ONLY.fullmatch(word):
        return "Latn"
    if ARABIC_ONLY.fullmatch(word):
        return "Arab"
    counts = Counter(letter_script(letter) for letter in word if letter.isalpha())
    return counts.most_common(1)[0][0] if counts else NO_SCRIPT
