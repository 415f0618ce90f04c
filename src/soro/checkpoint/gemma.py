"""What a folder must be to serve as a base: a Gemma 3, text-only or multimodal, with its own tokenizer."""

import json
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from soro.checkpoint.folder import is_multimodal, load_config, load_tokenizer_json, num_rows_of, text_config
from soro.checkpoint.tokenizer_file import BYTE_PIECES, END_OF_TURN, SPECIAL_TOKENS, START_OF_TURN
from soro.core.errors import SoroError
from soro.core.progress import say

TEXT_ONLY, MULTIMODAL = "gemma3_text", "gemma3"


def check_gemma(folder: Path) -> dict[str, Any]:
    """The config of a folder. Raises SoroError when it is not that of a Gemma 3 with a tied embedding."""
    config = load_config(folder)
    kind = config.get("model_type")
    if kind not in (TEXT_ONLY, MULTIMODAL):
        raise SoroError(f"{folder} holds a model of the type {kind!r}, must be a Gemma 3 ({TEXT_ONLY} or {MULTIMODAL})")
    if kind == MULTIMODAL and not is_multimodal(config):
        raise SoroError(f"{folder}: config.json has no text_config, which a multimodal Gemma 3 has; download it again")
    if False in (config.get("tie_word_embeddings"), text_config(config).get("tie_word_embeddings")):
        raise SoroError(f"{folder} has an output head of its own (tie_word_embeddings is false); Gemma 3 ties it")
    return config


def gemma_tokenizer_of(folder: Path) -> dict[str, Any]:
    """The `tokenizer.json` of a folder, every merge as a pair, without added tokens that the checkpoint has no row for.

    Google's text-only checkpoints have such a pair: their tokenizer knows an image token one past the last row. Raises
    SoroError for a tokenizer that is not BPE with byte fallback and Gemma's tokens, and for an ordinary piece without a row.
    """
    raw = load_tokenizer_json(folder)
    model = raw.get("model", {})
    if model.get("type", "BPE") != "BPE" or not model.get("byte_fallback"):
        raise SoroError(
            f"{folder}: tokenizer.json is not BPE with byte fallback, which a Gemma 3 has; copy the right one"
        )
    value: dict[str, Any] = json.loads(Tokenizer.from_str(json.dumps(raw, ensure_ascii=False)).to_str())
    rows: dict[str, int] = {**value["model"]["vocab"], **{t["content"]: t["id"] for t in value["added_tokens"]}}
    for piece in (*SPECIAL_TOKENS, START_OF_TURN, END_OF_TURN, *BYTE_PIECES):
        if piece not in rows:
            raise SoroError(f"{folder}: tokenizer.json has no piece {piece!r}: it is not the tokenizer of a Gemma 3")
    num_rows = num_rows_of(folder)
    added = {token["content"] for token in value["added_tokens"]}
    beyond = sorted(piece for piece, row in rows.items() if row >= num_rows)
    if set(beyond) - added:
        raise SoroError(
            f"{folder}: the tokenizer has {max(rows.values()) + 1} pieces, the checkpoint {num_rows} rows; "
            "they do not belong together, use the tokenizer the model was trained with"
        )
    if beyond:
        say(f"base: {', '.join(beyond)} left out of the tokenizer: the checkpoint has no row for it")
    value["added_tokens"] = [token for token in value["added_tokens"] if token["content"] not in beyond]
    value["model"]["vocab"] = {piece: row for piece, row in rows.items() if piece not in beyond}
    return value
