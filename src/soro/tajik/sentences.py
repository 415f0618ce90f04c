"""Where a Tajik sentence ends: full stops of abbreviations, initials, list numbers and decimals are not ends.

Rules, in the order they are asked at every . ! ? … that a space (or the end) follows, closing quotes and brackets included:

- what follows goes on in lower case, or with a dash and lower case ("– гуфт ӯ"): no end;
- a quotation closed by » and followed by a dash is direct speech with its author's words to come: no end;
- inside round brackets: no end;
- after ! ? …, or a full stop behind a longer word: an end;
- after an initial (one capital letter), an abbreviation that goes before names, a list number: no end;
- after a measure or "ва ғ.": an end, because what follows begins with a capital letter or a digit.
"""

import re
from collections.abc import Iterator

from soro.tajik.abbreviations import AFTER, BEFORE, MARKED

# The marks, what closes with them, and the space behind; or a full stop glued between two Cyrillic words.
END = re.compile(
    r"(?P<marks>[.!?…]+(?:\s+[.!?…]+)*)(?P<closers>[»”“\"’'\])]*)(?P<space>\s+|$)|(?<=[а-яёғӣқӯҳҷ]{3})(?P<glued>\.)(?=[А-ЯЁҒӢҚӮҲҶ][а-яёғӣқӯҳҷ])"
)
OPENERS = " \t\n«“„\"'([‘"
DASHES = "–—-−"
LAST_WORD = re.compile(r"(?:(\S+)\s+)?[(«„“\"'\[]*([^\s(«„“\"'\[]*)$")
MAX_LOOK_BACK_CHARS = 100
ONE_CAPITAL = re.compile(r"[^\W\d_]\.?", re.UNICODE)
PARAGRAPH = re.compile(r"\n\s*\n")


def sentences(text: str) -> list[str]:
    """The sentences of `text` without the spaces around them. A blank line always ends one, a single line end does not."""
    return [sentence for paragraph in PARAGRAPH.split(text) for sentence in sentences_of_paragraph(paragraph)]


def sentences_of_paragraph(text: str) -> Iterator[str]:
    start, depth, seen = 0, 0, 0
    for match in END.finditer(text):
        between = text[seen : match.end()]
        depth, seen = max(0, depth + between.count("(") - between.count(")")), match.end()
        if match.group("glued") is None and not is_end(text, start, match, depth):
            continue
        if sentence := text[start : match.end()].strip():
            yield sentence
        start, depth = match.end(), 0
    if rest := text[start:].strip():
        yield rest


def is_end(text: str, start: int, match: re.Match[str], depth: int) -> bool:
    """Whether the marks of `match` end the sentence that begins at `start`; `depth` counts open round brackets."""
    if match.end() == len(text):
        return True
    dash, first = what_follows(text, match.end())
    if depth or first.islower() or (dash and match.group("closers")):
        return False
    if match.group("marks") != ".":
        return first.isupper() or first.isdigit() or bool(dash) or match.group("marks")[0] in "!?"
    return not stop_belongs_to_word(text, start, match.start(), first)


def what_follows(text: str, place: int) -> tuple[str, str]:
    """The dash that text goes on with, if any, and the first letter or digit behind dashes and opening marks (or "")."""
    dash = ""
    for character in text[place : place + MAX_LOOK_BACK_CHARS]:
        if character in DASHES:
            dash = character
        elif character not in OPENERS:
            return dash, character
    return dash, ""


def stop_belongs_to_word(text: str, start: int, stop: int, following: str) -> bool:
    """Whether the full stop at `stop` is part of an abbreviation, an initial or a list number."""
    found = LAST_WORD.search(text, max(start, stop - MAX_LOOK_BACK_CHARS), stop)
    before, word = (found.group(1) or "", found.group(2)) if found else ("", "")
    lower = word.lower()
    if word.isdigit():
        return not text[start : stop - len(word)].strip()  # "1. Матн": a list number
    if ONE_CAPITAL.fullmatch(word) and word.isupper():
        return before.lower() not in MARKED and not is_roman(word) and following.isupper()
    parts = lower.split(".")
    if len(parts) > 1 and all(len(part) <= 2 and part.isalpha() for part in parts):
        return following.isupper()  # "А.С. Пушкин", "и.в. директор"
    if lower in AFTER and (before[-1:].isdigit() or before.lower() == "ва"):
        return False
    return lower in BEFORE


def is_roman(word: str) -> bool:
    return word in ("I", "V", "X", "L", "C")
