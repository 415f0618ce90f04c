from soro.tajik.alphabet import OWN_LETTERS
from soro.tajik.restore.model import Spelling, Words
from soro.tajik.restore.typist import expected_letters, letters_shown, typists

TABLE: Words = {
    "хар": "ҳар",
    "руз": "рӯз",
    "хол": (Spelling("ҳол", 0.0, None), Spelling("хол", -1.0, None)),
    "хохари": (Spelling("хоҳари", 0.0, -4.0), Spelling("хохари", -5.0, -4.0)),
    "зиндаги": (Spelling("зиндаги", 0.0, 4.0),),
}


def test_expected_are_the_letters_of_every_likely_spelling() -> None:
    assert [expected_letters(base, TABLE) for base in ("хар", "хол", "хохари", "зиндаги", "чиз")] == [
        "ҳар", "хол", "хоҳари", "зиндагӣ", "чиз",
    ]  # fmt: skip


def test_letters_there_and_lacking_are_counted() -> None:
    shown = letters_shown(["хар", "рӯз", "ҳол", "дар"], TABLE)
    assert (dict(shown.there), dict(shown.lacking), shown.other) == ({"ӯ": 1}, {"ҳ": 1}, 1)


def test_each_sentence_has_its_typist() -> None:
    sentences = [letters_shown(["хар", "руз", "хар"], TABLE), letters_shown(["ҳар", "рӯз", "ҳар"], TABLE)]
    without, with_letters = typists(sentences)
    assert without.cost("қ") > -0.3
    assert with_letters.cost("қ") < -2


def test_a_letter_that_is_always_lacking() -> None:
    sentences = [letters_shown(["хар", "рӯз"] * 10, TABLE)]
    (typist,) = typists(sentences)
    assert typist.cost("ҳ") > -0.3 > -2 > typist.cost("ӯ")


def test_text_that_shows_nothing_is_restored() -> None:
    (typist,) = typists([letters_shown(["дар", "боло"], TABLE)])
    assert all(typist.cost(letter) > -0.2 for letter in OWN_LETTERS)


def test_a_word_is_no_evidence_for_itself() -> None:
    (typist,) = typists([letters_shown(["хар", "рӯз", "рӯз", "рӯз", "рӯз"], TABLE)])
    assert typist.cost("ҳ") > typist.cost("ҳ", 1) + 1
