import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from soro.tajik.ngrams import MAX_ORDER, NUM_KINDS, ngram_rows

NUM_ROWS = 1 << 12
WORDS = st.text(alphabet="абвғӣқ'z", min_size=1, max_size=12)


def rows_of(word: str) -> list[int]:
    return sorted(ngram_rows([word], NUM_ROWS)[0][ngram_rows([word], NUM_ROWS)[0] > 0].tolist())


def test_number_of_ngrams() -> None:
    # |аб| : а б / |а аб б| / |аб аб| / |аб| and the whole word
    rows, starts = ngram_rows(["аб"], NUM_ROWS)
    assert [int((rows[:, order] > 0).sum()) for order in range(NUM_KINDS)] == [2, 3, 2, 1, 0, 1]
    assert starts.tolist() == [0]


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_a_word_has_the_same_rows_in_any_company(words: list[str]) -> None:
    rows, starts = ngram_rows(words, NUM_ROWS)
    ends = [*starts[1:], len(rows)]
    for word, first, last in zip(words, starts, ends, strict=True):
        part = rows[first:last]
        assert sorted(part[part > 0].tolist()) == rows_of(word)


@given(WORDS)
def test_whole_words_keep_to_the_upper_half(word: str) -> None:
    rows, _ = ngram_rows([word], NUM_ROWS)
    assert rows[0, MAX_ORDER] > NUM_ROWS // 2
    assert rows[:, :MAX_ORDER].max() < NUM_ROWS // 2


def test_rows_are_spread_evenly() -> None:
    words = [f"{a}{b}{c}" for a in "абвгдежз" for b in "иклмноп" for c in "рстуфхц"]
    rows, starts = ngram_rows(words, NUM_ROWS)
    assert len(np.unique(rows[starts, MAX_ORDER])) > 0.85 * len(words)
