"""A document on the way through the filters: what several of them ask about is worked out once."""

from functools import cached_property

from soro.core.documents import Document
from soro.core.hashes import Hashes, string_hashes
from soro.core.recipe import Source
from soro.tajik.words import words_of

Objection = tuple[str, str] | None


class Page:
    """A document of a source with its lines and words."""

    def __init__(self, document: Document, source: Source) -> None:
        self.document, self.source = document, source
        self.text = document.text

    @cached_property
    def lines(self) -> list[str]:
        """Its lines without the spaces around them, blank ones left out."""
        return [stripped for line in self.text.split("\n") if (stripped := line.strip())]

    @cached_property
    def words(self) -> list[str]:
        return words_of(self.text)

    @cached_property
    def lower_words(self) -> list[str]:
        return [word.lower() for word in self.words]

    @cached_property
    def word_hashes(self) -> Hashes:
        return string_hashes(self.lower_words)

    @cached_property
    def num_visible(self) -> int:
        """Its characters without spaces."""
        return sum(map(len, self.text.split()))


def above(reason: str, value: float, limit: float) -> Objection:
    return (reason, f"{value:.3f}") if value > limit else None


def below(reason: str, value: float, limit: float) -> Objection:
    return (reason, f"{value:.3f}") if value < limit else None
