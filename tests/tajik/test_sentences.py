import pytest
from hypothesis import given
from hypothesis import strategies as st

from soro.tajik.sentences import sentences

# Each line: the sentences of a text, parted by " | ".
CASES = """
Мо омадем. | Ту куҷо будӣ? | Ҳама интизор буданд!
Ӯ дар ш. Душанбе, к. Рӯдакӣ зиндагӣ мекунад. | Хонааш калон аст.
Романи «Ғуломон»-ро С. Айнӣ навиштааст. | Мо онро хондем.
Инро А. С. Раҳимов ва Ҷ. Каримов гуфтанд. | Дуруст аст.
А.С. Раҳимов омад. | Проф. Каримов набуд.
Ба саҳ. 5 нигаред. | Ниг. боби дуюм.
Мева, сабзавот ва ғ. | Ҳамаро харидем.
Себ, нок ва ғ. дар боғ мерӯянд.
Масофа 5 км. | Вақт кам монд.
Дар он ҷо 5 млн. одам зиндагӣ мекунад.
Соли 1991. | Мо озод шудем.
9 сентябри соли 1991 истиқлол ба даст омад. | Ин рӯз ид аст.
Қимати π тақрибан 3.14 ё 3,14 аст. | Инро дар ёд доред.
1. Матнро хонед. | 2. Ба саволҳо ҷавоб диҳед.
Дар асри X. | Рӯдакӣ шеър мегуфт.
Дар синфи А. | Дарс сар шуд.
Ӯ хомӯш монд... | Баъд гуфт.
Ӯ... хомӯш монд.
Ӯ намедонист… балки фаромӯш карда буд.
«Ту меоӣ?» – пурсид Манижа. | – Не, – ҷавоб дод бародараш.
– Дегро пӯшед! – дод зад касе.
– Инро чӣ тавр мебарем? – пурсид Умеда. | – Дар халта.
Ӯ гуфт: «Ман меравам». | Ва рафт.
Муаллим (ниг. расм. Дар он дарахт аст.) хомӯш шуд. | Дарс тамом.
Рафтам-ку! | Ту-чӣ? | Ман-да!
Дар сомонаи maktab.tj хабар ҳаст. | Онро хонед.
Ҳуҷҷат дар файли matn.docx аст.
Ку китоб?! | Ана!
Ин воқеа дар соли 850 м. рух додааст.
""".strip().splitlines()


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_a_reader_ends_them(case: str) -> None:
    expected = case.split(" | ")
    assert sentences(" ".join(expected)) == expected


def test_a_forgotten_space_behind_a_full_stop() -> None:
    assert sentences("Баҳор омад.Гулҳо шукуфтанд.") == ["Баҳор омад.", "Гулҳо шукуфтанд."]


def test_a_line_end_is_a_space_and_a_blank_line_an_end() -> None:
    assert sentences("Мо ба мактаб\nмеравем. Шумо\n\nчӣ\n") == ["Мо ба мактаб\nмеравем.", "Шумо", "чӣ"]


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
