"""Web pages into text: navigation, scripts, templates and lists of links left behind.

The parser and the choice of the main content are resiliparse's (Apache-2.0; LOG.md has the measurement against others).
It keeps cards that point to other pages where the page's own names say nothing; those are taken out here, by the links.
"""

import html
import re
from dataclasses import dataclass

from soro.core.errors import missing_extra
from soro.corpus.extract.encodings import decode
from soro.corpus.raw import Unreadable, megabytes

MAX_HTML_BYTES = 16 << 20
MAX_DEPTH = 1_000  # resiliparse takes seconds from 4,000 nested elements on, minutes from 20,000
META_BYTES = 4096  # a page says its encoding in its first kilobyte; some say it late
CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
TAG = re.compile(
    r"<(/?)(?:div|span|table|tbody|tr|td|th|ul|ol|dl|section|article|blockquote|font|center|b|i|em|a)\b", re.I
)
LINK = re.compile(r"<a\b[^<>]*>(.{1,1000}?)</a\s*>", re.IGNORECASE | re.DOTALL)
ANY_TAG = re.compile(r"<[^<>]*>")
SEPARATORS = re.compile(r"\s*[|•·»›/]\s*")
SENTENCE_END = (".", "!", "?", ":", ";", '"', "»", "”")
CUT_SHORT = ("…", "...", "[…]", "[...]")
AROUND_LINKS = "0123456789.,:;/#-–—|•·»«› "
MAX_TEASER_CHARS, MAX_MENU_CHARS = 400, 150


@dataclass(frozen=True, kw_only=True)
class Page:
    """The text of a web page with its title, the address it gives itself, and how it was read."""

    text: str
    title: str = ""
    url: str = ""
    note: str = ""


def read_html(data: bytes, *, declared: str = "", main_content: bool = True) -> Page:
    """The main text of a page. `declared` is the encoding of an HTTP header; a `meta` element is found here.

    With `main_content` false (a chapter of a book) everything that is shown is text. Raises Unreadable for a page over
    16 MB, nested over 1,000 elements deep, or without text.
    """
    if len(data) > MAX_HTML_BYTES:
        raise Unreadable(f"HTML of {megabytes(len(data))}, over the limit of {megabytes(MAX_HTML_BYTES)}")
    meta = CHARSET.search(data[:META_BYTES])
    decoded = decode(data, declared or (meta.group(1).decode("ascii") if meta else ""))
    source = decoded.text.encode("utf-8", "ignore").decode("utf-8")
    refuse_deep(source)
    try:
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.html import HTMLTree
    except ImportError as error:
        raise missing_extra("resiliparse", "corpus") from error
    try:
        tree = HTMLTree.parse(source)
        text = extract_plain_text(
            tree, main_content=main_content, alt_texts=False, list_bullets=False, skip_elements=["template", "noscript"]
        )
        links, title, url = link_texts(source), (tree.title or "").strip(), own_address(tree)
    except Exception as error:  # the parser's own errors have no common class
        raise Unreadable(f"damaged HTML: {type(error).__name__}: {error}") from error
    return Page(text=without_cards(text, links) if main_content else text, title=title, url=url, note=decoded.note)


def refuse_deep(source: str) -> None:
    """Raises Unreadable for a page nested so deeply that the parser would take minutes."""
    if source.count("<") <= MAX_DEPTH:
        return
    depth = 0
    for tag in TAG.finditer(source):
        depth = depth + 1 if not tag.group(1) else max(0, depth - 1)
        if depth > MAX_DEPTH:
            raise Unreadable(f"HTML nested over {MAX_DEPTH:,} elements deep")


def link_texts(source: str) -> frozenset[str]:
    """What the links of a page say, spaces made one. By pattern: the parser's tree takes eight times as long."""
    found = (html.unescape(ANY_TAG.sub(" ", match)) for match in LINK.findall(source))
    said = [" ".join(text.split()) for text in found]
    return frozenset(said + [text.strip(AROUND_LINKS) for text in said]) - {""}


def own_address(tree) -> str:  # type: ignore[no-untyped-def]
    """The canonical address of a page, where it gives a whole one."""
    found = tree.head.query_selector("link[rel=canonical]") if tree.head is not None else None
    address = (found.getattr("href") or "").strip() if found is not None else ""
    return address if address.startswith(("http://", "https://")) else ""


def without_cards(text: str, links: frozenset[str]) -> str:
    """`text` without lines and table cells that are links and nothing else, and without the teasers that follow them."""
    kept: list[str] = []
    after_link = False
    for line in text.split("\n"):
        cells = [" ".join(cell.split()) for cell in line.split("\t")]
        texts = [cell for cell in cells if cell and not is_menu(cell, links)]
        rest = "\t".join(texts)
        after_link = after_link or len(texts) < len([cell for cell in cells if cell])
        if not any(cells):
            kept.append("")
        elif not rest or (after_link and len(rest) <= MAX_TEASER_CHARS and rest.endswith(CUT_SHORT)):
            after_link = True
        else:
            kept.append(rest)
            after_link = False
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def is_menu(words: str, links: frozenset[str]) -> bool:
    """Whether a line consists of the texts of links, alone, with a number or a date, or divided by bars or commas.

    A long one that ends a sentence is text.
    """
    bare = words if words in links else words.strip(AROUND_LINKS)
    if bare in links:
        return len(words) <= MAX_MENU_CHARS or not words.endswith(SENTENCE_END)
    parts = SEPARATORS.split(words)
    if len(parts) > 1 and sum(part in links or len(part) < 3 for part in parts) >= 0.8 * len(parts):
        return True
    if "," in words and all(part.strip(AROUND_LINKS) in links for part in words.split(",")):
        return True
    return not words.endswith(".") and is_row_of_links(words, links)


def is_row_of_links(words: str, links: frozenset[str]) -> bool:
    """Whether nearly all of a line is the texts of two or more links, set beside one another."""
    rest, num_links = words, 0
    for link in sorted(
        links, key=lambda link: (-len(link), link)
    ):  # the longest first, and the same order in every run
        if len(link) > 2 and link in rest:
            rest = rest.replace(link, " ")
            num_links += 1
    return num_links > 1 and sum(map(str.isalpha, rest)) <= 0.2 * sum(map(str.isalpha, words))
