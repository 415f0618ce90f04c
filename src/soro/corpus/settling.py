"""The third step of a corpus: what the count of all documents says about each, before twins are looked for.

First every document that passed is counted (`counting.py`), then the blocks are gone over once more, each by itself: lines that
its site repeats are taken out, template stubs and documents with benchmark items get their objection, personal data is masked.
Most documents stay as they were judged; only those that do not are written again.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from soro.core.recipe import Corpus, Source
from soro.core.seen import Ints, sums_of_runs
from soro.corpus.benchmarks import contamination, load_index
from soro.corpus.counting import counter
from soro.corpus.filters import first_objection, prepare
from soro.corpus.judging import document_of_row
from soro.corpus.marks import Marks, marks_of, some
from soro.corpus.page import Objection, Page, measure_pages
from soro.corpus.pieces import SETTLED_SCHEMA, from_parquet, to_npz, to_parquet, write_piece
from soro.corpus.site_lines import hashes_of_page, judged_lines, site_of, without_lines
from soro.corpus.sketch import DocumentCounter
from soro.corpus.templates import template_hashes, template_objection, template_shares
from soro.tajik.contamination import BenchmarkIndex
from soro.tajik.personal import mask_personal


@dataclass(frozen=True, kw_only=True)
class Settling:
    """A judged block with all that settling it needs, to be sent to a worker."""

    name: str
    source: Source
    section: Corpus
    work: Path
    data_root: Path | None
    project_root: Path


@dataclass(frozen=True, kw_only=True)
class Counters:
    """What was counted of all documents, and the benchmark items of the recipe."""

    templates: DocumentCounter
    lines: DocumentCounter
    index: BenchmarkIndex | None


benchmark_index = lru_cache(maxsize=1)(load_index)  # one a process


def settle_all(
    section: Corpus,
    blocks: list[tuple[str, int]],
    work: Path,
    data_root: Path | None,
    project_root: Path,
    run: Callable[[list[Settling]], Iterable[None]],
) -> None:
    """Settle the judged blocks that no earlier run has settled."""
    (work / "settled").mkdir(exist_ok=True)
    tasks = [
        Settling(
            name=name,
            source=section.sources[source],
            section=section,
            work=work,
            data_root=data_root,
            project_root=project_root,
        )
        for name, source in blocks
        if not (work / "settled" / f"{name}.parquet").exists()
    ]
    for _ in run(tasks):
        pass


def settle_piece(settling: Settling) -> None:
    """Write `settled/NAME.npz`, the marks of the documents that stay, and `settled/NAME.parquet`, the rows that changed."""
    work, section = settling.work, settling.section
    with np.load(work / "judged" / f"{settling.name}.npz") as arrays:
        marks = dict(arrays)
    counters = Counters(
        templates=counter(work, "templates"),
        lines=counter(work, "lines"),
        index=benchmark_index(section, settling.data_root, settling.project_root),
    )
    shares = template_shares(
        counters.templates, marks["templates"], marks["template_sizes"], section.filters.max_template_documents
    )
    asked = numbers_to_ask(marks, shares, section, counters)
    rows, stays, changed = [], np.ones(len(shares), dtype=bool), []
    passed = list(passed_rows(work / "judged" / f"{settling.name}.parquet", asked))
    pages = [Page(document_of_row(row, settling.source), settling.source) for _, _, row in passed]
    for (place, number, row), (page, num_lines) in zip(passed, strip_all(pages, section, counters), strict=True):
        new, new_page = settle(row, page, num_lines, section, counters, float(shares[number]))
        if new is not row:
            rows.append({**new, "place": place})
        stays[number] = new["reason"] is None
        if new_page and stays[number]:
            changed.append((number, new_page))
    write_piece(work / "settled" / f"{settling.name}.npz", to_npz(settled_marks(marks, stays, changed, section)))
    write_piece(work / "settled" / f"{settling.name}.parquet", to_parquet(rows, SETTLED_SCHEMA))


def numbers_to_ask(marks: Marks, template_share: Any, section: Corpus, counters: Counters) -> set[int]:
    """The numbers, among the documents that passed, of those that may change or get an objection."""
    repeated = counters.lines.counts(marks["lines"]) > section.filters.max_line_documents
    asked = sums_of_runs(repeated.astype(np.int64), marks["line_sizes"]) > 0
    asked |= template_share > section.filters.max_template_share
    if section.mask_personal:
        asked |= marks["has_numbers"]
    return set(range(len(asked)) if counters.index else np.flatnonzero(asked).tolist())


def passed_rows(path: Path, asked: set[int]) -> Iterable[tuple[int, int, dict[str, Any]]]:
    """(place in the block, number among the documents that passed, row) of those that are asked about."""
    number = 0
    for place, row in enumerate(from_parquet(path) if asked else ()):
        if row["reason"] is None:
            if number in asked:
                yield place, number, row
            number += 1


def settled_marks(marks: Marks, stays: Any, changed: list[tuple[int, Page]], section: Corpus) -> dict[str, Any]:
    """The marks that finding duplicates needs, of the documents that stay; those of `changed` pages are worked out anew."""
    kept: dict[str, Any] = {name: marks[name] for name in ("signatures", "keys", "urls", "ids", "id_sizes")}
    if changed:
        numbers: Ints = np.array([number for number, _ in changed], dtype=np.int64)
        new = marks_of([page for _, page in changed], section)
        for name in ("signatures", "keys"):
            kept[name][numbers] = new[name]
    return some(kept, np.flatnonzero(stays))


def strip_all(pages: Sequence[Page], section: Corpus, counters: Counters) -> list[tuple[Page, int]]:
    """Each page without the lines that its site repeats, and how many went; the pages that changed are ready for the filters."""
    measure_pages(pages, judged=[])
    stripped = [strip(page, section, counters) for page in pages]
    prepare([page for page, num_lines in stripped if num_lines], section)
    return stripped


def strip(page: Page, section: Corpus, counters: Counters) -> tuple[Page, int]:
    site = site_of(page.document.url, page.source.name, page.source.url)
    repeated = counters.lines.counts(hashes_of_page(site, page.facts)) > section.filters.max_line_documents
    text, num_lines = without_lines(page.text, repeated & judged_lines(page.text, page.facts))
    return (Page(replace(page.document, text=text), page.source) if num_lines else page), num_lines


def settle(
    row: dict[str, Any], page: Page, num_lines: int, section: Corpus, counters: Counters, template_share: float
) -> tuple[dict[str, Any], Page | None]:
    """(the row of a document that passed so far, the same one where nothing changes; its page where the text changed).

    `page` lacks `num_lines` lines already. `changes` counts what was done inside the document.
    """
    if num_lines:
        hashes = template_hashes(page.facts)
        most = section.filters.max_template_documents
        template_share = float(template_shares(counters.templates, hashes, np.array([len(hashes)]), most)[0])
    objection: Objection = template_objection(template_share, section.filters)
    items = None
    if objection is None:
        objection, items = contamination(counters.index, page.text)
    if num_lines and objection is None:  # what is left may be too little
        objection = first_objection(page, section)
    if objection is not None:
        return {**row, "reason": objection[0], "value": objection[1], "items": items}, None
    text, masked = mask_personal(page.text) if section.mask_personal else (page.text, {})
    if text == row["text"]:
        return row, None
    changes = {f"num_masked_{kind}": count for kind, count in masked.items()}
    changes |= {"num_lines_stripped": num_lines} if num_lines else {}
    raw = row["text"] if row["raw"] is None else row["raw"]
    if masked:
        page = Page(replace(page.document, text=text), page.source)
    num_words = page.facts.counts["words"]
    changed = {"text": text, "raw": raw, "changes": json.dumps(changes, sort_keys=True), "num_words": num_words}
    return {**row, **changed}, page
