"""Why a line was given its language: the words that spoke for it and against it, beside the next likely language."""

from typing import NamedTuple

import numpy as np

from soro.tajik.language_words import words_to_judge
from soro.tajik.languages import Identifier

NUM_WORDS_SHOWN = 6


class WordEvidence(NamedTuple):
    """`nats`: by how much the word favours the best language over the next one; below zero it favours the next."""

    word: str
    nats: float


class Evidence(NamedTuple):
    """`best` and `next` are languages of the table of the line's script; `words` the ones that weigh most, heaviest first."""

    best: str
    next: str
    words: list[WordEvidence]


def evidence_of(identifier: Identifier, line: str) -> Evidence | None:
    """None where no table knows the script of the line, or there is nothing to judge."""
    words = words_to_judge(line)
    if not words:
        return None
    sums, _ = identifier.add_up([words])
    script = int(sums.script[0])
    if script >= len(identifier.tables):
        return None
    table = identifier.tables[script]
    logits = table.logits(sums.evidence[:, : len(table.langs)], sums.num_words)[0]
    best, following = (int(place) for place in np.argsort(-logits, kind="stable")[:2])
    nats = identifier.cache.evidence[sums.places, best] - identifier.cache.evidence[sums.places, following]
    counted = {word: float(nat) for word, nat, counts in zip(words, nats, sums.counted, strict=True) if counts}
    heaviest = sorted(counted.items(), key=lambda item: (-abs(item[1]), item[0]))[:NUM_WORDS_SHOWN]
    return Evidence(table.langs[best], table.langs[following], [WordEvidence(w, round(n, 1)) for w, n in heaviest])
