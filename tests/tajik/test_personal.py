import pytest
from hypothesis import given
from hypothesis import strategies as st

from soro.tajik.personal import MASKS, mask_personal, passes_luhn


@pytest.mark.parametrize(
    ("text", "masked", "counts"),
    [
        ("Тел.: +992 93 555 12 34.", "Тел.: {phone}.", {"phone": 1}),
        ("Ба +992935551234 ё 992 (93) 555-12-34 занг занед", "Ба {phone} ё {phone} занг занед", {"phone": 2}),
        ("00992 37 221 12 34", "{phone}", {"phone": 1}),
        ("Рақами ман 93 555 12 34 аст", "Рақами ман {phone} аст", {"phone": 1}),
        ("(37) 221-12-34, 8 (3422) 6-02-11", "{phone}, {phone}", {"phone": 2}),
        ("918-12-34-56", "{phone}", {"phone": 1}),
        ("телефони идора: 221-12-34", "телефони идора: {phone}", {"phone": 1}),
        ("WhatsApp 935551234", "WhatsApp {phone}", {"phone": 1}),
        ("+7 (926) 123-45-67", "{phone}", {"phone": 1}),
        ("Ба маъмур@мисол.тҷ ё info@example.tj нависед.", "Ба {email} ё {email} нависед.", {"email": 2}),
        ("Корт: 4111 1111 1111 1111", "Корт: {card}", {"card": 1}),
        ("9762000123456781", "{card}", {"card": 1}),
        ("шиноснома А 1234567 дода шуд", "шиноснома {passport} дода шуд", {"passport": 1}),
        ("Паспорти хориҷӣ 400123456", "Паспорти хориҷӣ {passport}", {"passport": 1}),
        ("A01234567", "{passport}", {"passport": 1}),
    ],
)
def test_personal_data_is_masked_and_counted(text: str, masked: str, counts: dict[str, int]) -> None:
    assert mask_personal(text) == (masked.format(**MASKS), counts)


@pytest.mark.parametrize(
    "text",
    [
        "Аҳолии шаҳр 907 123 456 нафар, масоҳаташ 144526636 км² ва даромадаш 50 000 000 сомонӣ аст.",
        "ISBN 978-99947-0-123-4, ISBN 99947-20-12-34",
        "Солҳои 1991-2021, рӯзи 09.09.1991, 2015-03-31, соати 12:30:45.",
        "Сураи 24:35, байти 112-13, саҳифаҳои 218-225, моддаи 93, банди 55, зербанди 12, 34.",
        "Телефон соли 1876 ихтироъ шуд; солҳои 1990-2000 телефонҳо зиёд шуданд: 1 500 000 дона, баъд 2500000 дона.",
        "Факс аз 12.05.2014",
        "4276 1234 5678 9010 адади корт нест, зеро рақами санҷишиаш дуруст нест.",
        "π = 3.14159265358979, 2^32 = 4294967296, IP 192.168.100.200",
        "шиноснома дар синни 16 дода мешавад",
    ],
)  # fmt: skip
def test_other_numbers_stay(text: str) -> None:
    assert mask_personal(text) == (text, {})


@given(st.text(alphabet="0123456789 +-().@тел:аA9", max_size=60))
def test_a_masked_text_stays_as_it_is(text: str) -> None:
    masked, _ = mask_personal(text)
    assert mask_personal(masked) == (masked, {})


def test_the_check_digit() -> None:
    assert passes_luhn("4111 1111 1111 1111") and not passes_luhn("4111 1111 1111 1112")
