"""Verse out of the text layer of a critical edition: pages split by form feed, the apparatus left behind.

Such a page starts with its number, counts verses in the margin, glues footnote digits and stars to words, and ends with
numbered footnotes that quote the manuscripts' variants. Only the lines of the poem itself are kept.
"""

import re
from collections.abc import Iterator

FOOTNOTES_START = re.compile(r"^\s*1\.\s")
PAGE_OR_VERSE_NUMBER = re.compile(r"^\s*\d+(?:\s+|$)")
MARKS = re.compile(r"[\d*]+")  # a poem has no digits: those left are footnote marks glued to words
MIN_LINE_CHARS, MAX_LINE_CHARS = 12, 48  # a half-verse of eleven syllables
MIN_LINES_A_PAGE = 6


def verses_of_pages(text: str) -> Iterator[tuple[int, str]]:
    """Yield (number of the first page from 1, poem text) for each stretch between two headings.

    Pages that are not verse (introduction, contents, notes, glossary) end a stretch and give nothing.
    """
    lines: list[str] = []
    first_page = 1
    for number, page in enumerate(text.split("\f"), 1):
        page_lines = poem_lines(page)
        for line in page_lines if looks_like_verse(page_lines) else [""]:
            if is_heading(line):
                if len(lines) >= MIN_LINES_A_PAGE:
                    yield first_page, "\n".join(lines)
                lines, first_page = [], number
            else:
                lines.append(line)
    if len(lines) >= MIN_LINES_A_PAGE:
        yield first_page, "\n".join(lines)


def poem_lines(page: str) -> list[str]:
    """The lines of a page above its footnotes, without page number, verse numbers and footnote marks."""
    lines = []
    for line in page.splitlines():
        if FOOTNOTES_START.match(line):
            break
        line = MARKS.sub("", PAGE_OR_VERSE_NUMBER.sub("", line)).strip()
        if line:
            lines.append(re.sub(r"\s+", " ", line))
    return lines


def looks_like_verse(lines: list[str]) -> bool:
    """Whether nearly every line has the length of a half-verse."""
    verse = [line for line in lines if not is_heading(line)]
    fitting = sum(MIN_LINE_CHARS <= len(line) <= MAX_LINE_CHARS and "...." not in line for line in verse)
    capitals = sum(line.lstrip('«“"-–— ')[:1].isupper() for line in verse)
    return len(verse) >= MIN_LINES_A_PAGE and fitting >= 0.95 * len(verse) and capitals >= 0.9 * len(verse)


def is_heading(line: str) -> bool:
    """A chapter heading is set in capitals."""
    return not line or line.upper() == line
