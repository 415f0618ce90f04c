"""Characters that nobody sees or that have another form: right to mend in any language."""

import re
import unicodedata
from collections.abc import Iterator

from soro.tajik.repair.page import Found, Page
from soro.tajik.repair.rule import Rule

CYRILLIC = "\u0400-\u052f"
LINE_END = re.compile(r"[\r\x0b\x0c\u2028\u2029](?:(?<=\r)\n)?")
HYPHEN_INSIDE = re.compile(
    rf"(?<=\w)\u00ad[\u00ad\u00ac]*(?:[ \t]*\n[ \t]*)?(?=\w)|(?<=[{CYRILLIC}])\u00ac[\u00ad\u00ac]*(?:[ \t]*\n[ \t]*)?(?=\w)"
)
CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x9f"
STRAY = re.compile(
    rf"[\u00ad\u200b\u2060\ufeff\ufffe\uffff\ue000-\uf8ff\ud800-\udfff\U000f0000-\U0010ffff]+|[{CONTROL}]"
    rf"|(?<=[{CYRILLIC}])[\u200c\u200d]+(?=[{CYRILLIC}])"
)
HYPHENS = re.compile("[\u00ad\u00ac]")
STRAY_CHARACTERS = re.compile(
    rf"[{CONTROL}\u00ad\u200b-\u200d\u2060\ue000-\uf8ff\ufeff\ufffe\uffff\ud800-\udfff\U000f0000-\U0010ffff]"
)
BLANK = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
SPACES = re.compile(rf"\A[{BLANK}\n]+|[{BLANK}]*\n[{BLANK}\n]*|[{BLANK}]{{2,}}|[{BLANK[1:]}]|[{BLANK}]+\Z")
ODD_SPACES = re.compile(rf"[{BLANK[1:]}]")
WORD = re.compile(r"\S+")


def line_ends(page: Page) -> Iterator[Found]:
    if LINE_END.search(page.alphabet):
        for match in LINE_END.finditer(page.text):
            yield match.start(), match.end(), "\n"


def hyphens(page: Page) -> Iterator[Found]:
    if HYPHENS.search(page.alphabet):
        for match in HYPHEN_INSIDE.finditer(page.text):
            yield match.start(), match.end(), ""


def strays(page: Page) -> Iterator[Found]:
    if STRAY_CHARACTERS.search(page.alphabet):
        for match in STRAY.finditer(page.text):
            yield match.start(), match.end(), windows_sign(match.group())


def windows_sign(control: str) -> str:
    """What a control character stands for when a byte of windows-1252 was read as Latin-1 ("\\x96" is a dash), or ""."""
    if not "\x80" <= control <= "\x9f":
        return ""
    sign = control.encode("latin-1").decode("cp1252", "ignore")
    return sign if sign and not sign.isalpha() and sign not in "ˆ˜" else ""


def compositions(page: Page) -> Iterator[Found]:
    """Words in NFC. Those that it would lengthen (letters of other scripts that Unicode takes apart) stay as they are."""
    if unicodedata.is_normalized("NFC", page.text):
        return
    for match in WORD.finditer(page.text):
        word = match.group()
        if not unicodedata.is_normalized("NFC", word):
            whole = unicodedata.normalize("NFC", word)
            if len(whole) <= len(word):
                yield match.start(), match.end(), whole


def spaces(page: Page) -> Iterator[Found]:
    """Runs of spaces become one, spaces at the ends of lines and of the text fall away, of blank lines one stays."""
    text = page.text
    if not (
        "  " in text
        or " \n" in text
        or "\n " in text
        or "\n\n\n" in text
        or text[:1].isspace()
        or text[-1:].isspace()
        or ODD_SPACES.search(page.alphabet)
    ):
        return
    for match in SPACES.finditer(text):
        is_edge = match.start() == 0 or match.end() == len(text)
        meant = "" if is_edge else "\n\n"[: match.group().count("\n")] or " "
        if match.group() != meant:
            yield match.start(), match.end(), meant


LINE_ENDS = Rule("line-end", "the line end of another system", line_ends)
RULES = (
    Rule("hyphen", "a soft hyphen, or its sign in an old font, inside a word", hyphens),
    Rule("stray", "a character without a meaning: private use, control, zero width", strays),
    Rule("composed", "a letter and its accent as one character (NFC)", compositions),
)
SPACES_RULE = Rule("spaces", "spaces that do nothing", spaces)
