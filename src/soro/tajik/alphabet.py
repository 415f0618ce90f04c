"""The 35 letters of the Tajik Cyrillic alphabet and the characters that stand in for them by mistake."""

LETTERS = "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя"
OWN_LETTERS = "ғӣқӯҳҷ"  # the six that Russian does not have
VOWELS = "аеёиӣоуӯэюя"

# A Russian 8-bit font whose Serbian, Macedonian, Ukrainian and Belarusian positions draw Tajik letters.
LEGACY_FONT = {"њ": "ҳ", "љ": "ҷ", "ї": "ӣ", "ў": "ӯ", "ќ": "қ", "ѓ": "ғ"}

# Single characters that look like a Tajik letter: Latin with macron, Cyrillic of other alphabets, palochka-like signs.
LOOK_ALIKES = {
    "ў": "ӯ",
    "ȳ": "ӯ",
    "ӱ": "ӯ",
    "ī": "ӣ",
    "ӥ": "ӣ",
    "ā": "а",
    "ē": "е",
    "ҹ": "ҷ",
    "ӷ": "ғ",
    "ҝ": "қ",
    "ҥ": "қ",
    "һ": "ҳ",
}
RARE_LOOK_ALIKES = {"ⱪ": "қ", "ј": "қ"}  # Latin of the Uighurs, Cyrillic of the Serbs
MACRONS = "ȳīāē"  # the look-alikes that are Latin: meant as Tajik only beside Cyrillic letters

# A letter and the palochka of the Caucasian alphabets after it.
WITH_PALOCHKA = {"х": "ҳ", "к": "қ", "г": "ғ", "ч": "ҷ", "у": "ӯ", "и": "ӣ"}

# Latin letters drawn like a Cyrillic one; replaced only inside a word that has Cyrillic letters.
LATIN_TWINS = dict(zip("aceopxykmhtbi", "асеорхукмнтви", strict=True)) | {
    upper: twin for upper, twin in zip("ABCEHKMOPTXY", "АВСЕНКМОРТХУ", strict=True)
}
# Those that nobody tells apart: small k m h t b i are slips of a finger more often than twins.
EXACT_TWINS = {latin: twin for latin, twin in LATIN_TWINS.items() if latin not in "kmhtbi"} | {"ë": "ё", "Ë": "Ё"}


def both_cases(table: dict[str, str]) -> dict[str, str]:
    """The table with its capital letters added."""
    return table | {key.upper(): value.upper() for key, value in table.items() if len(key.upper()) == 1}
