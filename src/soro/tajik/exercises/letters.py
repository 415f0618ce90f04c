"""The six own letters and what a Russian keyboard makes of them; templates around one word."""

from random import Random

from soro.tajik.alphabet import OWN_LETTERS
from soro.tajik.exercises.exercise import Exercise, listed, written

LANGUAGE = "Забони тоҷикӣ"
RUSSIAN = dict(zip(OWN_LETTERS, "гикухч", strict=True))  # the key a Russian keyboard offers instead
_TO_RUSSIAN = str.maketrans(RUSSIAN | {own.upper(): key.upper() for own, key in RUSSIAN.items()})


def without_own_letters(text: str) -> str:
    """The text as it comes from a Russian keyboard."""
    return text.translate(_TO_RUSSIAN)


def spelled(
    rng: Random, questions: tuple[str, ...], answers: tuple[str, ...], word: str, grade: int = 3, **values: int | str
) -> Exercise:
    """Templates around a word or sentence: also what its own letters replace and which of them it needs."""
    own = [letter for letter in OWN_LETTERS if letter in word.lower()]
    changes = listed([_change(letter, word) for letter in own]) if own else ""
    needed = ("ҳарфҳои " if len(own) > 1 else "ҳарфи ") + listed(own) if own else ""
    typed = without_own_letters(word)
    return written(
        rng, questions, answers, grade=grade, subject=LANGUAGE, word=word, typed=typed, changes=changes, needed=needed,
        **values,
    )  # fmt: skip


def _change(letter: str, word: str) -> str:
    """What stands in place of what: "ба ҷойи ч ҳарфи ҷ"."""
    where = "дар охир " if letter == "ӣ" and word.endswith("ӣ") else ""
    return f"{where}ба ҷойи {RUSSIAN[letter]} ҳарфи {letter}"
