"""DOCX into text: the paragraphs of `word/document.xml` (ECMA-376, part 1, 17.3), deleted text left out."""

from collections.abc import Iterator
from pathlib import Path

from soro.corpus.extract.archive import Archive, local
from soro.corpus.raw import Raw, Unreadable

MAIN_PART, PROPERTIES = "word/document.xml", "docProps/core.xml"
# Text that is not the document's: deletions, earlier places of moved text, the second form of a drawing.
LEFT_OUT = frozenset(["del", "moveFrom", "Fallback", "instrText", "delText"])
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}


def read_docx(source: Path | bytes, ref: str) -> Iterator[Raw]:
    """One document, one paragraph a line; title from the properties where there is one.

    Raises Unreadable for a file that is encrypted, damaged, no DOCX, or a ZIP bomb.
    """
    with Archive(source) as archive:
        if MAIN_PART not in archive:
            raise Unreadable(f"no DOCX: the archive lacks {MAIN_PART}")
        text = "\n".join(paragraphs(archive)).strip()
        yield Raw(ref=ref, text=text, title=title_of(archive))


def paragraphs(archive: Archive) -> Iterator[str]:
    """The text of each paragraph in the order of the file; cells of tables are paragraphs too."""
    stack: list[list[str]] = [[]]  # a text box holds paragraphs inside a paragraph
    depth_left_out = 0
    for event, element in archive.elements(MAIN_PART):
        name = local(element.tag)
        if name in LEFT_OUT:
            depth_left_out += 1 if event == "start" else -1
        elif event == "start":
            if name == "p":
                stack.append([])
        elif name == "p":
            line = "".join(stack.pop()) if len(stack) > 1 else ""
            if line.strip():
                yield line
        elif depth_left_out == 0 and name == "t":
            stack[-1].append(element.text or "")
        elif depth_left_out == 0 and name in SIGNS:
            stack[-1].append(SIGNS[name])
        if event == "end":
            element.clear()


def title_of(archive: Archive) -> str:
    if PROPERTIES not in archive:
        return ""
    try:
        found = [e.text for event, e in archive.elements(PROPERTIES) if event == "end" and local(e.tag) == "title"]
    except Unreadable:  # properties are no reason to lose a document
        return ""
    return (found[0] or "").strip() if found else ""
