"""What one generated question and its answer are, and how templates and numbers become their text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

MATHEMATICS = "Математика"


@dataclass(frozen=True, kw_only=True)
class Exercise:
    question: str
    answer: str
    grade: int
    subject: str = MATHEMATICS


Task = Callable[[Random], Exercise]
Value = int | str | Decimal


def written(
    rng: Random,
    questions: Sequence[str],
    answers: Sequence[str],
    *,
    grade: int,
    subject: str = MATHEMATICS,
    **values: Value,
) -> Exercise:
    """One of the question templates and one of the answer templates, filled with the values."""
    shown = {name: value if isinstance(value, str) else show(value) for name, value in values.items()}
    question, answer = rng.choice(questions).format(**shown), rng.choice(answers).format(**shown)
    return Exercise(question=capital(question), answer=capital(answer), grade=grade, subject=subject)


def show(number: int | Decimal) -> str:
    """A number as schools write it: decimal comma, a space between thousands from five digits on, − for minus."""
    text = f"{abs(number):f}"
    whole, _, fraction = text.partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", " ")
    fraction = fraction.rstrip("0")
    return ("−" if number < 0 else "") + whole + (f",{fraction}" if fraction else "")


def capital(text: str) -> str:
    """The text with a capital at its start; the Latin name of an unknown stays small."""
    return text if text[:1].isascii() else text[:1].upper() + text[1:]


def as_object(word: str) -> str:
    """The word with -ро; a last ӣ turns into и before it: "сомониро"."""
    return (word[:-1] + "и" if word.endswith("ӣ") else word) + "ро"


def listed(words: Sequence[str]) -> str:
    """Words joined as in a sentence: "а", "а ва б", "а, б ва в"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} ва {words[-1]}"


def places(number: int) -> list[int]:
    """The parts of a number by decimal place, zeros left out: 347 gives 300, 40, 7."""
    digits = str(number)
    return [int(digit) * 10 ** (len(digits) - 1 - i) for i, digit in enumerate(digits) if digit != "0"]


def grade_of_size(number: int) -> int:
    """The school year in which numbers of this size are counted with: 20, 100, 1000, more."""
    return next((grade for grade, limit in ((1, 20), (2, 100), (3, 1000)) if number <= limit), 4)
