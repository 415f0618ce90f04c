"""The languages of a whole document: how much of it is in each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from soro.tajik.languages import UNDETERMINED, Guess, Identifier
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
    return identify_documents(identifier, [text])[0]


def identify_documents(identifier: Identifier, texts: Sequence[str]) -> list[DocumentGuess]:
    """The same for many texts, which together take far less time."""
    pieces = [list(pieces_of(text)) for text in texts]
    judged = zip(*identifier.identify_pieces(list(chain.from_iterable(pieces))), strict=True)
    return [document_guess(list(islice(judged, num_pieces))) for num_pieces in map(len, pieces)]


def document_guess(pieces: Sequence[tuple[Guess, int]]) -> DocumentGuess:
    """The guess about a document from those about its pieces and the number of letters of each."""
    letters: dict[tuple[str, str], int] = defaultdict(int)
    sure: dict[tuple[str, str], float] = defaultdict(float)
    for guess, size in pieces:
        if guess.lang != UNDETERMINED:
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


def pieces_of(text: str) -> Iterator[list[str]]:
    """Runs of what stands between spaces."""
    waiting: list[str] = []
    for line in text.splitlines():
        waiting += cut(line.split())
        num_full = len(waiting) - len(waiting) % MAX_PIECE_WORDS
        for start in range(0, num_full, MAX_PIECE_WORDS):
            yield waiting[start : start + MAX_PIECE_WORDS]
        waiting = waiting[num_full:]
        if len(waiting) >= MIN_PIECE_WORDS:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def cut(tokens: list[str]) -> list[str]:
    """The tokens, those of more than MAX_WORD_CHARS characters in parts."""
    if not tokens or max(map(len, tokens)) <= MAX_WORD_CHARS:
        return tokens
    return [t[start : start + MAX_WORD_CHARS] for t in tokens for start in range(0, len(t), MAX_WORD_CHARS)]
