"""Small random checkpoints in every layout that Gemma 3 is published in, one folder each."""

import json
import shutil
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from transformers import Gemma3Config, Gemma3ForConditionalGeneration, Gemma3TextConfig, SiglipVisionConfig

from soro.checkpoint.folder import load_config, load_model, load_tokenizer_json
from soro.checkpoint.tokenizer_file import IMAGE_TOKENS, gemma_tokenizer

LAYOUTS = ("text", "text in shards", "multimodal, old names", "multimodal, new names")
NUM_SHARDS = 3
TILES = {"image_seq_length": 4}
NUM_SPARE_ROWS = 7  # a published embedding is filled up to a multiple of 64


def make_checkpoint(layout: str, tiny_model: Path, folder: Path) -> Path:
    """Write the tiny model's tokenizer over random weights to `folder` in one of LAYOUTS."""
    shutil.copytree(tiny_model, folder)
    (folder / "model.safetensors").unlink()
    config = load_config(folder)
    config.pop("tokenizer_sha256")
    if layout.startswith("text"):
        state = {n: t.contiguous() for n, t in load_model(tiny_model).state_dict().items() if n != "lm_head.weight"}
    else:
        tokenizer = with_image_tokens(load_tokenizer_json(tiny_model))
        (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
        model = multimodal(config, tokenizer)
        config = {**model.config.to_dict(), "architectures": ["Gemma3ForConditionalGeneration"]}
        state = {n: t.contiguous() for n, t in model.state_dict().items() if n != "lm_head.weight"}
        if layout.endswith("old names"):
            state = {old_name(name): tensor for name, tensor in state.items()}
        (folder / "preprocessor_config.json").write_text(json.dumps(TILES))
    config["dtype"] = "float32"
    (folder / "config.json").write_text(json.dumps(config))
    if layout == "text":
        save_file(state, folder / "model.safetensors", metadata={"format": "pt"})
    else:
        save_shards(state, folder)
    return folder


def with_image_tokens(tokenizer: dict[str, Any]) -> dict[str, Any]:
    added = {token["content"]: token["special"] for token in tokenizer["added_tokens"]}
    pieces = [*tokenizer["model"]["vocab"], *IMAGE_TOKENS.values()]
    merges = [(left, right) for left, right in tokenizer["model"]["merges"]]
    return gemma_tokenizer(pieces, merges, {**added, **dict.fromkeys(IMAGE_TOKENS.values(), True)})


def multimodal(text: dict[str, Any], tokenizer: dict[str, Any]) -> Gemma3ForConditionalGeneration:
    vocab = tokenizer["model"]["vocab"]
    num_rows = len(vocab) + NUM_SPARE_ROWS
    vision = SiglipVisionConfig(
        hidden_size=32, intermediate_size=32, num_hidden_layers=1, num_attention_heads=2, image_size=28, patch_size=14
    )
    config = Gemma3Config(
        text_config=Gemma3TextConfig(**{**text, "vocab_size": num_rows}),
        vision_config=vision,
        mm_tokens_per_image=4,
        **{f"{key}_index": vocab[piece] for key, piece in IMAGE_TOKENS.items()},
    )
    torch.manual_seed(0)
    return Gemma3ForConditionalGeneration(config)


def old_name(name: str) -> str:
    """As the published checkpoints of 4b, 12b and 27b spell it."""
    return name.replace("model.language_model.", "language_model.model.").removeprefix("model.")


def save_shards(state: dict[str, torch.Tensor], folder: Path) -> None:
    names = list(state)
    weight_map = {}
    for number in range(NUM_SHARDS):
        shard = f"model-{number + 1:05}-of-{NUM_SHARDS:05}.safetensors"
        members = names[number::NUM_SHARDS]
        save_file({name: state[name] for name in members}, folder / shard, metadata={"format": "pt"})
        weight_map |= dict.fromkeys(members, shard)
    total = sum(tensor.nbytes for tensor in state.values())
    index = {"metadata": {"total_size": total}, "weight_map": weight_map}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
