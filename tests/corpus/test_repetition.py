import pytest

from soro.core.hashes import string_hashes
from soro.corpus.repetition import duplicate_ngram_share, duplicate_share, paragraphs, top_ngram_share


def test_what_came_before_counts_by_its_characters() -> None:
    assert duplicate_share(["аб", "вгде", "аб", "аб"]) == 4 / 10
    assert duplicate_share([]) == 0.0
    assert paragraphs("а\nб\n\n \nв") == ["а\nб", "в"]


@pytest.mark.parametrize(
    ("words", "share"), [("а б в г д е", 0.0), ("а б в а б г а б д", 6 / 9), ("а б в а б", 0.0), ("", 0.0)]
)
def test_the_most_frequent_run(words: str, share: float) -> None:
    assert top_ngram_share(string_hashes(words.split())) == share


@pytest.mark.parametrize(
    ("words", "share"), [("а б в г д х а б в г д", 5 / 11), ("а б в г х а б в г", 0.0), ("а", 0.0)]
)
def test_runs_that_came_before(words: str, share: float) -> None:
    assert duplicate_ngram_share(string_hashes(words.split())) == share
