"""A corpus of four units and five blocks, built in this process or in one that kills itself half-way.

python tests/corpus/engine_case.py DATA OUT PLACE COUNT     build with one worker; the COUNT-th call of PLACE is a SIGKILL
"""

import itertools
import json
import os
import random
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from soro.core.recipe import Corpus, Filters, Recipe, Source, load_recipe
from soro.corpus.build import build_corpus

ITEMS = [
    "Субҳи барвақт чӯпон рамаро ба чарогоҳ бурд. Дар боғи мо дарахтони себ ва нок мерӯянд.",
    "Хоҳарам дар донишгоҳ таҳсил мекунад ва мехоҳад духтур шавад, чун модараш",
    "Дар осмон абрҳои сафед оҳиста шино мекунанд",
]
PROJECT = Path(__file__).resolve().parent.parent.parent
SENTENCES = [
    "Дар боғи мо дарахтони себ ва нок мерӯянд.",
    "Кӯҳҳои Помир баланд ҳастанд ва дар қуллаҳои онҳо барф ҳатто дар тобистон об намешавад.",
    "Омӯзгор ба шогирдон гуфт, ки китобро бодиққат хонанд.",
    "Бобоям ҳар шаб ба мо афсона мегуфт ва мо то дер бедор мемондем.",
    "Дарёи Вахш аз кӯҳҳо сар мешавад ва нерӯи оби он ба барқ табдил меёбад.",
    "Нон дар танӯр пухта мешавад ва бӯи он тамоми ҳавлиро мегирад.",
    "Тирамоҳ баргҳои дарахтон зард мешаванд ва шамол онҳоро ба замин мерезад.",
    "Хоҳарам дар донишгоҳ таҳсил мекунад ва мехоҳад духтур шавад.",
    "Ҳамсояи мо асалпарвар аст ва ҳар сол ба мо асали тоза медиҳад.",
    "Субҳи барвақт чӯпон рамаро ба чарогоҳ бурд.",
]
FILES = ("train.parquet", "heldout.parquet", "dropped.parquet", "sources.json", "notes.jsonl", "contaminated.jsonl")


def write_data(root: Path) -> Path:
    """A data root of four sources with duplicates, short texts, two pages of one address and a line that cannot be read."""
    rng = random.Random(3)
    triples = list(itertools.permutations(SENTENCES, 3))
    rng.shuffle(triples)
    texts = [" ".join(triple) for triple in triples[:600]]
    texts += rng.choices(texts, k=60) + ["кӯтоҳ"] * 3 + [text.replace("ҳ", "њ") for text in texts[:40]]
    rng.shuffle(texts)
    for number in range(3):
        folder = root / f"s{number}"
        folder.mkdir(parents=True)
        rows = [{"text": t, "url": f"https://example.tj/{i // 2}"} for i, t in enumerate(texts[number::4])]
        (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n", encoding="utf-8")
        (folder / "b.txt").write_text(texts[number], encoding="utf-8")
    lines = [text for text in texts[3::4]] + ["оре"] * 4_000  # two blocks
    (root / "s3.txt").write_text("\n".join(lines), encoding="utf-8")
    (root / "items.txt").write_text("\n".join([*ITEMS, "Салом"]), encoding="utf-8")
    return root


def recipe_of(engine: str = "local") -> Recipe:
    sources = [Source(name=f"s{i}", path=f"s{i}", licence="CC BY 4.0", tier="own") for i in range(3)]
    lines = Source(name="s3", path="s3.txt", licence="CC BY 4.0", tier="own", format="lines")
    filters = Filters(
        max_template_share=1.0, max_top_ngram_share=1.0, max_duplicate_ngram_share=1.0, min_stop_word_share=0.0
    )
    corpus = Corpus(
        sources=(*sources, lines),
        heldout_fraction=0.2,
        engine=engine,  # type: ignore[arg-type]
        benchmarks=("items.txt",),
        benchmark_share=0.7,
        filters=filters,
    )
    return replace(load_recipe(PROJECT / "recipes" / "tiny.toml"), corpus=corpus)


def build(data: Path, out: Path, engine: str = "local", num_workers: int | None = None) -> Path:
    return build_corpus(recipe_of(engine), out, data_root=data, project_root=PROJECT, num_workers=num_workers)


def killed_at(function: Callable[..., Any], count: int) -> Callable[..., Any]:
    calls = itertools.count(1)

    def wrapped(*arguments: Any, **keywords: Any) -> Any:
        if next(calls) == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **keywords)

    return wrapped


if __name__ == "__main__":
    data, out, place, count = sys.argv[1:]
    module, _, name = place.partition(":")
    owner = import_module(module)
    *path, last = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    setattr(owner, last, killed_at(getattr(owner, last), int(count)))
    build(Path(data), Path(out), num_workers=1)
