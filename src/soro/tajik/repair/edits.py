"""Changes of a text: where, what stood there, what stands there now, by which rule."""

from collections.abc import Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """`old`, the characters `start` to `end` of a text, becomes `new`. Where several rules met, `rule` joins their names
    with "+"."""

    start: int
    end: int
    old: str
    new: str
    rule: str


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text with its edits, which are sorted and do not overlap, carried out."""
    parts, done = [], 0
    for edit in edits:
        parts += [text[done : edit.start], edit.new]
        done = edit.end
    return "".join([*parts, text[done:]])


def compose(first: Sequence[Edit], middle: str, second: Sequence[Edit], text: str) -> list[Edit]:
    """One list of edits of `text` that does what `first` (edits of `text`, giving `middle`) and then `second` (edits of
    `middle`) do. Edits that overlap become one. No edit of either list inserts where nothing stood."""
    composed: list[Edit] = []
    shift = 0  # a place of `middle` less `shift` is its place in `text`, for places behind the edits handled so far
    i = j = 0
    while i < len(first) or j < len(second):
        if j == len(second) or (i < len(first) and comes_before(first[i], second[j], shift)):
            composed.append(first[i])
            shift += len(first[i].new) - (first[i].end - first[i].start)
            i += 1
        elif i == len(first) or second[j].end <= first[i].start + shift:
            edit = second[j]
            composed.append(edit._replace(start=edit.start - shift, end=edit.end - shift))
            j += 1
        else:
            last_i, last_j, low, high, shift_after = overlapping(first, i, second, j, shift)
            new = apply_within(middle, low, high, second[j:last_j])
            start, end = low - shift, high - shift_after
            rule = "+".join(dict.fromkeys(edit.rule for edit in (*first[i:last_i], *second[j:last_j])))
            if text[start:end] != new:
                composed.append(Edit(start, end, text[start:end], new, rule))
            i, j, shift = last_i, last_j, shift_after
    return composed


def comes_before(one: Edit, other: Edit, shift: int) -> bool:
    """Whether what `one` (an edit of the text before) gave ends where `other` begins, or earlier."""
    return one.start + shift + len(one.new) <= other.start


def overlapping(
    first: Sequence[Edit], i: int, second: Sequence[Edit], j: int, shift: int
) -> tuple[int, int, int, int, int]:
    """The cluster of edits that overlap from first[i] and second[j] on: the ends of its two slices, the range of the middle
    text that it covers, and the shift behind it."""
    low = min(first[i].start + shift, second[j].start)
    high = low
    while True:
        if i < len(first) and (first[i].start + shift < high or high == low):
            high = max(high, first[i].start + shift + len(first[i].new))
            shift += len(first[i].new) - (first[i].end - first[i].start)
            i += 1
        elif j < len(second) and (second[j].start < high or high == low):
            high = max(high, second[j].end)
            j += 1
        else:
            return i, j, low, high, shift


def apply_within(middle: str, low: int, high: int, edits: Sequence[Edit]) -> str:
    moved = [edit._replace(start=edit.start - low, end=edit.end - low) for edit in edits]
    return apply_edits(middle[low:high], moved)
