import pytest
from hypothesis import given
from hypothesis import strategies as st

from soro.tajik.alphabet import LETTERS
from soro.tajik.restore import restore, restore_lines
from soro.tajik.restore.letters import take_letters

SENTENCES = [
    "Дар мактаби мо китобхонаи калон ҳаст ва мо ҳар рӯз ба он ҷо меравем.",
    "Забони тоҷикӣ забони модарии мост.",
    "Ҷумҳурии Тоҷикистон кишвари кӯҳӣ аст.",
    "Қалами нав дар болои миз аст, вале дафтари ман гум шуд.",
    "Ӯ дар шаҳри Хуҷанд зиндагӣ мекунад ва дар донишгоҳ кор мекунад.",
    "Имрӯз ҳаво хеле гарм аст, бинобар ин хонандагон дар ҳавлӣ бозӣ мекунанд.",
    "Ғизои солим ба кӯдакон фоида дорад.",
    "Пас аз дарс муаллим қалам ва қайчӣ овард.",
    "ДАР ҚИШЛОҚИ МО ҲАМА ЯКДИГАРРО МЕШИНОСАНД.",
]
FOREIGN = [
    "В нашей школе есть хорошая библиотека, и мы ходим туда каждый день.",
    "Бизнинг мактабимизда катта кутубхона бор ва биз ҳар куни у ерга борамиз.",
    "Біздің мектепте үлкен кітапхана бар және біз оған күн сайын барамыз.",
    "У нашој школи постоји велика библиотека и ми идемо тамо сваки дан.",
    "Our school has a large library and we go there every day.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_letters_come_back(sentence: str) -> None:
    assert restore(take_letters(sentence)) == sentence


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_with_its_letters_stays(sentence: str) -> None:
    assert restore(sentence) == sentence


@pytest.mark.parametrize("text", [*FOREIGN, "", "\n\n", "12.05.2024", "…", "\ud800"])
def test_what_is_not_tajik_stays(text: str) -> None:
    assert restore(text) == text


def test_the_ending_follows_the_neighbours() -> None:
    assert restore("забони точики") == "забони тоҷикӣ"
    assert restore("Точики мо аст.") != restore("Вай точики медонад.")


def test_one_sentence_without_letters_among_others() -> None:
    with_letters, without = " ".join(SENTENCES[:3]), SENTENCES[5]
    mixed = f"{with_letters} {take_letters(without)}\n{with_letters}"
    assert restore(mixed) == f"{with_letters} {without}\n{with_letters}"


def test_a_typist_who_lacks_one_letter() -> None:
    text = " ".join(SENTENCES[:8] * 3)
    restored = restore(text.replace("ӣ", "и"))
    assert restored.replace("ӣ", "и") == text.replace("ӣ", "и")
    assert all(restored.count(word) == 3 for word in ("тоҷикӣ", "кӯҳӣ", "зиндагӣ", "бозӣ"))


def test_an_unknown_word_gets_letters_by_its_parts() -> None:
    assert restore("Мо дар китобхонахоямонро дидем, ки чумхуриятхояшонро медонанд.").count("ҳоя") == 2


def test_foreign_letters_inside_an_unknown_word_protect_it() -> None:
    assert restore("Дар боби XII ва боби ХII дар бораи Цхыкущ сухан меравад.").startswith("Дар боби XII ва боби ХII")


def test_changes_are_explained() -> None:
    (line,) = restore_lines(["Дар мактаби мо хар руз дарс хаст."])
    assert line.text == "Дар мактаби мо ҳар рӯз дарс ҳаст."
    assert [(c.column, c.typed, c.restored, c.rule) for c in line.changes] == [
        (15, "хар", "ҳар", "spelling"), (19, "руз", "рӯз", "word"), (28, "хаст", "ҳаст", "word"),
    ]  # fmt: skip


@given(st.text(alphabet=LETTERS + LETTERS.upper() + " .,-\n\r\t0aıİ\u0301ы«»", max_size=80) | st.text(max_size=40))
def test_never_raises_and_keeps_every_other_letter(text: str) -> None:
    restored = restore(text)
    assert take_letters(restored) == take_letters(text)
    assert all(new == old or old == take_letters(old) for new, old in zip(restored, text, strict=True))
