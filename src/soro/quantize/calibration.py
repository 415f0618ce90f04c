"""Text that shows a quantizer which weights matter: rows of training documents in the target language."""

import random
from pathlib import Path

import torch
from tokenizers import Tokenizer

from soro.checkpoint.tokenizer_file import token_id
from soro.core.documents import read_documents
from soro.core.errors import SoroError


def calibration_rows(
    corpus: Path, tokenizer: Tokenizer, *, language: str, num_rows: int, seq_len: int, seed: int
) -> torch.Tensor:
    """(num_rows, seq_len) token ids, each row after a <bos>; the sources of `language` take turns, each in a seeded order.

    A small corpus gives fewer rows. Raises SoroError when it has not enough text for one.
    """
    by_source: dict[str, list[str]] = {}
    for document in sorted(read_documents(corpus / "train.parquet"), key=lambda d: d.id):
        if document.lang == language:
            by_source.setdefault(document.source, []).append(document.text)
    supplies = []
    for name, texts in sorted(by_source.items()):
        random.Random(f"{seed} {name}").shuffle(texts)
        supplies.append(rows_of(texts, tokenizer, seq_len, num_rows))
    longest = max((len(rows) for rows in supplies), default=0)
    mixed = [rows[turn] for turn in range(longest) for rows in supplies if turn < len(rows)]
    if not mixed:
        raise SoroError(
            f"{corpus} has too little text in {language!r} for one calibration row of {seq_len} tokens; "
            "lower quantize.calibration_seq_len"
        )
    return torch.tensor(mixed[:num_rows])


def rows_of(texts: list[str], tokenizer: Tokenizer, seq_len: int, max_rows: int) -> list[list[int]]:
    """Up to `max_rows` full rows of the texts one after the other, each text ended by <eos>."""
    bos, eos = token_id(tokenizer, "<bos>"), token_id(tokenizer, "<eos>")
    rows: list[list[int]] = []
    left: list[int] = []
    for text in texts:
        left += [*tokenizer.encode(text, add_special_tokens=False).ids, eos]
        while len(left) >= seq_len - 1 and len(rows) < max_rows:
            rows.append([bos, *left[: seq_len - 1]])
            left = left[seq_len - 1 :]
        if len(rows) == max_rows:
            break
    return rows
