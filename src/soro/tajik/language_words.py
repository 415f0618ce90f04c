"""The words of a line as the identifier judges them, and the evidence of the words it has met so far."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from soro.core.seen import Growing, Seen, lengths_of, places_of_runs
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
    """Evidence of words by place; a word's place is looked up by its spelling. It grows until it is told to forget."""

    def __init__(self, tables: Sequence[ScriptTable]) -> None:
        self.tables = tuple(tables)
        self.scripts = [table.script for table in tables]  # those of the tables, then others as they come
        self.num_columns = max(len(table.langs) for table in tables)
        self.forget()

    def forget(self) -> None:
        self.places = Seen()
        self.script = np.zeros(0, dtype=np.int64)  # place in self.scripts
        self.num_letters = np.zeros(0, dtype=np.int64)
        self.unknown = np.zeros(0, dtype=bool)  # has a letter of no known language
        self.evidence = np.zeros((0, self.num_columns), dtype=np.float32)
        self.best = np.zeros(0, dtype=np.float32)  # the largest evidence of a word

    def look_up(self, words: Sequence[str]) -> Places:
        """Places of words; words not met before are judged and added. Places hold until the cache forgets."""
        found, new = self.places.look_up(words)
        if new:
            self.add(len(self.places) - len(new), new)
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


class TokenCache:
    """The words of tokens (what stands between spaces) as places of a WordCache, and the number of letters of each token.

    Holds MAX_CACHED_WORDS tokens, and as many words; then both start again.
    """

    def __init__(self, words: WordCache) -> None:
        self.words = words
        self.forget()

    def forget(self) -> None:
        self.words.forget()
        self.tokens = Seen()
        self.starts, self.num_words = Growing(np.int64), Growing(np.int64)
        self.num_letters = Growing(np.int64)
        self.places = Growing(np.int64)  # of all words of all tokens

    def look_up(self, tokens: Sequence[str]) -> tuple[Places, Places, Places]:
        """(places of the words of all tokens, number of words of each token, number of letters of each token).

        Places hold until the next call.
        """
        if max(len(self.tokens), len(self.words.places)) > MAX_CACHED_WORDS:
            self.forget()
        try:
            numbers, new = self.tokens.look_up(tokens)
            if new:
                self.add(new)
        except BaseException:
            self.forget()  # tokens with a number and no words would be judged wrong
            raise
        num_words = self.num_words.values[numbers]
        places = self.places.values[places_of_runs(self.starts.values[numbers], num_words)]
        return places, num_words, self.num_letters.values[numbers]

    def add(self, tokens: Sequence[str]) -> None:
        words = list(map(words_to_judge, tokens))
        num_words = lengths_of(words)
        self.starts.extend(self.places.size + np.cumsum(num_words) - num_words)
        self.num_words.extend(num_words)
        self.num_letters.extend([len(t) if t.isalpha() else sum(map(str.isalpha, t)) for t in tokens])
        self.places.extend(self.words.look_up(list(chain.from_iterable(words))))
