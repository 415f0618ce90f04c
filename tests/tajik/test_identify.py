import pytest

from soro.tajik.identify import is_tajik
from soro.tajik.words import count_words, words_of


@pytest.mark.parametrize(
    "text",
    [
        "Дар мактаби мо китобхонаи калон ҳаст ва мо ҳар рӯз ба он ҷо меравем.",
        "Дар мактаби мо китобхонаи калон хаст ва мо хар руз ба он чо меравем.",
        "Чу шаб домани тира андаркашид, сапеда зи кӯҳи сияҳ бардамид.",
    ],
)
def test_tajik_with_and_without_its_letters(text: str) -> None:
    assert is_tajik(text)


@pytest.mark.parametrize(
    "text",
    [
        "В нашей школе есть большая библиотека, и мы ходим туда каждый день.",
        "Ҳар бир инсон ҳуқуқ ва эркинликларга эга ҳамда бу билан фахрланади.",
        "Біздің мектепте үлкен кітапхана бар және біз оған күн сайын барамыз.",
        "У нашој школи постоји велика библиотека и ми идемо тамо сваки дан.",
        "Our school has a large library and we go there every day.",
        "",
    ],
)
def test_other_languages_are_not_tajik(text: str) -> None:
    assert not is_tajik(text)


def test_words_are_runs_of_letters_and_numbers() -> None:
    assert words_of("Соли 1991, 9-уми сентябр: «истиқлол»-и мо!") == [
        "Соли", "1991", "9", "уми", "сентябр", "истиқлол", "и", "мо",
    ]  # fmt: skip
    assert count_words("яке-ду рӯз") == 2
