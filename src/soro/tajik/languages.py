"""Which language is a line of text in? Tajik, with its letters or without, told from the languages that surround it.

    identifier = load_identifier()
    identifier.identify(["Салом, дӯстон!", "Привет, друзья!"])

For each script a table holds how much more likely each n-gram is in one language than in the others (naive Bayes). The
evidence of a word is the sum over its n-grams, damped by its length, and is kept for the next time the word comes; the
evidence of a line is the sum over its words. `languages_learn.py` makes the tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from soro.core.seen import lengths_of, sums_of_runs
from soro.tajik.language_tables import TABLES_PATH, Floats, ScriptTable, load_tables
from soro.tajik.language_words import MAX_LINE_CHARS, Places, TokenCache, WordCache
from soro.tajik.scripts import NO_SCRIPT

SHOWN = ("tg", "ru", "uz", "fa", "ky", "kk", "tt", "ba", "uk", "be", "bg", "sr", "mk", "mn", "en")
OTHER, UNDETERMINED = "other", "und"
PIECES_A_BLOCK = 1_000
LATIN_WEIGHT = 1 / 3
# A line is in none of the languages when more than this share of its words has a letter that none of them has ...
MAX_UNKNOWN_SHARE = 0.25
# ... or when, of at least so many words, the best language is within so many nats of each word's own best in a smaller share
# than this, and the best two together (a line in two languages) in a smaller share than that.
# Asked only where a table holds no other languages, and only of languages learned from long word lists: the words of the rest
# are too little known.
DOUBTED = ("tg", "ru", "uz", "uk", "bg", "sr", "mk")
MIN_WORDS_TO_DOUBT, AGREEMENT_NATS, MIN_AGREEMENT, MIN_AGREEMENT_OF_TWO = 10, 10.0, 0.6, 0.85


@dataclass(frozen=True)
class Guess:
    """`lang` is an ISO 639-1 code, "other", or "und" where there is nothing to judge; `script` an ISO 15924 code; `score`
    the probability of `lang`, 0 to 1."""

    lang: str
    script: str
    score: float


NOTHING = Guess(UNDETERMINED, NO_SCRIPT, 0.0)


@dataclass(frozen=True)
class Sums:
    """What is known of some lines: whether there are words in them. Of each line with words: its script (place in the cache's
    list), the number of words in it, how many of those hold a letter of no known language, the evidence (lines x columns), and
    where its words begin. Of each word: its place in the cache, its line, and whether it is in the script of the line and
    counts."""

    has_words: npt.NDArray[np.bool_]
    script: npt.NDArray[np.int64]
    num_words: npt.NDArray[np.int64]
    num_unknown: npt.NDArray[np.int64]
    evidence: Floats
    starts: npt.NDArray[np.int64]
    places: Places
    line_of: npt.NDArray[np.int64]
    counted: npt.NDArray[np.bool_]


class Identifier:
    """Identifies lines and keeps the evidence of the words it has met, which makes the next line cheaper."""

    def __init__(self, tables: Sequence[ScriptTable]) -> None:
        self.tables = tuple(tables)
        self.cache = WordCache(tables)
        self.tokens = TokenCache(self.cache)
        self.latin = self.cache.scripts.index("Latn") if "Latn" in self.cache.scripts else -1

    def identify(self, lines: Sequence[str]) -> list[Guess]:
        """One guess a line, in order."""
        return self.identify_pieces([line[:MAX_LINE_CHARS].split() for line in lines])[0]

    def identify_pieces(self, pieces: Sequence[Sequence[str]]) -> tuple[list[Guess], list[int]]:
        """One guess for each piece of text, given as what stands between its spaces, and the number of letters of each."""
        guesses, num_letters = [NOTHING] * len(pieces), [0] * len(pieces)
        full = [number for number, piece in enumerate(pieces) if piece]
        for start in range(0, len(full), PIECES_A_BLOCK):
            block = full[start : start + PIECES_A_BLOCK]
            sums, letters = self.add_up([pieces[number] for number in block])
            for number, count in zip(block, letters, strict=True):
                num_letters[number] = count
            judged = [number for number, has_words in zip(block, sums.has_words.tolist(), strict=True) if has_words]
            for number, guess in zip(judged, self.decide(sums), strict=True):
                guesses[number] = guess
        return guesses, num_letters

    def add_up(self, pieces: Sequence[Sequence[str]]) -> tuple[Sums, list[int]]:
        """The sums of pieces, none without a token, and their numbers of letters. Words outside a piece's main script count
        for nothing."""
        num_tokens = lengths_of(pieces)
        places, num_words, num_letters = self.tokens.look_up(list(chain.from_iterable(pieces)))
        lengths = sums_of_runs(num_words, num_tokens)
        has_words = lengths > 0
        lengths = lengths[has_words]
        starts, line_of = np.cumsum(lengths) - lengths, np.repeat(np.arange(len(lengths)), lengths)
        scripts = self.cache.script[places]
        main = self.main_scripts(scripts, places, line_of, len(lengths))
        counted = scripts == main[line_of]
        evidence = self.cache.evidence[places] * counted[:, None]
        sums = Sums(
            has_words=has_words,
            script=main,
            num_words=sums_of_runs(counted.astype(np.int64), lengths),
            num_unknown=sums_of_runs((counted & self.cache.unknown[places]).astype(np.int64), lengths),
            evidence=sums_of_runs(evidence, lengths),
            starts=starts,
            places=places,
            line_of=line_of,
            counted=counted,
        )
        return sums, sums_of_runs(num_letters, num_tokens).tolist()

    def main_scripts(self, scripts: Places, places: Places, line_of: Places, num_lines: int) -> Places:
        """The script of most letters of each line, Latin ones counting less: foreign names stand in text of any script."""
        num_scripts = len(self.cache.scripts)
        letters_of = np.maximum(self.cache.num_letters[places], 0.01)  # "¼" has none, and a script of its own
        weights = letters_of * np.where(scripts == self.latin, LATIN_WEIGHT, 1.0)
        letters = np.bincount(line_of * num_scripts + scripts, weights=weights, minlength=num_lines * num_scripts)
        main: Places = letters.reshape(num_lines, num_scripts).argmax(axis=1)
        return main

    def decide(self, sums: Sums) -> list[Guess]:
        """The likeliest language of each line; a script without a table is another language for certain."""
        langs, scores = [OTHER] * len(sums.script), np.ones(len(sums.script))
        for number, table in enumerate(self.tables):
            chosen = np.flatnonzero(sums.script == number)
            if len(chosen):
                names, chances = shown_chances(table, sums.evidence[chosen], sums.num_words[chosen])
                best = chances.argmax(axis=1)
                scores[chosen] = chances[np.arange(len(chosen)), best]
                for line, place in zip(chosen, best, strict=True):
                    langs[line] = names[place]
        for strange in self.strangers(sums):
            langs[strange] = OTHER
        scripts = [self.cache.scripts[script] for script in sums.script]
        return [
            NOTHING if script == NO_SCRIPT else Guess(lang, script, score)
            for lang, script, score in zip(langs, scripts, np.round(scores, 4).tolist(), strict=True)
        ]

    def strangers(self, sums: Sums) -> list[int]:
        """Lines in none of the languages of their table: too many unknown letters, or too few words that any two agree on."""
        strange = np.flatnonzero(sums.num_unknown > MAX_UNKNOWN_SHARE * sums.num_words).tolist()
        winner = np.where(sums.script < len(self.tables), sums.evidence.argmax(axis=1), 0)
        evidence = self.cache.evidence[sums.places, winner[sums.line_of]]
        agrees = sums.counted & (evidence >= self.cache.best[sums.places] - AGREEMENT_NATS)
        num_agreeing = sums_of_runs(agrees.astype(np.int64), np.diff(sums.starts, append=len(sums.places)))
        doubtful = (sums.num_words >= MIN_WORDS_TO_DOUBT) & (num_agreeing < MIN_AGREEMENT * sums.num_words)
        for line in np.flatnonzero(doubtful & (sums.script < len(self.tables))):
            langs = self.tables[sums.script[line]].langs
            if langs[winner[line]] not in DOUBTED or not set(langs) <= set(SHOWN):
                continue
            last = sums.starts[line + 1] if line + 1 < len(sums.starts) else len(sums.places)
            words = sums.places[sums.starts[line] : last][sums.counted[sums.starts[line] : last]]
            agree = self.cache.evidence[words] >= self.cache.best[words, None] - AGREEMENT_NATS
            if (agree | agree[:, winner[line], None]).mean(axis=0).max() < MIN_AGREEMENT_OF_TWO:
                strange.append(int(line))
        return strange


def shown_chances(table: ScriptTable, evidence: Floats, num_words: npt.NDArray[np.int64]) -> tuple[list[str], Floats]:
    """Names and probabilities (lines x names) of the languages of a table; those that are not SHOWN count together."""
    logits = table.logits(evidence[:, : len(table.langs)], num_words)
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances = odds / odds.sum(axis=1, keepdims=True)
    names = [lang for lang in table.langs if lang in SHOWN]
    shown = chances[:, [table.langs.index(lang) for lang in names]]
    hidden = chances[:, [place for place, lang in enumerate(table.langs) if lang not in SHOWN]].sum(axis=1)
    return [*names, OTHER], np.column_stack([shown, hidden])


def load_identifier(path: Path = TABLES_PATH) -> Identifier:
    """The identifier that ships with the package. Raises SoroError when its file is missing or damaged."""
    return Identifier(load_tables(path))
