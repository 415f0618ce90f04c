"""Makes src/soro/tajik/repair/words.txt.gz, the words that `soro text repair` knows beside those of `soro text restore`.

    python benchmarks/repair_words.py

The list of restore holds only words with a letter that a Russian keyboard leaves in doubt (г и к у х ч). These are the others of
data/counts/tgk.tsv.gz that were counted three times or more, by the letter; the same bytes each time.
"""

import gzip
import re
from pathlib import Path

from soro.core.files import write_atomic
from soro.tajik.alphabet import LETTERS

PROJECT = Path(__file__).resolve().parent.parent
MIN_COUNT, MIN_CHARS = 3, 2


def main() -> None:
    sure = set(LETTERS) - set("гикухчғӣқӯҳҷ")
    pattern = re.compile(f"▁([{''.join(sorted(sure))}]{{{MIN_CHARS},}})\t(\\d+)")
    with gzip.open(PROJECT / "data/counts/tgk.tsv.gz", "rt", encoding="utf-8") as file:
        rows = filter(None, (pattern.fullmatch(line.strip()) for line in file))
        words = sorted(row[1] for row in rows if int(row[2]) >= MIN_COUNT)
    path = PROJECT / "src/soro/tajik/repair/words.txt.gz"
    write_atomic(path, gzip.compress("\n".join(words).encode(), mtime=0))
    print(f"{len(words):,} words, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
