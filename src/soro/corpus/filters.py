"""Filters: each says keep (None), or drops with a reason and the value that decided.

To add one: write a function with this signature, give its threshold a key in `soro.core.recipe.Filters`, name it in `FILTERS`.
The first that objects names the reason, so that the plainest come first. benchmarks/filters.py measures each.
"""

import re
from collections.abc import Callable, Sequence

from soro.core.recipe import Corpus
from soro.corpus.page import Objection, Page, above, below, measure_pages
from soro.corpus.repetition import duplicate_ngram_share, duplicate_share, paragraphs, top_ngram_share
from soro.corpus.shares import list_share
from soro.tajik.mojibake import mojibake_share

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
    share = mojibake_share(page.text) if page.facts.counts["bad"] else 0.0
    return above("mojibake", share, section.filters.max_mojibake_share)


def of_visible(page: Page, column: str) -> float:
    """A count as a share of the visible characters; 0 where there are too few to judge."""
    num_visible = page.facts.counts["visible"]
    return page.facts.counts[column] / num_visible if num_visible >= MIN_VISIBLE_TO_JUDGE else 0.0


def machine_codes(page: Page, section: Corpus) -> Objection:
    return above("machine-codes", of_visible(page, "code_chars"), section.filters.max_code_share)


def random_letters(page: Page, section: Corpus) -> Objection:
    """Words that nobody can say, as a share of the words."""
    counts = page.facts.counts
    if counts["visible"] < MIN_VISIBLE_TO_JUDGE:
        return None
    share = counts["unpronounceable"] / max(1, counts["words"])
    return above("random-letters", share, section.filters.max_unpronounceable_share)


def other_language(page: Page, section: Corpus) -> Objection:
    """Share of the letters in lines that are in the language of the source."""
    if len(page.text) < MIN_CHARS_TO_IDENTIFY:
        return None
    share = page.language_shares.get(LANGUAGES[page.source.lang], 0.0)
    return below("other-language", share, section.filters.min_language_share)


def symbols(page: Page, section: Corpus) -> Objection:
    return above("symbols", of_visible(page, "symbols"), section.filters.max_symbol_share)


def digits(page: Page, section: Corpus) -> Objection:
    return above("digits", of_visible(page, "digits"), section.filters.max_digit_share)


def duplicate_lines(page: Page, section: Corpus) -> Objection:
    return above("duplicate-lines", duplicate_share(page.lines), section.filters.max_duplicate_line_share)


def duplicate_paragraphs(page: Page, section: Corpus) -> Objection:
    share = duplicate_share(paragraphs(page.text))
    return above("duplicate-paragraphs", share, section.filters.max_duplicate_paragraph_share)


def top_ngram(page: Page, section: Corpus) -> Objection:
    if page.facts.counts["words"] < MIN_WORDS_TO_JUDGE:
        return None
    return above("top-ngram", top_ngram_share(page.facts.lower_hashes), section.filters.max_top_ngram_share)


def duplicate_ngrams(page: Page, section: Corpus) -> Objection:
    if page.facts.counts["words"] < MIN_WORDS_TO_JUDGE:
        return None
    share = duplicate_ngram_share(page.facts.lower_hashes)
    return above("duplicate-ngrams", share, section.filters.max_duplicate_ngram_share)


def navigation(page: Page, section: Corpus) -> Objection:
    """Menus and lists of links: short lines that end no sentence."""
    return above(
        "navigation",
        list_share(page.lines, page.facts.line_sizes[page.facts.line_sizes > 0]),
        section.filters.max_list_share,
    )


def few_stop_words(page: Page, section: Corpus) -> Objection:
    counts = page.facts.counts
    if page.source.lang != "tgk" or counts["words"] < MIN_WORDS_TO_JUDGE:
        return None
    return below("few-stop-words", counts["stop_words"] / counts["words"], section.filters.min_stop_word_share)


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


def first_objection(page: Page, section: Corpus) -> Objection:
    """The first objection of any filter, with its value; None for a document to keep."""
    return next((objection for check in FILTERS if (objection := check(page, section))), None)


def prepare(pages: Sequence[Page], section: Corpus) -> None:
    """Work out together what the filters will ask about each page."""
    measure_pages(pages, [p for p in pages if MIN_CHARS_TO_IDENTIFY <= len(p.text) <= section.max_chars])
