"""Web pages around the project's own lessons: layouts with the text that a page should give beside each.

Menus hold titles of other lessons, teasers their first words, so that what is to be left behind is Tajik too.
"""

import html
import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """One text of the project: its title and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def lessons(project: Path = PROJECT, folder: str = "lessons") -> list[Lesson]:
    """Every text of `data/lessons` (or `data/readings`) by file name; marks of Markdown taken off."""
    found = []
    for path in sorted((project / "data" / folder).rglob("*.md")):
        front, _, text = path.read_text(encoding="utf-8").removeprefix("+++\n").partition("\n+++\n")
        blocks = (" ".join(line.lstrip("#>*- ") for line in block.splitlines()) for block in text.split("\n\n"))
        paragraphs = tuple(block.replace("*", "").strip() for block in blocks if block.strip())
        found.append(Lesson(title=str(tomllib.loads(front)["title"]), paragraphs=paragraphs))
    return found


def links(others: list[Lesson], *, count: int, rng: random.Random) -> list[str]:
    return [f'<a href="/{i}.html">{html.escape(o.title)}</a>' for i, o in enumerate(rng.sample(others, count))]


def teasers(others: list[Lesson], *, count: int, rng: random.Random) -> list[str]:
    return [
        f'<a href="/t{i}">{html.escape(o.title)}</a><p>{html.escape(o.paragraphs[0][:120])}…</p>'
        for i, o in enumerate(rng.sample(others, count))
    ]


def body(lesson: Lesson) -> str:
    return "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in lesson.paragraphs)


def semantic(lesson: Lesson, others: list[Lesson], rng: random.Random) -> str:
    menu = "".join(f"<li>{link}</li>" for link in links(others, count=9, rng=rng))
    aside = "".join(f"<div>{teaser}</div>" for teaser in teasers(others, count=4, rng=rng))
    return f"""<body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>{lesson.title}</h1>{body(lesson)}
</article></main><aside><h3>{others[0].title}</h3>{aside}</aside><footer><p>© 2026 {others[1].title}</p></footer>"""


def tables(lesson: Lesson, others: list[Lesson], rng: random.Random) -> str:
    menu = "<br>".join(links(others, count=14, rng=rng))
    inner = "<br><br>".join(html.escape(p) for p in lesson.paragraphs)
    news = "".join(f"<tr><td>{teaser}</td></tr>" for teaser in teasers(others, count=3, rng=rng))
    return f"""<body bgcolor=white><table width=100%><tr><td colspan=3><b>{others[2].title}</b></td></tr><tr>
<td width=150>{menu}</td><td><font size=4>{lesson.title}</font><br>{inner}</td><td width=150><table>{news}</table></td>
</tr><tr><td colspan=3 align=center>{" | ".join(links(others, count=5, rng=rng))}</td></tr></table>"""


def blog(lesson: Lesson, others: list[Lesson], rng: random.Random) -> str:
    menu = "".join(f'<li class="menu-item">{link}</li>' for link in links(others, count=8, rng=rng))
    related = "".join(f'<div class="related-post">{teaser}</div>' for teaser in teasers(others, count=3, rng=rng))
    widget = "".join(f"<li>{link}</li>" for link in links(others, count=10, rng=rng))
    return f"""<body class="single"><div id="page"><div id="masthead" class="site-header"><ul class="menu">{menu}</ul></div>
<div id="content" class="site-content"><div class="entry-header"><h1 class="entry-title">{lesson.title}</h1>
<div class="entry-meta"><span class="posted-on">2026-11-02</span></div></div><div class="entry-content">{body(lesson)}
<div class="sharedaddy"><a href="#f">Facebook</a> <a href="#t">Telegram</a></div></div>
<div class="related-posts"><h3>{others[3].title}</h3>{related}</div></div>
<div id="secondary" class="widget-area sidebar"><ul class="widget">{widget}</ul></div>
<div id="colophon" class="site-footer">© 2026</div></div>"""


def soup(lesson: Lesson, others: list[Lesson], rng: random.Random) -> str:
    """Names of classes that say nothing, as a framework makes them."""
    menu = "".join(f'<div class="c7">{link}</div>' for link in links(others, count=12, rng=rng))
    text = "".join(f'<div class="x{i}"><span>{html.escape(p)}</span></div>' for i, p in enumerate(lesson.paragraphs))
    cards = "".join(f'<div class="c3">{teaser}</div>' for teaser in teasers(others, count=5, rng=rng))
    return f"""<body><div class="c1"><div class="c2">{menu}</div><div class="c4"><div class="c5">{lesson.title}</div>{text}</div>
<div class="c6">{cards}</div></div><script>window.__STATE__={{"text":"{others[0].title}"}}</script>"""


def forum(lesson: Lesson, others: list[Lesson], rng: random.Random) -> str:
    """Replies of a forum: every one of them belongs to the text."""
    posts = "".join(
        f'<div class="post"><div class="author"><a href="/u{i}">user{i}</a></div>'
        f'<div class="message">{html.escape(p)}</div></div>'
        for i, p in enumerate(lesson.paragraphs)
    )
    crumbs = " » ".join(links(others, count=3, rng=rng))
    return f"""<body><div class="breadcrumbs">{crumbs}</div><h2>{lesson.title}</h2><div id="posts">{posts}</div>
