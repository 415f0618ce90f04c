"""Letters that stand in for a Tajik one. For text that is Tajik: the same letters are right in Uzbek (ў), Belarusian (ў),
Ukrainian (ї, і), Serbian (њ, љ) and Macedonian (ќ, ѓ)."""

import re
from collections.abc import Iterator

from soro.tajik.alphabet import (
    EXACT_TWINS,
    LEGACY_FONT,
    LETTERS,
    LOOK_ALIKES,
    MACRONS,
    RARE_LOOK_ALIKES,
    VOWELS,
    WITH_PALOCHKA,
    both_cases,
)
from soro.tajik.repair.page import Found, Page
from soro.tajik.repair.rule import Rule
from soro.tajik.words import word_set

WORD = re.compile(r"[^\W\d_]+")
CYRILLIC = re.compile("[\u0400-\u052f]")
LEGACY = both_cases(LEGACY_FONT)
TO_LEGACY = str.maketrans(LEGACY)
LEGACY_LETTER = re.compile(f"[{''.join(LEGACY)}]")
NEAR = both_cases(
    {letter: meant for letter, meant in (LOOK_ALIKES | RARE_LOOK_ALIKES).items() if letter not in LEGACY_FONT}
)
TO_NEAR = str.maketrans(NEAR)
PALOCHKA, UKRAINIAN_I = "Ӏӏ", "іІ"
NEAR_LETTER = re.compile(f"[{''.join(NEAR)}{PALOCHKA}{UKRAINIAN_I}]")
TWINS = str.maketrans(EXACT_TWINS)
MIXED = re.compile("[A-Za-zëË](?:(?=[\u0400-\u052f])|(?<=[\u0400-\u052f].))")
LATIN = re.compile("[A-Za-zëË]+")
TO_ROMAN = str.maketrans("ХСМІӀіӏх", "XCMIIiix")
MAYBE_ROMAN = re.compile(r"(?<![^\W_])(?:[IVXLCDMХСМІӀ]+|[ivxіӏх]+)(?![^\W_])")
ROMAN = re.compile(r"(?=.)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
ROMAN_SIGN = re.compile("[IVLivІӀіӏ]")
PLAIN = frozenset(LETTERS + "щыць")
SUFFIXES = word_set("ро и ҳо ҳои ҳоро ам аш ат у ву ю а е ест")


def legacy_letters(page: Page) -> Iterator[Found]:
    if LEGACY_LETTER.search(page.alphabet):
        for match in WORD.finditer(page.text):
            word = match.group()
            if LEGACY_LETTER.search(word) and (meant := from_legacy(word)) != word:
                yield match.start(), match.end(), meant


def from_legacy(word: str) -> str:
    """The word as the legacy font draws it; a word that then has letters of yet another alphabet, or a ї where no Tajik word
    has ӣ (at its beginning, after a vowel inside it), stays: it is a foreign name."""
    lower = word.lower()
    if "ї" in lower and len(word) > 1:
        for place, letter in enumerate(lower):
            if letter == "ї" and place < len(lower) - 1 and (place == 0 or lower[place - 1] in VOWELS):
                return word
    meant = word.translate(TO_LEGACY)
    rest = set(meant.lower()) - PLAIN
    return word if any(letter not in NEAR and not LATIN.fullmatch(letter) for letter in rest) else meant


def roman_numbers(page: Page) -> Iterator[Found]:
    """Roman numerals that were typed partly in Cyrillic."""
    if ROMAN_SIGN.search(page.alphabet):
        for match in MAYBE_ROMAN.finditer(page.text):
            number = match.group().translate(TO_ROMAN)
            if number != match.group() and ROMAN_SIGN.search(match.group()) and ROMAN.fullmatch(number.upper()):
                yield match.start(), match.end(), number


def near_letters(page: Page) -> Iterator[Found]:
    if NEAR_LETTER.search(page.alphabet):
        for match in WORD.finditer(page.text):
            word = match.group()
            if NEAR_LETTER.search(word) and (meant := from_near(word)) != word:
                yield match.start(), match.end(), meant


def from_near(word: str) -> str:
    """The word with its look-alikes replaced; a word of Latin letters keeps them ("Rūdakī"), unless it is ȳ alone."""
    if not CYRILLIC.search(word):
        return word.translate(TO_NEAR) if word.lower() == MACRONS[0] else word
    if len(word) > 1:
        word = PALOCHKA_PAIR.sub(lambda pair: PALOCHKA_PAIRS[pair[1]], word)
        word = re.sub(f"[{UKRAINIAN_I}]", lambda i: meant_i(word, i.start()), word)
    return word.translate(TO_NEAR)


PALOCHKA_PAIRS = both_cases(WITH_PALOCHKA)
PALOCHKA_PAIR = re.compile(f"([{''.join(PALOCHKA_PAIRS)}])[{PALOCHKA}]")


def meant_i(word: str, place: int) -> str:
    """The letter for і: ӣ where a word ends in it after a consonant, else и; a capital inside a small word stays (palochka)."""
    if word[place].isupper() and place and not word.isupper():
        return word[place]
    is_last = place == len(word) - 1
    meant = "ӣ" if is_last and word[place - 1].lower() not in VOWELS else "и"
    return meant.upper() if word[place].isupper() else meant


def twins(page: Page) -> Iterator[Found]:
    if LATIN.search(page.alphabet) and MIXED.search(page.text):
        for match in WORD.finditer(page.text):
            word = match.group()
            if MIXED.search(word) and (meant := from_twins(word)) != word:
                yield match.start(), match.end(), meant


def from_twins(word: str) -> str:
    """A Cyrillic word without its Latin letters. Words with a Latin letter that has no twin stay, and so do Latin names and
    abbreviations with a Tajik ending ("BBCро", "Toyotaро")."""
    meant = word.translate(TWINS)
    start = LATIN.match(word)
    if LATIN.search(meant):
        return word
    if start and len(start[0]) > 1 and word[start.end() :] in SUFFIXES and (start[0].isupper() or len(start[0]) > 2):
        return word
    return meant


RULES = (
    Rule(
        "legacy-font", "a letter of an old font that drew Tajik letters in Serbian places", legacy_letters, tajik=True
    ),
    Rule("roman", "a Roman numeral typed in Cyrillic", roman_numbers, tajik=True),
    Rule("look-alike", "a letter of another alphabet that looks like the Tajik one", near_letters, tajik=True),
    Rule("latin-twin", "a Latin letter in a Cyrillic word", twins, tajik=True),
)
