"""What `repair` promises for any text: settled after one pass, no exception, and at most a tenth longer."""

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from soro.tajik.repair import RULES, repair, repair_all, repair_edits
from soro.tajik.repair.edits import apply_edits

TAJIK = "Дар боғи мо дарахтони себ ва нок мерӯянд, ва мо онҳоро ҳар баҳор об медиҳем"
DIRT = st.sampled_from("њљїўќѓЊЉЇЎЌЃȳīāēіӀ\u00ad¬\u200b\ue000\ufeffaceopxABCEё-–\n\r\t \u00a0«»“”12*&;<>")
REMAINS = [
    "&amp;",
    "&nbsp;",
    "&shy",
    "&lt;",
    "&gt;",
    "&#171;",
    "<b>",
    "</b>",
    "<br>",
    "<sup>1</sup>",
    "<!--",
    "-->",
    "<p>",
]
HTML = st.sampled_from([*REMAINS, "1.", ",,", "''", "<<", ">>"])
OTHERS = [
    "Ўзбекистон Республикаси Марказий Осиёда жойлашган ва унинг пойтахти Тошкент шаҳри бўлган.",
    "Ніколі не позна вучыцца, асаблівіў гэтым сэнсе трэба ў школу хадзіць.",
    "Київ є столицею України, і його населення їсть борщ.",
    "Београд је главни град Србије и њена највећа варош, љубав и њива.",
    "Скопје е главен град на Македонија и ќе биде ѓердан.",
    "Москва является столицей России и самым большим её городом.",
    "The quick brown fox jumps over the lazy dog, and it isn't ī ā ū.",
    "زبان فارسی و تاجیکی خویشاوندند و می\u200cمانند.",
]
PIECES = st.one_of(HTML, st.sampled_from(TAJIK.split()), DIRT, st.characters(), st.just("\u0438\u0304"), st.just("-\n"))
FUZZ = settings(max_examples=200, deadline=None)


def check(text: str) -> None:
    once = repair(text)
    assert repair(once) == once
    assert len(once) <= len(text)
    text_again, edits = repair_edits(text)
    assert text_again == once == apply_edits(text, edits)
    assert all(text[edit.start : edit.end] == edit.old != edit.new for edit in edits)
    assert {name for edit in edits for name in edit.rule.split("+")} <= {rule.name for rule in RULES}


@FUZZ
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_dirty_tajik(text: str) -> None:
    check(text)


@FUZZ
@given(st.lists(PIECES, max_size=40).map("".join))
def test_dirty_words(text: str) -> None:
    check(text)


@FUZZ
@given(st.text())
@example("a\r\rb")
@example("ва\u00ad\u00adдар")
@example("ки\u00ad\u0304")
@example("и\u0304\u0958")
@example("\u0958")
@example("\U0001d160")
def test_any_text(text: str) -> None:
    check(text)


def test_composed_letters() -> None:
    decomposed = unicodedata.normalize("NFD", TAJIK)
    assert repair(decomposed) == TAJIK


@FUZZ
@given(st.permutations([*OTHERS, TAJIK.translate(str.maketrans("ҳӯғ", "њўѓ"))]), st.sampled_from(["\n", "\n\n"]))
def test_other_languages_between_tajik(lines: list[str], end: str) -> None:
    check(end.join(lines))
    assert [line for line in repair(end.join(lines)).split(end) if line != TAJIK] == [
        line for line in lines if line in OTHERS
    ]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=30).map(" ".join) | st.sampled_from(OTHERS), max_size=6))
def test_many_texts_are_repaired_as_each_alone(texts: list[str]) -> None:
    assert repair_all(texts) == list(map(repair, texts))
