"""Opening and saving Hugging Face folders, and refusing a tokenizer that belongs to another model."""

import json
import shutil
from collections.abc import Container
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedModel
from transformers.utils.logging import disable_progress_bar

from soro.checkpoint.tokenizer_file import CHAT_TEMPLATE, IMAGE_TOKENS, tokenizer_config
from soro.core.errors import SoroError
from soro.core.files import disk_error, read_json, sha256_of_json, sync_and_rename, write_atomic, write_json

WEIGHTS = "model.safetensors"
INDEX = "model.safetensors.index.json"
IMAGE_FILES = ("preprocessor_config.json", "processor_config.json", "chat_template.jinja")
NUM_ROWS_MULTIMODAL, MAX_TOKENS = 262_208, 131_072  # defaults of Gemma3TextConfig, which published configs leave out
# The tied embedding of a text-only Gemma 3, and of a multimodal one as published and as newer transformers name it.
EMBEDDINGS = (
    "model.embed_tokens.weight",
    "language_model.model.embed_tokens.weight",
    "model.language_model.embed_tokens.weight",
)


def tokenizer_hash(tokenizer: dict[str, Any]) -> str:
    """Hash of rows and merges: what ties a tokenizer to the embedding of its model."""
    return sha256_of_json([tokenizer["model"]["vocab"], tokenizer["model"]["merges"]])


def save_checkpoint(
    folder: Path,
    *,
    config: dict[str, Any],
    state: dict[str, torch.Tensor],
    tokenizer: dict[str, Any],
    dtype: torch.dtype,
) -> None:
    """Write a Hugging Face folder: config, weights (tied output head left out), tokenizer and chat template."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: t.detach().to(dtype).contiguous() for name, t in state.items() if name != "lm_head.weight"}
    num_rows = weights[embedding_of(weights, folder)].shape[0]
    try:
        temporary = folder / (WEIGHTS + ".tmp")
        save_file(weights, temporary, metadata={"format": "pt"})
        sync_and_rename(temporary, folder / WEIGHTS)
    except OSError as error:
        raise disk_error(error, folder / WEIGHTS) from error
    except SafetensorError as error:
        raise SoroError(f"could not write {folder / WEIGHTS}: {error}; is the disk full?") from error
    config = {**config, "dtype": str(dtype).removeprefix("torch.")}
    save_description(folder, config=config, tokenizer=tokenizer, num_rows=num_rows)


def save_description(folder: Path, *, config: dict[str, Any], tokenizer: dict[str, Any], num_rows: int) -> None:
    """Write everything of a Hugging Face folder but the weights; the embedding has `num_rows` rows."""
    config = with_rows(config, tokenizer, num_rows)
    image_tokens = {key: piece for key, piece in IMAGE_TOKENS.items() if is_multimodal(config)}
    max_tokens = text_config(config).get("max_position_embeddings", MAX_TOKENS)
    write_json(folder / "config.json", config)
    write_atomic(folder / "tokenizer.json", json.dumps(tokenizer, ensure_ascii=False))
    write_json(folder / "tokenizer_config.json", tokenizer_config(max_tokens, image_tokens))
    write_atomic(folder / "chat_template.jinja", CHAT_TEMPLATE)
    write_json(folder / "generation_config.json", generation_config(tokenizer))


def copy_image_files(folder: Path, out: Path) -> None:
    """Copy what a multimodal Gemma 3 needs beside weights and tokenizer; its chat template knows images."""
    for name in IMAGE_FILES:
        if (folder / name).is_file():
            shutil.copyfile(folder / name, out / name)


def is_multimodal(config: dict[str, Any]) -> bool:
    return "text_config" in config


def text_config(config: dict[str, Any]) -> dict[str, Any]:
    """The part of a config that describes the language model: nested in a multimodal one, else the config itself."""
    return {**config, **config.get("text_config", {})}


def with_rows(config: dict[str, Any], tokenizer: dict[str, Any], num_rows: int) -> dict[str, Any]:
    """`config` for an embedding of `num_rows` rows: sizes, the hash of the tokenizer and the rows of image tokens."""
    config = {**config, "tokenizer_sha256": tokenizer_hash(tokenizer)}
    if not is_multimodal(config):
        return {**config, "vocab_size": num_rows}
    vocab = tokenizer["model"]["vocab"]
    images = {f"{key}_index": vocab[piece] for key, piece in IMAGE_TOKENS.items() if piece in vocab}
    return {**config, **images, "text_config": {**config["text_config"], "vocab_size": num_rows}}


def embedding_of(tensors: Container[str], folder: Path) -> str:
    """The name of the tied embedding among the names of a checkpoint's tensors. Raises SoroError where there is none."""
    for name in EMBEDDINGS:
        if name in tensors:
            return name
    raise SoroError(f"{folder} has no embedding of a Gemma 3 ({EMBEDDINGS[0]}); the checkpoint is not whole")


