"""How well `soro text sentences` finds where Tajik sentences end, beside tajiknlp and a plain split behind . ! ? …

    pip install tajiknlp
    python benchmarks/sentences.py --data DATA

Rows: NTREX, the lines of each article joined by spaces (a line is nearly always one sentence); SIB-200, ten sentences
joined at a time; "cases": tests/tajik/sentences.txt, short texts full of abbreviations, initials and direct speech, written
with the rules in view, so not unseen. Lines that do not end in . ! ? … are left out; a line may hold two sentences, which
costs every tool precision. Columns: number of ends between two lines; then for each tool precision and recall of the ends it
finds, in per cent. The last table: characters a second on one core.
"""

import argparse
import re
import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from identify_sources import PARTS, PROJECT, sib_sentences

from soro.core.errors import SoroError
from soro.tajik.sentences import sentences

Split = Callable[[str], list[str]]
WHOLE = re.compile(r"[^\s].*[.!?…][»”\"')]*", re.DOTALL)


def tools() -> dict[str, Split]:
    """Name and function of each splitter. Raises SoroError when tajiknlp is not installed."""
    try:
        from tajiknlp import Doc
        from tajiknlp.components.sentencizers.regex_sentencizer import RegexSentencizer
    except ImportError as error:
        raise SoroError("tajiknlp is not installed; run: pip install tajiknlp") from error
    sentencizer = RegexSentencizer()
    return {
        "soro": sentences,
        "tajiknlp": lambda text: [found["text"] for found in sentencizer(Doc(text=text)).metadata["sents"]],
        "plain": lambda text: re.split(r"(?:(?<=[.!?…])|(?<=[.!?…][»”\"')]))\s+", text),
    }


def ntrex_articles(data: Path) -> list[list[str]]:
    names = (data / "ntrex/document_ids.txt").read_text().split("\n")
    lines = (data / "ntrex/newstest2019-ref.tgk-Cyrl.txt").read_text(encoding="utf-8").split("\n")
    articles = groupby(zip(names, lines, strict=False), key=lambda pair: pair[0])
    return [[line.strip() for _, line in pairs if WHOLE.fullmatch(line.strip())] for _, pairs in articles]


def sib_groups(data: Path) -> list[list[str]]:
    found = [line for part in PARTS for line in sib_sentences(data, "tgk_Cyrl", part) if WHOLE.fullmatch(line)]
    return [found[start : start + 10] for start in range(0, len(found), 10)]


def cases() -> list[list[str]]:
    text = (PROJECT / "tests/tajik/sentences.txt").read_text(encoding="utf-8")
    return [case.split(" | ") for case in text.splitlines()]


def ends(parts: list[str]) -> set[int]:
    """Where all but the last part end, counted in characters that are not spaces."""
    places, total = set(), 0
    for part in parts[:-1]:
        total += len("".join(part.split()))
        places.add(total)
    return places


def score(split: Split, texts: list[list[str]]) -> tuple[float, float]:
    """Precision and recall of the ends found, per cent."""
    right = found = true = 0
    for parts in texts:
        expected, given = ends(parts), ends(split(" ".join(parts)))
        right, found, true = right + len(expected & given), found + len(given), true + len(expected)
    return 100 * right / max(1, found), 100 * right / max(1, true)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the data root of docs/sources.md")
    options = parser.parse_args()
    rows = {"NTREX": ntrex_articles(options.data), "SIB-200": sib_groups(options.data), "cases": cases()}
    splitters = tools()
    print("| text | ends | " + " | ".join(splitters) + " |\n|---|---|" + "---|" * len(splitters))
    for name, texts in rows.items():
        cells = ["{:.1f} / {:.1f}".format(*score(split, texts)) for split in splitters.values()]
        print(f"| {name} | {sum(max(0, len(parts) - 1) for parts in texts)} | " + " | ".join(cells) + " |")
    whole = [" ".join(parts) for parts in rows["NTREX"]]
    print("\n| tool | characters a second |\n|---|---|")
    for name, split in splitters.items():
        start = time.process_time()
        for text in whole:
            split(text)
        print(f"| {name} | {sum(map(len, whole)) / (time.process_time() - start):,.0f} |")


if __name__ == "__main__":
    main()
