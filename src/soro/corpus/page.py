"""A document on the way through the filters: what several of them ask about is worked out once."""

from collections.abc import Sequence
from functools import cache, cached_property

from soro.core.documents import Document
from soro.core.recipe import Source
from soro.corpus.token_table import Facts, TokenTable
from soro.tajik.document_languages import identify_documents
from soro.tajik.languages import Identifier, load_identifier

Objection = tuple[str, str] | None


class Page:
    """A document of a source with its lines and the facts about it; `measure_pages` works these out for many pages at once."""

    def __init__(self, document: Document, source: Source) -> None:
        self.document, self.source = document, source
        self.text = document.text

    @cached_property
    def facts(self) -> Facts:
        return _table().measure([self.text])[0]

    @cached_property
    def language_shares(self) -> dict[str, float]:
        """The share of the letters in each language, as the identifier calls it."""
        return identify_documents(_identifier(), [self.text])[0].shares

    @cached_property
    def lines(self) -> list[str]:
        """Its lines without the spaces around them, blank ones left out."""
        return [stripped for line in self.text.split("\n") if (stripped := line.strip())]


def measure_pages(pages: Sequence[Page], judged: Sequence[Page]) -> None:
    """Work out the facts about `pages` and the languages of those in `judged`, which takes less time than one by one."""
    for page, facts in zip(pages, _table().measure([page.text for page in pages]), strict=True):
        page.facts = facts
    guesses = identify_documents(_identifier(), [page.text for page in judged])
    for page, guess in zip(judged, guesses, strict=True):
        page.language_shares = guess.shares


def above(reason: str, value: float, limit: float) -> Objection:
    return (reason, f"{value:.3f}") if value > limit else None


def below(reason: str, value: float, limit: float) -> Objection:
    return (reason, f"{value:.3f}") if value < limit else None


@cache
def _identifier() -> Identifier:
    """One a process: it keeps the words it has met, which makes the next document cheaper and its answer no other."""
    return load_identifier()


@cache
def _table() -> TokenTable:
    """One a process, for the same reason."""
    return TokenTable()
