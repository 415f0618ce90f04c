"""Identification and repair beside the libraries a project would take instead, on the same text, in one run.

    pip install pycld2 py3langid ftfy tajiknlp
    python benchmarks/text.py --data DATA

Identification, on whole sentences of NTREX and SIB-200 that taught nothing (the part that building looked at; the final part
belongs to benchmarks/identify.py). Columns: per cent of Tajik sentences named Tajik; the same with their six letters replaced by
Russian ones; per cent right on average over the other languages; sentences and MB (UTF-8) a second of processor time,
twenty languages in turn, the best of three.

Repair, on the dirty documents (a text is one document). Columns: per cent of the damaged signs that are gone (legacy letters, ў,
hyphens, private use and so on, each counted where the document is tagged with it); letters changed in whole sentences of
other languages, of a thousand sentences; MB a second of processor time on the project's readings, and on the dirty documents.

Nothing, the last row of repair, is what a project without repair has.
"""

import argparse
import re
import statistics
from collections.abc import Callable
from pathlib import Path

import repair as repair_benchmark
from identify import Predict, per_cent, rate, sentence_rows
from identify_peers import peers as identify_peers
from identify_sources import PARALLEL, parallel_sentences

from soro.tajik.languages import SHOWN, load_identifier

Fix = Callable[[str], object]
NUM_LINES_OF_PEERS = 4_000  # py3langid is slow
NOT_TAJIK = [key for key in PARALLEL if key[0] != "tg"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the data root of docs/sources.md")
    options = parser.parse_args()
    identification(options.data)
    repairs(options.data)


def identification(data: Path) -> None:
    identifier = load_identifier()
    tools: dict[str, Predict] = {
        "soro text identify": lambda lines: [guess.lang for guess in identifier.identify(lines)],
        **identify_peers(),
    }
    sentences = sentence_rows(data, "tune")
    others = [row for name, row in sentences.items() if not name.startswith("tg")]
    mixed = [
        line
        for group in zip(*(parallel_sentences(data, key, "learn") for key in PARALLEL), strict=False)
        for line in group
    ]
    rows = []
    for name, predict in tools.items():
        right = [per_cent(predict, sentences[row][1], "tg", set(SHOWN)) for row in sentences if row.startswith("tg")]
        elsewhere = statistics.mean(per_cent(predict, lines, lang, set(SHOWN)) for lang, lines in others)
        some = mixed if name.startswith("soro") else mixed[:NUM_LINES_OF_PEERS]
        speed = max(rate(predict, some) for _ in range(3))
        mb = speed * sum(len(line.encode()) for line in some) / len(some) / 1e6
        rows.append(
            f"{name} | "
            + " | ".join(f"{share:.2f}" for share in right)
            + f" | {elsewhere:.2f} | {speed:,.0f} | {mb:.2f}"
        )
    heads = " | ".join(row for row in sentences if row.startswith("tg"))
    repair_benchmark.table(f"identification | {heads} | other languages | sentences/s | MB/s", rows)


def repairs(data: Path) -> None:
    documents = repair_benchmark.dirty(data)
    readings = repair_benchmark.readings()
    foreign = [line for key in NOT_TAJIK for line in parallel_sentences(data, key, "tune")]
    texts = [str(document["text"]) for document in documents]
    rows = []
    tools = {name: fix for name, fix in repair_benchmark.peers() if name != "soro, with edits"}
    for name, fix in {**tools, "nothing": lambda text: text}.items():
        harm = sum(repair_benchmark.wrong_letters(line, text_of(fix, line)) for line in foreign)
        speeds = [
            max(
                sum(len(t.encode()) for t in some) / 1e6 / max(1e-9, repair_benchmark.seconds(fix, some))
                for _ in range(3)
            )
            for some in (readings, texts)
        ]
        shown = ["", ""] if name == "nothing" else [f"{speed:.2f}" for speed in speeds]
        mended = [text_of(fix, text) for text in texts]
        rows.append(
            f"{name} | {share_gone(documents, mended):.1f} | {1000 * harm / len(foreign):.1f} | " + " | ".join(shown)
        )
    repair_benchmark.table(
        "repair | damage gone % | letters changed elsewhere, of 1,000 sentences | readings MB/s | dirty MB/s", rows
    )


def share_gone(documents: list[dict[str, object]], mended: list[str]) -> float:
    """Per cent of the occurrences of all artefacts that a repair took away, each counted in the documents tagged with it."""
    before = after = 0
    for name, pattern in repair_benchmark.ARTEFACTS.items():
        for document, text in zip(documents, mended, strict=True):
            if name in document["artefacts"]:  # type: ignore[operator]
                before += len(re.findall(pattern, str(document["text"])))
                after += len(re.findall(pattern, text))
    return 100 * (before - after) / max(1, before)


def text_of(fix: Fix, text: str) -> str:
    """What a repair gives, as text: some give a document, others a text."""
    found = fix(text)
    return found if isinstance(found, str) else str(getattr(found, "text", found))


if __name__ == "__main__":
    main()
