"""What `repair` promises for any text: settled after one pass, no exception, and at most a tenth longer."""

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from soro.tajik.repair import repair

TAJIK = "Дар боғи мо дарахтони себ ва нок мерӯянд, ва мо онҳоро ҳар баҳор об медиҳем"
DIRT = st.sampled_from("њљїўќѓЊЉЇЎЌЃȳīāēіӀ\u00ad¬\u200b\ue000\ufeffaceopxABCEё-–\n\r\t \u00a0«»“”12*&;<>")
PIECES = st.one_of(st.sampled_from(TAJIK.split()), DIRT, st.characters(), st.just("\u0438\u0304"), st.just("-\n"))
FUZZ = settings(max_examples=200, deadline=None)


def check(text: str) -> None:
    once = repair(text)
    assert repair(once) == once
    assert len(once) <= 1.1 * len(text)


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
