"""The embedding of a fitted vocabulary: kept pieces keep their row, new ones start from what the old model knew.

Shapes: V old rows, W new rows, D width.
"""

import json
from typing import Any, Literal

import torch
from tokenizers import Tokenizer

from soro.checkpoint.tokenizer_file import SPACE


def fitted_rows(
    old_VD: torch.Tensor, base: dict[str, Any], fitted: dict[str, Any], init: Literal["mean", "random"], seed: int
) -> torch.Tensor:
    """The (W, D) embedding for the pieces of `fitted`.

    mean: a new piece is the mean of the rows that spelled it in the base vocabulary. random: normal noise with the
    mean and standard deviation of the old rows, the baseline to beat.
    """
    base_vocab, vocab = base["model"]["vocab"], fitted["model"]["vocab"]
    new_pieces = [piece for piece in vocab if piece not in base_vocab]
    new_WD = torch.empty(len(vocab), old_VD.shape[1], dtype=old_VD.dtype)
    kept = [piece for piece in vocab if piece in base_vocab]
    new_WD[[vocab[piece] for piece in kept]] = old_VD[[base_vocab[piece] for piece in kept]]
    if init == "random":
        generator = torch.Generator().manual_seed(seed)
        noise = torch.randn(len(new_pieces), old_VD.shape[1], generator=generator)
        new_WD[[vocab[piece] for piece in new_pieces]] = (noise * old_VD.std(0) + old_VD.mean(0)).to(old_VD.dtype)
        return new_WD
    tokenizer = Tokenizer.from_str(json.dumps(base, ensure_ascii=False))
    spellings = tokenizer.encode_batch([piece.replace(SPACE, " ") for piece in new_pieces], add_special_tokens=False)
    for piece, spelling in zip(new_pieces, spellings, strict=True):
        new_WD[vocab[piece]] = old_VD[spelling.ids].float().mean(0).to(old_VD.dtype)
    return new_WD
