"""A Gemma 3 GGUF back into weights, config and tokenizer, as far as its quantization allows."""

from pathlib import Path
from typing import Any

import torch

from soro.checkpoint.tokenizer_file import SPACE, gemma_tokenizer, ordered_merges
from soro.core.errors import SoroError

CONTROL, USER_DEFINED, BYTE = 3, 4, 6  # token types of the GGUF format


def read_gguf(path: Path) -> tuple[dict[str, Any], dict[str, torch.Tensor], dict[str, Any]]:
    """(config, state dict in float32, tokenizer.json) of a Gemma 3 GGUF file, its tensors de-quantized."""
    from transformers import AutoModelForCausalLM  # slow to import

    model = AutoModelForCausalLM.from_pretrained(path.parent, gguf_file=path.name, dtype=torch.float32)
    config = model.config.to_dict()
    for key in ("quantization_config", "_name_or_path", "_model_name_or_path"):
        config.pop(key, None)
    config["architectures"] = ["Gemma3ForCausalLM"]
    return config, model.state_dict(), read_gguf_tokenizer(path)


def read_gguf_tokenizer(path: Path) -> dict[str, Any]:
    """`tokenizer.json` out of the pieces and scores of a GGUF of the `llama` tokenizer kind.

    Runs of spaces are stored there as plain spaces and unscored, so they come first, as in Gemma's own file.
    """
    from gguf import GGUFReader

    fields = GGUFReader(str(path)).fields
    if fields["tokenizer.ggml.model"].contents() != "llama":
        raise SoroError(f"{path}: its tokenizer is not scored BPE ('llama'); use a Hugging Face folder as the base")
    types = fields["tokenizer.ggml.token_type"].contents()
    scores = fields["tokenizer.ggml.scores"].contents()
    raw = fields["tokenizer.ggml.tokens"].contents()
    pieces = [p.replace(" ", SPACE) if t in (1, USER_DEFINED) else p for p, t in zip(raw, types, strict=True)]
    priority = {p: 1.0 if t == USER_DEFINED else s for p, s, t in zip(pieces, scores, types, strict=True)}
    mergeable = [p for p, t in zip(pieces, types, strict=True) if t in (1, USER_DEFINED)]
    added = {p: t == CONTROL for p, t in zip(pieces, types, strict=True) if t in (CONTROL, USER_DEFINED)}
    return gemma_tokenizer(pieces, ordered_merges(pieces, priority, mergeable), added)
