from soro.tajik.alphabet import OWN_LETTERS
from soro.tajik.restore.letters import OWN, same_case, take_letters


def test_letters_taken_are_those_of_the_keyboard() -> None:
    assert take_letters("Ғижжак, моҳӣ, ҚӮРҒОН, ҷӯй") == "Гижжак, мохи, КУРГОН, чуй"
    assert "".join(OWN.values()) == OWN_LETTERS


def test_capitals_are_kept() -> None:
    assert same_case("тоҷик", "Точик") == "Тоҷик"
    assert same_case("тоҷик", "ТОЧИК") == "ТОҶИК"
    assert same_case("тоҷик", "точик") == "тоҷик"
