import pytest

from soro.tajik.repair import repair
from soro.tajik.repair.layout import broken_words, is_one_word, note_candidates
from soro.tajik.repair.page import Page

PAGE = (
    "Деҳаи мо дар доманаи кӯҳ1 ҷойгир аст ва дар он одамони меҳнатдӯст зиндагӣ мекунанд.\n"
    "Дар миёни деҳа рӯди2 хурде ҷорӣ аст, ки обаш хунук аст,3 ва бачаҳо дар он бозӣ мекунанд."
)


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Мо ҳар рӯз ба мак-\nтаб меравем ва дарс мехонем.", "Мо ҳар рӯз ба мактаб меравем ва дарс мехонем."),
        (
            "Бачаҳо дар боғ бо шодӣ бо-\n  зӣ мекунанд ва месароянд.",
            "Бачаҳо дар боғ бо шодӣ бозӣ мекунанд ва месароянд.",
        ),
    ],
)
def test_a_word_broken_at_a_line_end(broken: str, whole: str) -> None:
    assert repair(broken) == whole


@pytest.mark.parametrize(
    "kept",
    [
        "Мо дар боғи калон гулҳои сурх-\nсурхи зеборо дидем ва шод шудем.",
        "Онҳо яке-ду рӯз дар хона буданд, яке-\nду рӯз дар сафар.",
        "Ин рӯйхати мо аст: нон, шир, об-\nДигар чизе лозим нест.",
        "Мо ахбори Би-би-\nсӣ ва хабари СММ-\nро дар хона шунидем.",
        "Дар боғи мо се-\nчор дарахти себ ва нок мерӯяд.",
        "Мы каждый день ходим в шко-\nлу и читаем книги.",
    ],
)
def test_hyphens_that_are_meant_stay(kept: str) -> None:
    assert repair(kept) == kept


def test_when_two_halves_are_one_word() -> None:
    assert is_one_word(Page(""), "китоб", "хона") and is_one_word(Page(""), "меомӯз", "анд")
    assert is_one_word(Page("Гулнорқул омад."), "Гулнор", "қул") and not is_one_word(Page(""), "Гулнор", "қул")
    assert not is_one_word(Page("китоб-хона"), "китоб", "хона")
    assert not is_one_word(Page(""), "бо", "бо")
    assert not is_one_word(Page(""), "НОТУ", "ро")
    assert not is_one_word(Page(""), "гул", "тар")  # both are words, and the list has no such word
    assert list(broken_words(Page("бо-\nзор"))) == [(2, 4, "")]
    assert list(broken_words(Page("нав-бо-\nзор"))) == list(broken_words(Page("бо-\nзор-гард"))) == []


def test_units_have_no_footnotes() -> None:
    assert list(note_candidates("40 см2 ва 5 дм3 ва 2 км1")) == []
    assert [note.word for note in note_candidates("дар боғ1 ва кӯҳ*2")] == ["боғ", "кӯҳ"]


def test_footnote_digits_go_when_they_count_up() -> None:
    assert repair(PAGE) == PAGE.replace("1", "").replace("2", "").replace("3", "")


@pytest.mark.parametrize(
    "kept",
    [
        "Деҳаи мо дар доманаи кӯҳ1 ҷойгир аст ва дар он одамон зиндагӣ мекунанд.",
        "Дар дарс аз боб1, боб2, боб3 хондем ва ба саволҳо ҷавоб додем.",
        "Дар боби1 ва қисми2 хондем, ки дар деҳа одамон зиндагӣ мекунанд.",
        "Киштиҳои Восток1 ва Восход2 ба кайҳон парвоз карданд, инро ҳама медонанд.",
        "Дар дарс аз китоб1 ва дафтар3 хондем ва ба саволҳо ҷавоб додем.",
        "Масоҳати боғ 40 м2 ва ҳаҷми зарф 5 дм3 аст, дарозии он 2 см1 нест.",
        "Формулаи об Н2О ва формулаи гази карбон СО2 аст, инро дар дарс гуфтанд.",
        "В книге есть слово1 и слово другое2, а потом ещё строка3 и конец.",
    ],
)
def test_other_digits_stay(kept: str) -> None:
    assert repair(kept) == kept


def test_two_are_enough_in_small_letters_or_above_a_list_of_notes() -> None:
    page = "Шоир дар ин шаҳр1 зиндагӣ кард ва шеърҳои бисёр2 навишт."
    assert repair(page) == "Шоир дар ин шаҳр зиндагӣ кард ва шеърҳои бисёр навишт."
    page = page.replace("ин шаҳр1", "Хуҷанд1")
    assert repair(page) == page
    notes = "\n1. Шаҳри Хуҷанд.\n2. Дар ду китоб."
    assert repair(page + notes) == "Шоир дар Хуҷанд зиндагӣ кард ва шеърҳои бисёр навишт." + notes


def test_a_space_before_a_mark() -> None:
    assert repair("Ман ба бозор рафтам , аммо нон набуд .") == "Ман ба бозор рафтам, аммо нон набуд."
    assert repair("Je vais bien , merci !") == "Je vais bien , merci !"
