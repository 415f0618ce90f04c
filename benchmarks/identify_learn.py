"""Make the tables of `soro text identify`.

    python benchmarks/identify_learn.py --data DATA --out src/soro/tajik/languages.npz

Needs `wordfreq` (in the extra `train`). The sources are those of identify_sources.py, part "learn"; part "tune" sets how sure
the scores are. It takes 1.2 GB of memory and gives the same bytes each time.
"""

import argparse
import random
from collections.abc import Mapping
from pathlib import Path

from identify_sources import extra_words, sentences_by_language

from soro.core.progress import say
from soro.tajik.language_tables import save_tables
from soro.tajik.language_words import words_to_judge
from soro.tajik.languages_learn import (
    TAJIK_TYPED,
    UZBEK_TYPED,
    as_typed,
    calibrate,
    count_words,
    learn_table,
    shares,
    without_own_letters,
)

NUM_ROWS = {"Cyrl": 1 << 18, "Latn": 1 << 16, "Arab": 1 << 15}
LENGTHS = (1, 2, 4, 8)  # words of the samples that set the scores, beside whole lines


def distributions(data: Path) -> dict[tuple[str, str], Mapping[str, float]]:
    """How often words occur in each language of each script."""
    lists = extra_words(data)
    for language, sentences in sentences_by_language(data, "learn").items():
        lists.setdefault(language, []).append(count_words(sentences))
    words: dict[tuple[str, str], Mapping[str, float]] = {language: shares(parts) for language, parts in lists.items()}
    words["tg", "Cyrl"] = as_typed(words["tg", "Cyrl"], TAJIK_TYPED)
    words["uz", "Cyrl"] = as_typed(words["uz", "Cyrl"], UZBEK_TYPED)
    return words


def samples(lines: list[str], seed: int) -> list[str]:
    """Each line whole and one piece of it of each length."""
    chance, pieces = random.Random(seed), []
    for line in lines:
        words = words_to_judge(line)
        for length in LENGTHS:
            start = chance.randrange(max(1, len(words) - length + 1))
            pieces.append(" ".join(words[start : start + length]))
    return lines + pieces


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the data root of docs/sources.md")
    parser.add_argument("--out", type=Path, default=Path("src/soro/tajik/languages.npz"))
    options = parser.parse_args()
    words = distributions(options.data)
    tune = sentences_by_language(options.data, "tune")
    tune["tg", "Cyrl"] += [without_own_letters(line) for line in tune["tg", "Cyrl"]]
    tables = []
    for script, num_rows in NUM_ROWS.items():
        table = learn_table(script, {lang: w for (lang, s), w in words.items() if s == script}, num_rows)
        table = calibrate(table, {lang: samples(lines, 1) for (lang, s), lines in tune.items() if s == script})
        tables.append(table)
        say(f"{script}: {' '.join(table.langs)}; temperature {table.temperature}, power {table.power}")
    save_tables(options.out, tables)
    say(f"wrote {options.out}, {options.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
