import pytest
from hypothesis import given
from hypothesis import strategies as st

from soro.tajik.tokens import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Рафтам-ку, ту-чӣ?", "Рафтам -ку , ту -чӣ ?"),
        ("Ман-да омадам!", "Ман -да омадам !"),
        ("Би-би-сӣ 9-уми сентябр, сурх-сурх", "Би-би-сӣ 9-уми сентябр , сурх-сурх"),
        ("С. Айнӣ ва А.С. Раҳимов", "С. Айнӣ ва А.С. Раҳимов"),
        ("Дар ш. Душанбе, 5 км. дур", "Дар ш. Душанбе , 5 км. дур"),
        ("Мо омадем.", "Мо омадем ."),
        ("9.09.1991 соати 14:30, 3,14 ва 25%", "9.09.1991 соати 14:30 , 3,14 ва 25%"),
        ("«Ғуломон»-ро хондам...", "« Ғуломон » - ро хондам ..."),
        ("https://maktab.tj/a?b=1 ва nom@maktab.tj", "https://maktab.tj/a?b=1 ва nom@maktab.tj"),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert tokens(text) == expected.split()


@given(st.text(max_size=200))
def test_only_spaces_fall_away(text: str) -> None:
    assert "".join("".join(tokens(text)).split()) == "".join(text.split())
