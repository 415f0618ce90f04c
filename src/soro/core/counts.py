"""Word counts of a language: facts about text that may shape a vocabulary where the text itself may not be kept.

A counts file is gzipped TSV, `word<TAB>count`, most frequent first; ▁ before a word says that a space stood there.
"""

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from soro.core.errors import SoroError
from soro.core.files import write_atomic

SPACE = "▁"
RUN_OF_LETTERS = re.compile(r"(^|\s)?([^\W\d_]+)")


def count_runs(texts: Iterable[str]) -> Counter[str]:
    """Counts of runs of letters, ▁ in front where a space or the start of a line stood before."""
    counts: Counter[str] = Counter()
    for text in texts:
        for match in RUN_OF_LETTERS.finditer(text):
            counts[(SPACE if match.group(1) is not None else "") + match.group(2)] += 1
    return counts


def write_counts(path: Path, counts: Mapping[str, int], min_count: int = 2) -> None:
    rows = sorted(((w, c) for w, c in counts.items() if c >= min_count), key=lambda item: (-item[1], item[0]))
    text = "".join(f"{word}\t{count}\n" for word, count in rows)
    write_atomic(path, gzip.compress(text.encode(), mtime=0))


def read_counts(path: Path) -> dict[str, int]:
    """The counts of a file as written by `write_counts`. Raises SoroError when it is missing or damaged."""
    try:
        text = gzip.decompress(path.read_bytes()).decode()
        return {word: int(count) for word, count in (line.split("\t") for line in text.splitlines())}
    except FileNotFoundError as error:
        raise SoroError(f"word counts {path} are not there; make them with `soro counts`") from error
    except (OSError, EOFError, ValueError) as error:
        raise SoroError(f"{path} is not a file of word counts ({error}); make it again with `soro counts`") from error
