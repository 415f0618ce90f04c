"""Vocabularies of several sizes as the recipe would choose them.

At each size the kept languages stay in the recipe's proportion to each other, and learned pieces get the same share of
the rows as in the recipe, less where the pieces that every vocabulary has take more; at the recipe's own size this is its
own vocabulary.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from tokenizers import Tokenizer

from soro.core.errors import SoroError
from soro.core.recipe import Vocab
from soro.vocab.casing import with_capitals
from soro.vocab.fit import with_learned
from soro.vocab.keep import closure_steps, fixed_pieces, most_used, piece_counts

SIZES = (16_384, 24_576, 32_768, 49_152, 65_536, 98_304, 131_072)
MARGIN = 1.5  # pieces share more of their intermediates the more of them there are


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A vocabulary: its tokenizer, how many pieces of each language it keeps, how many it learned. `is_base`: Gemma 3's own."""

    num_rows: int
    tokenizer: Tokenizer
    num_kept: Mapping[str, int]
    num_learned: int
    is_base: bool = False


def candidates(
    base: dict[str, Any], section: Vocab, word_counts: Mapping[str, Mapping[str, int]]
) -> Iterator[Candidate]:
    """The sizes that leave room for learned pieces, the recipe's own among them, smallest first; the base vocabulary last.

    Raises SoroError when the recipe's own size is too small for what it keeps.
    """
    base_tokenizer = tokenizer_of(base)
    ranked = {lang: ranked_pieces(base_tokenizer, word_counts[lang], section, lang) for lang in section.num_kept}
    fixed = set().union(*closure_steps(base, fixed_pieces(base)))
    order = in_proportion(ranked, section.num_kept)
    growth = list(closure_steps(base, [piece for _, piece in order]))
    num_closed = len(fixed.union(*growth[: sum(section.num_kept.values())]))
    if num_closed >= section.num_rows:
        raise SoroError(
            f"vocab.num_rows is {section.num_rows}, but {num_closed} pieces must stay for what vocab.num_kept asks; "
            "raise num_rows or keep fewer"
        )
    learn_from = {w: n for lang in word_counts if lang not in section.num_kept for w, n in word_counts[lang].items()}
    num_base = len(base["model"]["vocab"])
    for num_rows in sorted({*SIZES, section.num_rows}):
        max_closed = max(len(fixed), num_closed * num_rows // section.num_rows)
        is_asked = num_rows == section.num_rows
        if len(fixed) < num_rows and (num_rows < num_base or is_asked):
            closed, num_steps = grown(fixed, growth, max_closed)
            value, num_learned = with_learned(base, closed, learn_from, num_rows)
            langs = [lang for lang, _ in order[:num_steps]]
            yield Candidate(
                num_rows=len(value["model"]["vocab"]),
                tokenizer=tokenizer_of(value),
                num_kept={lang: langs.count(lang) for lang in section.num_kept},
                num_learned=num_learned,
            )
    yield Candidate(num_rows=num_base, tokenizer=base_tokenizer, num_kept={}, num_learned=0, is_base=True)


def tokenizer_of(value: dict[str, Any]) -> Tokenizer:
    return Tokenizer.from_str(json.dumps(value, ensure_ascii=False))


def ranked_pieces(tokenizer: Tokenizer, counts: Mapping[str, int], section: Vocab, lang: str) -> list[str]:
    """The pieces of a language, most used first: those the recipe keeps, and enough for the largest size."""
    used = piece_counts(tokenizer, with_capitals(tokenizer, counts))
    growth = max(1.0, MARGIN * max(SIZES) / section.num_rows)
    return most_used(used, ceil(section.num_kept[lang] * growth))


def in_proportion(ranked: Mapping[str, list[str]], num_kept: Mapping[str, int]) -> list[tuple[str, str]]:
    """(language, piece) of all languages, so that every beginning holds them in the proportion of `num_kept`."""
    placed = [
        (place / num_kept[lang], lang, piece)
        for lang, pieces in ranked.items()
        for place, piece in enumerate(pieces, 1)
    ]
    return [(lang, piece) for _, lang, piece in sorted(placed)]


def grown(fixed: set[str], growth: list[set[str]], max_pieces: int) -> tuple[set[str], int]:
    """`fixed` with what the first steps of `growth` add while it has at most `max_pieces`, and the number of those steps."""
    closed = set(fixed)
    for number, step in enumerate(growth):
        added = step - closed
        if len(closed) + len(added) > max_pieces:
            return closed, number
        closed |= added
    return closed, len(growth)
