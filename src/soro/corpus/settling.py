"""The third step of a corpus: what the count of all documents says about each, before twins are looked for.

First every document that passed is counted (template shingles, lines of its site), then each block is gone over once more: lines
that its site repeats are taken out, template stubs and documents with benchmark items get their objection, personal data is
masked. One process, block by block; the counters are all its memory (320 MB).
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from soro.core.recipe import Corpus, Source
from soro.corpus.benchmarks import contamination
from soro.corpus.filters import Objection, first_objection
from soro.corpus.judging import document_of_row, marks_of
from soro.corpus.pieces import JUDGED_SCHEMA, from_parquet, to_npz, to_parquet, write_piece
from soro.corpus.signatures import exact_key, lower_words, signature
from soro.corpus.site_lines import SiteLines, site_of
from soro.corpus.templates import TemplateCounter
from soro.tajik.contamination import BenchmarkIndex
from soro.tajik.personal import mask_personal


def settle_all(section: Corpus, blocks: list[tuple[str, int]], work: Path, index: BenchmarkIndex | None) -> None:
    """Write `settled/NAME.npz` and `settled/NAME.parquet` for every judged block that has none."""
    settled = work / "settled"
    settled.mkdir(exist_ok=True)
    left = [(name, source) for name, source in blocks if not (settled / f"{name}.parquet").exists()]
    if not left:
        return
    templates, lines = TemplateCounter(), SiteLines(section.filters.max_line_documents)
    for name, number in blocks:
        source = section.sources[number]
        for row in from_parquet(work / "judged" / f"{name}.parquet"):
            if row["reason"] is None:
                templates.add(row["text"])
                lines.add(site_of(row["url"], source.name, source.url), row["text"])
    for name, number in left:
        source = section.sources[number]
        with np.load(work / "judged" / f"{name}.npz") as marks:
            known = {key: marks[key] for key in ("signatures", "keys")}
        rows, kept = [], []
        num_passed = 0
        for row in from_parquet(work / "judged" / f"{name}.parquet"):
            if row["reason"] is None:
                marks_before = (known["signatures"][num_passed], known["keys"][num_passed].tobytes())
                num_passed += 1
                row, changed = settle(row, source, section, templates, lines, index)
                if row["reason"] is None:
                    words = lower_words(row["text"]) if changed else []
                    mine = (signature(words), exact_key(words, row["text"])) if changed else marks_before
                    row["num_words"] = len(words) if changed else row["num_words"]
                    kept.append((*mine, row["url"], row["id"]))
            rows.append(row)
        write_piece(settled / f"{name}.npz", to_npz(marks_of(kept, section)))
        write_piece(settled / f"{name}.parquet", to_parquet(rows, JUDGED_SCHEMA))


def settle(
    row: dict[str, Any],
    source: Source,
    section: Corpus,
    templates: TemplateCounter,
    lines: SiteLines,
    index: BenchmarkIndex | None,
) -> tuple[dict[str, Any], bool]:
    """(the row of a document that passed so far, whether its text changed); `changes` counts what was done inside it."""
    text, num_lines = lines.strip(site_of(row["url"], source.name, source.url), row["text"])
    objection: Objection = templates.objection(text, section.filters)
    items = None
    if objection is None:
        objection, items = contamination(index, text)
    if num_lines and objection is None:  # what is left may be too little
        objection = first_objection(replace(document_of_row(row, source), text=text), source, section)
    if objection is not None:
        return {**row, "reason": objection[0], "value": objection[1], "items": items}, False
    text, masked = mask_personal(text) if section.mask_personal else (text, {})
    if text == row["text"]:
        return row, False
    changes = {f"num_masked_{kind}": count for kind, count in masked.items()}
    changes |= {"num_lines_stripped": num_lines} if num_lines else {}
    raw = row["text"] if row["raw"] is None else row["raw"]
    return {**row, "text": text, "raw": raw, "changes": json.dumps(changes, sort_keys=True)}, True
