"""What the vocabularies are measured on: documents that shaped no piece, word counts where a language has none, mathematics."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from tokenizers import Tokenizer

from soro.core.counts import SPACE
from soro.core.documents import read_documents
from soro.tajik.samples import mathematics
from soro.tajik.words import count_words

MATHEMATICS = "mathematics"
OWN_TEXT = "ten worked problems of the package, Tajik and English"
MAX_CHARS = 500_000  # of a language: beyond that a rate hardly moves


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

    `files` names the counts file of each language. Documents of the recipe's language are held-out ones, because its pieces
    are learned from the others; the pieces of the other languages come from counts, so all their documents are unseen.
    Without a corpus every language is measured by its counts.
    """
    documents: dict[str, list[str]] = {}
    parts = {name: corpus / f"{name}.parquet" for name in ("heldout", "train")} if corpus else {}
    for name, path in parts.items():
        for document in read_documents(path):
            if name == "heldout" or document.lang != language:
                documents.setdefault(document.lang, []).append(document.text)
    found = [
        documents_sample(lang, documents[lang], "held-out documents" if lang == language else "documents")
        if lang in documents
        else counts_sample(lang, word_counts[lang], files.get(lang, "the corpus"))
        for lang in dict.fromkeys([language, *sorted({*documents, *word_counts})])
        if lang in documents or lang in word_counts
    ]
    return [*found, Sample(kind=MATHEMATICS, source=OWN_TEXT, texts=((mathematics(), 1),))]


def documents_sample(lang: str, texts: list[str], name: str) -> Sample:
    clipped = clip(texts)
    source = f"{len(clipped):,} {name} of the corpus, {sum(map(len, clipped)):,} characters"
    return Sample(kind=lang, source=source, texts=tuple((text, 1) for text in clipped))


def clip(texts: list[str]) -> list[str]:
    """Whole texts in order until they have MAX_CHARS characters."""
    totals = accumulate(map(len, texts))
    return [text for text, total in zip(texts, totals, strict=True) if total - len(text) < MAX_CHARS]


def counts_sample(lang: str, counts: Mapping[str, int], file: str) -> Sample:
    """Words as often as they were counted: a list that shaped the vocabulary, so it flatters."""
    source = f"the {len(counts):,} words of {file}, which shaped the vocabulary"
    return Sample(kind=lang, source=source, texts=tuple((word.replace(SPACE, " "), n) for word, n in counts.items()))
