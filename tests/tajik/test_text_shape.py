"""Stop words, words that can be said, and remains of wrong encodings."""

import pytest

from soro.tajik.mojibake import mojibake_share
from soro.tajik.sound import is_unpronounceable
from soro.tajik.stop_words import STOP_WORDS, stop_word_share


def test_stop_words_count_with_and_without_their_letters() -> None:
    assert stop_word_share(["мо", "ҳам", "ба", "он", "ҷо", "рафтем"]) == 4 / 6
    assert stop_word_share(["мо", "хам", "ба", "он", "чо", "рафтем"]) == 4 / 6
    assert stop_word_share([]) == 0.0
    assert all(word == word.lower() and word.isalpha() for word in STOP_WORDS)


@pytest.mark.parametrize("word", ["дастгоҳ", "дурустсоз", "министрҳо", "КҶШС", "ҶСП", "взгляд", "мн", "中文字典"])
def test_words_that_are_said(word: str) -> None:
    assert not is_unpronounceable(word)


@pytest.mark.parametrize("word", ["фждл", "qwrtp", "мнвстғап", "ҷсмвч"])
def test_words_that_are_not(word: str) -> None:
    assert is_unpronounceable(word)


@pytest.mark.parametrize(
    "text", ["Чӣ? Кай?? Куҷо?!", "Café Müller, naïve", "ҶСП «Тоҷик Эйр»", "Р. Ғафуров С. Айнӣ", "мо?"]
)
def test_usual_text_has_no_remains(text: str) -> None:
    assert mojibake_share(text) == 0.0


@pytest.mark.parametrize(
    ("text", "share"),
    [("аб Р”Р°СЂ", 6 / 8), ("Äàð аб", 3 / 5), ("То?икистон зебост", 10 / 16), ("��� аб", 3 / 5), ("дАР аб", 3 / 5)],
)
def test_remains_count_by_their_characters(text: str, share: float) -> None:
    assert mojibake_share(text) == pytest.approx(share)
