"""Which of Gemma 3's pieces stay: those its users' languages spell words with, and every piece a merge needs on the way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from tokenizers import Tokenizer

from soro.checkpoint.tokenizer_file import (
    BYTE_PIECES,
    END_OF_TURN,
    IMAGE_TOKENS,
    SPACE,
    SPECIAL_TOKENS,
    START_OF_TURN,
)

# Letters and signs that any text may bring: Latin, Greek, Cyrillic, Arabic script, punctuation, currency, arrows, mathematics.
KEPT_SCRIPTS = ((0x20, 0x24F), (0x370, 0x52F), (0x600, 0x6FF), (0x2010, 0x2044), (0x2070, 0x22FF), (0x2500, 0x25FF))
MAX_SYMBOL_RUN = 3
TYPOGRAPHIC_SIGNS = "«»—–“”„‘’…№€£°·×•"  # signs of edited text beyond ASCII, which stand in runs: ▁«, », ▁—


def piece_counts(tokenizer: Tokenizer, word_counts: Mapping[str, int]) -> Counter[str]:
    """How often each piece is used in the counted words, as the tokenizer spells them."""
    counts: Counter[str] = Counter()
    words = list(word_counts)
    for word, spelling in zip(words, spell(tokenizer, words), strict=True):
        for piece in spelling:
            counts[piece] += word_counts[word]
    return counts


def spell(tokenizer: Tokenizer, words: Iterable[str]) -> list[list[str]]:
    """The pieces of each word; ▁ stands for a space, as in the pieces themselves."""
    batch = [word.replace(SPACE, " ") for word in words]
    return [encoding.tokens for encoding in tokenizer.encode_batch(batch, add_special_tokens=False)]


def most_used(counts: Counter[str], num_pieces: int) -> list[str]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [piece for piece, _ in ranked[:num_pieces]]


def fixed_pieces(base: dict[str, Any], *, with_images: bool = False) -> list[str]:
    """Pieces every vocabulary keeps: special tokens, turn markers, bytes, whitespace and other text matched before BPE,
    single characters of the kept scripts, digits, short runs of signs as code and edited text have them; `with_images`
    the tokens that stand for an image, too."""
    vocab: dict[str, int] = base["model"]["vocab"]
    images = IMAGE_TOKENS.values() if with_images else ()
    special = [*SPECIAL_TOKENS, START_OF_TURN, END_OF_TURN, *images]
    matched = [t["content"] for t in base["added_tokens"] if not t["special"] and not is_placeholder(t["content"])]
    characters = [piece for piece in vocab if len(piece) == 1 and in_kept_scripts(piece)]
    signs = [piece for piece in vocab if is_sign_run(piece)]
    wanted = [*special, *matched, *BYTE_PIECES, SPACE, *characters, *signs]
    return [piece for piece in dict.fromkeys(wanted) if piece in vocab]


def is_placeholder(piece: str) -> bool:
    """Rows without a meaning, and those of the image tower: `<unused17>`, `[multimodal]`, `<start_of_image>`."""
    return piece.startswith("<unused") or piece == "[multimodal]" or "image" in piece


def in_kept_scripts(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in KEPT_SCRIPTS)


def is_sign_run(piece: str) -> bool:
    body = piece.lstrip(SPACE)
    return 0 < len(body) <= MAX_SYMBOL_RUN and all(is_sign(character) for character in body)


def is_sign(character: str) -> bool:
    return character in TYPOGRAPHIC_SIGNS or (character.isascii() and not character.isalnum())


def close_under_merges(base: dict[str, Any], pieces: Iterable[str]) -> set[str]:
    """The pieces and every intermediate the merges pass on the way to them, so that each can be reached.

    The way is the one BPE takes: the merge of lowest rank first.
    """
    return set().union(*closure_steps(base, pieces))


def closure_steps(base: dict[str, Any], pieces: Iterable[str]) -> Iterator[set[str]]:
    """For each piece in turn, what it needs: itself and its intermediates, as far as `base` has them."""
    ranks = {(left, right): rank for rank, (left, right) in enumerate(base["model"]["merges"])}
    matched = {token["content"] for token in base["added_tokens"]} | set(BYTE_PIECES)
    vocab = base["model"]["vocab"]
    for piece in pieces:
        is_matched = piece in matched and not set(piece) <= {SPACE}
        path = [piece] if is_matched else [piece, *merge_path(piece, ranks)]
        yield {symbol for symbol in path if symbol in vocab}


def merge_path(piece: str, ranks: Mapping[tuple[str, str], int]) -> list[str]:
    """Every symbol that stands at some moment while BPE builds `piece` from its characters."""
    symbols = list(piece)
    seen = list(symbols)
    while len(symbols) > 1:
        pairs = [(ranks.get(pair, len(ranks)), i) for i, pair in enumerate(pairwise(symbols))]
        rank, i = min(pairs)
        if rank == len(ranks):
            break
        symbols[i : i + 2] = [symbols[i] + symbols[i + 1]]
        seen.append(symbols[i])
    return seen
