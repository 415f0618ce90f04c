"""Filters: each says keep (None), or drops with a reason and the value that decided.

To add one: write a function with this signature, give its threshold a key in `soro.core.recipe.Filters`, name it in `FILTERS`.
The first that objects names the reason, so that the plainest come first. benchmarks/filters.py measures each.
"""

import re
from collections.abc import Callable
from functools import cache

from soro.core.documents import Document
from soro.core.recipe import Corpus, Source
from soro.corpus.page import Objection, Page, above, below
from soro.corpus.repetition import duplicate_ngram_share, duplicate_share, paragraphs, top_ngram_share
from soro.corpus.shares import code_share, digit_share, list_share, symbol_share
from soro.tajik.document_languages import identify_document
from soro.tajik.languages import Identifier, load_identifier
from soro.tajik.mojibake import mojibake_share
from soro.tajik.sound import is_unpronounceable
from soro.tajik.stop_words import stop_word_share

LANGUAGES = {"tgk": "tg", "eng": "en", "rus": "ru"}  # a source's language, as the identifier calls it
MIN_CHARS_TO_IDENTIFY = 60
MIN_VISIBLE_TO_JUDGE, MIN_WORDS_TO_JUDGE = 200, 50  # below this many, shares of characters, of words say little


def too_short(page: Page, section: Corpus) -> Objection:
    shortest = max(page.source.min_chars, section.min_chars)
    return ("too-short", f"{len(page.text)} chars") if len(page.text) < shortest else None


def too_long(page: Page, section: Corpus) -> Objection:
    return ("too-long", f"{len(page.text)} chars") if len(page.text) > section.max_chars else None


def matches_pattern(page: Page, section: Corpus) -> Objection:
    """What the recipe rules out for this source, such as strings with placeholders."""
    found = re.search(page.source.drop_pattern, page.text) if page.source.drop_pattern else None
    return ("drop-pattern", found.group()) if found else None


def mojibake(page: Page, section: Corpus) -> Objection:
    return above("mojibake", mojibake_share(page.text), section.filters.max_mojibake_share)


def of_visible(share: Callable[[str, int], float], page: Page) -> float:
    """A share of the visible characters; 0 where there are too few to judge."""
    return share(page.text, page.num_visible) if page.num_visible >= MIN_VISIBLE_TO_JUDGE else 0.0


def machine_codes(page: Page, section: Corpus) -> Objection:
    return above("machine-codes", of_visible(code_share, page), section.filters.max_code_share)


def random_letters(page: Page, section: Corpus) -> Objection:
    """Words that nobody can say, as a share of the words."""
    if page.num_visible < MIN_VISIBLE_TO_JUDGE:
        return None
    share = sum(map(is_unpronounceable, page.words)) / max(1, len(page.words))
    return above("random-letters", share, section.filters.max_unpronounceable_share)


def other_language(page: Page, section: Corpus) -> Objection:
    """Share of the letters in lines that are in the language of the source."""
    if len(page.text) < MIN_CHARS_TO_IDENTIFY:
        return None
    shares = identify_document(_identifier(), page.text).shares
    share = shares.get(LANGUAGES[page.source.lang], 0.0)
    return below("other-language", share, section.filters.min_language_share)


def symbols(page: Page, section: Corpus) -> Objection:
    return above("symbols", of_visible(symbol_share, page), section.filters.max_symbol_share)


def digits(page: Page, section: Corpus) -> Objection:
    return above("digits", of_visible(digit_share, page), section.filters.max_digit_share)


def duplicate_lines(page: Page, section: Corpus) -> Objection:
    return above("duplicate-lines", duplicate_share(page.lines), section.filters.max_duplicate_line_share)


def duplicate_paragraphs(page: Page, section: Corpus) -> Objection:
    share = duplicate_share(paragraphs(page.text))
    return above("duplicate-paragraphs", share, section.filters.max_duplicate_paragraph_share)


def top_ngram(page: Page, section: Corpus) -> Objection:
    if len(page.words) < MIN_WORDS_TO_JUDGE:
        return None
    return above("top-ngram", top_ngram_share(page.word_hashes), section.filters.max_top_ngram_share)


def duplicate_ngrams(page: Page, section: Corpus) -> Objection:
    if len(page.words) < MIN_WORDS_TO_JUDGE:
        return None
    share = duplicate_ngram_share(page.word_hashes)
    return above("duplicate-ngrams", share, section.filters.max_duplicate_ngram_share)


def navigation(page: Page, section: Corpus) -> Objection:
    """Menus and lists of links: short lines that end no sentence."""
    return above("navigation", list_share(page.lines), section.filters.max_list_share)


def few_stop_words(page: Page, section: Corpus) -> Objection:
    if page.source.lang != "tgk" or len(page.words) < MIN_WORDS_TO_JUDGE:
        return None
    return below("few-stop-words", stop_word_share(page.lower_words), section.filters.min_stop_word_share)


FILTERS: tuple[Callable[[Page, Corpus], Objection], ...] = (
    too_short,
    too_long,
    matches_pattern,
    mojibake,
    machine_codes,
    random_letters,
    other_language,
    symbols,
    digits,
    duplicate_lines,
    duplicate_paragraphs,
    top_ngram,
    duplicate_ngrams,
    navigation,
    few_stop_words,
)


def first_objection(document: Document, source: Source, section: Corpus) -> Objection:
    """The first objection of any filter, with its value; None for a document to keep."""
    page = Page(document, source)
    return next((objection for check in FILTERS if (objection := check(page, section))), None)


@cache
def _identifier() -> Identifier:
    """One a process: it keeps the words it has met, which makes the next document cheaper and its answer no other."""
    return load_identifier()
