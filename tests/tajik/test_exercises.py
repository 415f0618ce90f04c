"""The generated dialogues: every answer is worked out again from the question's text alone."""

import re
from collections.abc import Callable
from random import Random

import pytest

from soro.core.errors import SoroError
from soro.tajik.alphabet import LEGACY_FONT, LETTERS, LOOK_ALIKES
from soro.tajik.exercises import TASKS, generate
from soro.tajik.exercises.exercise import Exercise, written
from soro.tajik.exercises.numbers import from_words, in_words, ordinal
from soro.tajik.exercises.operations import product_steps
from soro.tajik.exercises.word_list import IZOFAT, NOUNS, OWN_LETTER_WORDS, PLAIN_WORDS, SENTENCES
from tests.tajik.exercise_reader import equations
from tests.tajik.exercise_rules_arithmetic import CHECKS as ARITHMETIC
from tests.tajik.exercise_rules_calendar import CHECKS as CALENDAR
from tests.tajik.exercise_rules_spelling import CHECKS as SPELLING
from tests.tajik.exercise_rules_units import CHECKS as UNITS

KINDS = tuple(TASKS)
NUM_DRAWS = 300
KEYBOARD = str.maketrans("ғӣқӯҳҷҒӢҚӮҲҶ", "гикухчГИКУХЧ")


def examples(task: Callable[[Random], Exercise]) -> list[Exercise]:
    rng = Random(f"test {task.__name__}")
    return [task(rng) for _ in range(NUM_DRAWS)]


CHECKS = {**ARITHMETIC, **UNITS, **CALENDAR, **SPELLING}
ALL_TASKS = {task.__name__: task for tasks in TASKS.values() for task in tasks}


@pytest.mark.parametrize("name", ALL_TASKS)
def test_the_answer_is_right_when_worked_out_from_the_question(name: str) -> None:
    for exercise in examples(ALL_TASKS[name]):
        assert CHECKS[name](exercise.question, exercise.answer), f"{exercise.question} → {exercise.answer}"


@pytest.mark.parametrize("name", ALL_TASKS)
def test_every_equation_in_the_working_holds(name: str) -> None:
    for exercise in examples(ALL_TASKS[name]):
        for left, right in equations(exercise.answer):
            assert left == right, f"{exercise.question} → {exercise.answer}"


def test_the_equations_are_found_and_a_wrong_one_is_seen() -> None:
    assert equations("Ҳисоб: 12 500 + 8 = 12 508; (3 + 4) × 2 = 14.") == [(12508, 12508), (14, 14)]
    assert equations("17 : 5 = 3 (бақия 2). 1,5 × 2 = 4") == [(17, 17), (3, 4)]


@pytest.mark.parametrize("kind", KINDS)
def test_200_dialogues_are_whole_distinct_and_repeatable(kind: str) -> None:
    dialogues = generate(kind, 200, seed=5)
    assert [d["id"] for d in dialogues] == [f"generated-{kind}-{i:05d}" for i in range(1, 201)]
    assert len({d["messages"][0]["content"] for d in dialogues}) == 200
    assert dialogues == generate(kind, 200, seed=5) == generate(kind, 260, seed=5)[:200]
    assert dialogues != generate(kind, 200, seed=6)
    for d in dialogues:
        assert list(d) == ["id", "subject", "grade", "author", "licence", "generated", "messages"]
        assert [message["role"] for message in d["messages"]] == ["user", "assistant"]
        assert d["author"] == "Soro" and d["licence"] == "CC BY 4.0" and d["generated"] is True and 1 <= d["grade"] <= 6


