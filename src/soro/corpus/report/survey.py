"""One walk through the files of a corpus: tallies, lengths, values and samples. No file is held whole.

The walk reads Parquet in small batches, so its memory is that of a batch, of the samples, and of 8 bytes for each value that
decided. It needs the columns named below and passes over any other.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from soro.core.errors import SoroError
from soro.corpus.report.sample import Smallest, rank_of
from soro.corpus.report.values import Values

KEPT_COLUMNS = ("id", "source", "lang", "title", "text")
DROPPED_COLUMNS = ("id", "source", "reason", "value", "text")
BATCH_DOCUMENTS, BUFFER_BYTES = 256, 1 << 20
# `soro.tajik.words.WORD` as the library below Arrow writes it.
WORD = r"[\p{L}\p{Nl}\p{No}]+(?:[-’'][\p{L}\p{Nl}\p{No}]+)*|\p{Nd}+"
SHOWN, SHOWN_CHARS = 5, 280  # of each reason
SAMPLED, SAMPLED_CHARS = 300, 1_000  # of each group whose languages and tokens are measured
BIN_STARTS = (0, *(step * 10**power for power in range(7) for step in (1, 2, 5)), 10**7)  # of lengths, in characters


@dataclass
class Tally:
    """Documents with their characters and words; words of dropped documents are not counted."""

    documents: int = 0
    chars: int = 0
    words: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.documents + other.documents, self.chars + other.chars, self.words + other.words)


@dataclass(frozen=True)
class Shown:
    """A document as the page shows it: cut short."""

    id: str
    about: str
    text: str
    num_chars: int


@dataclass
class Survey:
    """What a corpus holds. An outcome is ("train", ""), ("heldout", "") or ("dropped", REASON)."""

    tallies: dict[tuple[str, tuple[str, str]], Tally] = field(default_factory=lambda: defaultdict(Tally))
    lengths: dict[str, npt.NDArray[np.int64]] = field(
        default_factory=lambda: {side: np.zeros(len(BIN_STARTS), dtype=np.int64) for side in ("kept", "dropped")}
    )
    values: dict[str, Values] = field(default_factory=lambda: defaultdict(Values))
    shown: dict[tuple[str, str], Smallest[Shown]] = field(default_factory=lambda: defaultdict(lambda: Smallest(SHOWN)))
    texts: dict[tuple[str, str], Smallest[str]] = field(default_factory=lambda: defaultdict(lambda: Smallest(SAMPLED)))

    def total(self, *, source: str | None = None, side: str | None = None, reason: str | None = None) -> Tally:
        """The sum over everything that the given names do not rule out."""
        chosen = (
            tally
            for (of, outcome), tally in self.tallies.items()
            if source in (None, of) and side in (None, outcome[0]) and reason in (None, outcome[1])
        )
        return sum(chosen, Tally())

    @property
    def sources(self) -> list[str]:
        return sorted({source for source, _ in self.tallies})

    @property
    def reasons(self) -> list[str]:
        """Reasons of dropped documents, the most frequent first."""
        names = {reason for _, (side, reason) in self.tallies if side == "dropped"}
        return sorted(names, key=lambda name: (-self.total(side="dropped", reason=name).documents, name))


def survey_corpus(folder: Path) -> Survey:
    """Walk `train.parquet`, `heldout.parquet` and `dropped.parquet` of `folder`.

    Raises SoroError for a file that is missing, damaged or lacks a column.
    """
    survey = Survey()
    for side in ("train", "heldout"):
        for batch in batches(folder / f"{side}.parquet", KEPT_COLUMNS):
            add_kept(survey, side, batch)
    for batch in batches(folder / "dropped.parquet", DROPPED_COLUMNS):
        add_dropped(survey, batch)
    return survey


def batches(path: Path, columns: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
    try:
        with pq.ParquetFile(path, buffer_size=BUFFER_BYTES) as file:
            if missing := set(columns) - set(file.schema_arrow.names):
                raise SoroError(f"{path} lacks the columns {sorted(missing)}; it is not a corpus of Soro")
            yield from file.iter_batches(batch_size=BATCH_DOCUMENTS, columns=list(columns))
    except (pa.ArrowInvalid, OSError) as error:
        raise SoroError(f"{path} cannot be read ({error}); build the corpus again") from error


def add_kept(survey: Survey, side: str, batch: pa.RecordBatch) -> None:
    text = batch["text"]
    chars = as_numbers(pc.utf8_length(text))
    words = as_numbers(pc.count_substring_regex(text, WORD))
    sources, langs, titles = (batch[name].to_pylist() for name in ("source", "lang", "title"))
    for source, num_chars, num_words in zip(sources, chars.tolist(), words.tolist(), strict=True):
        add_tally(survey.tallies[source, (side, "")], num_chars, num_words)
    survey.lengths["kept"] += bins_of(chars)
    for row, key in enumerate(batch["id"].to_pylist()):
        rank = rank_of(key)
        add_shown(survey.shown[side, ""], rank, key, titles[row] or "", text, row, int(chars[row]))
        for group in ("kept", *(["heldout"] if side == "heldout" else [])):
            add_text(survey.texts[group, langs[row] or "?"], rank, key, text, row)


def add_dropped(survey: Survey, batch: pa.RecordBatch) -> None:
    text = batch["text"]
    chars = as_numbers(pc.utf8_length(text))
    sources, reasons, values = (batch[name].to_pylist() for name in ("source", "reason", "value"))
    survey.lengths["dropped"] += bins_of(chars)
    for row, key in enumerate(batch["id"].to_pylist()):
        reason, value, num_chars, rank = reasons[row] or "?", values[row] or "", int(chars[row]), rank_of(key)
        add_tally(survey.tallies[sources[row], ("dropped", reason)], num_chars, 0)
        survey.values[reason].add(value)
        add_shown(survey.shown["dropped", reason], rank, key, value, text, row, num_chars)
        add_text(survey.texts["dropped", ""], rank, key, text, row)


def add_tally(tally: Tally, num_chars: int, num_words: int) -> None:
    tally.documents += 1
    tally.chars += num_chars
    tally.words += num_words


def add_shown(into: Smallest[Shown], rank: int, key: str, about: str, text: pa.Array, row: int, num_chars: int) -> None:
    if into.wants(rank):
        into.add(rank, key, Shown(key, about, (text[row].as_py() or "")[: 4 * SHOWN_CHARS], num_chars))


def add_text(into: Smallest[str], rank: int, key: str, text: pa.Array, row: int) -> None:
    if into.wants(rank):
        into.add(rank, key, (text[row].as_py() or "")[:SAMPLED_CHARS])


def as_numbers(column: pa.Array) -> npt.NDArray[np.int64]:
    """Numbers of a column; a text that is not there counts as empty."""
    numbers: Any = pc.fill_null(column, 0).to_numpy(zero_copy_only=False)
    return np.asarray(numbers, dtype=np.int64)


def bins_of(chars: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """How many lengths lie in each bin of BIN_STARTS; the last bin has no end."""
    places = np.searchsorted(np.array(BIN_STARTS), chars, side="right") - 1
    return np.bincount(places, minlength=len(BIN_STARTS)).astype(np.int64)