def num_rows_of(folder: Path) -> int:
    """Rows of the embedding as the config says; a published multimodal one may leave the number to its default."""
    return int(text_config(load_config(folder)).get("vocab_size", NUM_ROWS_MULTIMODAL))


def generation_config(tokenizer: dict[str, Any]) -> dict[str, Any]:
    vocab = tokenizer["model"]["vocab"]
    stops = [vocab["<eos>"], *([vocab["<end_of_turn>"]] if "<end_of_turn>" in vocab else [])]
    return {"bos_token_id": vocab["<bos>"], "eos_token_id": stops, "pad_token_id": vocab["<pad>"]}


def load_config(folder: Path) -> dict[str, Any]:
    if not (folder / "config.json").is_file():
        raise SoroError(f"{folder} has no config.json: it is not a Hugging Face folder of a model")
    return dict(read_json(folder / "config.json"))


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a folder, after a check that it belongs to the checkpoint beside it."""
    check_belongs(folder)
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def load_tokenizer_json(folder: Path) -> dict[str, Any]:
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise SoroError(f"{folder} has no tokenizer.json; copy the one the model was published with")
    return dict(read_json(path))


def check_belongs(folder: Path) -> None:
    """Raise SoroError when `tokenizer.json` and the checkpoint of a folder do not belong together."""
    num_rows, tokenizer = num_rows_of(folder), load_tokenizer_json(folder)
    num_pieces = max(tokenizer["model"]["vocab"].values()) + 1
    if num_pieces > num_rows:
        raise SoroError(
            f"{folder}: the tokenizer has {num_pieces} pieces, the checkpoint {num_rows} rows; "
            "they do not belong together, use the tokenizer the model was trained with"
        )
    check_hash(folder)


def check_hash(folder: Path) -> None:
    """Raise SoroError when `config.json` names the hash of another tokenizer; without a hash there is nothing to check."""
    expected = load_config(folder).get("tokenizer_sha256")
    if expected and expected != tokenizer_hash(load_tokenizer_json(folder)):
        raise SoroError(
            f"{folder}: tokenizer.json is not the one this checkpoint was trained with (its hash differs from "
            "config.json: tokenizer_sha256); copy the right one or build the stage again"
        )


def load_model(folder: Path, dtype: torch.dtype = torch.float32) -> PreTrainedModel:
    """The causal language model of a folder in `dtype`, on the CPU, in evaluation mode."""
    check_belongs(folder)
    check_weights(folder)
    disable_progress_bar()
    config = AutoConfig.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, config=config, dtype=dtype, attn_implementation="eager")
    return model.eval()


def check_weights(folder: Path) -> None:
    """Raise SoroError when the weights of a folder are missing or cut short."""
    for name in shard_names(folder):
        path = folder / name
        if not path.is_file():
            raise SoroError(f"{path} is missing; the checkpoint is not whole: download or build it again")
        try:
            with safe_open(path, framework="pt"):
                pass
        except SafetensorError as error:
            raise SoroError(f"{path} is damaged or truncated ({error}); download or build it again") from error


def shard_names(folder: Path) -> list[str]:
    """The files that hold the weights of a folder, in the order of their names."""
    index = folder / INDEX
    return sorted(set(read_json(index)["weight_map"].values())) if index.is_file() else [WEIGHTS]
