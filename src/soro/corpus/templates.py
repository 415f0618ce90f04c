"""Template stubs: thousands of articles that differ in names and numbers alone ("X is a village in the district of Y").

Two passes: every document is counted, then each is asked how much of it is template.
"""

import numpy as np

from soro.core.hashes import Hashes, run_hashes, string_hashes
from soro.core.recipe import Filters
from soro.corpus.sketch import DocumentCounter
from soro.tajik.words import words_of

SHINGLE_WORDS, MIN_SHINGLES = 4, 5  # a text of fewer is a phrase, not an article
MAX_WORDS, MAX_WORD_CHARS = 400, 16  # a stub is short, and no longer text is judged by more than its beginning
MASK = "#"


def masked_words(text: str) -> list[str]:
    """The first MAX_WORDS words, each run of numbers and names (words with a capital) as one MASK."""
    words: list[str] = []
    for word in words_of(text[: MAX_WORDS * MAX_WORD_CHARS]):
        if not (word[0].isupper() or word[0].isdigit()):
            words.append(word)
        elif not words or words[-1] != MASK:
            words.append(MASK)
    return words[:MAX_WORDS]


def template_hashes(text: str) -> Hashes:
    return np.unique(run_hashes(string_hashes(masked_words(text)), SHINGLE_WORDS))


class TemplateCounter:
    """Give every document to `add`, then ask `objection`; `counter` holds all state (64 MB)."""

    def __init__(self, cells_log2: int = 24) -> None:
        self.counter = DocumentCounter(cells_log2)

    def add(self, text: str) -> None:
        self.counter.add(template_hashes(text))

    def merge(self, other: "TemplateCounter") -> None:
        self.counter.merge(other.counter)

    def share(self, text: str, max_documents: int) -> float:
        """Share of the text's masked shingles that occur in more than `max_documents` other documents, 0 to 1."""
        hashes = template_hashes(text)
        return float((self.counter.counts(hashes) > max_documents + 1).mean()) if len(hashes) >= MIN_SHINGLES else 0.0

    def objection(self, text: str, limits: Filters) -> tuple[str, str] | None:
        share = self.share(text, limits.max_template_documents)
        return ("template", f"{share:.3f}") if share > limits.max_template_share else None
