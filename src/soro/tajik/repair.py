"""Repair of what breaks in Tajik text: legacy-font letters, look-alikes, soft hyphens, composed forms, spaces.

Only text that is Tajik as a whole is changed beyond Unicode normalisation, because the same characters are right in
Uzbek (ў), Belarusian (ў), Ukrainian (ї), Serbian (њ љ) and Macedonian (ќ ѓ).
"""

import re
import unicodedata

from soro.tajik.alphabet import LATIN_TWINS, LEGACY_FONT, LOOK_ALIKES, both_cases
from soro.tajik.identify import is_tajik

_LEGACY = str.maketrans(both_cases(LEGACY_FONT))
_LOOK_ALIKES = str.maketrans(both_cases(LOOK_ALIKES))
_TWINS = str.maketrans(LATIN_TWINS)
_LEGACY_LETTERS = re.compile("[" + "".join(both_cases(LEGACY_FONT)) + "]")
_HYPHENS_INSIDE = re.compile(r"(?<=\w)[\u00ad\u00ac](?:[ \t]*\n[ \t]*)?(?=\w)")
_STRAY = re.compile(r"[\u00ad\u200b\u2060\ufeff\u00ac]|[\ue000-\uf8ff]")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f]+")
_WORD = re.compile(r"\S+")
_MIXED_WORD = re.compile(r"\b(?=\w*[а-яёА-ЯЁғӣқӯҳҷҒӢҚӮҲҶ])(?=\w*[A-Za-z])[^\W\d_]+\b")


def repair(text: str) -> str:
    """The text as it was meant. Idempotent; never raises; text in another language keeps its letters."""
    text = composed(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = composed(_STRAY.sub("", _HYPHENS_INSIDE.sub("", text)))  # again: a letter and its accent may meet only now
    if is_tajik(text):
        text = repair_letters(text)
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def composed(text: str) -> str:
    """NFC. Words that it would lengthen (letters of other scripts that Unicode takes apart) stay as they are."""
    whole = unicodedata.normalize("NFC", text)
    if len(whole) <= len(text):
        return whole
    return _WORD.sub(lambda word: min(unicodedata.normalize("NFC", word.group()), word.group(), key=len), text)


def repair_letters(text: str) -> str:
    """Put Tajik letters where legacy-font and look-alike characters stand; for text known to be Tajik."""
    if _LEGACY_LETTERS.search(text):
        text = text.translate(_LEGACY)
    text = text.translate(_LOOK_ALIKES)
    return _MIXED_WORD.sub(lambda word: word.group().translate(_TWINS), text)
