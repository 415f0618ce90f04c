"""What is left of text that was read in the wrong encoding."""

import re

LEADS = bytes(range(0xD0, 0xD5))  # first bytes of the UTF-8 of Cyrillic letters, Tajik ones included
FOLLOWING = bytes(range(0x80, 0xC0))  # second bytes


def _pair(encoding: str) -> str:
    """A pattern for the two bytes of a Cyrillic letter in UTF-8, shown in `encoding`."""
    leads, following = (re.escape(part.decode(encoding, "ignore")) for part in (LEADS, FOLLOWING))
    return f"[{leads}][{following}]"


# UTF-8 shown as windows-1251 ("Р”Р°СЂ"), windows-1252 ("Ð”Ð°Ñ€"), Latin-1 and KOI8-R: two such pairs, because one may be chance.
_UTF8 = "|".join(f"(?:{_pair(encoding)}){{2,}}" for encoding in ("cp1251", "cp1252", "latin-1", "koi8-r"))
# One-byte Cyrillic shown as Latin-1 ("Äàð õîíàè"): three accented letters in a row.
_LATIN = "[À-ÖØ-öø-ÿ]{3,}"
# KOI8-R shown as windows-1251 turns small letters into capitals: "дБТ ИПОБЙ".
_TURNED_CASE = r"\b[а-яёғӣқӯҳҷ][А-ЯЁҒӢҚӮҲҶ]{2,}\b"
# Letters lost for good: words with a question mark inside, rows of question marks, boxes.
_LOST = "[^\\W\\d_]*[А-яё]\\?+[а-яё][^\\W\\d_]*|(?:\\?{2,}\\s+){2,}|\ufffd+|[\u2500-\u257f]{2,}"
MOJIBAKE = re.compile("|".join((_UTF8, _LATIN, _TURNED_CASE, _LOST)))
# A text without one of these has no remains; «» and the like, which prose has, are not among them.
LOOKS_BAD = re.compile(
    "[\u0080-\u009f\u00c0-\u00ff\u0402-\u040f\u0452-\u045f\u2500-\u257f\ufffd]|\\?[?а-яё]|[а-яё][А-ЯЁ]{2}"
)


def mojibake_share(text: str) -> float:
    """Share, 0 to 1, of the visible characters of `text` that stand in remains of a wrong encoding."""
    if not LOOKS_BAD.search(text):
        return 0.0
    visible = len(text) - sum(map(str.isspace, text))
    return sum(len("".join(match.split())) for match in (m.group() for m in MOJIBAKE.finditer(text))) / max(1, visible)
