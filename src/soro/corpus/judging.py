"""The second step of a corpus: each document of a block is repaired and judged by what stands in it alone.

`judge` is the one place that looks at a document; what needs the others (duplicates) comes after, in `decide.py`.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from soro.core.documents import Document
from soro.core.progress import Progress, say
from soro.core.recipe import Corpus, Source
from soro.corpus.filters import Objection, first_objection
from soro.corpus.pieces import JUDGED_SCHEMA, from_parquet, to_npz, to_parquet, write_piece
from soro.corpus.signatures import NUM_PERMUTATIONS, exact_key, lower_words, signature
from soro.tajik.repair import repair

HOPELESS_FACTOR = 20  # a text this many times over max_chars (and over 4 million characters) is not repaired first


@dataclass(frozen=True, kw_only=True)
class Judging:
    """A block with all that judging it needs, to be sent to a worker of this machine."""

    name: str
    source: Source
    section: Corpus
    work: Path


def judge(document: Document, source: Source, section: Corpus) -> tuple[Document, Objection]:
    """The document as it goes on, and what speaks against it: (reason, value) or None."""
    return document, first_objection(document, source, section)


def judge_piece(judging: Judging) -> None:
    """Judge a block from its file into two others; the Parquet file comes last and says that both are there."""
    raw = judging.work / "raw" / f"{judging.name}.parquet"
    write_judged(judging.work, judging.name, *judge_block(raw.read_bytes(), judging.source, judging.section))


def write_judged(work: Path, name: str, documents: bytes, marks: bytes) -> None:
    write_piece(work / "judged" / f"{name}.npz", marks)
    write_piece(work / "judged" / f"{name}.parquet", documents)
    (work / "raw" / f"{name}.parquet").unlink(missing_ok=True)


def judge_block(raw: bytes, source: Source, section: Corpus) -> tuple[bytes, bytes]:
    """(judged documents as Parquet, marks of those without objection as npz) of a block of raw documents, as bytes.

    The marks, n documents: `signatures` n x 128 of MinHash; `keys` n x 2, equal for equal words; `urls` n, a hash of the
    page address, 0 where it is only that of a source; `ids` and `id_ends`, the names one after the other in UTF-8.
    """
    rows, passed = [], []
    for line in from_parquet(raw):
        row, words = judge_row(line, source, section)
        rows.append(row)
        if row["reason"] is None:
            passed.append((signature(words), exact_key(words, row["text"]), row["url"], row["id"]))
    return to_parquet(rows, JUDGED_SCHEMA), to_npz(marks_of(passed, section))


def marks_of(documents: Sequence[tuple[Any, bytes, str, str]], section: Corpus) -> dict[str, Any]:
    """The marks of documents given as (signature, key, page address, name)."""
    source_addresses = {source.url for source in section.sources}
    ids = [name.encode() for _, _, _, name in documents]
    return {
        "signatures": np.array([found for found, *_ in documents], dtype=np.uint32).reshape(-1, NUM_PERMUTATIONS),
        "keys": np.frombuffer(b"".join(key for _, key, _, _ in documents), dtype=np.uint64).reshape(-1, 2),
        "urls": np.array(
            [0 if url in source_addresses else url_hash(url) for _, _, url, _ in documents], dtype=np.uint64
        ),
        "ids": np.frombuffer(b"".join(ids), dtype=np.uint8),
        "id_ends": np.cumsum([len(name) for name in ids], dtype=np.int64),
    }


def judge_row(line: dict[str, Any], source: Source, section: Corpus) -> tuple[dict[str, Any], list[str]]:
    """(row of a judged block, lower-case words of a document that passed); `raw` is kept where it differs from the text."""
    raw, error = line["text"], line["error"]
    is_hopeless = len(raw) > max(HOPELESS_FACTOR * section.max_chars, 4_000_000)
    document = Document(
        id=f"{source.name}/{line['ref']}",
        source=source.name,
        lang=source.lang,
        licence=source.licence,
        tier=source.tier,
        url=line["url"] or source.url,
        title=line["title"],
        text="" if is_hopeless or error else repair(raw),
    )
    if error:
        say(f"corpus: {document.id} dropped: {error}")
    if line["note"]:
        say(f"corpus: {document.id}: {line['note']}")
    objection: Objection
    if error or is_hopeless:
        objection = ("unreadable", error) if error else ("too-long", f"{len(raw)} chars")
    else:
        document, objection = judge(document, source, section)
    reason, value = objection or (None, None)
    words = lower_words(document.text) if objection is None else []
    row = {
        "id": document.id,
        "url": document.url,
        "title": document.title,
        "text": document.text,
        "raw": None if raw == document.text else raw,
        "reason": reason,
        "value": value,
        "num_words": len(words),
        "changes": None,
        "note": line["note"],
        "items": None,
    }
    return row, words


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


def url_hash(url: str) -> int:
    return int.from_bytes(hashlib.blake2b(url.encode(), digest_size=8).digest(), "little") or 1


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
