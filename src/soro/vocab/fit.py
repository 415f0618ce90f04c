"""The fitted tokenizer: kept pieces and merges of Gemma 3, then the learned ones."""

import json
from collections.abc import Mapping
from typing import Any

from tokenizers import Tokenizer

from soro.checkpoint.tokenizer_file import BYTE_PIECES, gemma_tokenizer
from soro.core.errors import SoroError
from soro.vocab.casing import with_capitals
from soro.vocab.keep import close_under_merges, fixed_pieces, most_used, piece_counts, spell
from soro.vocab.learn import learn_merges


def fit_tokenizer(
    base: dict[str, Any],
    word_counts: Mapping[str, Mapping[str, int]],
    num_kept: Mapping[str, int],
    num_rows: int,
    *,
    with_images: bool = False,
) -> tuple[dict[str, Any], int]:
    """(`tokenizer.json` with at most `num_rows` pieces, number of learned ones).

    `word_counts` maps a language to its counts; of the languages in `num_kept` that many most used pieces of `base`
    stay; merges are learned from the languages that are not in `num_kept`. `with_images` keeps the image tokens of a
    multimodal checkpoint. Raises SoroError when `num_rows` is too small for what must stay.
    """
    base_tokenizer = Tokenizer.from_str(json.dumps(base, ensure_ascii=False))
    wanted = fixed_pieces(base, with_images=with_images)
    for lang, num_pieces in num_kept.items():
        cased = with_capitals(base_tokenizer, word_counts[lang])
        wanted += most_used(piece_counts(base_tokenizer, cased), num_pieces)
    learn_from = {word: n for lang in word_counts if lang not in num_kept for word, n in word_counts[lang].items()}
    return with_learned(base, close_under_merges(base, wanted), learn_from, num_rows)


def with_learned(
    base: dict[str, Any], closed: set[str], learn_from: Mapping[str, int], num_rows: int
) -> tuple[dict[str, Any], int]:
    """(`tokenizer.json` of the `closed` pieces and of those learned from the counts `learn_from`, number of learned ones).

    Raises SoroError when `closed` leaves no row to learn.
    """
    if len(closed) >= num_rows:
        raise SoroError(
            f"vocab.num_rows is {num_rows}, but {len(closed)} pieces must stay for what vocab.num_kept asks; "
            "raise num_rows or keep fewer"
        )
    kept = restrict(base, closed)
    words = sorted(learn_from)
    kept_tokenizer = Tokenizer.from_str(json.dumps(kept, ensure_ascii=False))
    spellings = [s if not set(s) & set(BYTE_PIECES) else [] for s in spell(kept_tokenizer, words)]
    merges = learn_merges(spellings, [learn_from[w] for w in words], kept["model"]["vocab"], num_rows - len(closed))
    return extend(kept, merges), len({a + b for a, b in merges} - closed)


def restrict(base: dict[str, Any], pieces: set[str]) -> dict[str, Any]:
    """`base` with only `pieces`, in its own order, the special tokens first, and the merges among them."""
    order = [piece for piece, _ in sorted(base["model"]["vocab"].items(), key=lambda item: item[1]) if piece in pieces]
    merges = [(a, b) for a, b in base["model"]["merges"] if a in pieces and b in pieces and a + b in pieces]
    added = {token["content"]: token["special"] for token in base["added_tokens"] if token["content"] in pieces}
    return gemma_tokenizer(order, merges, added)


def extend(kept: dict[str, Any], merges: list[tuple[str, str]]) -> dict[str, Any]:
    """`kept` with the learned merges after its own, and a row for each new piece in the order they were learned."""
    pieces = list(dict.fromkeys([*kept["model"]["vocab"], *(left + right for left, right in merges)]))
    old = [(left, right) for left, right in kept["model"]["merges"]]
    known = set(old)
    new = [merge for merge in merges if merge not in known]
    added = {token["content"]: token["special"] for token in kept["added_tokens"]}
    return gemma_tokenizer(pieces, old + new, added)
