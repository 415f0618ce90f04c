"""What a printed page leaves in Tajik text: words broken at line ends, digits of footnotes, spaces before marks."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from soro.tajik.repair.page import Found, Page
from soro.tajik.repair.rule import Rule

BREAK = re.compile(r"(?<=[^\W\d_])[-‐][ \t]*\n[ \t]*(?=[^\W\d_])")
WORD_BEFORE, WORD_AFTER = re.compile(r"[^\W\d_]+\Z"), re.compile(r"[^\W\d_]+(?![^\W_]|-[^\W_])")
MAX_WORD_CHARS = 40
MIN_JOINED_CHARS = 5

NOTE = re.compile(r"(?<=[^\W\d_])(?P<marks>[.,;:!?»”\")]{0,3})(?P<number>\*?[1-9]\d?\*?)(?=[\s.,;:!?»”\")]|\Z)")
MIN_RUN, MIN_RUN_WITH_LIST = 3, 2
MAX_GAP = 2
NOTE_LIST = re.compile(r"^[ \t]*\*?1[.)]?[ \t]+\S", re.MULTILINE)
UNITS = frozenset("м мм см дм км мл дл гм кг мг га св рад".split())
SPACE_BEFORE_MARK = re.compile(r"(?<=[^\W\d_]|[»”)]) +(?=[,;.!?](?:[\s»”\")]|\Z))")


def broken_words(page: Page) -> Iterator[Found]:
    """The halves of a word around a hyphen and a line end, when together they are a word of the list or of this text."""
    if "\n" not in page.text:
        return
    for match in BREAK.finditer(page.text):
        left = WORD_BEFORE.search(page.text[max(0, match.start() - MAX_WORD_CHARS) : match.start()])
        right = WORD_AFTER.match(page.text[match.end() : match.end() + MAX_WORD_CHARS])
        if left and right and right[0][0].islower() and is_one_word(page.text, left[0], right[0]):
            yield match.start(), match.end(), ""


def is_one_word(text: str, left: str, right: str) -> bool:
    whole = left + right
    if len(whole) < MIN_JOINED_CHARS or f"{left}-{right}" in text or left.lower() == right:
        return False
    return is_known(whole) or re.search(rf"(?<![^\W_]){whole}(?![^\W_]|-)", text) is not None


def is_known(word: str) -> bool:
    from soro.tajik.restore.letters import take_letters

    return take_letters(word.lower()) in known_words()


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Tajik words, without the six letters."""
    from soro.tajik.restore.model import shipped_model

    return frozenset(shipped_model().words)


class Note(NamedTuple):
    start: int
    end: int
    number: int
    word: str


def footnotes(page: Page) -> Iterator[Found]:
    """Digits glued to words (кишвар1, омад.2): only runs that count up from 1, at different words, three or more, or two
    where a list of notes begins in the text."""
    least = MIN_RUN_WITH_LIST if NOTE_LIST.search(page.text) else MIN_RUN
    for run in runs(note_candidates(page.text)):
        words = [note.word.lower() for note in run]
        if len(run) >= least and len(set(words)) == len(words):
            for note in run:
                yield note.start, note.end, ""


def note_candidates(text: str) -> Iterator[Note]:
    for match in NOTE.finditer(text):
        word = WORD_BEFORE.search(text[max(0, match.start() - MAX_WORD_CHARS) : match.start()])
        if word and is_prose(word[0]):
            yield Note(match.start("number"), match.end(), int(match["number"].strip("*")), word[0])


def is_prose(word: str) -> bool:
    """Not a unit, a formula (СО2) or the name of a machine (Т34): two Cyrillic letters, the last one small, or four."""
    is_cyrillic = all("\u0400" <= letter <= "\u052f" for letter in word)
    return is_cyrillic and len(word) >= (2 if word[-1].islower() else 4) and word.lower() not in UNITS


def runs(notes: Iterable[Note]) -> Iterator[list[Note]]:
    """Numbers that count up from 1, one now and then missing; others between them are passed over."""
    run: list[Note] = []
    for note in notes:
        if note.number == 1:
            yield run
            run = [note]
        elif run and run[-1].number < note.number <= run[-1].number + MAX_GAP:
            run.append(note)
    yield run


def spaces_before_marks(page: Page) -> Iterator[Found]:
    for match in SPACE_BEFORE_MARK.finditer(page.text):
        yield match.start(), match.end(), ""


RULES = (
    Rule("broken-word", "a word broken at the end of a line", broken_words, tajik=True),
    Rule("footnote", "the digit of a footnote glued to a word", footnotes, tajik=True),
    Rule("space-before-mark", "a space before a mark that ends a word", spaces_before_marks, tajik=True),
)
