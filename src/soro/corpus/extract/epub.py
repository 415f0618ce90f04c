"""EPUB into text: one document a chapter, in reading order (EPUB 3.3, package documents)."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from soro.corpus.extract.archive import Archive, local
from soro.corpus.extract.html import read_html
from soro.corpus.raw import Raw, Unreadable

CONTAINER, ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
TEXT_TYPES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


@dataclass(frozen=True, kw_only=True)
class Book:
    """What a package document says: the title and the members that are chapters, in reading order."""

    title: str
    chapters: tuple[str, ...]


def read_epub(source: Path | bytes, ref: str) -> Iterator[Raw]:
    """Documents `ref#N`, N the place of the chapter in the reading order; a bad chapter costs that chapter.

    Raises Unreadable for a file that is damaged, no EPUB, or a ZIP bomb.
    """
    with Archive(source) as archive:
        book = read_package(archive)
        encrypted = encrypted_members(archive)
        for number, member in enumerate(book.chapters, 1):
            name = f"{ref}#{number}"
            try:
                if member in encrypted:
                    raise Unreadable(f"{member} is encrypted (rights management)")
                page = read_html(archive.read(member), main_content=False)
            except Unreadable as error:
                yield Raw(ref=name, title=book.title, error=str(error))
                continue
            if page.text.strip():  # a cover or a plate has none
                yield Raw(ref=name, text=page.text, title=book.title, note=page.note)


def read_package(archive: Archive) -> Book:
    """The book that `META-INF/container.xml` names. Raises Unreadable when there is none or it has no chapters."""
    roots = [e.get("full-path") for e in ended(archive, CONTAINER) if local(e.tag) == "rootfile"]
    if not roots or not roots[0]:
        raise Unreadable(f"no EPUB: {CONTAINER} names no package")
    folder = posixpath.dirname(roots[0])
    title, members, order = "", {}, []
    for element in ended(archive, roots[0]):
        name = local(element.tag)
        if name == "title" and not title:
            title = (element.text or "").strip()
        elif (
            name == "item"
            and element.get("media-type") in TEXT_TYPES
            and "nav" not in element.get("properties", "").split()
        ):
            members[element.get("id")] = posixpath.normpath(posixpath.join(folder, unquote(element.get("href", ""))))
        elif name == "itemref":
            order.append(element.get("idref"))
    chapters = tuple(dict.fromkeys(members[idref] for idref in order if idref in members))
    if not chapters:
        raise Unreadable(f"{roots[0]} names no chapters")
    return Book(title=title, chapters=chapters)


def encrypted_members(archive: Archive) -> frozenset[str]:
    if ENCRYPTION not in archive:
        return frozenset()
    return frozenset(unquote(e.get("URI", "")) for e in ended(archive, ENCRYPTION) if local(e.tag) == "CipherReference")


def ended(archive: Archive, name: str):  # type: ignore[no-untyped-def]
    """Every element of an XML member, whole."""
    return (element for event, element in archive.elements(name) if event == "end")
