"""What the vocabularies are measured on: held-out documents, word counts where a language has none, mathematics."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from soro.core.counts import SPACE
from soro.core.documents import read_documents
from soro.tajik.samples import mathematics
from soro.tajik.words import count_words

MATHEMATICS = "mathematics"


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Texts of one kind, each with how often it counts, and where they come from in words for people."""

    kind: str
    source: str
    texts: tuple[tuple[str, int], ...]

    @property
    def num_words(self) -> int:
        return sum(count * count_words(text) for text, count in self.texts)

    @property
    def num_chars(self) -> int:
        return sum(count * len(text) for text, count in self.texts)

    def num_tokens(self, tokenizer: Tokenizer) -> int:
        """Tokens of the texts, each as often as it counts."""
        encodings = tokenizer.encode_batch([text for text, _ in self.texts], add_special_tokens=False)
        return sum(len(e.ids) * count for e, (_, count) in zip(encodings, self.texts, strict=True))


def samples(
    language: str, word_counts: Mapping[str, Mapping[str, int]], files: Mapping[str, str], corpus: Path | None
) -> list[Sample]:
    """The language of the recipe first, then the others it has counts or documents of, mathematics last.

    `files` names the counts file of each language. Without a corpus every language is measured by its counts.
    """
    documents: dict[str, list[str]] = {}
    for document in read_documents(corpus / "heldout.parquet") if corpus else ():
        documents.setdefault(document.lang, []).append(document.text)
    langs = dict.fromkeys([language, *sorted({*documents, *word_counts})])
    found = [
        heldout_sample(lang, documents[lang])
        if lang in documents
        else counts_sample(lang, word_counts[lang], files.get(lang, "the corpus"))
        for lang in langs
        if lang in documents or lang in word_counts
    ]
    own = Sample(
        kind=MATHEMATICS, source="ten worked problems of the package, Tajik and English", texts=((mathematics(), 1),)
    )
    return [*found, own]


def heldout_sample(lang: str, texts: list[str]) -> Sample:
    num_chars = sum(map(len, texts))
    source = f"{len(texts):,} held-out documents of the corpus, {num_chars:,} characters"
    return Sample(kind=lang, source=source, texts=tuple((text, 1) for text in texts))


def counts_sample(lang: str, counts: Mapping[str, int], file: str) -> Sample:
    """Words as often as they were counted: a list that shaped the vocabulary, so it flatters."""
    source = f"the {len(counts):,} words of {file}, which shaped the vocabulary"
    return Sample(kind=lang, source=source, texts=tuple((word.replace(SPACE, " "), n) for word, n in counts.items()))
