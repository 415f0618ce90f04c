"""The corpus stage: sources of a recipe into train, held-out and dropped documents."""

from collections import Counter
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from soro.core.artifact import Order, begin
from soro.core.documents import Document, write_documents
from soro.core.errors import SoroError
from soro.core.files import is_heldout, write_json
from soro.core.progress import say
from soro.core.recipe import Corpus, Recipe, Source
from soro.corpus.benchmarks import benchmark_files, contamination, load_index
from soro.corpus.duplicates import DuplicateFinder
from soro.corpus.extract.hub import is_hub, parse_address
from soro.corpus.filters import first_objection
from soro.corpus.readers import existing, read_source
from soro.corpus.site_lines import SiteLines, site_of
from soro.corpus.templates import TemplateCounter
from soro.tajik.personal import mask_personal
from soro.tajik.repair import repair
from soro.tajik.words import count_words


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """A document that did not enter the corpus: why, and the value that decided."""

    id: str
    source: str
    reason: str
    value: str
    text: str


def corpus_order(recipe: Recipe, out: Path, data_root: Path | None, project_root: Path) -> Order:
    """The order of a corpus; every source and group file is an input, a data set of the hub where a copy of it is there."""
    inputs = {}
    for source in recipe.corpus.sources:
        root = root_of(source, data_root, project_root)
        if not is_hub(source.path):
            inputs[source.name] = existing(root / source.path, source)
        elif (copy := root / parse_address(source.path).name).is_dir():
            inputs[source.name] = copy
        if source.group_file:
            inputs[f"{source.name}/groups"] = existing(root / source.group_file, source)
    for name, path in benchmark_files(recipe.corpus, data_root, project_root).items():
        inputs[f"benchmarks/{name}"] = path
    return Order(kind="corpus", out=out, section=recipe.section("corpus"), seed=recipe.seed, inputs=inputs)


def root_of(source: Source, data_root: Path | None, project_root: Path) -> Path:
    if source.root == "project":
        return project_root / "data"
    if data_root is None and is_hub(source.path):
        return project_root / "data"
    if data_root is None:
        raise SoroError(f"source {source.name!r} lies in the data root; name that folder with --data or SORO_DATA")
    return data_root


def build_corpus(recipe: Recipe, out: Path, *, data_root: Path | None, project_root: Path, force: bool = False) -> Path:
    """Write `train.parquet`, `heldout.parquet`, `dropped.parquet` and `sources.json` to `out`.

    Raises SoroError for a missing source or when nothing is left.
    """
    writer = begin(corpus_order(recipe, out, data_root, project_root), force=force)
    if writer is None:
        return out
    changed: Counter[str] = Counter()
    kept, dropped, num_in = curate(recipe.corpus, data_root, project_root, changed)
    train, heldout = split(kept, recipe.corpus)
    if not train or not heldout:
        raise SoroError(
            f"the corpus is too small: {num_in} documents came in, {len(train)} are left to train on and {len(heldout)} "
            f"held out; add text or lower corpus.min_chars (reasons: {dict(Counter(d.reason for d in dropped))})"
        )
    write_documents(writer.path / "train.parquet", train)
    write_documents(writer.path / "heldout.parquet", heldout)
    write_dropped(writer.path / "dropped.parquet", dropped)
    write_json(writer.path / "sources.json", [source_card(s, train, heldout) for s in recipe.corpus.sources])
    counts = {
        "num_documents_in": num_in,
        "num_documents_train": len(train),
        "num_documents_heldout": len(heldout),
        "num_documents_dropped": len(dropped),
        "dropped_by_reason": dict(sorted(Counter(d.reason for d in dropped).items())),
        **dict(sorted(changed.items())),
        "num_words_train": sum(count_words(d.text) for d in train),
        "num_chars_train": sum(len(d.text) for d in train),
        "num_chars_heldout": sum(len(d.text) for d in heldout),
    }
    say(f"corpus: {num_in} in, {len(train)} train, {len(heldout)} held out, {len(dropped)} dropped")
    return writer.finish(counts=counts, packages=["pyarrow", "rensa"])


