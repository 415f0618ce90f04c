"""Fertility: how many tokens a tokenizer spends on a word and on a character, and on which words it spends most."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from soro.core.counts import SPACE
from soro.core.errors import SoroError
from soro.tajik.words import count_words, words_of
from soro.vocab.open_tokenizer import open_tokenizer


@dataclass(frozen=True, kw_only=True)
class CostlyWord:
    """A word, how often the text has it, and its pieces after a space; � is a part of a letter, ▁ the space alone."""

    word: str
    count: int
    cut: tuple[str, ...]

    @property
    def num_extra_tokens(self) -> int:
        """Tokens that the text would save if this word were one piece."""
        return self.count * (len(self.cut) - 1)


@dataclass(frozen=True, kw_only=True)
class Fertility:
    """One tokenizer on one text; special tokens are not counted."""

    tokenizer: str
    num_rows: int
    text: str
    num_words: int
    num_chars: int
    num_tokens: int
    costly_words: tuple[CostlyWord, ...] = ()

    @property
    def tokens_per_word(self) -> float:
        return self.num_tokens / self.num_words

    @property
    def tokens_per_char(self) -> float:
        return self.num_tokens / self.num_chars

    def as_json(self) -> dict[str, Any]:
        return {
            "tokenizer": self.tokenizer,
            "num_rows": self.num_rows,
            "text": self.text,
            "num_words": self.num_words,
            "num_chars": self.num_chars,
            "num_tokens": self.num_tokens,
            "tokens_per_word": round(self.tokens_per_word, 4),
            "tokens_per_char": round(self.tokens_per_char, 4),
            "costly_words": [{"word": w.word, "count": w.count, "cut": list(w.cut)} for w in self.costly_words],
        }


def measure_fertility(tokenizers: Sequence[Path], files: Sequence[Path], num_costly: int = 10) -> list[Fertility]:
    """Every tokenizer on every file of UTF-8 text, in their order. Raises SoroError for what cannot be read."""
    texts = {str(file): read_text(file) for file in files}
    opened = {str(path): open_tokenizer(path) for path in tokenizers}
    return [
        fertility(tokenizer, text, tokenizer_name=name, text_name=file, num_costly=num_costly)
        for name, tokenizer in opened.items()
        for file, text in texts.items()
    ]


def read_text(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise SoroError(f"text {file} is not there") from error
    except IsADirectoryError as error:
        raise SoroError(f"text {file} is a folder; name the files in it") from error
    except UnicodeDecodeError as error:
        raise SoroError(f"text {file}: not UTF-8 (byte {error.start}); convert it, for example with iconv") from error
    if not count_words(text):
        raise SoroError(f"text {file} holds no word to count tokens on")
    return text


def fertility(
    tokenizer: Tokenizer, text: str, *, tokenizer_name: str, text_name: str, num_costly: int = 0
) -> Fertility:
    return Fertility(
        tokenizer=tokenizer_name,
        num_rows=tokenizer.get_vocab_size(),
        text=text_name,
        num_words=count_words(text),
        num_chars=len(text),
        num_tokens=len(tokenizer.encode(text, add_special_tokens=False).ids),
        costly_words=tuple(costly_words(tokenizer, text, num_costly)),
    )


def costly_words(tokenizer: Tokenizer, text: str, number: int) -> list[CostlyWord]:
    """The words on which most tokens beyond one a word are spent: often used and finely cut, the costliest first."""
    counts = Counter(words_of(text))
    words = list(counts) if number else []
    encodings = tokenizer.encode_batch([f" {word}" for word in words], add_special_tokens=False)
    ranked = sorted(
        zip(words, encodings, strict=True), key=lambda pair: (-counts[pair[0]] * (len(pair[1].ids) - 1), pair[0])
    )
    return [
        CostlyWord(
            word=word, count=counts[word], cut=tuple(tokenizer.decode([row]).strip() or SPACE for row in encoding.ids)
        )
        for word, encoding in ranked[:number]
        if len(encoding.ids) > 1
    ]


def fertility_tables(measured: Sequence[Fertility]) -> str:
    """Two Markdown tables: the rates, and the costliest words of each tokenizer on each text."""
    lines = ["| tokenizer | rows | text | words | tokens/word | tokens/character |", "|---|---|---|---|---|---|"]
    for m in measured:
        rates = f"{m.num_words:,} | {m.tokens_per_word:.3f} | {m.tokens_per_char:.4f}"
        lines.append(f"| {m.tokenizer} | {m.num_rows:,} | {m.text} | {rates} |")
    if any(m.costly_words for m in measured):
        lines += ["", "| tokenizer | text | costliest words | times | tokens | cut |", "|---|---|---|---|---|---|"]
    for m in measured:
        for w in m.costly_words:
            cut = "·".join(w.cut).replace("|", "\\|")
            lines.append(f"| {m.tokenizer} | {m.text} | {w.word} | {w.count} | {len(w.cut)} | {cut} |")
    return "\n".join(lines)
