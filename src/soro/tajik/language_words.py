"""The words of a line as the identifier judges them, and the evidence of the words it has met so far."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from itertools import count, islice

import numpy as np
import numpy.typing as npt

from soro.tajik.alphabet import LATIN_TWINS, LOOK_ALIKES
from soro.tajik.language_tables import ScriptTable
from soro.tajik.scripts import CYRILLIC, NO_SCRIPT, word_script

MAX_LINE_CHARS = 20_000  # a longer line is judged by its beginning
MAX_CACHED_WORDS = 200_000

WORD = re.compile(r"[^\W\d_]{1,40}(?:['’ʻʼ‘`][^\W\d_]{1,40})*")
APOSTROPHES = "’ʻʼ‘`"
TWINS = str.maketrans(LATIN_TWINS)
# Cyrillic letters of the languages that are told apart; a text full of others is in none of them.
KNOWN_CYRILLIC = frozenset("абвгґдеёжзийклмнопрстуфхцчшщъыьэюяєіїўђјљњћџѓѕќѐѝәғқңөұүһҗҙҡҫҳҷӣӯ") | frozenset(LOOK_ALIKES)
UNKNOWN_CYRILLIC = re.compile(
    f"[{''.join(c for c in map(chr, range(0x430, 0x530)) if c.islower() and c not in KNOWN_CYRILLIC)}]"
)
ASCII_LETTER = re.compile("[a-z]")

Places = npt.NDArray[np.int64]


def words_to_judge(line: str) -> list[str]:
    """The words of a line as written: runs of letters, apostrophes inside kept, soft hyphens gone, accents composed."""
    line = line[:MAX_LINE_CHARS]
    if not line.isascii():
        line = line.replace("\u00ad", "")
        if not unicodedata.is_normalized("NFC", line):
            line = unicodedata.normalize("NFC", line)
    return WORD.findall(line)


def plain_forms(words: Sequence[str]) -> list[str]:
    """Words (no spaces in them) in lower case, with one kind of apostrophe, Latin look-alikes inside Cyrillic words replaced."""
    text = "\n".join(words).lower()
    for apostrophe in APOSTROPHES:
        text = text.replace(apostrophe, "'")
    forms = text.split("\n")
    return [form if form.isascii() or not ASCII_LETTER.search(form) else mend_twins(form) for form in forms]


def mend_twins(form: str) -> str:
    return form.translate(TWINS) if word_script(form) == "Cyrl" else form


class WordCache:
    """Evidence of words by place; a word's place is looked up by its spelling. Holds MAX_CACHED_WORDS, then starts again."""

    def __init__(self, tables: Sequence[ScriptTable]) -> None:
        self.tables = tuple(tables)
        self.scripts = [table.script for table in tables]  # those of the tables, then others as they come
        self.num_columns = max(len(table.langs) for table in tables)
        self.forget()

    def forget(self) -> None:
        self.places: defaultdict[str, int] = defaultdict(count().__next__)  # a new word gets the next place
        self.script = np.zeros(0, dtype=np.int64)  # place in self.scripts
        self.num_letters = np.zeros(0, dtype=np.int64)
        self.unknown = np.zeros(0, dtype=bool)  # has a letter of no known language
        self.evidence = np.zeros((0, self.num_columns), dtype=np.float32)
        self.best = np.zeros(0, dtype=np.float32)  # the largest evidence of a word

    def look_up(self, words: Sequence[str]) -> Places:
        """Places of words; words not met before are judged and added. Places hold until the next call."""
        if len(self.places) > MAX_CACHED_WORDS:
            self.forget()
        num_known = len(self.places)
        found = np.fromiter(map(self.places.__getitem__, words), dtype=np.int64, count=len(words))
        if num_new := len(self.places) - num_known:
            newest_first = list(islice(reversed(self.places), num_new))
            try:
                self.add(num_known, newest_first[::-1])
            except BaseException:
                self.forget()  # words with a place and no evidence would be judged wrong
                raise
        return found

    def add(self, first: int, words: Sequence[str]) -> None:
        """Judge new words, whose places begin at `first`."""
        is_cyrillic = CYRILLIC.search
        scripts = ["Cyrl" if is_cyrillic(word) else word_script(word) for word in words]
        self.scripts += [script for script in dict.fromkeys(scripts) if script not in self.scripts]
        forms = plain_forms(words)
        last = first + len(words)
        self.make_room(last)
        for table in self.tables:
            chosen = [number for number, script in enumerate(scripts) if script == table.script]
            if chosen:
                evidence = table.evidence([forms[number] for number in chosen])
                self.evidence[first + np.array(chosen), : len(table.langs)] = evidence
        self.best[first:last] = self.evidence[first:last].max(axis=1)
        numbers = {script: number for number, script in enumerate(self.scripts)}
        self.script[first:last] = [numbers[script] for script in scripts]
        letters = map(len, words)  # an apostrophe among them does no harm
        self.num_letters[first:last] = [0 if s == NO_SCRIPT else n for s, n in zip(scripts, letters, strict=True)]
        if UNKNOWN_CYRILLIC.search("\n".join(forms)):
            self.unknown[first:last] = [UNKNOWN_CYRILLIC.search(form) is not None for form in forms]

    def make_room(self, size: int) -> None:
        """Grow the arrays to hold `size` words, by doubling, the new part zero."""
        room = len(self.script)
        if size > room:
            extra = max(1_000, 2 * size) - room
            self.script = np.append(self.script, np.zeros(extra, dtype=np.int64))
            self.num_letters = np.append(self.num_letters, np.zeros(extra, dtype=np.int64))
            self.unknown = np.append(self.unknown, np.zeros(extra, dtype=bool))
            self.best = np.append(self.best, np.zeros(extra, dtype=np.float32))
            self.evidence = np.concatenate([self.evidence, np.zeros((extra, self.num_columns), dtype=np.float32)])
