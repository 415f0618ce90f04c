"""The first step of a corpus: sources are read in order, unit by unit, into numbered blocks of raw documents.

A unit is one file, a run of small files of a folder, or a data set of the hub. Units are read in parallel; a unit that was
interrupted is read again from its start, and blocks that are there already are not written again.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from soro.core.errors import SoroError
from soro.core.files import read_json
from soro.core.progress import say
from soro.core.recipe import Corpus, Source
from soro.corpus.extract.hub import is_hub, read_hub
from soro.corpus.pieces import RAW_SCHEMA, in_blocks, to_parquet, write_piece
from soro.corpus.raw import Raw
from soro.corpus.readers import read_file, source_files

UNIT_BYTES, UNIT_FILES = 8 << 20, 1_000  # a unit of small files ends with the file that reaches one of them


@dataclass(frozen=True, kw_only=True)
class Unit:
    """What one task reads: files of a source by their paths below its root, with their names; none for a data set of the hub."""

    number: int
    source: int
    files: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return f"{self.number:06d}"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A unit with all that reading it needs, to be sent to a worker."""

    unit: Unit
    source: Source
    root: Path
    work: Path


def plan_units(section: Corpus, roots: list[Path], work: Path) -> list[Unit]:
    """The units of all sources in order; the first run writes them down and later ones keep to it.

    Raises SoroError for a source that is missing.
    """
    path = work / "units.json"
    if path.exists():
        return [Unit(number=i, source=u[0], files=tuple(map(tuple, u[1]))) for i, u in enumerate(read_json(path))]
    units: list[tuple[int, list[tuple[str, str]]]] = []
    for index, (source, root) in enumerate(zip(section.sources, roots, strict=True)):
        if is_hub(source.path):
            units.append((index, []))
        else:
            units.extend((index, files) for files in grouped(source_files(source, root), root))
    write_piece(path, json.dumps(units).encode())
    return plan_units(section, roots, work)


def grouped(files: list[tuple[Path, str]], root: Path) -> Iterator[list[tuple[str, str]]]:
    """Runs of small files, as (path below `root`, name)."""
    group: list[tuple[str, str]] = []
    num_bytes = 0
    for file, ref in files:
        group.append((str(file.relative_to(root)), ref))
        num_bytes += file.stat().st_size if file.exists() else 0  # one that went away is listed when it is read
        if num_bytes >= UNIT_BYTES or len(group) >= UNIT_FILES:
            yield group
            group, num_bytes = [], 0
    if group:
        yield group


def read_unit(reading: Reading) -> None:
    """Write the blocks of a unit, then a note how many there are. Raises SoroError when its source went away."""
    unit, work = reading.unit, reading.work
    counts = []
    for number, block in enumerate(in_blocks(unit_documents(reading))):
        name = f"{unit.name}-{number:06d}"
        counts.append(len(block))
        if not (work / "raw" / f"{name}.parquet").exists() and not (work / "judged" / f"{name}.parquet").exists():
            rows = [{key: clean(value) for key, value in asdict(raw).items()} for raw in block]
            write_piece(work / "raw" / f"{name}.parquet", to_parquet(rows, RAW_SCHEMA))
    write_piece(work / "raw" / f"{unit.name}.json", json.dumps(counts).encode())


def clean(text: str) -> str:
    """Without lone surrogates, which have no place in text."""
    return text.encode(errors="ignore").decode()


def unit_documents(reading: Reading) -> Iterator[Raw]:
    source, root = reading.source, reading.root
    if not reading.unit.files:
        yield from read_hub(source.path, root, source.text_field)
        return
    for path, ref in reading.unit.files:
        for raw in read_file(root / path, ref, source, root):
            if raw.error and has_gone(root / source.path):
                raise SoroError(
                    f"source {source.name!r}: {root / source.path} went away while it was read; bring it back and run the "
                    "same command again, which goes on from here"
                )
            yield raw


def has_gone(path: Path) -> bool:
    """Whether a source is there no more; of a disk that was taken away an empty folder stays."""
    return not path.exists() or (path.is_dir() and not any(path.iterdir()))


def read_all(
    section: Corpus,
    roots: list[Path],
    work: Path,
    run: Callable[[Callable[[Reading], None], list[Reading]], Iterable[None]],
) -> list[tuple[str, int]]:
    """(name of each block, number of its source) in the order of the recipe, all blocks read. `run` runs tasks."""
    (work / "raw").mkdir(parents=True, exist_ok=True)
    (work / "judged").mkdir(exist_ok=True)
    units = plan_units(section, roots, work)
    open_units = [unit for unit in units if not (work / "raw" / f"{unit.name}.json").exists()]
    if len(open_units) < len(units):
        say(f"corpus: {len(units) - len(open_units)} of {len(units)} units were read before")
    tasks = [
        Reading(unit=unit, source=section.sources[unit.source], root=roots[unit.source], work=work)
        for unit in open_units
    ]
    for _ in run(read_unit, tasks):
        pass
    return [
        (f"{unit.name}-{number:06d}", unit.source)
        for unit in units
        for number in range(len(read_json(work / "raw" / f"{unit.name}.json")))
    ]
