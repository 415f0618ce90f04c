"""How often `soro text identify` names the right language, beside pycld2 and py3langid.

    pip install pycld2 py3langid
    python benchmarks/identify.py --data DATA            # the part that building looked at
    python benchmarks/identify.py --data DATA --part final

Rows: a language, its script where there are two, Tajik also with its six letters replaced by Russian ones, Cyrillic Uzbek
respelled from Latin. Columns: per cent of the lines given to the right language; "whole": sentences of NTREX and SIB-200 that
nothing learned from; "four words": the first four words of each; "all fours": every run of four words, none overlapping.
Then texts of other kinds, none of which taught anything: the Declaration of Human Rights by paragraph, news paragraphs, dirty
documents, strings of a web site, dictionary words four at a time. Then sentences a second on one core, no word met before.
"""

import argparse
import csv
import html
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from identify_peers import Predict, peers
from identify_sources import PARALLEL, parallel_sentences, sentences_by_language

from soro.tajik.document_languages import identify_document
from soro.tajik.languages import SHOWN, Identifier, load_identifier
from soro.tajik.languages_learn import without_own_letters

Rows = dict[str, tuple[str, list[str]]]  # name of the row: right answer, lines
UDHR = {
    "tgk": "tg", "rus": "ru", "uzn_cyrl": "uz", "uzn_latn": "uz", "kaz": "kk", "kir": "ky", "tat": "tt", "khk": "mn",
    "ukr": "uk", "bul": "bg", "bel": "be", "pes_1": "fa", "mkd": "mk", "srp_cyrl": "sr", "tuk_cyrl": "other", "oss": "other",
    "azj_cyrl": "other", "chv": "other", "tyv": "other", "sah": "other", "alt": "other", "abk": "other", "kbd": "other",
}  # fmt: skip


def sentence_rows(data: Path, part: str) -> Rows:
    rows: Rows = {}
    for (lang, script), lines in sorted(sentences_by_language(data, part).items()):
        if (lang, script) == ("fa", "Arab"):
            rows["fa"] = "fa", parallel_sentences(data, ("fa", "Arab"), part)
            rows["fa (Dari)"] = "fa", parallel_sentences(data, ("fa-AF", "Arab"), part)
        elif lang in ("az", "tk", "ps", "ug"):
            rows[f"other ({lang})"] = "other", lines
        else:
            rows[f"{lang} {script}" if lang == "uz" else lang] = lang, lines
    rows["tg without letters"] = "tg", [without_own_letters(line) for line in rows["tg"][1]]
    return rows


def json_lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def other_rows(data: Path) -> Rows:
    """Texts of other kinds; Tajik ones also without their letters."""
    rows: Rows = {}
    for name, lang in UDHR.items():
        text = html.unescape((data / "udhr" / f"udhr_{name}.txt").read_text(encoding="utf-8"))
        rows[f"UDHR {name}"] = lang, [line for line in text.splitlines() if len(line.split()) > 2]
    rows["news paragraphs"] = "tg", [d["text"] for d in json_lines(data / "bbc-tajik-paragraphs/paragraphs.jsonl")]
    with (data / "tg-fa-translit/dictionary.csv").open(encoding="utf-8") as file:
        pairs = list(csv.DictReader(file))[::5]
    for column, lang in (("tj", "tg"), ("pers", "fa")):
        words = [pair[column] for pair in pairs if pair[column]]
        rows[f"dictionary, four words, {lang}"] = lang, [" ".join(words[i : i + 4]) for i in range(0, len(words), 4)]
    for lang in ("tg", "ru"):
        rows[f"web site strings {lang}"] = (
            lang,
            [d["text"] for d in json_lines(data / "tomaktabi-site/strings.jsonl") if d["lang"] == lang],
        )
    plain = {
        f"{name}, no letters": ("tg", list(map(without_own_letters, rows[name][1])))
        for name in ("UDHR tgk", "news paragraphs")
    }
    return rows | plain


def first_words(lines: Sequence[str]) -> list[str]:
    return [" ".join(line.split()[:4]) for line in lines]


def all_fours(lines: Sequence[str]) -> list[str]:
    words = [line.split() for line in lines]
    return [" ".join(found[start : start + 4]) for found in words for start in range(0, len(found) - 3, 4)]


def per_cent(predict: Predict, lines: Sequence[str], lang: str, named: set[str]) -> float:
    """Per cent of right answers; for "other", of answers that name none of the languages that are told apart."""
    answers = predict(lines)
    right = sum((answer not in named) if lang == "other" else (answer == lang) for answer in answers)
    return 100 * right / max(1, len(lines))


def print_table(title: str, rows: Rows, tools: dict[str, Predict]) -> None:
    named = set(SHOWN)
    print(f"\n| {title} | lines | " + " | ".join(tools) + " |\n|---|---|" + "---|" * len(tools))
    for name, (lang, lines) in rows.items():
        cells = [f"{per_cent(predict, lines, lang, named):.2f}" for predict in tools.values()]
        print(f"| {name} | {len(lines)} | " + " | ".join(cells) + " |", flush=True)


def print_documents(identifier: Identifier, data: Path) -> None:
    """The dirty documents, judged whole: how many are Tajik by most of their letters."""
    documents = [d for d in json_lines(data / "dirty-real/documents.jsonl") if "russian-letters" not in d["artefacts"]]
    found = [identify_document(identifier, d["text"]).lang for d in documents]
    print(f"\nDirty documents (those not tagged as Russian): {found.count('tg')} of {len(found)} are named Tajik.")


def print_speed(data: Path, tools: dict[str, Predict], num_lines: int) -> None:
    """Sentences a second of processor time, the best of three: twenty languages in turn, then Tajik news."""
    mixed = [
        line
        for group in zip(*(parallel_sentences(data, key, "learn") for key in PARALLEL), strict=False)
        for line in group
    ]
    news = [d["text"] for d in json_lines(data / "bbc-tajik-paragraphs/paragraphs.jsonl")]
    print("\n| sentences a second | twenty languages | Tajik news |\n|---|---|---|")
    for name, predict in tools.items():
        cells = []
        for lines in (mixed, news):
            some = lines if name.startswith("soro") else lines[:num_lines]
            cells.append(f"{max(rate(predict, some) for _ in range(3)):,.0f}")
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def rate(predict: Predict, lines: Sequence[str]) -> float:
    start = time.process_time()
    predict(lines)
    return len(lines) / (time.process_time() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the data root of docs/sources.md")
    parser.add_argument("--part", choices=("tune", "final"), default="tune")
    parser.add_argument("--no-peers", action="store_true", help="Soro alone")
    parser.add_argument("--only-sentences", action="store_true", help="no texts of other kinds")
    options = parser.parse_args()
    identifier = load_identifier()
    tools: dict[str, Predict] = {"soro": lambda texts: [guess.lang for guess in identifier.identify(texts)]}
    tools |= {} if options.no_peers else peers()
    rows = sentence_rows(options.data, options.part)
    print_table(f"{options.part}: whole", rows, tools)
    print_table("four words", {name: (lang, first_words(lines)) for name, (lang, lines) in rows.items()}, tools)
    print_table("all fours", {name: (lang, all_fours(lines)) for name, (lang, lines) in rows.items()}, tools)
    if not options.only_sentences:
        print_table("other kinds of text", other_rows(options.data), tools)
        print_documents(identifier, options.data)
    tables = identifier.tables
    tools["soro"] = lambda texts: [guess.lang for guess in Identifier(tables).identify(texts)]
    print_speed(options.data, tools, num_lines=2_000)


if __name__ == "__main__":
    main()
