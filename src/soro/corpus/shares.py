"""What a text is made of: shares of signs, digits, codes and lists, each between 0 and 1."""

import re
from collections.abc import Sequence

USUAL_MARKS = re.escape(".,:;!?…–—-«»\"“”„'’‘()№%/")
SYMBOL = re.compile(rf"[^\w\s{USUAL_MARKS}]|_|(?<=\.)\.(?=\.)|(?<=[-–—=])[-–—=](?=[-–—=])")
DIGIT = re.compile(r"\d")
# Base64, hexadecimal, identifiers and the like: a long run without a space that has digits and letters, or capitals inside.
LONG_RUN = re.compile(r"[A-Za-z0-9+/=_\-]{16,}")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
END_OF_SENTENCE = re.compile(r"[.!?…,;:–—-][»”\"')\]]*$")
MAX_WORDS_IN_LIST = 6
MIN_LIST_LINES = 8


def symbol_share(text: str, num_visible: int) -> float:
    """Share of the visible characters that are signs no prose uses much, rows of dots and dashes included."""
    return len(SYMBOL.findall(text)) / max(1, num_visible)


def digit_share(text: str, num_visible: int) -> float:
    return len(DIGIT.findall(text)) / max(1, num_visible)


def code_share(text: str, num_visible: int) -> float:
    """Share of the visible characters in machine codes; addresses on the network do not count."""
    return sum(len(run) for run in LONG_RUN.findall(ADDRESS.sub("", text)) if is_code(run)) / max(1, num_visible)


def is_code(run: str) -> bool:
    letters = [character for character in run if character.isalpha()]
    has_digits = len(letters) < len(run.strip("-_=/+"))
    mixed_case = any(a.islower() and b.isupper() for a, b in zip(letters, letters[1:], strict=False))
    return bool(letters) and (has_digits or mixed_case)


def list_share(lines: Sequence[str]) -> float:
    """Share of the visible characters in short lines (six words at most) that end no sentence and have a neighbour of their
    kind, as menus and lists of links do. Fewer than eight such lines count as none."""
    is_short = [len(line.split()) <= MAX_WORDS_IN_LIST and not END_OF_SENTENCE.search(line) for line in lines]
    beside = [False, *is_short, False]
    in_list = [short and (beside[i] or beside[i + 2]) for i, short in enumerate(is_short)]
    if sum(in_list) < MIN_LIST_LINES:
        return 0.0
    return sum(len(line) for line, listed in zip(lines, in_list, strict=True) if listed) / sum(map(len, lines))