def curate(
    section: Corpus, data_root: Path | None, project_root: Path, changed: Counter[str] | None = None
) -> tuple[list[Document], list[Dropped], int]:
    """(kept documents, dropped documents, number that came in); the first two add up to the third.

    Counts what was changed inside documents in `changed`: `num_lines_stripped`, `num_masked_KIND`.
    """
    changed = Counter() if changed is None else changed
    finder = DuplicateFinder(section.near_duplicate_jaccard)
    index = load_index(section, data_root, project_root)
    templates, site_lines = TemplateCounter(), SiteLines(section.filters.max_line_documents)
    judged: list[tuple[Document, str, Source, tuple[str, str] | None]] = []
    for source in section.sources:
        for raw in read_source(source, root_of(source, data_root, project_root)):
            document = Document(
                id=f"{source.name}/{raw.ref}",
                source=source.name,
                lang=source.lang,
                licence=source.licence,
                tier=source.tier,
                url=raw.url or source.url,
                title=raw.title,
                text=repair(raw.text.encode(errors="ignore").decode()),  # lone surrogates have no place in text
            )
            if raw.error:
                say(f"corpus: {document.id} dropped: {raw.error}")
            if raw.note:
                say(f"corpus: {document.id}: {raw.note}")
            objection = ("unreadable", raw.error) if raw.error else first_objection(document, source, section)
            if objection is None:
                templates.add(document.text)
                site_lines.add(site_of(document.url, source.name, source.url), document.text)
            judged.append((document, raw.text.encode(errors="ignore").decode(), source, objection))
    kept: list[Document] = []
    dropped: list[Dropped] = []
    for document, raw_text, source, objection in judged:
        if objection is None:
            text, num_lines = site_lines.strip(site_of(document.url, source.name, source.url), document.text)
            objection = templates.objection(text, section.filters) or contamination(index, text)
            if num_lines and objection is None:  # what is left may be too little
                objection = first_objection(replace(document, text=text), source, section)
            text, masked = mask_personal(text) if section.mask_personal else (text, {})
            document = replace(document, text=text)
        if objection is None and (twin := finder.check(document.id, document.text)):
            objection = (twin[0], f"{twin[1]} ({twin[2]})")
        if objection is None:
            changed["num_lines_stripped"] += num_lines
            changed.update({f"num_masked_{kind}": count for kind, count in masked.items()})
            kept.append(document)
        else:
            dropped.append(
                Dropped(id=document.id, source=document.source, reason=objection[0], value=objection[1], text=raw_text)
            )
    return kept, dropped, len(judged)


def split(documents: list[Document], section: Corpus) -> tuple[list[Document], list[Document]]:
    """(train, held out); documents that share a page address go together, so that no article is on both sides."""
    source_addresses = {source.url for source in section.sources}
    sharing = Counter(d.url for d in documents if d.url not in source_addresses)
    heldout = {d.id for d in documents if is_heldout(d.url if sharing[d.url] > 1 else d.id, section.heldout_fraction)}
    return [d for d in documents if d.id not in heldout], [d for d in documents if d.id in heldout]


def write_dropped(path: Path, dropped: list[Dropped]) -> None:
    schema = pa.schema([(name, pa.string()) for name in ("id", "source", "reason", "value", "text")])
    pq.write_table(pa.Table.from_pylist([asdict(d) for d in dropped], schema=schema), path, compression="zstd")


def source_card(source: Source, train: list[Document], heldout: list[Document]) -> dict[str, Any]:
    """One source with its licence and what it gave, for the data card of the release."""
    mine = [d for d in train if d.source == source.name]
    return {
        **asdict(source if is_hub(source.path) else replace(source, path=Path(source.path).name)),
        "num_documents_train": len(mine),
        "num_documents_heldout": sum(d.source == source.name for d in heldout),
        "num_words_train": sum(count_words(d.text) for d in mine),
        "num_chars_train": sum(len(d.text) for d in mine),
    }
