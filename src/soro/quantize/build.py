"""The quantize stage: every format of the recipe, checked and measured before it is accepted."""

import shutil
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import torch
from tokenizers import Tokenizer

from soro.checkpoint.folder import check_weights, load_model, load_tokenizer
from soro.core.artifact import MANIFEST, ArtifactWriter, Order, begin, read_manifest, walk
from soro.core.files import read_json, write_json
from soro.core.progress import say
from soro.core.recipe import Recipe
from soro.quantize.calibration import calibration_rows
from soro.quantize.compensate import compensated_weights
from soro.quantize.compressed import write_compressed
from soro.quantize.gguf_file import write_gguf
from soro.quantize.measure import heldout_texts, load_dequantized, score_model
from soro.quantize.parity import check_parity
from soro.quantize.parity_texts import all_strings

REPORT = "parity.json"
ORIGINAL = "original"


def quantize_order(recipe: Recipe, out: Path, *, tune: Path, corpus: Path) -> Order:
    facts = {"name": recipe.name, "language": recipe.language, "derived_from_gemma": recipe.release.derived_from_gemma}
    section = {**recipe.section("quantize"), **facts}
    return Order(kind="quantize", out=out, section=section, seed=recipe.seed, inputs={"tune": tune, "corpus": corpus})


def build_quantize(recipe: Recipe, out: Path, *, tune: Path, corpus: Path, force: bool = False) -> Path:
    """Write the folder `tune` to `out` in each of `recipe.quantize.formats`, with the report `parity.json`.

    A format that an interrupted run has finished is kept. Raises SoroError when one is not read as the checkpoint is.
    """
    writer = begin(quantize_order(recipe, out, tune=tune, corpus=corpus), force=force)
    if writer is None:
        return out
    if (tune / MANIFEST).is_file():
        read_manifest(tune)
    check_weights(tune)
    work = Work(recipe, tune, corpus)
    report = finished_formats(writer)
    if ORIGINAL not in report:
        report[ORIGINAL] = {"num_bytes": size_of(tune), **work.score(tune)}
        write_json(writer.path / REPORT, report)
    say_scores("original", report[ORIGINAL])
    for name in recipe.quantize.formats:
        if name not in report:
            make = make_gguf if name.startswith("gguf-") else make_folder
            report[name] = make(work, writer.path, name)
            write_json(writer.path / REPORT, report)
        say_scores(name, report[name])
    packages = ["gguf", "torch", "transformers", "xllamacpp"]
    packages += ["compressed-tensors", "llmcompressor"] if {"fp8", "int4"} & set(recipe.quantize.formats) else []
    counts = {"num_formats": len(recipe.quantize.formats), "num_bytes": {n: r["num_bytes"] for n, r in report.items()}}
    return writer.finish(counts=counts, scores=report, packages=packages)


class Work:
    """What all formats share, each part made when first asked for."""

    def __init__(self, recipe: Recipe, tune: Path, corpus: Path) -> None:
        self.recipe, self.tune, self.corpus = recipe, tune, corpus

    @cached_property
    def tokenizer(self) -> Tokenizer:
        return load_tokenizer(self.tune)

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        return heldout_texts(self.corpus, self.recipe.quantize.eval_max_chars)

    @cached_property
    def rows(self) -> torch.Tensor:
        section = self.recipe.quantize
        return calibration_rows(
            self.corpus,
            self.tokenizer,
            language=self.recipe.language,
            num_rows=section.num_calibration_rows,
            seq_len=section.calibration_seq_len,
            seed=self.recipe.seed,
        )

    def score(self, folder: Path) -> dict[str, float]:
        return score_model(load_model(folder), self.tokenizer, self.texts)


def finished_formats(writer: ArtifactWriter) -> dict[str, Any]:
    """The report of an interrupted run, without formats whose files are not there; what it left half made is removed."""
    path = writer.path / REPORT
    report = read_json(path) if path.is_file() else {}
    kept = {name: row for name, row in report.items() if name == ORIGINAL or target_of(writer.path, name).exists()}
    names = {target_of(writer.path, name).name for name in kept} | {REPORT, "order.json"}
    for other in writer.path.iterdir():
        if other.name not in names:
            shutil.rmtree(other) if other.is_dir() else other.unlink()
    return kept


def target_of(folder: Path, name: str) -> Path:
    return folder / (f"{name}.gguf" if name.startswith("gguf-") else name)


def size_of(path: Path) -> int:
    """Bytes of a file, or of the weights and the tokenizer of a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(f.stat().st_size for f in walk(path) if f.suffix == ".safetensors" or f.name == "tokenizer.json")


def make_gguf(work: Work, folder: Path, name: str) -> dict[str, Any]:
    """Write, check and measure one GGUF; it takes its name when it is accepted. Returns its row of the report."""
    section = work.recipe.quantize
    quantization: Literal["q4_0", "q8_0"] = "q4_0" if name == "gguf-q4_0" else "q8_0"
    candidate = folder / f"{name}.gguf.candidate"
    say(f"quantize: {name}")
    write_gguf(
        work.tune,
        candidate,
        quantization=quantization,
        embedding=section.embedding if quantization == "q4_0" else "q8_0",
        prepared=compensated_weights(work.tune, work.rows) if quantization == "q4_0" else {},
        name=work.recipe.name,
        derived_from_gemma=work.recipe.release.derived_from_gemma,
    )
    dequantized = load_dequantized(candidate, work.tune)
    parity = check_parity(candidate, work.tune, dequantized, all_strings(work.corpus))
    row = {"num_bytes": candidate.stat().st_size, **score_model(dequantized, work.tokenizer, work.texts)}
    candidate.replace(target_of(folder, name))
    return {**row, "parity": parity.as_json()}


def make_folder(work: Work, folder: Path, name: str) -> dict[str, Any]:
    """Write one folder of compressed safetensors, load it back and measure it. Returns its row of the report."""
    candidate = folder / f"{name}.candidate"
    say(f"quantize: {name}")
    write_compressed(work.tune, candidate, scheme="fp8" if name == "fp8" else "int4", rows=work.rows)
    row = {"num_bytes": size_of(candidate), **work.score(candidate)}
    shutil.rmtree(target_of(folder, name), ignore_errors=True)
    candidate.replace(target_of(folder, name))
    return row


def say_scores(name: str, row: Mapping[str, Any]) -> None:
    scores = ", ".join(
        f"{key.removeprefix('bpc_')} {value:.3f}" for key, value in row.items() if key.startswith("bpc_")
    )
    say(f"quantize: {name}: {row['num_bytes'] / 1e6:.1f} MB, bits per character {scores}")