@pytest.mark.parametrize("kind", KINDS)
def test_only_letters_of_the_alphabet_and_clean_punctuation(kind: str) -> None:
    wrong = set(LEGACY_FONT) | set(LOOK_ALIKES)
    for d in generate(kind, 1500, seed=3):
        question, answer = (message["content"] for message in d["messages"])
        for text in (question, answer):
            letters = {letter.lower() for letter in text if letter.isalpha()}
            latin = set(re.findall(r"[a-z]", re.sub(r"\b[XVI]+\b|\b[xSP]\b|°C", "", text), re.IGNORECASE))
            assert not letters & wrong and not latin, text
            assert letters - set("xsivpc") <= set(LETTERS), text
            assert "  " not in text and "{" not in text and not re.search(r"\s[.,;?!]|\.\.|-ро-", text), text
            assert text[0] not in LETTERS, text
            assert text.count("«") == text.count("»") and text.count("(") == text.count(")"), text
            assert not re.search(r"ӣ(ро|у|ю|ҳо|и)\b", text.replace("ӣ ба и", "")), text
            assert len(text) < 330, text
        assert question[-1] in ".?»", question


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_many_wordings(kind: str) -> None:
    skeletons: list[set[str]] = [set(), set()]
    for d in generate(kind, 2000, seed=1):
        for i, message in enumerate(d["messages"]):
            skeletons[i].add(
                " ".join(re.sub(r"\d[\d ,]*", "0", re.sub("«[^»]*»", "«»", message["content"])).split()[:3])
            )
    assert len(skeletons[0]) >= 12 and len(skeletons[1]) >= 6


def test_number_words_come_back_as_the_number() -> None:
    words = [in_words(n) for n in range(10_000)]
    assert len(set(words)) == 10_000
    assert [from_words(text) for text in words] == list(range(10_000))
    for n in (10_000, 21_347, 100_000, 999_999):
        assert from_words(in_words(n)) == n


@pytest.mark.parametrize(
    ("n", "words"),
    [(0, "сифр"), (21, "бисту як"), (35, "сию панҷ"), (86, "ҳаштоду шаш"), (100, "сад"), (125, "яксаду бисту панҷ"),
     (347, "сесаду чилу ҳафт"), (1000, "ҳазор"), (1019, "як ҳазору нуздаҳ"), (2300, "ду ҳазору сесад"),
     (30_030, "сӣ ҳазору сӣ")],
)  # fmt: skip
def test_number_words_are_joined_as_tajik_joins_them(n: int, words: str) -> None:
    assert in_words(n) == words


def test_ordinals() -> None:
    shown = [ordinal(n) for n in (1, 2, 3, 10, 30, 25, 130)]
    assert shown == ["якум", "дуюм", "сеюм", "даҳум", "сиюм", "бисту панҷум", "яксаду сиюм"]


@pytest.mark.parametrize("text", ["", "бист як", "се бист", "дувисту", "ҳазор ҳазор"])
def test_words_that_are_no_number_are_refused(text: str) -> None:
    with pytest.raises(SoroError):
        from_words(text)


def test_products_are_split_rightly_for_every_pair_in_use() -> None:
    for a in [*range(2, 100), *range(102, 481, 7)]:
        for b in range(2, 10) if a < 10 or a > 60 else range(2, 41):
            pairs = equations(product_steps(a, b))
            assert pairs and all(left == right == a * b for left, right in pairs), product_steps(a, b)


def test_word_lists_are_clean() -> None:
    assert len(OWN_LETTER_WORDS) >= 250
    for words in (OWN_LETTER_WORDS, PLAIN_WORDS, NOUNS, SENTENCES):
        assert len(set(words)) == len(words)
    assert all(set(word) & set("ғӣқӯҳҷ") for word in OWN_LETTER_WORDS)
    assert not any(set(word) & set("ғӣқӯҳҷ") for word in PLAIN_WORDS)
    everything = [*OWN_LETTER_WORDS, *PLAIN_WORDS, *NOUNS]
    assert all(set(word) <= set(LETTERS) for word in everything)
    typed = [word.translate(KEYBOARD) for word in OWN_LETTER_WORDS]
    assert len(set(typed)) == len(typed) and not set(typed) & set(everything), (
        "two words look alike without the letters"
    )
    assert all(len(row) == 2 and all(row) for row in IZOFAT)


def test_numbers_are_shown_as_schools_write_them() -> None:
    made = written(Random(0), ("{a} {b}",), ("{c}",), grade=1, a=9999, b=10_000, c=-12_345)
    assert (made.question, made.answer) == ("9999 10 000", "−12 345")


@pytest.mark.parametrize(("kind", "n"), [("poems", 3), ("units", -1), ("units", 1000)])
def test_impossible_orders_are_refused(kind: str, n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TASKS, "units", (ALL_TASKS["suitable_unit"],))  # a kind with some hundred questions
    with pytest.raises(SoroError, match="generated dialogues"):
        generate(kind, n, seed=0)  # type: ignore[arg-type]
