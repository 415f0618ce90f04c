"""The languages of a whole document: how much of it is in each."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from soro.tajik.languages import UNDETERMINED, Identifier
from soro.tajik.scripts import NO_SCRIPT

MIN_PIECE_WORDS, MAX_PIECE_WORDS = 4, 25
MAX_WORD_CHARS = 100  # of a run without a space: what is longer is cut, so that a line of 10 MB is many pieces


@dataclass(frozen=True)
class DocumentGuess:
    """The language of most letters, its script, the mean score where it was found, and each language's share of the
    letters (largest first, they sum to 1; empty when there is nothing to judge)."""

    lang: str
    script: str
    score: float
    shares: dict[str, float]


def identify_document(identifier: Identifier, text: str) -> DocumentGuess:
    """Judge `text` piece by piece: a line, or part of a long one; lines under MIN_PIECE_WORDS words go with the next line."""
    pieces = list(pieces_of(text))
    letters: dict[tuple[str, str], int] = defaultdict(int)
    sure: dict[tuple[str, str], float] = defaultdict(float)
    for piece, guess in zip(pieces, identifier.identify(pieces), strict=True):
        if guess.lang != UNDETERMINED:
            size = sum(map(str.isalpha, piece))
            letters[guess.lang, guess.script] += size
            sure[guess.lang, guess.script] += size * guess.score
    if not letters:
        return DocumentGuess(UNDETERMINED, NO_SCRIPT, 0.0, {})
    total = sum(letters.values())
    shares: dict[str, float] = defaultdict(float)
    for (lang, _), size in letters.items():
        shares[lang] += size / total
    ranked = dict(sorted(((lang, round(share, 4)) for lang, share in shares.items()), key=lambda item: -item[1]))
    lang = next(iter(ranked))
    script = max((key for key in letters if key[0] == lang), key=lambda key: letters[key])[1]
    return DocumentGuess(lang, script, round(sure[lang, script] / letters[lang, script], 4), ranked)


def pieces_of(text: str) -> Iterator[str]:
    waiting: list[str] = []
    for line in text.splitlines():
        for word in line.split():
            waiting += [word[start : start + MAX_WORD_CHARS] for start in range(0, len(word), MAX_WORD_CHARS)]
            if len(waiting) >= MAX_PIECE_WORDS:
                yield " ".join(waiting)
                waiting = []
        if len(waiting) >= MIN_PIECE_WORDS:
            yield " ".join(waiting)
            waiting = []
    if waiting:
        yield " ".join(waiting)
