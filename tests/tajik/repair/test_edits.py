from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from soro.tajik.repair.edits import Edit, apply_edits, compose


@st.composite
def edits_of(draw: st.DrawFn, text: str, rule: str) -> list[Edit]:
    """Sorted edits apart from each other; what is put is never longer than what stood there."""
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        new = draw(st.text("xyz", max_size=end - start))
        edits.append(Edit(start, end, text[start:end], new, rule))
    return edits


@given(st.data())
def test_two_lists_in_one(data: st.DataObject) -> None:
    text = data.draw(st.text("abcdef", max_size=30))
    first = data.draw(edits_of(text, "one"))
    middle = apply_edits(text, first)
    second = data.draw(edits_of(middle, "two"))
    both = compose(first, middle, second, text)
    assert apply_edits(text, both) == apply_edits(middle, second)
    assert all(text[edit.start : edit.end] == edit.old for edit in both)
    assert all(one.end <= other.start for one, other in pairwise(both))


def test_edits_that_meet_become_one() -> None:
    first = [Edit(1, 3, "bc", "x", "one")]
    second = [Edit(0, 3, "axd", "y", "two")]
    assert compose(first, "axde", second, "abcde") == [Edit(0, 4, "abcd", "y", "one+two")]


def test_edits_that_undo_each_other_fall_away() -> None:
    assert compose([Edit(0, 1, "a", "b", "one")], "b", [Edit(0, 1, "b", "a", "two")], "a") == []