<div class="pagination">{"".join(f'<a href="?p={i}">{i}</a>' for i in range(1, 12))}</div>"""


def bare(lesson: Lesson, others: list[Lesson], rng: random.Random) -> str:
    return f"<body><h1>{lesson.title}</h1>{body(lesson)}"


def portal(lesson: Lesson, others: list[Lesson], rng: random.Random) -> str:
    """A news portal: a ticker, cards with dates before and after the article, a list of the most read."""
    cards = "".join(
        f'<section class="card"><time>26.11.2026</time>{t}</section>' for t in teasers(others, count=6, rng=rng)
    )
    most_read = enumerate(links(others, count=7, rng=rng), 1)
    top = "".join(f"<li><span>{i}</span>{link}</li>" for i, link in most_read)
    ticker = " • ".join(links(others, count=4, rng=rng))
    return f"""<body><div class="ticker">{ticker}</div>
<div class="row">{cards}</div><div class="news-detail"><h1>{lesson.title}</h1>
<div class="detail-text">{body(lesson)}</div></div><ol class="top">{top}</ol>
<div class="row">{cards}</div><div class="bottom">{" ".join(links(others, count=6, rng=rng))}</div>"""


def cms(lesson: Lesson, others: list[Lesson], rng: random.Random) -> str:
    """An old system of Russian make: paragraphs by line breaks, a vote, tags, a calendar of numbers."""
    days = "".join(f"<td>{day}</td>" for day in range(1, 29))
    inner = "<br /><br />".join(html.escape(p) for p in lesson.paragraphs)
    menu = "<br>".join(links(others, count=15, rng=rng))
    return f"""<body>
<div id="left">{menu}<table class="calendar"><tr>{days}</tr></table></div>
<div id="dle-content"><div class="title">{lesson.title}</div>
<div class="story">{inner}</div>
<div class="tags">{", ".join(links(others, count=4, rng=rng))}</div>
<form><input type="radio"> 1 <input type="radio"> 2</form></div>
<div id="right">{"".join(f"<div>{t}</div>" for t in teasers(others, count=5, rng=rng))}</div>"""


def wiki(lesson: Lesson, others: list[Lesson], rng: random.Random) -> str:
    """An encyclopedia: links inside the sentences, a box of facts, edit marks, categories."""
    words = body(lesson).split(" ")
    for at in range(7, len(words), 40):
        words[at] = f'<a href="/w">{words[at]}</a>' if "<" not in words[at] else words[at]
    menu = "".join(f"<li>{link}</li>" for link in links(others, count=10, rng=rng))
    return f"""<body><div id="mw-panel"><ul>{menu}</ul></div>
<div id="content"><h1>{lesson.title}</h1><div id="mw-content-text">{" ".join(words)}
<span class="mw-editsection">[<a>edit</a>]</span></div>
<div id="catlinks">{" | ".join(links(others, count=5, rng=rng))}</div></div>"""


def ministry(lesson: Lesson, others: list[Lesson], rng: random.Random) -> str:
    """An official site: a tree of menus, banners, announcements with their dates above the links, addresses below."""
    tree = "".join(
        f"<li>{first}<ul><li>{second}</li></ul></li>"
        for first, second in zip(links(others, count=5, rng=rng), links(others, count=5, rng=rng), strict=True)
    )
    news = "".join(
        f'<div class="item"><b>Нов</b> <i>12:40</i><h4>{t}</h4></div>' for t in links(others, count=6, rng=rng)
    )
    return f"""<body><div class="top"><img alt="logo"><form><input name=q></form></div><div class="mega"><ul>{tree}</ul></div>
<div class="wrap"><div class="bx-left">{news}</div><div class="bx-content"><h2>{lesson.title}</h2>{body(lesson)}</div></div>
<div class="bx-footer"><p>734025, Dushanbe, 1</p><p>Tel.: +992 37 000-00-00</p></div>"""


def magazine(lesson: Lesson, others: list[Lesson], rng: random.Random) -> str:
    """A magazine: a card in the middle of the article, an author's box and comments of one line below it."""
    first, *rest = lesson.paragraphs
    card = f'<div class="inline-card">{teasers(others, count=1, rng=rng)[0]}</div>'
    inner = f"<p>{html.escape(first)}</p>{card}" + "".join(f"<p>{html.escape(p)}</p>" for p in rest)
    grid = "".join(f'<div class="grid">{t}</div>' for t in teasers(others, count=6, rng=rng))
    return f"""<body><div class="nav">{"".join(links(others, count=8, rng=rng))}</div><div class="post"><h1>{lesson.title}</h1>
<div class="by"><a href="/a">{others[4].title}</a> · 5 min</div>{inner}</div><div class="more">{grid}</div>
<div class="legal">{" · ".join(links(others, count=5, rng=rng))}</div>"""


LAYOUTS: dict[str, Callable[[Lesson, list[Lesson], random.Random], str]] = {
    "semantic": semantic,
    "tables": tables,
    "blog": blog,
    "soup": soup,
    "forum": forum,
    "bare": bare,
    "portal": portal,
    "cms": cms,
    "wiki": wiki,
}
FINAL_LAYOUTS = {"ministry": ministry, "magazine": magazine}  # written before the extractor saw one; looked at once


def make_page(layout: str, lesson: Lesson, others: list[Lesson], seed: int) -> str:
    """A whole HTML document of one layout, with a head, styles, scripts and a template."""
    inner = (LAYOUTS | FINAL_LAYOUTS)[layout](lesson, others, random.Random(seed))
    return f"""<!DOCTYPE html><html lang="tg"><head><meta charset="utf-8"><title>{html.escape(lesson.title)}</title>
<style>body {{ margin: 0 }}</style><script>var a = "<p>{html.escape(others[0].title)}</p>";</script></head>{inner}
<template><p>{html.escape(others[1].paragraphs[0])}</p></template><noscript>Enable JavaScript</noscript></body></html>"""
