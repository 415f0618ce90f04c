"""Languages and tokens of the sampled texts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soro.core.errors import SoroError, missing_extra
from soro.tajik.document_languages import identify_documents
from soro.tajik.languages import load_identifier
from soro.tajik.words import count_words


@dataclass(frozen=True)
class LanguageShares:
    """Of a group of texts: how many there are, the share of the letters in each language (they sum to 1), and how many
    texts are mostly in each."""

    num_texts: int
    letters: dict[str, float]
    documents: dict[str, int]


@dataclass(frozen=True)
class TokenRate:
    """Tokens of one tokenizer on one group of texts."""

    tokenizer: str
    vocab_size: int
    group: str
    num_texts: int
    per_word: float
    per_char: float


def language_shares(groups: dict[str, list[str]]) -> dict[str, LanguageShares]:
    """The languages of each group that has letters in it."""
    identifier = load_identifier()
    shares = {}
    for group, texts in groups.items():
        letters: dict[str, float] = defaultdict(float)
        documents: dict[str, int] = defaultdict(int)
        for text, guess in zip(texts, identify_documents(identifier, texts), strict=True):
            documents[guess.lang] += 1
            size = sum(map(str.isalpha, text))
            for lang, share in guess.shares.items():
                letters[lang] += size * share
        whole = sum(letters.values())
        if whole:
            ranked = sorted(letters.items(), key=lambda entry: (-entry[1], entry[0]))
            shares[group] = LanguageShares(len(texts), {lang: size / whole for lang, size in ranked}, dict(documents))
    return shares


def token_rates(paths: Sequence[Path], groups: dict[str, list[str]]) -> list[TokenRate]:
    """Tokens per word and per character of each group by each tokenizer, special tokens not counted.

    Raises SoroError for a path that holds no tokenizer.
    """
    rates = []
    for name, path in zip(names_of(paths), paths, strict=True):
        tokenizer = load_tokenizer(path)
        for group, texts in groups.items():
            num_words, num_chars = sum(map(count_words, texts)), sum(map(len, texts))
            if num_words:
                num_tokens = sum(len(e.ids) for e in tokenizer.encode_batch(texts, add_special_tokens=False))
                size = tokenizer.get_vocab_size()
                rates.append(TokenRate(name, size, group, len(texts), num_tokens / num_words, num_tokens / num_chars))
    return rates


def load_tokenizer(path: Path) -> Any:
    """The tokenizer of a `tokenizer.json`, or of the folder that holds one."""
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise missing_extra("tokenizers", "train") from error
    file = path / "tokenizer.json" if path.is_dir() else path
    if not file.is_file():
        raise SoroError(f"--tokenizer {path}: no tokenizer.json is there; name that file or its folder")
    try:
        return Tokenizer.from_file(str(file))
    except Exception as error:  # the library raises nothing narrower
        raise SoroError(f"--tokenizer {file} is no tokenizer that can be read ({error}); save it again") from error


def names_of(paths: Sequence[Path]) -> list[str]:
    """The folders' names, with their parents' where two are alike."""
    files = [path.resolve() if path.is_dir() else path.resolve().parent for path in paths]
    names = [file.name for file in files]
    return [
        name if names.count(name) == 1 else f"{file.parent.name}/{name}"
        for name, file in zip(names, files, strict=True)
    ]
