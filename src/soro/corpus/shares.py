"""What a text is made of: the signs, digits and codes of a token, the share of lists."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

USUAL_MARKS = re.escape(".,:;!?…–—-«»\"“”„'’‘()№%/")
SYMBOL = re.compile(rf"[^\w\s{USUAL_MARKS}]|_|(?<=\.)\.(?=\.)|(?<=[-–—=])[-–—=](?=[-–—=])")
DIGIT = re.compile(r"\d")
MIN_RUN = 16
LONG_RUN = re.compile(rf"[A-Za-z0-9+/=_\-]{{{MIN_RUN},}}")
CHANGE = re.compile(r"\d|[a-z](?=[A-Z])")
MIN_CHANGE_SHARE = 0.2  # of a code; names of programs ("createMediaStreamSource") have under 0.15
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
END_OF_SENTENCE = re.compile(r"[.!?…,;:–—-][»”\"')\]]*$")
MAX_WORDS_IN_LIST = 6
MIN_LIST_LINES = 8
VERSE_WORDS = 4


def num_symbols(token: str) -> int:
    """Signs that no prose uses much, rows of dots and dashes included."""
    return len(SYMBOL.findall(token))


def num_digits(token: str) -> int:
    return len(DIGIT.findall(token))


def num_code_chars(token: str) -> int:
    """Characters in machine codes; addresses on the network do not count."""
    if len(token) < MIN_RUN:
        return 0
    return sum(len(run) for run in LONG_RUN.findall(ADDRESS.sub("", token)) if is_code(run))


def is_code(run: str) -> bool:
    """Whether a long run without a space is base64, hexadecimal, an identifier: letters, and digits or capitals among them."""
    return len(CHANGE.findall(run)) >= MIN_CHANGE_SHARE * len(run) and any(map(str.isalpha, run))


def list_share(lines: Sequence[str], sizes: npt.NDArray[np.int64]) -> float:
    """Share of the visible characters in short lines (six words at most) that end no sentence and have a neighbour of their
    kind, as menus and lists of links do. `sizes` are the words between spaces of each line.

    Fewer than eight such lines count as none, and so do lines of four words and more on average: those are verse.
    """
    few_words = sizes <= MAX_WORDS_IN_LIST
    if np.count_nonzero(few_words) < MIN_LIST_LINES:
        return 0.0
    is_short = [few and not END_OF_SENTENCE.search(line) for few, line in zip(few_words.tolist(), lines, strict=True)]
    beside = [False, *is_short, False]
    in_list = [short and (beside[i] or beside[i + 2]) for i, short in enumerate(is_short)]
    num_words = sum(size for size, listed in zip(sizes.tolist(), in_list, strict=True) if listed)
    if sum(in_list) < MIN_LIST_LINES or num_words >= VERSE_WORDS * sum(in_list):
        return 0.0
    return sum(len(line) for line, listed in zip(lines, in_list, strict=True) if listed) / sum(map(len, lines))
