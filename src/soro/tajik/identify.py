"""Is this Tajik? A quick answer from letters and the most frequent small words."""

from soro.tajik.alphabet import LEGACY_FONT, LETTERS, OWN_LETTERS
from soro.tajik.words import words_of

# Small words that fill about a third of any Tajik text; written without a letter that Russian lacks.
SMALL_WORDS = frozenset(
    [
        "ва",
        "дар",
        "аз",
        "ба",
        "ки",
        "бо",
        "ин",
        "он",
        "то",
        "чун",
        "барои",
        "мо",
        "ман",
        "ту",
        "шумо",
        "ё",
        "ҳам",
        "хам",
        "аст",
        "буд",
        "буданд",
        "шуд",
        "мешавад",
        "бошад",
        "бояд",
        "агар",
        "на",
        "не",
        "як",
        "ду",
        "се",
        "ҳар",
        "хар",
        "ҳама",
        "хама",
        "дигар",
        "вай",
        "онҳо",
        "онхо",
        "ин",
        "кас",
        "касе",
        "чи",
        "чӣ",
        "гуфт",
        "кард",
        "карда",
        "шуда",
        "доранд",
        "дорад",
        "будааст",
        "аммо",
        "вале",
        "пас",
        "боз",
        "зи",
        "сӯи",
        "худ",
        "кунад",
        "нест",
        "низ",
        "бар",
        "бе",
        "хеле",
        "бисёр",
        "метавонад",
        "мекунад",
        "мекунанд",
    ]
)
# Small words of neighbours that share letters or small words with Tajik: Uzbek in Cyrillic, then the Slavic languages.
FOREIGN_WORDS = frozenset(
    [
        "билан",
        "учун",
        "бу",
        "эга",
        "ёки",
        "ҳамда",
        "керак",
        "лозим",
        "бўлган",
        "унинг",
        "ҳеч",
        "ўз",
        "эмас",
        "и",
        "в",
        "во",
        "від",
        "од",
        "от",
        "за",
        "што",
        "је",
        "са",
        "със",
        "че",
        "да",
        "се",
        "не",
        "на",
        "у",
        "і",
        "й",
        "который",
        "что",
        "это",
        "как",
    ]
)
FOREIGN_LETTERS = frozenset("ыщцьіїєґҥәөүһңҗѳў") - frozenset(LEGACY_FONT)


def tajik_score(text: str) -> float:
    """Evidence between 0 and 1 that `text` is Tajik in Cyrillic: the share of its words that are Tajik small words or
    hold a Tajik letter (legacy-font letters count), less the share that hold a letter Tajik does not have.

    Running Tajik scores 0.3 to 0.7; Russian, Uzbek, Kazakh, Kyrgyz score under 0.15.
    """
    words = [word.lower() for word in words_of(text)]
    if not words:
        return 0.0
    own = set(OWN_LETTERS)
    legacy = set(LEGACY_FONT)
    small = sum(word in SMALL_WORDS for word in words)
    with_own = sum(not own.isdisjoint(word) for word in words if word not in SMALL_WORDS)
    with_legacy = sum(not legacy.isdisjoint(word) for word in words if word not in SMALL_WORDS)
    foreign = sum(not FOREIGN_LETTERS.isdisjoint(word) for word in words)
    letters_weight = 0.5 if small else 0.0  # shared with Uzbek and others: counts only beside small words
    neighbours = sum(word in FOREIGN_WORDS for word in words)
    return max(0.0, (small + letters_weight * (with_own + with_legacy) - 2 * foreign - neighbours) / len(words))


def is_tajik(text: str, threshold: float = 0.12) -> bool:
    return tajik_score(text) >= threshold


def cyrillic_share(text: str) -> float:
    """Share of the letters of `text` that belong to the Tajik alphabet."""
    letters = [character for character in text.lower() if character.isalpha()]
    return sum(character in LETTERS for character in letters) / max(1, len(letters))
