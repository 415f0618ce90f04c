"""What each stage gained and lost, on text that trained nothing and shaped no vocabulary.

    python benchmarks/unseen.py --data DATA --build build/soro-270m

Columns: news, the tenth of the news articles that recipes/counts-tgk.toml holds out, each on its own (most are one paragraph)
and joined to one text; UDHR in Tajik, English and Russian; SIB-200 sentences (FLORES, parallel) in the three languages.
Rows: stock Gemma 3, after vocab, after pretrain, after tune, and the INT4 weights of the release. Tokens per word and bits
per character, each passage of at most 2,000 characters read in one window, so that every tokenizer sees the same context.
"""

import argparse
import csv
import json
import tomllib
from pathlib import Path

import torch

from soro.checkpoint.folder import load_model, load_tokenizer
from soro.checkpoint.likelihood import bits_per_char, clip_texts
from soro.core.recipe import Corpus
from soro.core.sections import parse_section
from soro.corpus.curate import kept_documents
from soro.quantize.measure import load_dequantized
from soro.tajik.words import count_words

PROJECT = Path(__file__).resolve().parent.parent
PASSAGE_CHARS, MAX_TOKENS = 2_000, 4_096  # a passage is always one window
STAGES = ("base", "vocab", "pretrain", "tune", "int4")
SIB_FOLDERS = {"tgk": "tgk_Cyrl", "eng": "eng_Latn", "rus": "rus_Cyrl"}


def unseen_texts(data: Path, max_chars: int) -> dict[str, list[str]]:
    """Texts by column, each cut to `max_chars` characters."""
    section = parse_section(Corpus, tomllib.loads((PROJECT / "recipes/counts-tgk.toml").read_text()), "counts")
    articles: dict[str, list[str]] = {}
    for kept in kept_documents(section, data, PROJECT):
        document = kept.document
        if kept.is_heldout and document.source == "bbc-tajik-paragraphs":
            articles.setdefault(document.url, []).append(document.text)
    news = ["\n".join(paragraphs) for paragraphs in articles.values()]
    columns = {"news tgk": news, "news joined tgk": ["\n".join(news)]}
    for lang in ("tgk", "eng", "rus"):
        path = data / "udhr" / f"udhr_{lang}.txt"
        if path.exists():
            columns[f"UDHR {lang}"] = [path.read_text(encoding="utf-8")]
    for lang, folder in SIB_FOLDERS.items():
        with (data / "sib-200" / folder / "train.tsv").open(encoding="utf-8") as file:
            columns[f"SIB {lang}"] = [
                row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            ]
    clipped = {name: clip_texts(texts, max_chars) for name, texts in columns.items()}
    return {name: [part for text in texts for part in passages(text)] for name, texts in clipped.items()}


def passages(text: str) -> list[str]:
    """A text in parts of PASSAGE_CHARS: equal context in characters, whatever the tokenizer."""
    return [text[start : start + PASSAGE_CHARS] for start in range(0, len(text), PASSAGE_CHARS)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the data root of docs/sources.md")
    parser.add_argument("--build", type=Path, default=Path("build/soro-270m"))
    parser.add_argument("--max-chars", type=int, default=20_000)
    parser.add_argument("--stages", nargs="*", choices=STAGES, default=STAGES, help="the rows of the second table")
    parser.add_argument("--only-tokens", action="store_true", help="the vocabulary alone, no model")
    parser.add_argument("--json", type=Path, help="write the table there too")
    options = parser.parse_args()
    torch.set_num_threads(2)
    texts = unseen_texts(options.data, options.max_chars)
    names = list(texts)
    table: dict[str, dict[str, dict[str, float]]] = {"tokens per word": {}, "bits per character": {}}
    for stage in ("base", "vocab"):
        tokenizer = load_tokenizer(options.build / stage)
        table["tokens per word"][stage] = {
            name: sum(len(e.ids) for e in tokenizer.encode_batch(members, add_special_tokens=False))
            / sum(count_words(text) for text in members)
            for name, members in texts.items()
        }
    for stage in () if options.only_tokens else options.stages:
        folder = options.build / ("tune" if stage == "int4" else stage)
        gguf = options.build / "quantize" / "gguf-q4_0.gguf"
        model = load_dequantized(gguf, folder) if stage == "int4" else load_model(folder)
        tokenizer = load_tokenizer(folder)
        table["bits per character"][stage] = {
            name: bits_per_char(model, tokenizer, members, max_tokens=MAX_TOKENS, batch_size=2)
            for name, members in texts.items()
        }
        del model
    for measure, rows in ((name, rows) for name, rows in table.items() if rows):
        print(f"\n| {measure} | " + " | ".join(names) + " |\n|---|" + "---|" * len(names))
        for stage, row in rows.items():
            print(f"| {stage} | " + " | ".join(f"{row[name]:.3f}" for name in names) + " |", flush=True)
    if options.json:
        options.json.write_text(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
