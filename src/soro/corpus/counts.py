"""Counting words: the corpus command behind the files of `data/counts/`."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from soro.core.counts import SPACE, count_runs, write_counts
from soro.core.errors import missing_extra
from soro.core.progress import say
from soro.core.recipe import Corpus
from soro.core.sections import parse_section
from soro.corpus.curate import kept_documents


def wordfreq_counts(lang: str, num_words: int) -> Counter[str]:
    """Counts a billion words of the `wordfreq` package (Speer 2022, CC BY-SA 4.0): lower-case words after a space, no signs."""
    try:
        import wordfreq
    except ImportError as error:
        raise missing_extra("wordfreq", "train") from error
    words = wordfreq.top_n_list(lang, num_words, wordlist="large")
    return Counter(
        {
            SPACE + word: round(wordfreq.word_frequency(word, lang, wordlist="large") * 1e9)
            for word in words
            if word.isalpha()
        }
    )


def build_counts(recipe_path: Path, out: Path, *, data_root: Path | None, project_root: Path) -> None:
    """Count the sources of a corpus section; its held-out documents are not counted."""
    section = parse_section(Corpus, tomllib.loads(recipe_path.read_text(encoding="utf-8")), recipe_path.name)
    num_heldout = 0

    def train_texts() -> Iterator[str]:
        nonlocal num_heldout
        for kept in kept_documents(section, data_root, project_root):
            if kept.is_heldout:
                num_heldout += 1
            else:
                yield kept.document.text

    write_counts(out, count_runs(train_texts()))
    say(f"counts: wrote {out}; {num_heldout} documents were left out to measure with")
