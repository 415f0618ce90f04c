import numpy as np

from soro.core.hashes import string_hashes
from soro.corpus.sketch import cells_log2_for, cells_of, count_in_row, counter_of


def hashes(*words: str) -> np.ndarray:
    return string_hashes(words)


def test_documents_are_counted_and_not_occurrences() -> None:
    counter = counter_of([hashes("санг", "санг", "об"), hashes("об"), hashes()], cells_log2=10)
    assert counter.counts(hashes("санг", "об", "барф")).tolist() == [1, 2, 0]


def test_counts_stop_at_255() -> None:
    row = np.zeros(1 << 6, dtype=np.uint8)
    for _ in range(2):
        count_in_row(row, 0, np.repeat(hashes("об"), 300), np.ones(300, dtype=np.int64))
    assert row.max() == 255
    assert np.count_nonzero(row) == 1


def test_a_full_counter_never_counts_too_low() -> None:
    words = [f"калима{i}" for i in range(1_000)]
    counter = counter_of([hashes(word) for word in words], cells_log2=6)
    assert counter.counts(hashes(*words)).min() >= 1


def test_blocks_in_any_order_count_as_one() -> None:
    rng = np.random.default_rng(1)
    documents = [rng.integers(0, 90, size=n).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) for n in range(12)]
    whole = counter_of(documents, cells_log2=8)
    for number, row in enumerate(whole.rows):
        again = np.zeros_like(row)
        for part in (documents[7:], documents[:7]):
            count_in_row(again, number, np.concatenate(part), np.array([len(d) for d in part]))
        plain = np.zeros_like(row)
        for document in documents:
            plain[np.unique(cells_of(document, number, len(row)))] += 1
        assert (again == row).all() and (plain == row).all()


def test_a_row_has_room_for_its_hashes_up_to_a_limit() -> None:
    assert [cells_log2_for(n, 24) for n in (0, 4_096, 4_097, 1 << 20, 1 << 30)] == [16, 16, 17, 24, 24]
