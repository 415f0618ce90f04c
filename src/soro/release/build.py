"""The release stage: the folder people download."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from soro.core.artifact import ORDER, Order, begin, read_manifest
from soro.core.errors import SoroError
from soro.core.files import disk_error, write_atomic
from soro.core.progress import say
from soro.core.recipe import Recipe
from soro.release.checksums import write_sums
from soro.release.data_card import data_card
from soro.release.facts import Facts, gather
from soro.release.model_card import model_card
from soro.release.modelfile import modelfile
from soro.release.notices import MODIFICATIONS, fixed_notices, modifications


def release_order(
    recipe: Recipe, out: Path, *, quantize: Path, bench: Path, corpus: Path, tune: Path, stages: Mapping[str, Path]
) -> Order:
    inputs = {**stages, "quantize": quantize, "bench": bench, "corpus": corpus, "tune": tune}
    section = {"name": recipe.name, **recipe.section("release")}
    return Order(kind="release", out=out, section=section, seed=recipe.seed, inputs=inputs)


def build_release(
    recipe: Recipe,
    out: Path,
    *,
    quantize: Path,
    bench: Path,
    corpus: Path,
    tune: Path,
    stages: dict[str, Path],
    force: bool = False,
) -> Path:
    """Write model, cards, notices and checksums to `out`. `stages` are the artifacts before, by stage, for the cards.

    Raises SoroError when an input is not finished, or the GGUF is not whole or lacks what the release promises.
    """
    order = release_order(recipe, out, quantize=quantize, bench=bench, corpus=corpus, tune=tune, stages=stages)
    writer = begin(order, force=force)
    if writer is None:
        return out
    gguf = find_gguf(quantize, recipe.release.gguf)
    facts = gather(recipe, gguf, order.inputs)
    check_promises(facts, gguf)
    clear(writer.path)
    link_or_copy(gguf, writer.path / facts.gguf_name)
    for name, text in texts(facts).items():
        write_atomic(writer.path / name, text)
    write_sums(writer.path)
    counts = {"gguf_bytes": facts.gguf_bytes, "num_parameters": facts.header.num_parameters}
    done = writer.finish(counts=counts, scores=scores(facts), packages=["gguf"])
    say(f"release: {facts.gguf_name} is {facts.gguf_bytes / 1e6:,.1f} MB")
    return done


def find_gguf(quantize: Path, format_name: str) -> Path:
    """The file of a format (such as gguf-q4_0) in the quantize artifact. Raises SoroError when it was not made."""
    names = [name for name in read_manifest(quantize, "quantize")["files"] if name.endswith(".gguf")]
    if f"{format_name}.gguf" not in names:
        found = ", ".join(names) or "no .gguf"
        raise SoroError(f"{quantize} holds {found}, not {format_name}.gguf; quantize again with --force")
    return quantize / f"{format_name}.gguf"


def check_promises(facts: Facts, gguf: Path) -> None:
    if not facts.header.chat_template:
        raise SoroError(f"{gguf} holds no chat template, so nobody could chat with it; quantize again with --force")
    if facts.recipe.release.derived_from_gemma and not facts.header.modified:
        raise SoroError(f"{gguf} lacks the key soro.modified, the mark of a file made from Gemma; quantize again")


def texts(facts: Facts) -> dict[str, str]:
    """Every text file of the release but the checksums, by name."""
    release = facts.recipe.release
    files = {
        "README.md": model_card(facts),
        "DATA.md": data_card(facts),
        "Modelfile": modelfile(facts.gguf_name, release.context_tokens, release.derived_from_gemma),
    }
    if release.derived_from_gemma:
        files |= {MODIFICATIONS: modifications(facts), **fixed_notices()}
    return files


def scores(facts: Facts) -> dict[str, Any]:
    """The numbers of the cards for the manifest, so that they travel with the folder."""
    return {
        "bench": facts.manifests["bench"]["scores"],
        "quantize": facts.manifests["quantize"]["scores"],
        "tokens_per_word": facts.tokens_per_word,
    }


def clear(folder: Path) -> None:
    """Take away what an interrupted run left; all of it is quick to write again."""
    for path in folder.iterdir():
        if path.name != ORDER:
            path.unlink()


def link_or_copy(source: Path, target: Path) -> None:
    """A hard link where the file system allows it, else a copy. Raises SoroError when the disk is full."""
    try:
        os.link(source, target)
    except OSError:
        try:
            shutil.copyfile(source, target)
        except OSError as error:
            raise disk_error(error, target) from error
