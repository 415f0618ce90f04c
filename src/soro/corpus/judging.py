"""The second step of a corpus: each document of a block is repaired and judged by what stands in it alone.

`judge` is the one place that looks at a document; what needs the others (duplicates) comes after, in `decide.py`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soro.core.documents import Document
from soro.core.progress import Progress, say
from soro.core.recipe import Corpus, Source
from soro.corpus.filters import first_objection, prepare
from soro.corpus.marks import marks_of
from soro.corpus.page import Objection, Page
from soro.corpus.pieces import JUDGED_SCHEMA, from_parquet, to_npz, to_parquet, write_piece
from soro.tajik.repair import repair_all

HOPELESS_FACTOR = 20  # a text this many times over max_chars (and over 4 million characters) is not repaired first


@dataclass(frozen=True, kw_only=True)
class Judging:
    """A block with all that judging it needs, to be sent to a worker of this machine."""

    name: str
    source: Source
    section: Corpus
    work: Path


def judge(page: Page, section: Corpus) -> tuple[Page, Objection]:
    """The document as it goes on, and what speaks against it: (reason, value) or None."""
    return page, first_objection(page, section)


def judge_piece(judging: Judging) -> None:
    """Judge a block from its file into two others; the Parquet file comes last and says that both are there."""
    raw = judging.work / "raw" / f"{judging.name}.parquet"
    write_judged(judging.work, judging.name, *judge_block(raw.read_bytes(), judging.source, judging.section))


def write_judged(work: Path, name: str, documents: bytes, marks: bytes) -> None:
    write_piece(work / "judged" / f"{name}.npz", marks)
    write_piece(work / "judged" / f"{name}.parquet", documents)
    (work / "raw" / f"{name}.parquet").unlink(missing_ok=True)


def judge_block(raw: bytes, source: Source, section: Corpus) -> tuple[bytes, bytes]:
    """(judged documents as Parquet, marks of those without objection as npz) of a block of raw documents, as bytes."""
    lines = list(from_parquet(raw))
    pages = pages_of(lines, source, section)
    prepare(pages, section)
    rows, passed = [], []
    for line, page in zip(lines, pages, strict=True):
        row, page = judge_row(line, page, section)
        rows.append(row)
        if row["reason"] is None:
            passed.append(page)
    return to_parquet(rows, JUDGED_SCHEMA), to_npz(marks_of(passed, section))


def pages_of(lines: Sequence[dict[str, Any]], source: Source, section: Corpus) -> list[Page]:
    """The repaired documents of raw ones; without text where none could be read or it is hopelessly long."""
    texts = ["" if line["error"] or is_hopeless(line["text"], section) else line["text"] for line in lines]
    return [
        Page(
            Document(
                id=f"{source.name}/{line['ref']}",
                source=source.name,
                lang=source.lang,
                licence=source.licence,
                tier=source.tier,
                url=line["url"] or source.url,
                title=line["title"],
                text=text,
            ),
            source,
        )
        for line, text in zip(lines, repair_all(texts), strict=True)
    ]


def is_hopeless(raw: str, section: Corpus) -> bool:
    return len(raw) > max(HOPELESS_FACTOR * section.max_chars, 4_000_000)


def judge_row(line: dict[str, Any], page: Page, section: Corpus) -> tuple[dict[str, Any], Page]:
    """(row of a judged block, the page as it goes on); `raw` is kept where it differs from the text."""
    raw, error = line["text"], line["error"]
    if error:
        say(f"corpus: {page.document.id} dropped: {error}")
    if line["note"]:
        say(f"corpus: {page.document.id}: {line['note']}")
    objection: Objection
    if error:
        objection = ("unreadable", error)
    elif is_hopeless(raw, section):
        objection = ("too-long", f"{len(raw)} chars")
    else:
        page, objection = judge(page, section)
    reason, value = objection or (None, None)
    row = {
        "id": page.document.id,
        "url": page.document.url,
        "title": page.document.title,
        "text": page.text,
        "raw": None if raw == page.text else raw,
        "reason": reason,
        "value": value,
        "num_words": page.facts.counts["words"] if objection is None else 0,
        "changes": None,
        "note": line["note"],
        "items": None,
    }
    return row, page


def document_of_row(row: dict[str, Any], source: Source) -> Document:
    return Document(
        id=row["id"],
        source=source.name,
        lang=source.lang,
        licence=source.licence,
        tier=source.tier,
        url=row["url"],
        title=row["title"],
        text=row["text"],
    )


def judge_all(
    section: Corpus,
    blocks: list[tuple[str, int]],
    work: Path,
    run: Callable[[list[Judging]], Iterable[None]],
) -> None:
    """Judge the blocks that no earlier run has judged."""
    tasks = [
        Judging(name=name, source=section.sources[source], section=section, work=work)
        for name, source in blocks
        if not (work / "judged" / f"{name}.parquet").exists()
    ]
    if len(tasks) < len(blocks):
        say(f"corpus: {len(blocks) - len(tasks)} of {len(blocks)} blocks were judged before")
    progress = Progress("corpus", total=len(blocks), unit="blocks", done=len(blocks) - len(tasks))
    for _ in run(tasks):
        progress.advance(1)
