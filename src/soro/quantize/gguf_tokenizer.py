"""`tokenizer.json` of a Gemma into the tokenizer keys of a GGUF.

llama.cpp's kind "gemma4" is BPE by merges with byte fallback over text whose spaces are drawn as ▁: what `tokenizers`
does with Gemma 3's own file, piece by piece. Its older kind for Gemma 3, "llama", merges by scores and differs in places.
"""

import re
from typing import Any

import gguf

from soro.checkpoint.tokenizer_file import END_OF_TURN, SPACE
from soro.core.errors import SoroError

BYTE_PIECE = re.compile(r"<0x[0-9A-F]{2}>")


def add_tokenizer(writer: gguf.GGUFWriter, tokenizer: dict[str, Any], num_rows: int) -> None:
    """Write pieces, merges, token types and special ids. Rows beyond the pieces are marked as unused."""
    vocab: dict[str, int] = tokenizer["model"]["vocab"]
    special = {entry["content"]: bool(entry["special"]) for entry in tokenizer["added_tokens"]}
    rows = {entry["id"]: entry["content"] for entry in tokenizer["added_tokens"]} | {i: p for p, i in vocab.items()}
    pieces = [rows.get(row, f"[unused{row}]") for row in range(num_rows)]
    types = [token_type(piece, special) if row in rows else gguf.TokenType.UNUSED for row, piece in enumerate(pieces)]
    writer.add_tokenizer_model("gemma4")
    writer.add_token_list(pieces)
    writer.add_token_scores([0.0] * num_rows)
    writer.add_token_types(types)
    writer.add_token_merges([" ".join(pair) for pair in split_merges(tokenizer["model"]["merges"])])
    ids = {piece: row for row, piece in rows.items()}
    for piece in ("<bos>", "<eos>", "<pad>"):
        if piece not in ids:
            raise SoroError(f"the tokenizer has no piece {piece}; it is not one of Gemma 3")
    writer.add_bos_token_id(ids["<bos>"])
    writer.add_eos_token_id(ids["<eos>"])
    writer.add_pad_token_id(ids["<pad>"])
    if "<unk>" in ids:
        writer.add_unk_token_id(ids["<unk>"])
    if END_OF_TURN in ids:
        writer.add_eot_token_id(ids[END_OF_TURN])
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)


def token_type(piece: str, special: dict[str, bool]) -> gguf.TokenType:
    """Control tokens never come from text; user-defined ones are matched in it before the merges.

    Runs of spaces are plain pieces: the merges find them all the same, and llama.cpp writes user-defined ones as ▁▁.
    """
    if piece in special and piece.strip(SPACE):
        return gguf.TokenType.CONTROL if special[piece] else gguf.TokenType.USER_DEFINED
    return gguf.TokenType.BYTE if BYTE_PIECE.fullmatch(piece) else gguf.TokenType.NORMAL


def split_merges(merges: list[Any]) -> list[tuple[str, str]]:
    """Merges as pairs; older files of `tokenizers` write them as one string with a space between."""
    halves = [merge.split(" ", 1) if isinstance(merge, str) else merge for merge in merges]
    pairs = [(str(left), str(right)) for left, right in halves]
    for left, right in pairs:
        if " " in left or " " in right:
            raise SoroError(f"the merge of {left!r} and {right!r} holds a space, which a GGUF cannot say")
    return pairs
