"""Quotation marks that were put together from other signs, or whose halves do not fit, in Tajik text: «…»."""

import re
from collections.abc import Iterator

from soro.tajik.repair.page import Found, Page
from soro.tajik.repair.rule import Rule

MAX_QUOTED = 300
INSIDE = rf"(?=[^\W_])([^\n\"“”„«»]{{1,{MAX_QUOTED}}}?)"
CYRILLIC = re.compile("[\u0400-\u052f]")
BUILT = re.compile(
    rf"<<(?=\S)([^\n<>«»]{{1,{MAX_QUOTED}}})(?<=\S)>>|(?<![\w,]),,{INSIDE}(?:''|[\"”“])(?!\w)|(?<![\w'])''(?=\w)([^\n'«»]{{1,{MAX_QUOTED}}})''(?!\w)"
)
UNLIKE = re.compile(rf"(?<!\w)(?:[“„]{INSIDE}\"|\"{INSIDE}[”“])(?!\w)")
CODE = re.compile(
    r"=\s*[\"']|[\"']\s*:\s*[\"'\[{\d]|[\[{][\"']"
)  # a line of a program or of data, where " is no quotation mark
STRAIGHT = re.compile(rf"(?<!\w)\"{INSIDE}\"(?!\w)")


def built(page: Page) -> Iterator[Found]:
    if "<<" in page.text or ",," in page.text or "''" in page.text:
        yield from as_guillemets(page, BUILT)


def unlike(page: Page) -> Iterator[Found]:
    if '"' in page.text and ("“" in page.text or "„" in page.text or "”" in page.text):
        yield from as_guillemets(page, UNLIKE)


def straight(page: Page) -> Iterator[Found]:
    """Typewriter quotation marks in a text that has «…» as well."""
    if '"' in page.text and "«" in page.text and "»" in page.text:
        yield from as_guillemets(page, STRAIGHT)


def as_guillemets(page: Page, quotation: re.Pattern[str]) -> Iterator[Found]:
    """Both marks of each quotation that has a Cyrillic letter, as « and »; none in lines of code."""
    for match in quotation.finditer(page.text):
        group = match.lastindex or 0
        if CYRILLIC.search(match[group]) and not CODE.search(page.lines[page.line_at(match.start())]):
            yield match.start(), match.start(group), "«"
            yield match.end(group), match.end(), "»"


RULES = (
    Rule("quotes-built", "quotation marks put together from other signs", built, tajik=True),
    Rule("quotes-unlike", "quotation marks of two kinds around one quotation", unlike, tajik=True),
    Rule("quotes-straight", "typewriter quotation marks in a text that has « »", straight, tajik=True),
)
