import random
from typing import Any

import numpy as np
import pytest
import torch

from soro.checkpoint.tokenizer_file import (
    BYTE_PIECES,
    END_OF_TURN,
    SPACE,
    SPECIAL_TOKENS,
    START_OF_TURN,
    gemma_tokenizer,
)
from soro.core.errors import SoroError
from soro.vocab.similar import context_vectors, mix_similar_rows, ngrams, piece_vectors, sparsemax

COLOURS, ANIMALS = ("сурх", "кабуд", "сафед"), ("гурба", "саг", "асп")
NEW = ("▁зард", "▁гург")  # a colour and an animal
SUFFIX = "нок"
LETTERS = "абвгдежзийклмнопрстуфхчшэ"


def fitted_of(*words: str) -> dict[str, Any]:
    """A tokenizer of letters and whole words, each reached letter by letter."""
    pieces = [*SPECIAL_TOKENS, START_OF_TURN, END_OF_TURN, *BYTE_PIECES, SPACE, *LETTERS]
    merges = []
    for word in words:
        for end in range(2, len(word) + 1):
            if word[:end] not in pieces:
                pieces.append(word[:end])
                merges.append((word[: end - 1], word[end - 1]))
    return gemma_tokenizer(pieces, merges, dict.fromkeys([*SPECIAL_TOKENS, START_OF_TURN, END_OF_TURN], True))


@pytest.fixture(scope="module")
def fitted() -> dict[str, Any]:
    return fitted_of(*(f"{SPACE}{word}" for word in (*COLOURS, *ANIMALS, "ранг", "дуд", "давид", "хурд")), *NEW)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Colours stand after one word and before another, animals between two others."""
    choose = random.Random(0).choice
    colours = [f" ранг {choose([*COLOURS, 'зард'])} дуд" for _ in range(300)]
    animals = [f" давид {choose([*ANIMALS, 'гург'])} хурд" for _ in range(300)]
    return [*colours, *animals]


def rows_of(fitted: dict[str, Any]) -> torch.Tensor:
    """+1 for colours, -1 for animals, 0 for the rest."""
    vocab = fitted["model"]["vocab"]
    rows = torch.zeros(len(vocab), 3, dtype=torch.bfloat16)
    rows[[vocab[SPACE + word] for word in COLOURS]] = 1.0
    rows[[vocab[SPACE + word] for word in ANIMALS]] = -1.0
    return rows


def test_a_new_piece_takes_after_those_used_like_it(fitted: dict[str, Any], texts: list[str]) -> None:
    rows, vocab = rows_of(fitted), fitted["model"]["vocab"]
    before = rows.clone()
    assert mix_similar_rows(rows, fitted, NEW, texts, seed=0) == len(NEW)
    assert (rows[vocab[NEW[0]]] > 0.6).all() and (rows[vocab[NEW[1]]] < -0.6).all()
    others = [row for piece, row in vocab.items() if piece not in NEW]
    assert torch.equal(rows[others], before[others])


def test_the_seed_alone_decides() -> None:
    streams = [np.random.default_rng(0).integers(0, 300, 4000)]  # more directions than are kept
    one, again, other = (context_vectors(streams, 300, seed) for seed in (3, 3, 4))
    assert torch.equal(one, again) and not torch.equal(one, other)


def test_a_rare_piece_takes_after_those_spelled_like_it(texts: list[str]) -> None:
    pieces = ["▁кабуд", "▁кабудча", "▁гурба"]
    streams = [np.array([0, 3, 0, 3, 0, 3]), np.array([2, 4, 2, 4, 2, 4])]
    vectors = piece_vectors(streams, [*pieces, "▁ранг", "▁хурд"], seed=0)
    used, rare, other = vectors[:3]
    assert used @ rare > 0.9 > used @ other


def test_a_corpus_without_kept_pieces_is_refused(fitted: dict[str, Any]) -> None:
    with pytest.raises(SoroError, match="the corpus uses none of the kept pieces"):
        mix_similar_rows(rows_of(fitted), fitted, NEW, ["1 2 3 4"], seed=0)


def test_sparsemax_is_the_nearest_point_of_the_simplex() -> None:
    scores = torch.rand(20, 9, generator=torch.Generator().manual_seed(0)).sort(1, descending=True).values
    found = sparsemax(scores)
    assert torch.allclose(found.sum(1), torch.ones(20)) and (found >= 0).all()
    for row, point in zip(scores, found, strict=True):
        low, high = float(row.min()) - 1, float(row.max())
        for _ in range(60):  # the threshold by halving
            middle = (low + high) / 2
            low, high = (middle, high) if float((row - middle).clamp(min=0).sum()) > 1 else (low, middle)
        assert torch.allclose(point, (row - low).clamp(min=0), atol=1e-5)
    assert sparsemax(torch.tensor([[2.0, 0.5]])).tolist() == [[1.0, 0.0]]


def test_ngrams_are_those_of_words() -> None:
    assert ngrams("▁саг") == ["▁са", "саг", "▁саг"]
    assert ngrams("<0x41>") == ngrams("12") == ngrams("▁") == []
