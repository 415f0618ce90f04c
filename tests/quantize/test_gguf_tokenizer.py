import pytest
from gguf import TokenType

from soro.core.errors import SoroError
from soro.quantize.gguf_tokenizer import split_merges, token_type

SPECIAL = {"<bos>": True, "\n\n": False, "\u2581\u2581": False}


@pytest.mark.parametrize(
    ("piece", "kind"),
    [
        ("<bos>", TokenType.CONTROL),
        ("\n\n", TokenType.USER_DEFINED),
        ("\u2581\u2581", TokenType.NORMAL),  # llama.cpp writes user-defined ones as they are
        ("<0x0A>", TokenType.BYTE),
        ("<0x0a>", TokenType.NORMAL),
        ("word", TokenType.NORMAL),
    ],
)
def test_types(piece: str, kind: TokenType) -> None:
    assert token_type(piece, SPECIAL) == kind


def test_merges_of_both_spellings() -> None:
    assert split_merges(["a b", ["c", "d"]]) == [("a", "b"), ("c", "d")]
    with pytest.raises(SoroError, match="holds a space"):
        split_merges([["a ", "b"]])
