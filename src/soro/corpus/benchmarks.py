"""The benchmarks that a recipe names, and the documents that contain an item of theirs."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from soro.core.errors import SoroError
from soro.core.files import read_jsonl
from soro.core.recipe import Corpus
from soro.corpus.page import Objection
from soro.tajik.contamination import BenchmarkIndex

REASON = "benchmark-item"


def benchmark_files(section: Corpus, data_root: Path | None, project_root: Path) -> dict[str, Path]:
    """The files of `corpus.benchmarks` by their name in the recipe: below the data root, or else below the project's `data`.

    Raises SoroError for one that is in neither.
    """
    files = {}
    for name in section.benchmarks:
        places = [root / name for root in (data_root, project_root / "data") if root is not None]
        found = next((place for place in places if place.is_file()), None)
        if found is None:
            raise SoroError(
                f"corpus.benchmarks: {name!r} is not there (looked for {', '.join(map(str, places))}); "
                "give its folder with --data, or take it out"
            )
        files[name] = found
    return files


def load_index(section: Corpus, data_root: Path | None, project_root: Path) -> BenchmarkIndex | None:
    """The index of all items of `corpus.benchmarks`; None when the recipe names none."""
    files = benchmark_files(section, data_root, project_root)
    items = (item for name, path in files.items() for item in read_items(name, path))
    share, run_words = section.benchmark_share, section.benchmark_run_words
    return BenchmarkIndex(items, run_words=run_words, min_share=share) if files else None


def read_items(name: str, path: Path) -> Iterator[tuple[str, str]]:
    """(`name#line` or `name#line:field`, text) of every text of a JSONL, TSV (with a line of names) or text file."""
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        for number, row in read_jsonl(path):
            yield from ((f"{name}#{number}{field}", text) for field, text in texts_in(row))
    elif suffix in (".tsv", ".txt"):
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except UnicodeDecodeError as error:
            raise SoroError(f"{path} is not UTF-8 (byte {error.start}); convert it, for example with iconv") from error
        if suffix == ".txt":
            yield from ((f"{name}#{number}", line) for number, line in enumerate(lines, 1))
            return
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        fields = next(rows, [])
        for number, cells in enumerate(rows, 2):
            yield from ((f"{name}#{number}:{field}", cell) for field, cell in zip(fields, cells, strict=False))
    else:
        raise SoroError(f"corpus.benchmarks: {name!r} ends in {suffix or 'nothing'}; give .jsonl, .tsv or .txt")


def texts_in(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """(field, text) of every string in a JSON value; fields of fields are joined with a full stop."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts_in(item, f"{field}.{key}" if field else f":{key}")
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from texts_in(item, f"{field}.{place}" if field else f":{place}")


def contamination(index: BenchmarkIndex | None, text: str) -> Objection:
    """The objection to a text that contains items, all of them named."""
    found = index.find(text) if index else []
    return (REASON, "; ".join(map(str, found))) if found else None
