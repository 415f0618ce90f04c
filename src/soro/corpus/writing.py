"""The last step of a corpus: outcomes go to three Parquet files as they come, counted on the way."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from soro.core.documents import SCHEMA
from soro.core.files import JsonLines, disk_error, sync_and_rename
from soro.core.tables import table_of
from soro.corpus.benchmarks import CONTAMINATED_FILE, BenchmarkTally, tally_matches
from soro.corpus.curate import Dropped, Kept
from soro.corpus.notes import NOTES_FILE, Note, kind_of_note

ROW_GROUP_CHARS = 32_000_000  # of text; a row group ends with the document that reaches it
DROPPED_SCHEMA = pa.schema([(name, pa.string()) for name in ("id", "source", "reason", "value", "text")])


class RowGroups:
    """A Parquet file written row group by row group beside its name, and renamed when it is whole.

    Raises SoroError when the disk is full; nothing half-written stays under the name.
    """

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path, self.schema = path, schema
        self.temporary = path.with_name(path.name + ".tmp")
        self.rows: list[dict[str, Any]] = []
        self.num_chars = self.num_groups = 0

    def __enter__(self) -> "RowGroups":
        self.writer = pq.ParquetWriter(self.temporary, self.schema, compression="zstd")
        return self

    def add(self, row: dict[str, Any]) -> None:
        self.rows.append(row)
        self.num_chars += len(row["text"])
        if self.num_chars >= ROW_GROUP_CHARS:
            self.flush()

    def flush(self) -> None:
        try:
            self.writer.write_table(table_of(self.rows, self.schema))
        except OSError as error:
            raise disk_error(error, self.path) from error
        self.rows, self.num_chars = [], 0
        self.num_groups += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and (self.rows or not self.num_groups):
                self.flush()
            self.writer.close()
            if kind is None:
                sync_and_rename(self.temporary, self.path)
        except OSError as problem:
            raise disk_error(problem, self.path) from problem
        finally:
            self.temporary.unlink(missing_ok=True)


@dataclass
class Tally:
    """Documents, words and characters of one source that were kept."""

    train: Counter[str] = field(default_factory=Counter)
    heldout: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)

    def add(self, kept: Kept) -> None:
        side = self.heldout if kept.is_heldout else self.train
        self.changes.update(kept.changes)
        side.update(documents=1, words=kept.num_words, chars=len(kept.document.text))


@dataclass
class Written:
    """What was written: a tally of each source, dropped documents by reason, notes by kind, a tally of each benchmark found."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    benchmarks: dict[str, BenchmarkTally] = field(default_factory=dict)


def write_outcomes(outcomes: Iterable[Kept | Dropped], folder: Path) -> Written:
    """Write `train.parquet`, `heldout.parquet`, `dropped.parquet`, `notes.jsonl` and `contaminated.jsonl`. Raises SoroError
    when the disk is full."""
    written = Written()
    with (
        RowGroups(folder / "train.parquet", SCHEMA) as train,
        RowGroups(folder / "heldout.parquet", SCHEMA) as heldout,
        RowGroups(folder / "dropped.parquet", DROPPED_SCHEMA) as dropped,
        JsonLines(folder / NOTES_FILE) as notes,
        JsonLines(folder / CONTAMINATED_FILE) as contaminated,
    ):
        for outcome in outcomes:
            if isinstance(outcome, Dropped):
                dropped.add({name: getattr(outcome, name) for name in DROPPED_SCHEMA.names})
                written.reasons[outcome.reason] += 1
                tally_matches(outcome.items, written.benchmarks)
                for match in outcome.items:
                    contaminated.add(asdict(match))
            else:
                (heldout if outcome.is_heldout else train).add(vars(outcome.document))
                written.tallies.setdefault(outcome.document.source, Tally()).add(outcome)
            if outcome.note:
                note = note_of(outcome)
                written.notes[kind_of_note(note.note)] += 1
                notes.add(asdict(note))
    return written


def note_of(outcome: Kept | Dropped) -> Note:
    named = outcome if isinstance(outcome, Dropped) else outcome.document
    return Note(id=named.id, source=named.source, note=outcome.note)
