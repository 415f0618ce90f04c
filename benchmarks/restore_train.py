"""Make the model of `soro text restore` again.

    python benchmarks/restore_train.py --data DATA [--out src/soro/tajik/restore/model]

Counts words and word pairs of the training part (benchmarks/restore_data.py); nothing longer than a pair leaves a text,
whatever its tier. Word lists add words that the texts lack. Same data, same bytes.
"""

import argparse
import gzip
import json
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from restore_data import PROJECT, Text, load_texts

from soro.core.progress import say
from soro.tajik.repair import repair_letters
from soro.tajik.restore.counts import count_texts
from soro.tajik.restore.letters import take_letters
from soro.tajik.restore.model import write_model
from soro.tajik.restore.train import train
from soro.tajik.words import count_words

# What a use of a word is worth: today's prose one, other kinds of text less, as they write otherwise or repeat themselves.
OTHER_WEIGHT = 0.5
SOURCE_WEIGHTS = {
    "bbc-tajik-paragraphs": 1.0,
    "tajik-essays": 1.0,
    "lessons": 1.0,
    "readings": 1.0,
    "ntrex-tgk": 1.0,
    "bbc-tajik-tweets": 0.7,
    "tajik-explanatory-dictionary": 0.4,
    "shahnameh": 0.1,
}


@dataclass(frozen=True, kw_only=True)
class WordList:
    """A list of words: the uses that a word with a Tajik letter is worth, and one without (in some lists those were typed
    without the letters)."""

    path: str
    field: str = ""
    with_letters: float
    without: float


WORD_LISTS = (
    WordList(path="tajik-lexicon/tajik_lexicon.json.gz", with_letters=0.5, without=0.3),
    WordList(path="tajiknlp-data/tajik_pos.jsonl", field="tajik", with_letters=0.5, without=0.5),
    WordList(path="uniparser-tajik/wordlist_unanalyzed.txt.gz", with_letters=0.3, without=0.1),
    WordList(path="tesseract-langdata/tgk.wordlist.gz", with_letters=0.2, without=0.05),
    WordList(path="tajik-explanatory-dictionary/entries.jsonl.gz", field="word", with_letters=0.5, without=0.5),
)


def read_words(path: Path, field: str) -> Iterable[str]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    if path.name.removesuffix(".gz").endswith(".json"):
        return [str(word) for word in json.loads(text)]
    return [json.loads(line)[field] if field else line for line in text.splitlines() if line.strip()]


def read_lexicon(data: Path) -> Counter[str]:
    """Every word of the lists, repaired, with the uses it is worth."""
    lexicon: Counter[str] = Counter()
    for listed in WORD_LISTS:
        words = {repair_letters(word.strip().lower()) for word in read_words(data / listed.path, listed.field)}
        for word in sorted(words):
            lexicon[word] += listed.with_letters if word != take_letters(word) else listed.without  # type: ignore[assignment]
    return lexicon


def card(texts: list[Text]) -> dict[str, object]:
    """What the model was made from."""
    tiers = {
        source["name"]: source["tier"]
        for source in tomllib.loads((PROJECT / "recipes/restore-tgk.toml").read_text())["sources"]
    }
    sources = [
        {
            "name": name,
            "tier": tier,
            "weight": SOURCE_WEIGHTS.get(name, OTHER_WEIGHT),
            "num_documents": sum(text.source == name for text in texts),
            "num_words": sum(count_words(text.text) for text in texts if text.source == name),
        }
        for name, tier in tiers.items()
    ]
    return {
        "made_by": "python benchmarks/restore_train.py --data DATA",
        "made_from": "counts of words and of word pairs of these texts, and these word lists",
        "sources": sources,
        "word_lists": [listed.path.partition("/")[0] for listed in WORD_LISTS],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the data root of docs/sources.md")
    parser.add_argument("--out", type=Path, default=PROJECT / "src/soro/tajik/restore/model")
    options = parser.parse_args()
    texts = [text for text in load_texts(options.data) if text.part == "train"]
    counts = count_texts((text.text, SOURCE_WEIGHTS.get(text.source, OTHER_WEIGHT)) for text in texts)
    write_model(options.out, train(counts, read_lexicon(options.data)), card(texts))
    say(f"restore: wrote {options.out}")


if __name__ == "__main__":
    main()
