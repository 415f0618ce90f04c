"""The benchmarks that a recipe names, and the documents that contain an item of theirs."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from soro.core.errors import SoroError
from soro.core.files import read_jsonl
from soro.core.recipe import Corpus
from soro.corpus.page import Objection
from soro.tajik.contamination import BenchmarkIndex, Found

REASON = "benchmark-item"
CONTAMINATED_FILE = "contaminated.jsonl"
ITEM = re.compile(r"(?P<benchmark>.+?)#(?P<line>\d+)(?::(?P<field>.*))?", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Contaminated:
    """One item in one dropped document: where the item stands, the document, and what `Found` says of the match."""

    benchmark: str
    line: int
    field: str
    id: str
    source: str
    rule: str
    share: float
    words: str


@dataclass
class BenchmarkTally:
    """What was found of one benchmark; matches are pairs of an item and a document."""

    items: set[tuple[int, str]] = field(default_factory=set)
    documents: int = 0
    rules: Counter[str] = field(default_factory=Counter)

    def counts(self, num_items: int) -> dict[str, int]:
        return {
            "num_items": num_items,
            "num_items_found": len(self.items),
            "num_documents": self.documents,
            "num_matches_exact": self.rules["run"] + self.rules["whole"],
            "num_matches_near": self.rules["near"],
        }


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


def contamination(index: BenchmarkIndex | None, text: str) -> tuple[Objection, str | None]:
    """(the objection to a text that contains items, all of them named; the same as JSON for `contaminated_by`)."""
    found = index.find(text) if index else []
    if not found:
        return None, None
    return (REASON, "; ".join(map(str, found))), json.dumps([asdict(item) for item in found], ensure_ascii=False)


def contaminated_by(items: str, document: str, source: str) -> list[Contaminated]:
    """The matches of a dropped document, from the JSON of `contamination`."""
    rows = []
    for found in (Found(**item) for item in json.loads(items)):
        place = ITEM.fullmatch(found.item)
        assert place is not None, found.item
        rows.append(
            Contaminated(
                benchmark=place["benchmark"],
                line=int(place["line"]),
                field=place["field"] or "",
                id=document,
                source=source,
                rule=found.rule,
                share=found.share,
                words=found.words,
            )
        )
    return rows


def tally_matches(matches: Sequence[Contaminated], tallies: dict[str, BenchmarkTally]) -> None:
    """Add the matches of one document to the tallies of their benchmarks."""
    for match in matches:
        tally = tallies.setdefault(match.benchmark, BenchmarkTally())
        tally.items.add((match.line, match.field))
        tally.rules[match.rule] += 1
    for name in {match.benchmark for match in matches}:
        tallies[name].documents += 1


def num_items_of(section: Corpus, index: BenchmarkIndex | None) -> dict[str, int]:
    """The number of items of each benchmark that are looked for; those under four words are not."""
    names = index.names if index else []
    found = Counter(place["benchmark"] for name in names if (place := ITEM.fullmatch(name)))
    return {name: found[name] for name in section.benchmarks}
