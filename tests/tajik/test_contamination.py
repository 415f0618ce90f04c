import pytest

from soro.tajik.contamination import BenchmarkIndex
from soro.tajik.restore.letters import take_letters

LONG = (
    "Дарёи Вахш аз кӯҳҳои баланд сар мешавад ва нерӯи оби он дар неругоҳи Норак ба барқ табдил меёбад, "
    "ки онро ба шаҳрҳо мебаранд"
)
SHORT = "Пойтахти Тоҷикистон кадом шаҳр аст?"
ITEMS = [
    ("long", LONG),
    ("short", SHORT),
    ("tiny", "Бале, рост аст."),
    ("other", "Себ меваи дарахт аст ва дар боғ мерӯяд."),
]
AROUND = "Омӯзгор ба шогирдон гуфт, ки китобро хонанд. {} Баъд онҳо ба хона рафтанд."


def found(text: str, **changes: int) -> list[tuple[str, str]]:
    return [(f.item, f.rule) for f in BenchmarkIndex(ITEMS, **changes).find(text)]  # type: ignore[arg-type]


def test_an_item_is_found_inside_a_text_in_any_letters() -> None:
    assert found(AROUND.format(LONG)) == [("long", "run")]
    assert found(AROUND.format(take_letters(LONG).upper())) == [("long", "run")]
    assert found(AROUND.format(LONG.replace(" ", ", "))) == [("long", "run")]


def test_thirteen_words_in_a_row_are_enough_and_twelve_are_not() -> None:
    words = LONG.split()
    assert found(AROUND.format(" ".join(words[2:15]))) == [("long", "run")]
    assert found(AROUND.format(" ".join(words[2:13]))) == []
    assert found(AROUND.format(" ".join(words[2:10])), run_words=8) == [("long", "run")]


def test_a_short_item_must_stand_whole() -> None:
    assert found(AROUND.format(SHORT)) == [("short", "whole")]
    assert found(AROUND.format("Пойтахти Тоҷикистон кадом шаҳр буд?")) == []


def test_items_of_three_words_are_left_out_and_counted() -> None:
    assert BenchmarkIndex(ITEMS).num_left_out == 1
    assert found("Бале, рост аст.") == []


def test_a_copy_with_words_changed_is_near() -> None:
    words = LONG.split()
    words[11] = "наҳр"
    assert found(AROUND.format(" ".join(words[:10] + words[11:]))) == [("long", "near")]
    assert found(AROUND.format(" ".join(reversed(words)))) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (AROUND.format(take_letters(LONG)), " ".join(take_letters(LONG).replace(",", "").split())),
        (AROUND.format(" ".join(LONG.split()[2:16])), " ".join(LONG.split()[2:16])),
        (AROUND.format(LONG.replace("Норак", "Роғун")), LONG[: LONG.index(" Норак")]),
        ("İнак: " + AROUND.format(LONG.replace("Норак", "Роғун")), LONG[: LONG.index(" Норак")]),
    ],
)
def test_the_longest_shared_run_is_shown_as_it_stands_in_the_text(text: str, words: str) -> None:
    (item,) = BenchmarkIndex(ITEMS).find(text)
    assert (item.item, item.words) == ("long", words)


def test_several_items_are_named_in_their_order() -> None:
    assert found(f"{SHORT} {LONG}") == [("long", "run"), ("short", "whole")]


@pytest.mark.parametrize(
    "text", ["", "Салом", "Дар боғи мо дарахтони себ ва нок мерӯянд, ва мо онҳоро ҳар баҳор об медиҳем."]
)
def test_clean_text_holds_none(text: str) -> None:
    assert found(text) == []
    assert BenchmarkIndex([]).find(text) == []
