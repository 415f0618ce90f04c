"""What HTML leaves in text: entities, comments, tags, footnotes set as superscripts."""

import html
import re
from collections.abc import Iterator

from soro.tajik.repair.page import Found, Page
from soro.tajik.repair.rule import Rule
from soro.tajik.words import word_set

INLINE = word_set("a abbr b big cite code em font i ins kbd label mark q s small span strike strong sub sup tt u")
CELLS = frozenset(["td", "th"])
BLOCKS = word_set(
    "article aside blockquote body br button center dd div dl dt embed figcaption figure footer form h1 h2 h3 h4 h5 h6 head"
    " header hr html iframe img input li link main meta nav object ol option p param pre section select table tbody textarea"
    " tfoot thead title tr ul video"
)
ENTITY = re.compile(
    r"&(?:amp;)*(#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});|[a-zA-Z][a-zA-Z0-9]{1,30};"
    r"|shy(?![a-zA-Z;=])|(?:nbsp|laquo|raquo|quot|mdash|ndash)(?![a-zA-Z0-9;=]))"
)
COMMENT = re.compile(
    r"<!--(?:(?!-->|<!--).)*-->|<(script|style)\b[^<>]*>(?:(?!</?\1\b).)*</\1\s*>", re.DOTALL | re.IGNORECASE
)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})((?:\s[^<>]{0,2000})?)/?>")
NOTE = re.compile(
    r"(?:(?<=[^\W\d_A-Za-z]{3})|(?<=[.,;:!?»”\")]))<sup(?:\s[^<>]{0,200})?>\[?\d{1,3}\]?</sup>", re.IGNORECASE
)
POWER = re.compile(r"<sup>([0-9])</sup>", re.IGNORECASE)
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
QUOTES_BEFORE, QUOTES_AFTER = "«“\"'`", "»”\"'`"


def entities(page: Page) -> Iterator[Found]:
    if "&" in page.text:
        for match in ENTITY.finditer(page.text):
            name = "&" + match[1].removesuffix(";") + ";"
            meant = html.unescape(name)
            if meant != name and len(meant) <= 2 and not is_spoken_of(page, match):
                yield match.start(), match.end(), meant


def comments(page: Page) -> Iterator[Found]:
    if "<" in page.text:
        for match in COMMENT.finditer(page.text):
            if not is_spoken_of(page, match):
                yield match.start(), match.end(), ""


def notes(page: Page) -> Iterator[Found]:
    """A number set high: a footnote after a word of three letters or a mark, else a power."""
    if "<sup" not in page.text and "<SUP" not in page.text:
        return
    found = [(match.start(), match.end(), "") for match in NOTE.finditer(page.text)]
    notes = {start for start, _, _ in found}
    for match in POWER.finditer(page.text):
        if match.start() not in notes:
            found.append((match.start(), match.end(), SUPERSCRIPTS[int(match[1])]))
    yield from sorted(found)


def tags(page: Page) -> Iterator[Found]:
    """Tags of known names. One that shapes words within a line must have attributes, or open and close in the text; one that
    is spoken of stays."""
    if "<" not in page.text:
        return
    found = [match for match in TAG.finditer(page.text) if match[2].lower() in INLINE | CELLS | BLOCKS]
    opened = {match[2].lower() for match in found if not match[1]}
    closed = {match[2].lower() for match in found if match[1]}
    for match in found:
        name = match[2].lower()
        is_whole = name not in INLINE or "=" in match[3] or (name in opened and name in closed)
        if is_whole and not is_spoken_of(page, match):
            yield match.start(), match.end(), "" if name in INLINE else " " if name in CELLS else "\n"


def is_spoken_of(page: Page, match: re.Match[str]) -> bool:
    """Whether a text about HTML means it: it stands in quotation marks of its own or in a code block of Markdown."""
    before, after = page.text[max(0, match.start() - 1) : match.start()], page.text[match.end() : match.end() + 1]
    is_quoted = before != "" and before in QUOTES_BEFORE and after != "" and after in QUOTES_AFTER
    return is_quoted or page.in_code(match.start())


RULES = (
    Rule("html-entity", "a character that HTML writes as a name or number", entities),
    Rule("html-comment", "a comment, script or style of HTML", comments),
    Rule("html-footnote", "a number that HTML sets high: a footnote, or a power", notes),
    Rule("html-tag", "a tag of HTML", tags),
)
