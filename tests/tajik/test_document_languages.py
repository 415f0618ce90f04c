import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soro.tajik.document_languages import MAX_PIECE_WORDS, identify_document, identify_documents, pieces_of
from soro.tajik.languages import load_identifier

IDENTIFIER = load_identifier()
TAJIK = "Дар мактаби мо китобхонаи калон ҳаст ва мо ҳар рӯз ба он ҷо меравем.\n"
RUSSIAN = "В нашей школе есть большая библиотека, и мы ходим туда каждый день.\n"


def test_shares_follow_the_letters() -> None:
    guess = identify_document(IDENTIFIER, TAJIK * 3 + RUSSIAN)
    assert (guess.lang, guess.script) == ("tg", "Cyrl")
    assert guess.shares == pytest.approx({"tg": 0.75, "ru": 0.25}, abs=0.02)
    assert guess.score > 0.95


def test_a_long_line_is_judged_in_pieces() -> None:
    guess = identify_document(IDENTIFIER, (TAJIK * 50 + RUSSIAN * 50).replace("\n", " "))
    assert guess.shares == pytest.approx({"tg": 0.5, "ru": 0.5}, abs=0.03)


def test_short_lines_go_together() -> None:
    pieces = pieces_of("Салом\n\nИмрӯз\nборон\nмеборад\nва шамол")
    assert list(map(" ".join, pieces)) == ["Салом Имрӯз борон меборад", "ва шамол"]


def test_nothing_to_judge() -> None:
    guess = identify_document(IDENTIFIER, "1991\n\n***\n")
    assert (guess.lang, guess.script, guess.score, guess.shares) == ("und", "Zyyy", 0.0, {})


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=2_000))
def test_any_text_has_shares_that_sum_to_one(text: str) -> None:
    shares = identify_document(IDENTIFIER, text).shares
    assert not shares or sum(shares.values()) == pytest.approx(1, abs=0.01)


@given(st.text(max_size=500))
def test_pieces_lose_no_letter(text: str) -> None:
    pieces = list(pieces_of(text))
    assert "".join(map("".join, pieces)) == "".join(text.split())
    assert all(len(piece) <= MAX_PIECE_WORDS for piece in pieces)


def test_many_documents_are_judged_as_each_alone() -> None:
    texts = [TAJIK * 3 + RUSSIAN, "", RUSSIAN, "1991\n\n***\n", "х" * 5_000, "Салом\nДар хона"]
    assert identify_documents(IDENTIFIER, texts) == [identify_document(load_identifier(), text) for text in texts]
