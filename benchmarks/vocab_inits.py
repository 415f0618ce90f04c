"""How the rows of new pieces should start: bits per character right after surgery and after an equal budget of training.

    python benchmarks/vocab_inits.py --recipe recipes/soro-270m.toml --data DATA --build build/soro-270m

Needs the finished stages base and corpus of the recipe. For each way (`vocab.init`) it builds the vocab stage and a short
pretraining (`--num-tokens`, the recipe's rates) under `--out` and scores both; the first row is the stock model. Every artifact
and every row stays there, a training goes on from its last checkpoint, so the same command can be killed and run in pieces;
`--num-tokens 0` leaves the training for later. Columns: held-out documents of the corpus by language, and with `--data` the
texts of benchmarks/unseen.py that trained nothing and shaped no vocabulary; each passage is one window.
"""

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import torch
from unseen import MAX_TOKENS, PROJECT, passages, unseen_texts

from soro.checkpoint.folder import load_model, load_tokenizer
from soro.checkpoint.likelihood import bits_per_char, clip_texts
from soro.core.documents import read_documents
from soro.core.files import read_jsonl
from soro.core.progress import say
from soro.core.recipe import Recipe, load_recipe
from soro.train.pretrain import build_pretrain
from soro.vocab.build import build_vocab
from soro.vocab.rows import Init

INITS = get_args(Init)
STOCK = "stock"
UNSEEN = ("news tgk", "UDHR tgk", "SIB tgk", "UDHR eng", "SIB eng", "UDHR rus", "SIB rus")
SCORES = "scores.jsonl"
CHECKPOINT_EVERY_STEPS = 10


def texts_by_column(corpus: Path, data: Path | None, max_chars: int) -> dict[str, list[str]]:
    """Passages by column, at most `max_chars` characters each."""
    heldout: dict[str, list[str]] = {}
    for document in sorted(read_documents(corpus / "heldout.parquet"), key=lambda d: d.id):
        heldout.setdefault(f"held-out {document.lang}", []).append(document.text)
    columns = {name: clip_texts(heldout[name], max_chars) for name in sorted(heldout)}
    found = {name: [part for text in texts for part in passages(text)] for name, texts in columns.items()}
    unseen = unseen_texts(data, max_chars) if data else {}
    return found | {name: unseen[name] for name in UNSEEN if name in unseen}


def score(folder: Path, texts: dict[str, list[str]]) -> dict[str, float]:
    model, tokenizer = load_model(folder), load_tokenizer(folder)
    return {
        name: round(bits_per_char(model, tokenizer, members, max_tokens=MAX_TOKENS, batch_size=2), 4)
        for name, members in texts.items()
    }


class Table:
    """The rows that are finished, on the disk; a row is named by its init, its tokens and the characters it was read on."""

    def __init__(self, path: Path, max_chars: int) -> None:
        self.path, self.max_chars = path, max_chars
        rows = [row for _, row in read_jsonl(path)] if path.exists() else []
        self.rows = {(row["init"], row["num_tokens"]): row for row in rows if row["max_chars"] == max_chars}

    def fill(self, init: str, num_tokens: int, folder: Path, texts: dict[str, list[str]], **more: Any) -> None:
        """Score `folder` unless its row is there."""
        if (init, num_tokens) not in self.rows:
            say(f"scoring {init} after {num_tokens:,} tokens")
            row = {"init": init, "num_tokens": num_tokens, "max_chars": self.max_chars, **more}
            self.rows[init, num_tokens] = row | {"scores": score(folder, texts)}
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(self.rows[init, num_tokens]) + "\n")

    def print(self, columns: list[str]) -> None:
        print("| init | tokens trained | surgery s | " + " | ".join(columns) + " |")
        print("|---|---|---|" + "---|" * len(columns))
        for (init, num_tokens), row in sorted(self.rows.items(), key=lambda item: (item[0][1], item[0][0] != STOCK)):
            scores = " | ".join(f"{row['scores'].get(name, float('nan')):.3f}" for name in columns)
            print(f"| {init} | {num_tokens:,} | {row.get('surgery_s', '')} | {scores} |", flush=True)


def surgery(recipe: Recipe, init: Init, out: Path, build: Path) -> float:
    """Build the vocab stage with this init; returns its wall time in seconds, also of a run before this one."""
    start_s = time.monotonic()
    changed = replace(recipe, vocab=replace(recipe.vocab, init=init))
    build_vocab(changed, out, base=build / "base", corpus=build / "corpus", project_root=PROJECT)
    taken_s = out.with_name("surgery_s.json")
    if not taken_s.exists():
        taken_s.write_text(json.dumps(round(time.monotonic() - start_s, 1)))
    return float(json.loads(taken_s.read_text()))


def training(recipe: Recipe, num_tokens: int) -> Recipe:
    """The recipe with a pretraining of `num_tokens` that measures little on its way."""
    section = replace(
        recipe.pretrain,
        num_tokens=num_tokens,
        eval_every_steps=10**6,
        eval_max_chars=500,
        checkpoint_every_steps=CHECKPOINT_EVERY_STEPS,
    )
    return replace(recipe, pretrain=section)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipe", type=Path, default=PROJECT / "recipes/soro-270m.toml")
    parser.add_argument("--data", type=Path, help="the data root of docs/sources.md")
    parser.add_argument("--build", type=Path, help="holds base and corpus [default: build/NAME]")
    parser.add_argument("--out", type=Path, help="[default: build/NAME-inits]")
    parser.add_argument("--inits", nargs="*", choices=INITS, default=INITS)
    parser.add_argument(
        "--num-tokens", type=int, default=200_000, help="training tokens after surgery; 0 trains nothing"
    )
    parser.add_argument("--max-chars", type=int, default=10_000, help="of each column")
    options = parser.parse_args()
    torch.set_num_threads(2)
    recipe = load_recipe(options.recipe)
    build = options.build or Path("build") / recipe.name
    out = options.out or Path("build") / f"{recipe.name}-inits"
    out.mkdir(parents=True, exist_ok=True)
    texts = texts_by_column(build / "corpus", options.data, options.max_chars)
    table = Table(out / SCORES, options.max_chars)
    table.fill(STOCK, 0, build / "base", texts)
    for init in options.inits:
        vocab = out / init / "vocab"
        table.fill(init, 0, vocab, texts, surgery_s=surgery(recipe, init, vocab, build))
    for init in options.inits if options.num_tokens else ():
        changed = training(recipe, options.num_tokens)
        trained = out / init / f"pretrain-{options.num_tokens}"
        build_pretrain(changed, trained, vocab=out / init / "vocab", corpus=build / "corpus")
        table.fill(init, options.num_tokens, trained, texts)
    table.print(list(texts))


if __name__ == "__main__":
    main()
