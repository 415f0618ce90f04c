"""What a printed page leaves in Tajik text: words broken at line ends, digits of footnotes, spaces before marks."""

import gzip
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from soro.tajik.repair.page import Found, Page
from soro.tajik.repair.rule import Rule
from soro.tajik.words import word_set

BREAK = re.compile(r"[-‐](?<=[^\W\d_][-‐])[ \t]*\n[ \t]*(?=[^\W\d_])")
# Not a part of a longer chain of hyphens (Би-би-сӣ).
WORD_BEFORE, WORD_AFTER = re.compile(r"(?<![^\W_]-)(?<![^\W_])[^\W\d_]+\Z"), re.compile(r"[^\W\d_]+(?![^\W_]|-)")
MAX_WORD_CHARS = 40
MIN_JOINED_CHARS, MIN_STEM_CHARS = 4, 3
STARTS = ("", "ме", "на", "наме", "би")  # without the six letters, as the list of words is
ENDINGS = sorted(word_set("и хо хои ро ам ат аш амон атон ашон ем ед анд аст у ю е гон он тар тарин"))

# From the digit on, because digits are rare; BEFORE_NOTE is asked of what stands before them.
NOTE = re.compile(r"[1-9](?<=[^\s\d].)\d?(?:\*[1-9]\d?)?\*?(?=[\s.,;:!?»”\")]|-(?!\w)|\Z)")
BEFORE_NOTE = re.compile(r"([^\W\d_]{1,40})[.,;:!?»”\")]{0,3}(\*?)\Z")
DIGITS = re.compile(r"\d+")
MIN_RUN, MIN_RUN_WITH_LIST = 3, 2
MAX_GAP = 3
MIN_DISTINCT = 0.6  # share of the words of a run that must differ: "боб1, боб2, боб3" is no run of footnotes
NOTE_LIST = re.compile(r"^[ \t]*\*?1[.)]?[ \t]+\S", re.MULTILINE)
NUMBERS = word_set("як яке ду се чор чаҳор панҷ шаш ҳафт ҳашт нуҳ даҳ бист сӣ чил панҷоҳ сад ҳазор")
UNITS = word_set("м мм см дм км мл дл гм кг мг га св рад")
SPACE_BEFORE_MARK = re.compile(r" (?<=[\w»”)] ) *(?=[,;.!?](?:[\s»”\")]|\Z))")


def broken_words(page: Page) -> Iterator[Found]:
    """The halves of a word around a hyphen and a line end, when together they are a word of the list or of this text."""
    if "\n" not in page.text:
        return
    for match in BREAK.finditer(page.text):
        left = WORD_BEFORE.search(page.text[max(0, match.start() - MAX_WORD_CHARS) : match.start()])
        right = WORD_AFTER.match(page.text[match.end() : match.end() + MAX_WORD_CHARS])
        if left and right and right[0][0].islower() and is_one_word(page, left[0], right[0]):
            yield match.start(), match.end(), ""


def is_one_word(page: Page, left: str, right: str) -> bool:
    """Two halves that are words themselves (бад-ин) must make a word of the list as it is; numbers (се-чор) and abbreviations
    in capitals keep their hyphen."""
    whole = left + right
    if len(whole) < MIN_JOINED_CHARS or left.lower() == right or left.isupper() or f"{left}-{right}" in page.words:
        return False
    if left.lower() in NUMBERS and right in NUMBERS:
        return False
    if whole in page.words or is_listed(whole):
        return True
    return is_known(whole) and not (is_listed(left) and is_listed(right))


def is_listed(word: str) -> bool:
    from soro.tajik.restore.letters import take_letters

    return take_letters(word.lower()) in known_words()


def is_known(word: str) -> bool:
    """Whether a word is in the list, or its stem of three letters or more without the endings of nouns and verbs."""
    from soro.tajik.restore.letters import take_letters

    word = take_letters(word.lower())
    stems = [stem for start in STARTS if word.startswith(start) for stem in stems_of(word[len(start) :])]
    return any(len(stem) >= MIN_STEM_CHARS and is_listed(stem) for stem in stems)


def stems_of(word: str) -> list[str]:
    """The word, and what is left of it after one ending and after two."""
    once = [word[: -len(ending)] for ending in ENDINGS if word.endswith(ending)]
    return [word, *once, *(stem[: -len(ending)] for stem in once for ending in ENDINGS if stem.endswith(ending))]


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Tajik words, without the six letters: those of `soro text restore`, and those that have no letter to restore."""
    from soro.tajik.restore.model import shipped_model

    with resources.files("soro.tajik.repair").joinpath("words.txt.gz").open("rb") as file:
        return frozenset(shipped_model().words) | word_set(gzip.decompress(file.read()).decode())


class Note(NamedTuple):
    start: int
    end: int
    number: int
    word: str


def footnotes(page: Page) -> Iterator[Found]:
    """Digits glued to words (кишвар1, омад.2): only runs that count up from 1, at words that differ, three or more, or two
    where a list of notes begins in the text."""
    if not DIGITS.search(page.alphabet):
        return
    found = [run for run in runs(note_candidates(page.text)) if len(run) >= MIN_RUN_WITH_LIST]
    least = MIN_RUN_WITH_LIST if found and NOTE_LIST.search(page.text) else MIN_RUN
    for run in found:
        words = [note.word.lower() for note in run]
        if len(run) >= least and len(set(words)) > MIN_DISTINCT * len(words):
            for note in run:
                yield note.start, note.end, ""


def note_candidates(text: str) -> Iterator[Note]:
    for match in NOTE.finditer(text):
        before = BEFORE_NOTE.search(text[max(0, match.start() - MAX_WORD_CHARS) : match.start()])
        if before and is_prose(before[1]):
            number = int(DIGITS.findall(match.group())[-1])
            yield Note(match.start() - len(before[2]), match.end(), number, before[1])


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
    if not any(pair in page.text for pair in (" ,", " ;", " .", " !", " ?")):
        return
    for match in SPACE_BEFORE_MARK.finditer(page.text):
        yield match.start(), match.end(), ""


RULES = (
    Rule("broken-word", "a word broken at the end of a line", broken_words, tajik=True),
    Rule("footnote", "the digit of a footnote glued to a word", footnotes, tajik=True),
    Rule("space-before-mark", "a space before a mark that ends a word", spaces_before_marks, tajik=True),
)
