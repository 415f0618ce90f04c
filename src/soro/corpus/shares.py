"""What a text is made of: shares of signs, digits, codes and lists, each between 0 and 1."""

import re
from collections.abc import Sequence

USUAL_MARKS = re.escape(".,:;!?…–—-«»\"“”„'’‘()№%/")
SYMBOL = re.compile(rf"[^\w\s{USUAL_MARKS}]|_|(?<=\.)\.(?=\.)|(?<=[-–—=])[-–—=](?=[-–—=])")
DIGIT = re.compile(r"\d")
LONG_RUN = re.compile(r"[A-Za-z0-9+/=_\-]{16,}")
CHANGE = re.compile(r"\d|[a-z](?=[A-Z])")
MIN_CHANGE_SHARE = 0.2  # of a code; names of programs ("createMediaStreamSource") have under 0.15
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
END_OF_SENTENCE = re.compile(r"[.!?…,;:–—-][»”\"')\]]*$")
MAX_WORDS_IN_LIST = 6
MIN_LIST_LINES = 8
VERSE_WORDS = 4


def symbol_share(text: str, num_visible: int) -> float:
    """Share of the visible characters that are signs no prose uses much, rows of dots and dashes included."""
    return len(SYMBOL.findall(text)) / max(1, num_visible)


def digit_share(text: str, num_visible: int) -> float:
    return len(DIGIT.findall(text)) / max(1, num_visible)


def code_share(text: str, num_visible: int) -> float:
    """Share of the visible characters in machine codes; addresses on the network do not count."""
    return sum(len(run) for run in LONG_RUN.findall(ADDRESS.sub("", text)) if is_code(run)) / max(1, num_visible)


def is_code(run: str) -> bool:
    """Whether a long run without a space is base64, hexadecimal, an identifier: letters, and digits or capitals among them."""
    return len(CHANGE.findall(run)) >= MIN_CHANGE_SHARE * len(run) and any(map(str.isalpha, run))


def list_share(lines: Sequence[str]) -> float:
    """Share of the visible characters in short lines (six words at most) that end no sentence and have a neighbour of their
    kind, as menus and lists of links do.

    Fewer than eight such lines count as none, and so do lines of four words and more on average: those are verse.
    """
    sizes = [len(line.split()) for line in lines]
    is_short = [
        size <= MAX_WORDS_IN_LIST and not END_OF_SENTENCE.search(line) for size, line in zip(sizes, lines, strict=True)
    ]
    beside = [False, *is_short, False]
    in_list = [short and (beside[i] or beside[i + 2]) for i, short in enumerate(is_short)]
    num_words = sum(size for size, listed in zip(sizes, in_list, strict=True) if listed)
    if sum(in_list) < MIN_LIST_LINES or num_words >= VERSE_WORDS * sum(in_list):
        return 0.0
    return sum(len(line) for line, listed in zip(lines, in_list, strict=True) if listed) / sum(map(len, lines))
