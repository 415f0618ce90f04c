"""Documents of a recipe's sources, read, repaired, judged and decided, in pieces on the disk: docs/corpus-engine.md."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from soro.core.documents import Document
from soro.core.errors import SoroError
from soro.core.files import is_heldout
from soro.core.recipe import Corpus, Source
from soro.corpus.benchmarks import Contaminated, contaminated_by, num_items_of
from soro.corpus.counting import count_all, count_row
from soro.corpus.decide import Decisions, decide
from soro.corpus.extract.hub import is_hub
from soro.corpus.judging import document_of_row, judge_all, judge_piece
from soro.corpus.pieces import from_parquet
from soro.corpus.ray_cluster import judge_with_ray
from soro.corpus.reading import read_all
from soro.corpus.settling import benchmark_index, settle_all, settle_piece
from soro.corpus.workers import Workers, default_workers


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """A document that did not enter the corpus: why, and the value that decided. `text` is as it came in, `note` the reader's,
    `items` the benchmark items that it holds."""

    id: str
    source: str
    reason: str
    value: str
    text: str
    note: str = ""
    items: tuple[Contaminated, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A document of the corpus: on which side it is, its number of words, counts of what was changed inside it, the note of
    its reader."""

    document: Document
    is_heldout: bool
    num_words: int
    changes: dict[str, int] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Curated:
    """The judged blocks of a corpus, as (name, number of the source), what was decided about their documents, and the number of
    items of each benchmark that were looked for."""

    section: Corpus
    work: Path
    blocks: list[tuple[str, int]]
    decisions: Decisions
    num_items: dict[str, int]

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows of a block as they were judged, or as they were settled where that changed them."""
        changed = {row["place"]: row for row in from_parquet(self.work / "settled" / f"{name}.parquet")}
        for place, row in enumerate(from_parquet(self.work / "judged" / f"{name}.parquet")):
            yield changed.get(place, row)

    def outcomes(self) -> Iterator[Kept | Dropped]:
        """What became of every document, in the order of the recipe; read from the disk as it is asked for."""
        twins = self.decisions.objections()
        twin = next(twins, None)
        number = 0  # of the documents without an objection of their own
        for name, source_number in self.blocks:
            source = self.section.sources[source_number]
            for row in self.rows(name):
                objection = (row["reason"], row["value"]) if row["reason"] is not None else None
                if objection is None:
                    if twin and twin[0] == number:
                        objection, twin = twin[1], next(twins, None)
                    shares_page = bool(self.decisions.shares_page[number])
                    number += 1
                if objection is None:
                    document = document_of_row(row, source)
                    key = document.url if shares_page else document.id
                    is_held = is_heldout(key, self.section.heldout_fraction)
                    changes = json.loads(row["changes"] or "{}")
                    yield Kept(
                        document=document,
                        is_heldout=is_held,
                        num_words=row["num_words"],
                        changes=changes,
                        note=row["note"] or "",
                    )
                else:
                    reason, value = objection
                    text = row["text"] if row["raw"] is None else row["raw"]
                    yield Dropped(
                        id=row["id"],
                        source=source.name,
                        reason=reason,
                        value=value,
                        text=text,
                        note=row["note"] or "",
                        items=tuple(contaminated_by(row["items"] or "[]", row["id"], source.name)),
                    )


def root_of(source: Source, data_root: Path | None, project_root: Path) -> Path:
    if source.root == "project":
        return project_root / "data"
    if data_root is None and is_hub(source.path):
        return project_root / "data"
    if data_root is None:
        raise SoroError(f"source {source.name!r} lies in the data root; name that folder with --data or SORO_DATA")
    return data_root


def curate(
    section: Corpus, work: Path, data_root: Path | None, project_root: Path, num_workers: int | None = None
) -> Curated:
    """Bring all documents to their outcome, going on with the pieces that an interrupted run left in the folder `work`.

    `num_workers` processes, by default one for each core or what SORO_WORKERS says. Raises SoroError.
    """
    work.mkdir(exist_ok=True)
    roots = [root_of(source, data_root, project_root) for source in section.sources]
    with Workers(num_workers or default_workers()) as workers:
        blocks = read_all(section, roots, work, workers.run)
        names = [name for name, _ in blocks]
        if section.engine == "ray":
            judge_all(section, blocks, work, judge_with_ray)
        else:
            judge_all(section, blocks, work, lambda tasks: workers.run(judge_piece, tasks))
        count_all(names, work, lambda tasks: workers.run(count_row, tasks))
        settle_all(section, blocks, work, data_root, project_root, lambda tasks: workers.run(settle_piece, tasks))
    decisions = decide(names, work, section.near_duplicate_jaccard)
    num_items = num_items_of(section, benchmark_index(section, data_root, project_root))
    return Curated(section=section, work=work, blocks=blocks, decisions=decisions, num_items=num_items)


def kept_documents(section: Corpus, data_root: Path | None, project_root: Path) -> Iterator[Kept]:
    """The documents of a corpus section that stay, without an artifact. Raises SoroError."""
    with TemporaryDirectory(prefix="soro-corpus-") as folder:
        curated = curate(section, Path(folder) / "work", data_root, project_root)
        yield from (outcome for outcome in curated.outcomes() if isinstance(outcome, Kept))
