"""Is this text in any language we read, or the rubbish of a broken font? A quick answer from small words."""

import re

from soro.tajik.alphabet import OWN_LETTERS
from soro.tajik.identify import SMALL_WORDS
from soro.tajik.repair import repair
from soro.tajik.words import word_set, words_of

MIN_WORDS = 8  # below this many, small words may be absent by chance


RUSSIAN_WORDS = word_set("и в не на что с по это как из за от для но же к о то у так его до бы ли при или об также")
ENGLISH_WORDS = word_set("the of and to in a is for that on with as was it by are be at from this or an not have")
PERSIAN_WORDS = word_set("و در به از که این است را با برای آن یک خود تا بر هم نیز شد")
UZBEK_WORDS = word_set("ва билан учун бу бир ҳам бўлган эди деб va bilan uchun bu bir ham")
WITHOUT_MEANING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ufffe\ue000-\uf8ff]")
SIGN_INSIDE = re.compile(r"(?<=[^\W\d_])[^\w\s'’ʼ`\-‐‑–—.,:;/…»«\"“”()*@&+\u00ad\u0301\u0002\ufffe]+(?=[^\W\d_])")
LANGUAGES = (SMALL_WORDS, RUSSIAN_WORDS, ENGLISH_WORDS, PERSIAN_WORDS, UZBEK_WORDS)


def legibility(text: str) -> float:
    """Share, 0 to 1, of the words of `text` that are small words of one language: the best of five languages.

    Running text scores 0.15 to 0.45, the layer of a font that maps letters wrongly under 0.05. Under eight words it is 1.0
    or 0.0, by whether most characters are letters, digits and usual signs.
    """
    words = [word.lower() for word in words_of(text)]
    if len(words) < MIN_WORDS:
        return float(usual_share(text) >= 0.8)
    return max(sum(word in small for word in words) for small in LANGUAGES) / len(words)


def usual_share(text: str) -> float:
    """Share of the visible characters that are ASCII, Cyrillic, Arabic or usual typography; 0 for nothing visible."""
    visible = [character for character in text if not character.isspace()]
    usual = sum(
        "!" <= character <= "~" or "\u0400" <= character <= "\u06ff" or character in "«»–—…№°“”„’•·§"
        for character in visible
    )
    return usual / max(1, len(visible))


def unmixed(text: str) -> str:
    """Text whose windows-1251 bytes were shown as windows-1252 (`Äàð` for three Cyrillic letters), put right.

    Returns the text as it is where that gives no text or nothing more legible.
    """
    try:
        better = text.encode("cp1252").decode("cp1251")
    except UnicodeError:
        return text
    return better if legibility(better) > legibility(text) else text


def layer_score(layer: str) -> float:
    """How far the text layer of a page, after `repair`, can be trusted, 0 to 1: `legibility`, less for faults of fonts.

    Words with a sign inside (a letter drawn in the place of a sign) count three times against it. Tajik without any of
    its six letters gets a tenth: the font lost them, or they were never typed; only the picture of the page can tell.
    A layer of which over a tenth has no meaning in Unicode (private use, replacement, control characters) gets 0.
    """
    visible = max(1, len(layer) - sum(map(str.isspace, layer)))
    if len(WITHOUT_MEANING.findall(layer)) > 0.1 * visible:
        return 0.0
    text = repair(layer)
    words = words_of(text)
    if len(words) < MIN_WORDS:
        return legibility(text)
    broken = len(SIGN_INSIDE.findall(text)) / len(words)
    score = legibility(text) * max(0.0, 1.0 - 3.0 * broken)
    return score * 0.1 if lacks_own_letters(words) else score


def lacks_own_letters(words: list[str]) -> bool:
    """Whether these are running Tajik words, at least 40, of which fewer than 2 % hold a letter that Russian lacks."""
    lower = [word.lower() for word in words]
    num_small = sum(word in SMALL_WORDS for word in lower)
    is_tajik = num_small > sum(word in RUSSIAN_WORDS for word in lower) and num_small >= 0.1 * len(words)
    own = set(OWN_LETTERS)
    return is_tajik and len(words) >= 40 and sum(not own.isdisjoint(word) for word in lower) < 0.02 * len(words)
