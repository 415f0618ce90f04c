import numpy as np
import pytest

from soro.core.hashes import string_hashes
from soro.corpus.sketch import DocumentCounter


def hashes(*words: str) -> np.ndarray:
    return string_hashes(words)


def test_documents_are_counted_and_not_occurrences() -> None:
    counter = DocumentCounter(cells_log2=10)
    counter.add(hashes("санг", "санг", "об"))
    counter.add(hashes("об"))
    assert counter.counts(hashes("санг", "об", "барф")).tolist() == [1, 2, 0]


def test_counts_stop_at_255() -> None:
    counter, other = DocumentCounter(cells_log2=6), DocumentCounter(cells_log2=6)
    for _ in range(300):
        counter.add(hashes("об"))
        other.add(hashes("об"))
    counter.merge(other)
    assert counter.counts(hashes("об")).tolist() == [255]


def test_a_full_counter_never_counts_too_low() -> None:
    counter = DocumentCounter(cells_log2=6)
    words = [f"калима{i}" for i in range(1_000)]
    for word in words:
        counter.add(hashes(word))
    assert counter.counts(hashes(*words)).min() >= 1


def test_counters_of_two_sizes_do_not_merge() -> None:
    with pytest.raises(ValueError, match="cannot be merged"):
        DocumentCounter(cells_log2=6).merge(DocumentCounter(cells_log2=7))
