from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soro.tajik.sentences import sentences

# Each line: the sentences of a text, parted by " | ".
CASES = Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_a_reader_ends_them(case: str) -> None:
    expected = case.split(" | ")
    assert sentences(" ".join(expected)) == expected


def test_a_forgotten_space_behind_a_full_stop() -> None:
    assert sentences("Баҳор омад.Гулҳо шукуфтанд.") == ["Баҳор омад.", "Гулҳо шукуфтанд."]


def test_a_line_end_is_a_space_and_a_blank_line_an_end() -> None:
    assert sentences("Мо ба мактаб\nмеравем. Шумо\n\nчӣ\n") == ["Мо ба мактаб\nмеравем.", "Шумо", "чӣ"]


def test_stray_marks_go_with_the_sentence_before() -> None:
    assert sentences("Мо рафтем. . Онҳо монданд . !» Ва ин ҳам.") == ["Мо рафтем. .", "Онҳо монданд . !»", "Ва ин ҳам."]


def test_nothing() -> None:
    assert sentences("") == sentences(" \n\n \t") == []


@given(st.text(alphabet="абАБғӣ.!?…«»()–-\n 19С", max_size=200))
def test_no_character_is_lost_but_space(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@given(st.text(max_size=200))
def test_any_text_is_split(text: str) -> None:
    for sentence in sentences(text):
        assert sentence == sentence.strip() != ""


def test_ten_megabytes_of_stops_take_no_time() -> None:
    assert len(sentences("с. " * 100_000 + "." * 1_000_000)) == 1
    assert len(sentences("Мо рафтем. " * 30_000)) == 30_000


def test_nothing_ends_inside_round_brackets() -> None:
    assert sentences("Ӯ (ин рост аст. Ман дидам.) хомӯш шуд. Баъд рафт.") == [
        "Ӯ (ин рост аст. Ман дидам.) хомӯш шуд.",
        "Баъд рафт.",
    ]
