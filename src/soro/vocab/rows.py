"""The embedding of a fitted vocabulary: kept pieces keep their row, new ones start from what the old model knew.

Shapes: V old rows, W new rows, D width.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import torch
from tokenizers import Tokenizer

from soro.checkpoint.tokenizer_file import SPACE
from soro.core.progress import say
from soro.vocab.distill import distill_rows
from soro.vocab.similar import mix_similar_rows

SHRINK = 0.5  # chosen by bits per character right after surgery, LOG.md
Plain = Literal["shrunk", "mean", "random"]
Init = Literal["shrunk", "mean", "random", "focus", "distilled"]


def fitted_rows(
    old_VD: torch.Tensor,
    base: dict[str, Any],
    fitted: dict[str, Any],
    init: Init,
    seed: int,
    *,
    texts: Sequence[str] = (),
    folder: Path | None = None,
) -> torch.Tensor:
    """The (W, D) embedding for the pieces of `fitted`.

    focus and distilled learn from `texts`, the documents of the corpus, and start from shrunk: a new piece of which the
    texts say nothing keeps that row. distilled opens the old model in `folder`.
    """
    start: Plain = "shrunk" if init in ("focus", "distilled") else init  # type: ignore[assignment]
    rows_WD = plain_rows(old_VD, base, fitted, start, seed)
    new_pieces = [piece for piece in fitted["model"]["vocab"] if piece not in base["model"]["vocab"]]
    if init == "focus" and new_pieces:
        num_rows = mix_similar_rows(rows_WD, fitted, new_pieces, texts, seed)
        say(f"vocab: {num_rows:,} of {len(new_pieces):,} new rows mixed from similar pieces")
    if init == "distilled" and new_pieces and folder is not None:
        num_rows = distill_rows(rows_WD, folder, fitted, new_pieces, texts, seed)
        say(f"vocab: {num_rows:,} of {len(new_pieces):,} new rows distilled")
    return rows_WD


def plain_rows(
    old_VD: torch.Tensor, base: dict[str, Any], fitted: dict[str, Any], init: Plain, seed: int
) -> torch.Tensor:
    """The (W, D) embedding without a look at any text.

    mean: a new piece is the mean of the rows that spelled it in the base vocabulary. shrunk: that mean, moved half-way to
    the mean of all rows that spell new pieces; far out, a row of no training wins the softmax where it should not.
    random: normal noise with the mean and standard deviation of the old rows, the baseline to beat.
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
    means = [old_VD[spelling.ids].float().mean(0) for spelling in spellings]
    if init == "shrunk" and means:
        used = sorted({row for spelling in spellings for row in spelling.ids})
        centre_D = old_VD[used].float().mean(0)
        means = [centre_D + SHRINK * (mean_D - centre_D) for mean_D in means]
    for piece, mean_D in zip(new_pieces, means, strict=True):
        new_WD[vocab[piece]] = mean_D.to(old_VD.dtype)
    return new_WD
