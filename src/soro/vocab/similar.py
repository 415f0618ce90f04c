"""New rows as a mix of the rows of similar kept pieces, in the manner of FOCUS (Dobler and de Melo 2023).

FOCUS takes its similarity from fastText vectors of the new tokens. Here a piece's vector comes from the corpus without a
training: positive pointwise mutual information of the pieces around it, reduced by a singular value decomposition (Levy and
Goldberg 2014), plus the mean of the vectors of its character n-grams (as fastText has them), which speak for rare pieces.

Shapes: W rows of the new vocabulary, N new pieces, A anchors (kept pieces the corpus uses), K numbers of a vector, D width.
"""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional

from soro.checkpoint.likelihood import clip_texts
from soro.checkpoint.tokenizer_file import SPACE
from soro.core.errors import SoroError

MAX_CHARS = 10_000_000
WINDOW_TOKENS = 5  # on each side, as fastText's default
NUM_DIMENSIONS, NUM_POWER_ITERATIONS = 128, 4
NGRAM_CHARS = range(3, 6)
MIN_ANCHOR_USES = 3
MAX_NEIGHBOURS = 128  # the sparsemax gives nearly all others no weight
BATCH_PIECES = 1024


def mix_similar_rows(
    rows_WD: torch.Tensor, fitted: dict[str, Any], new_pieces: Sequence[str], texts: Sequence[str], seed: int
) -> int:
    """Overwrite in `rows_WD` the rows of `new_pieces` that have a vector; returns how many.

    A row is the mean of the anchors' rows, weighted by the sparsemax of the cosines between the vectors. Raises SoroError
    when the texts use no kept piece.
    """
    vocab: dict[str, int] = fitted["model"]["vocab"]
    tokenizer = Tokenizer.from_str(json.dumps(fitted, ensure_ascii=False))
    encodings = tokenizer.encode_batch(clip_texts(texts, MAX_CHARS), add_special_tokens=False)
    streams = [np.array(encoding.ids, dtype=np.int64) for encoding in encodings]
    uses_W = np.bincount(np.concatenate([*streams, np.zeros(0, np.int64)]), minlength=len(vocab))
    new = set(new_pieces)
    anchors = [vocab[p] for p in vocab if p not in new and is_word_piece(p) and uses_W[vocab[p]] >= MIN_ANCHOR_USES]
    if not anchors:
        raise SoroError(
            "vocab.init is 'focus', but the corpus uses none of the kept pieces; add text or choose another"
        )
    vectors_WK = piece_vectors(streams, list(vocab), seed)
    anchors_AK, anchor_rows_AD = vectors_WK[anchors], rows_WD[anchors].float()
    known = [vocab[piece] for piece in new_pieces if bool(vectors_WK[vocab[piece]].any())]
    for first in range(0, len(known), BATCH_PIECES):
        batch = known[first : first + BATCH_PIECES]
        cosines, nearest = (vectors_WK[batch] @ anchors_AK.T).topk(min(MAX_NEIGHBOURS, len(anchors)), dim=1)
        weights = sparsemax(cosines)
        mixed = torch.einsum("nm,nmd->nd", weights, anchor_rows_AD[nearest])
        rows_WD[batch] = mixed.to(rows_WD.dtype)
    return len(known)


def is_word_piece(piece: str) -> bool:
    body = piece.removeprefix(SPACE)
    return bool(body) and body.isalpha()


def piece_vectors(streams: Sequence[np.ndarray], pieces: Sequence[str], seed: int) -> torch.Tensor:
    """(W, K) vectors of length one; zeros for a piece of which neither its uses nor its n-grams say anything."""
    by_context_WK = context_vectors(streams, len(pieces), seed)
    by_ngram_WK = ngram_vectors(by_context_WK, pieces)
    return functional.normalize(functional.normalize(by_context_WK) + functional.normalize(by_ngram_WK))


