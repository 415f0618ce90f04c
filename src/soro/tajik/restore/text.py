"""Lines of text with their letters back."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from soro.tajik.alphabet import OWN_LETTERS
from soro.tajik.identify import is_tajik
from soro.tajik.restore.choose import Place, choose, is_doubtful
from soro.tajik.restore.counts import LINE_END, NUMBER
from soro.tajik.restore.letters import same_case, take_letters
from soro.tajik.restore.model import Model, shipped_model
from soro.tajik.restore.typist import Typist, letters_shown, typists

BLOCK_LINES = 1_000  # lines that are judged together: whether their typist had the letters
MAX_UNKNOWN = 0.3  # share of unknown words from which a line must prove to be Tajik
_WORD = re.compile(r"([^\W\d_]+)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?=\s)")
_OWN = re.compile(f"[{OWN_LETTERS}{OWN_LETTERS.upper()}]")


class Change(NamedTuple):
    """A word that was changed; `column` counts characters of its line from 0."""

    column: int
    typed: str
    restored: str
    rule: str


class Restored(NamedTuple):
    text: str
    changes: list[Change]


def restore(text: str, model: Model | None = None) -> str:
    """The text with ғ ӣ қ ӯ ҳ ҷ where г и к у х ч were typed for them; never shorter or longer, never raises.

    Letters that are there stay; lines in another language and text that has its letters pass through.
    """
    return "\n".join(line.text for line in restore_lines(text.split("\n"), model))


def restore_lines(lines: Iterable[str], model: Model | None = None) -> Iterator[Restored]:
    """Each line (without its end) with its changes; judged in blocks of `BLOCK_LINES`."""
    model = model or shipped_model()
    lines = iter(lines)
    while block := list(islice(lines, BLOCK_LINES)):
        if any(map(_OWN.search, block)):
            yield from restore_mixed(block, model)
        else:
            yield from (restore_part(line, model, None, LINE_END) for line in block)


def restore_mixed(block: list[str], model: Model) -> Iterator[Restored]:
    """Lines of which some have their letters: each sentence by what it and the block show of its typist."""
    lines = [_SENTENCE_END.split(line) for line in block]
    shown = [letters_shown(words_in(sentence), model.words) for line in lines for sentence in line]
    by_sentence = iter(typists(shown))
    for line in lines:
        text, changes, before = "", [], LINE_END
        for sentence in line:
            part = restore_part(sentence, model, next(by_sentence), before)
            changes += [change._replace(column=change.column + len(text)) for change in part.changes]
            text += part.text
            before = sentence[-1:] or before
        yield Restored(text, changes)


def words_in(text: str) -> list[str]:
    return [word for word in map(str.lower, _WORD.findall(text)) if len(take_letters(word)) == len(word)]


def restore_part(text: str, model: Model, typist: Typist | None, before: str) -> Restored:
    """A line or sentence with its letters; `before`: the token before it."""
    pieces = _WORD.split(text)
    lower = [piece.lower() for piece in pieces]
    bases = [take_letters(piece) for piece in lower]
    if not looks_tajik(text, bases, model):
        return Restored(text, [])
    changes: list[Change] = []
    column, left = 0, before
    last = len(pieces) - 2
    for i in range(1, len(pieces), 2):
        gap, typed, base, form = pieces[i - 1], pieces[i], bases[i], lower[i]
        column += len(gap)
        left = edge(gap, -1) or left
        if is_doubtful(base) and len(base) == len(typed):
            right = edge(pieces[i + 1], 0) or (bases[i + 2] if i < last else LINE_END)
            right_capital = i < last and right == bases[i + 2] and pieces[i + 2][0].isupper()
            place = Place(form, base, left, right, typed[0].isupper(), right_capital)
            form, rule = choose(place, model, typist)
            if form != lower[i]:
                pieces[i] = same_case(form, typed)
                changes.append(Change(column, typed, pieces[i], rule))
        column += len(typed)
        left = form
    return Restored("".join(pieces), changes)


def edge(gap: str, index: int) -> str:
    """The token at one end of what stands between two words: "" for spaces alone, a digit as `NUMBER`."""
    if gap == " ":
        return ""
    gap = gap.strip(" \t\r\u00a0_")
    return "" if not gap else NUMBER if gap[index].isdigit() else gap[index]


def looks_tajik(text: str, bases: list[str], model: Model) -> bool:
    """Whether most words of a line are known; where many are not, the line must prove to be Tajik."""
    words = [base for base in bases[1::2] if is_doubtful(base)]
    unknown = sum(base not in model.words for base in words)
    return unknown <= MAX_UNKNOWN * len(words) or is_tajik(text)
