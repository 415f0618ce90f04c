"""The model on disk and in memory: spellings of known words, weights of features."""

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from soro.core.errors import SoroError
from soro.core.files import write_atomic
from soro.tajik.restore.letters import take_letters

VERSION = 1
WORDS, LETTERS, CONTEXTS, CARD = "words.tsv.gz", "letters.tsv.gz", "contexts.tsv.gz", "model.json"
TENTHS, HUNDREDTHS = 10, 100


class Spelling(NamedTuple):
    """A way to write a word. `odds`: log odds against the first of its word. `ending`: None, or the log odds that its
    last letter is ӣ; it is written with и here."""

    form: str
    odds: float
    ending: float | None


# by the word without its letters: the one spelling that is sure, or those to choose from
Words = dict[str, str | tuple[Spelling, ...]]


@dataclass(frozen=True, kw_only=True)
class Model:
    """`letters` and `contexts` hold weights in log odds by feature (`soro.tajik.restore.features`)."""

    words: Words
    letters: dict[str, float]
    contexts: dict[str, float]


def write_model(folder: Path, model: Model, card: Mapping[str, object]) -> None:
    """Write the files of `model`; `card` says what it was made from."""
    folder.mkdir(parents=True, exist_ok=True)
    write_lines(folder / WORDS, sorted(word_row(entry) for entry in model.words.values()))
    for name, weights in ((LETTERS, model.letters), (CONTEXTS, model.contexts)):
        write_lines(folder / name, (f"{key}\t{round(w * HUNDREDTHS)}" for key, w in sorted(weights.items())))
    text = json.dumps({"version": VERSION, **card}, ensure_ascii=False, indent=1)
    write_atomic(folder / CARD, text.encode() + b"\n")


def write_lines(path: Path, lines: Iterable[str]) -> None:
    write_atomic(path, gzip.compress("\n".join(lines).encode(), mtime=0))


def word_row(entry: str | tuple[Spelling, ...]) -> str:
    """`form`, or for each spelling form, odds and ending in tenths, tab-separated."""
    if isinstance(entry, str):
        return entry
    cells = []
    for form, odds, ending in entry:
        cells += [form, str(round(odds * TENTHS)), "" if ending is None else str(round(ending * TENTHS))]
    return "\t".join(cells)


def parse_row(row: str) -> str | tuple[Spelling, ...]:
    cells = row.split("\t")
    if len(cells) == 1:
        return row
    return tuple(
        Spelling(cells[i], int(cells[i + 1]) / TENTHS, int(cells[i + 2]) / TENTHS if cells[i + 2] else None)
        for i in range(0, len(cells), 3)
    )


def read_model(folder: Path) -> Model:
    """The model of a folder. Raises SoroError when it is missing, damaged or of another version."""
    try:
        version = json.loads((folder / CARD).read_text(encoding="utf-8"))["version"]
        if version != VERSION:
            raise SoroError(
                f"{folder}/{CARD} has version {version}, this program reads {VERSION}; make the model again"
            )
        words: Words = {}
        for row in read_lines(folder / WORDS):
            entry = parse_row(row)
            words[take_letters(entry if isinstance(entry, str) else entry[0].form)] = entry
        if not words:
            raise ValueError(f"{WORDS} is empty")
        return Model(words=words, letters=read_weights(folder / LETTERS), contexts=read_weights(folder / CONTEXTS))
    except (OSError, EOFError, ValueError, KeyError, IndexError) as error:
        raise SoroError(f"the model in {folder} cannot be read ({error}); install soro again") from error


def read_lines(path: Path) -> list[str]:
    return [line for line in gzip.decompress(path.read_bytes()).decode().split("\n") if line]


def read_weights(path: Path) -> dict[str, float]:
    pairs = (line.split("\t") for line in read_lines(path))
    return {key: int(value) / HUNDREDTHS for key, value in pairs}


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """The model that comes with the package, read once."""
    with resources.as_file(resources.files("soro.tajik.restore")) as folder:
        return read_model(folder / "model")