def context_vectors(streams: Sequence[np.ndarray], num_rows: int, seed: int) -> torch.Tensor:
    """(W, K): left singular vectors of the pointwise mutual information of pieces at most WINDOW_TOKENS apart, each times
    the root of its singular value; zeros for pieces that the streams do not use."""
    codes = [
        stream[:-distance] * num_rows + stream[distance:]
        for distance in range(1, WINDOW_TOKENS + 1)
        for stream in streams
        if len(stream) > distance
    ]
    pairs, counts = np.unique(np.concatenate([*codes, np.zeros(0, np.int64)]), return_counts=True)
    left, right = (
        np.concatenate([pairs // num_rows, pairs % num_rows]),
        np.concatenate([pairs % num_rows, pairs // num_rows]),
    )
    together = np.concatenate([counts, counts]).astype(np.float64)
    sums_W = np.bincount(left, weights=together, minlength=num_rows)
    information = np.log(together * together.sum() / (sums_W[left] * sums_W[right]))
    positive = information > 0
    vectors_WK = torch.zeros(num_rows, NUM_DIMENSIONS)
    if not positive.any():
        return vectors_WK
    used, places = np.unique(np.concatenate([left[positive], right[positive]]), return_inverse=True)
    matrix = torch.sparse_coo_tensor(
        torch.from_numpy(places.reshape(2, -1)),
        torch.from_numpy(information[positive]).float(),
        (len(used), len(used)),
        check_invariants=True,
    ).coalesce()
    num_dimensions = min(NUM_DIMENSIONS, len(used))
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        left_UK, values_K, _ = torch.svd_lowrank(matrix, q=num_dimensions, niter=NUM_POWER_ITERATIONS)
    vectors_WK[torch.from_numpy(used), :num_dimensions] = left_UK * values_K.sqrt()
    return vectors_WK


def ngram_vectors(vectors_WK: torch.Tensor, pieces: Sequence[str]) -> torch.Tensor:
    """(W, K): for each piece the mean over its character n-grams of the mean vector of the pieces that hold it."""
    numbers: dict[str, int] = {}
    held = [[numbers.setdefault(ngram, len(numbers)) for ngram in ngrams(piece)] for piece in pieces]
    rows = np.repeat(np.arange(len(pieces)), [len(members) for members in held])
    columns = np.array([number for members in held for number in members], dtype=np.int64)
    holds = torch.sparse_coo_tensor(
        torch.from_numpy(np.stack([rows, columns])),
        torch.ones(len(rows)),
        (len(pieces), max(1, len(numbers))),
        check_invariants=True,
    ).coalesce()
    known_W1 = vectors_WK.any(1, keepdim=True).float()
    directions_WK = functional.normalize(vectors_WK)
    of_ngram = torch.sparse.mm(holds.T, directions_WK) / torch.sparse.mm(holds.T, known_W1).clamp(min=1)
    num_held_W1 = torch.tensor([max(1, len(members)) for members in held]).unsqueeze(1)
    return torch.sparse.mm(holds, of_ngram) / num_held_W1


def ngrams(piece: str) -> list[str]:
    """The different character n-grams of a word piece; ▁ in front marks the start of a word."""
    if not is_word_piece(piece):
        return []
    starts = [(first, n) for n in NGRAM_CHARS for first in range(len(piece) - n + 1)]
    return list(dict.fromkeys(piece[first : first + n] for first, n in starts))


def sparsemax(scores: torch.Tensor) -> torch.Tensor:
    """The nearest point of the probability simplex to each row, rows sorted downwards (Martins and Astudillo 2016)."""
    sums = scores.cumsum(1)
    places = torch.arange(1, scores.shape[1] + 1)
    num_kept = (1 + places * scores > sums).sum(1, keepdim=True)
    threshold = (sums.gather(1, num_kept - 1) - 1) / num_kept
    return (scores - threshold).clamp(min=0)
