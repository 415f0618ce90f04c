"""The text that trains and measures `soro text restore`, in three parts that share no document.

News, essays and the project's own readings are split by article (page address, essay, file): a tenth is `final`, a tenth is
`dev`, decided by the SHA-256 of the key; the rest and every other source is `train`. A training document that repeats a
held-out one (a fifth of its five-word shingles, as a post that quotes an article does) is left out.
"""

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from soro.corpus.duplicates import shingles

from soro.core.recipe import Corpus
from soro.core.sections import parse_section
from soro.corpus.curate import root_of
from soro.corpus.readers import read_source
from soro.tajik.identify import tajik_score
from soro.tajik.repair import repair
from soro.tajik.words import words_of

PROJECT = Path(__file__).resolve().parent.parent
SPLIT_SOURCES = {"bbc-tajik-paragraphs": "news", "tajik-essays": "essays", "readings": "own readings"}
MAX_SHARED_SHINGLES = 0.2
MIN_TAJIK_SCORE, MIN_CHARS_TO_IDENTIFY = 0.12, 60

Part = Literal["train", "dev", "final"]


@dataclass(frozen=True, kw_only=True)
class Text:
    """A repaired document."""

    source: str
    key: str
    part: Part
    text: str


def part_of(source: str, key: str) -> Part:
    """The part of a document, decided by its key alone, so that more data never moves it."""
    if source not in SPLIT_SOURCES:
        return "train"
    tenth = hashlib.sha256(f"restore/{key}".encode()).digest()[0] * 10 // 256
    return "final" if tenth == 0 else "dev" if tenth == 1 else "train"


def load_texts(data: Path) -> list[Text]:
    """Every Tajik document of recipes/restore-tgk.toml, training text that repeats a held-out document left out."""
    section = parse_section(Corpus, tomllib.loads((PROJECT / "recipes/restore-tgk.toml").read_text()), "restore-tgk")
    texts = []
    for source in section.sources:
        for raw in read_source(source, root_of(source, data, PROJECT)):
            text = repair(raw.text)
            if len(text) < section.min_chars or is_foreign(text):
                continue
            key = raw.url or f"{source.name}/{raw.ref}"
            texts.append(Text(source=source.name, key=key, part=part_of(source.name, key), text=text))
    return without_repeats(texts)


def is_foreign(text: str) -> bool:
    return len(text) >= MIN_CHARS_TO_IDENTIFY and tajik_score(text) < MIN_TAJIK_SCORE


def without_repeats(texts: list[Text]) -> list[Text]:
    """The texts less those that repeat one of a part that comes before: final, then dev, then train."""
    kept: list[Text] = []
    seen: set[int] = set()
    for part in ("final", "dev", "train"):
        mine = [text for text in texts if text.part == part]
        new = [text for text in mine if shared(seen, shingle_hashes(text.text)) < MAX_SHARED_SHINGLES]
        kept += new
        if part != "train":
            seen.update(number for text in new for number in shingle_hashes(text.text))
    return kept


def shingle_hashes(text: str) -> set[int]:
    return {hash(shingle) for shingle in shingles([word.lower() for word in words_of(text)])}


def shared(seen: set[int], mine: Iterable[int]) -> float:
    numbers = list(mine)
    return sum(number in seen for number in numbers) / max(1, len(numbers))
