"""Filters: each says keep (None), or drops with a reason and the value that decided.

To add one: write a function with this signature and name it in `FILTERS`.
"""

import re
from collections.abc import Callable

from soro.core.documents import Document
from soro.core.recipe import Corpus, Source
from soro.tajik.identify import tajik_score

Objection = tuple[str, str] | None
MIN_TAJIK_SCORE = 0.12
MIN_CHARS_TO_IDENTIFY = 60


def too_short(document: Document, source: Source, section: Corpus) -> Objection:
    shortest = max(source.min_chars, section.min_chars)
    return ("too-short", f"{len(document.text)} chars") if len(document.text) < shortest else None


def too_long(document: Document, source: Source, section: Corpus) -> Objection:
    return ("too-long", f"{len(document.text)} chars") if len(document.text) > section.max_chars else None


def matches_pattern(document: Document, source: Source, section: Corpus) -> Objection:
    """What the recipe rules out for this source, such as strings with placeholders."""
    found = re.search(source.drop_pattern, document.text) if source.drop_pattern else None
    return ("drop-pattern", found.group()) if found else None


def other_language(document: Document, source: Source, section: Corpus) -> Objection:
    if source.lang != "tgk" or len(document.text) < MIN_CHARS_TO_IDENTIFY:
        return None
    score = tajik_score(document.text)
    return ("other-language", f"{score:.3f}") if score < MIN_TAJIK_SCORE else None


FILTERS: tuple[Callable[[Document, Source, Corpus], Objection], ...] = (
    too_short,
    too_long,
    matches_pattern,
    other_language,
)


def first_objection(document: Document, source: Source, section: Corpus) -> Objection:
    return next((objection for check in FILTERS if (objection := check(document, source, section))), None)
