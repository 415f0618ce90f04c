"""Length, mass, time, area, volume, money and temperature: conversion with its working, comparison, sums."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from soro.tajik.exercises import sense
from soro.tajik.exercises.exercise import MATHEMATICS, Exercise, Task, as_object, show, written


@dataclass(frozen=True)
class Step:
    """One big unit and the smaller one it holds `factor` times; `joined` is the big one before a smaller ("соату")."""

    big: str
    small: str
    factor: int
    joined: str
    big_sign: str
    small_sign: str
    grade: int
    more: str  # "longer", "heavier": what is asked when two sizes are compared


LENGTH, MASS, TIME, VOLUME, AREA, MONEY = "дарозтар", "вазнинтар", "дарозтар", "бештар", "калонтар", "бештар"
STEPS = (
    Step("сантиметр", "миллиметр", 10, "сантиметру", "см", "мм", 2, LENGTH),
    Step("детсиметр", "сантиметр", 10, "детсиметру", "дм", "см", 2, LENGTH),
    Step("метр", "детсиметр", 10, "метру", "м", "дм", 2, LENGTH),
    Step("метр", "сантиметр", 100, "метру", "м", "см", 2, LENGTH),
    Step("километр", "метр", 1000, "километру", "км", "м", 3, LENGTH),
    Step("килограмм", "грамм", 1000, "килограмму", "кг", "г", 3, MASS),
    Step("тонна", "килограмм", 1000, "тоннаю", "т", "кг", 4, MASS),
    Step("сентнер", "килограмм", 100, "сентнеру", "сентнер", "кг", 4, MASS),
    Step("соат", "дақиқа", 60, "соату", "соат", "дақиқа", 2, TIME),
    Step("дақиқа", "сония", 60, "дақиқаю", "дақиқа", "сония", 3, TIME),
    Step("шабонарӯз", "соат", 24, "шабонарӯзу", "шабонарӯз", "соат", 3, TIME),
    Step("ҳафта", "рӯз", 7, "ҳафтаю", "ҳафта", "рӯз", 2, TIME),
    Step("литр", "миллилитр", 1000, "литру", "л", "мл", 3, VOLUME),
    Step("сомонӣ", "дирам", 100, "сомонию", "сомонӣ", "дирам", 2, MONEY),
)
AREA_STEPS = (
    Step("метри мураббаъ", "детсиметри мураббаъ", 100, "", "м²", "дм²", 5, AREA),
    Step("детсиметри мураббаъ", "сантиметри мураббаъ", 100, "", "дм²", "см²", 5, AREA),
    Step("гектар", "метри мураббаъ", 10_000, "", "га", "м²", 5, AREA),
    Step("километри мураббаъ", "гектар", 100, "", "км²", "га", 5, AREA),
    Step("метри мукааб", "литр", 1000, "", "м³", "л", 6, VOLUME),
    Step("литр", "сантиметри мукааб", 1000, "", "л", "см³", 6, VOLUME),
)
LIMITS = {7: 12, 24: 15, 60: 24}


def down(rng: Random) -> Exercise:
    """From a big unit to a small one."""
    step = rng.choice(STEPS + AREA_STEPS)
    n = rng.randint(2, LIMITS.get(step.factor, 40))
    questions = (
        "{n} {big} чанд {small} аст?",
        "Дар {n} {big} чанд {small} ҳаст?",
        "{n} {big_object} ба {small} гардонед.",
        "{n} {big_object} бо {small} ифода кунед.",
        "Чӣ хел {n} {big_object} ба {small} мегардонанд?",
    )
    answers = (
        "{n} {big} = {result} {small}. Дар 1 {big} {factor} {small} ҳаст: {n} × {factor} = {result}.",
        "{result} {small}. Аз калон ба хурд гузарем, зарб мезанем: {n} × {factor} = {result}.",
        "1 {big} = {factor} {small}, пас {n} × {factor} = {result} {small}.",
        "Ҷавоб: {result} {small}, зеро ҳар {big} {factor} {small} аст ва {n} × {factor} = {result}.",
    )
    return _of_step(rng, questions, answers, step, n=n, result=n * step.factor)


def up(rng: Random) -> Exercise:
    """From a small unit to a big one, without remainder."""
    step = rng.choice(STEPS + AREA_STEPS)
    result = rng.randint(2, LIMITS.get(step.factor, 40))
    questions = (
        "{n} {small} чанд {big} мешавад?",
        "{n} {small_object} ба {big} гардонед.",
        "{n} {small_object} бо {big} ифода кунед.",
        "Дар {n} {small} чанд {big} ҳаст?",
    )
    answers = (
        "{n} {small} = {result} {big}. 1 {big} {factor} {small} аст, барои ҳамин {n} : {factor} = {result}.",
        "{result} {big}. Аз хурд ба калон гузарем, тақсим мекунем: {n} : {factor} = {result}.",
        "Ҷавоб: {result} {big}, чунки {result} × {factor} = {n}.",
    )
    return _of_step(rng, questions, answers, step, n=result * step.factor, result=result)


def compound_down(rng: Random) -> Exercise:
    step = rng.choice(STEPS)
    n, rest = rng.randint(1, LIMITS.get(step.factor, 30)), _rest(rng, step)
    questions = (
        "{n} {joined} {rest} {small} чанд {small} мешавад?",
        "{n} {joined} {rest} {small_object} ба {small} гардонед.",
        "Ҳамагӣ чанд {small} аст: {n} {joined} {rest} {small}?",
    )
    answers = (
        "{total} {small}. Аввал {n} × {factor} = {whole}, баъд {whole} + {rest} = {total}.",
        "1. {n} {big}: {n} × {factor} = {whole} {small}.\n2. Ҳамагӣ: {whole} + {rest} = {total} {small}.",
        "{n} × {factor} + {rest} = {total}, пас {total} {small} мешавад.",
    )
    whole = n * step.factor
    return _of_step(rng, questions, answers, step, n=n, rest=rest, whole=whole, total=whole + rest)


def compound_up(rng: Random) -> Exercise:
    step = rng.choice(STEPS)
    n, rest = rng.randint(1, LIMITS.get(step.factor, 30)), _rest(rng, step)
    questions: tuple[str, ...] = (
        "{total} {small} чанд {big} ва чанд {small} аст?",
        "{total} {small_object} бо {big} ва {small} нависед.",
        "Дар {total} {small} чанд {big}и пурра ҳаст ва чанд {small} мемонад?",
    )
    answers = (
        "{n} {joined} {rest} {small}: {total} : {factor} = {n} (бақия {rest}).",
        "{total} − {whole} = {rest}, дар ин ҷо {whole} {small} {n} {big} аст. Ҷавоб: {n} {joined} {rest} {small}.",
        "Ба {factor} тақсим мекунем: {total} : {factor} = {n} (бақия {rest}). Пас, {n} {joined} {rest} {small}.",
    )
    if step.big == "сомонӣ":
        questions = questions[:2]
    whole = n * step.factor
    return _of_step(rng, questions, answers, step, n=n, rest=rest, whole=whole, total=whole + rest)


def compare(rng: Random) -> Exercise:
    step = rng.choice(STEPS + AREA_STEPS)
    n = rng.randint(2, LIMITS.get(step.factor, 20))
    whole = n * step.factor
    other = whole + rng.choice((-1, 1)) * rng.randint(1, max(1, step.factor - 1))
    questions = (
        "Кадомаш {more} аст: {n} {big} ё {other} {small}?",
        "{n} {big} ва {other} {small_object} муқоиса кунед.",
        "Кадом {more} аст: {other} {small} ё {n} {big}?",
    )
    sign = ">" if whole > other else "<"
    bigger = "{n} {big}" if whole > other else "{other} {small}"
    answers = (
        "Ҳардуро ба {small} мегардонем: {n} × {factor} = {whole}. {whole} {sign} {other}, пас "
        + bigger
        + " {more} аст.",
        "{n} {big} = {whole} {small}. Азбаски {whole} {sign} {other}, " + bigger + " {more} аст.",
    )
    return _of_step(rng, questions, answers, step, n=n, whole=whole, other=other, sign=sign)


def compound_sum(rng: Random) -> Exercise:
    step = rng.choice(STEPS)
    a, b = rng.randint(1, 12), rng.randint(1, 12)
    x, y = _rest(rng, step), _rest(rng, step)
    questions = (
        "{a} {joined} {x} {small} ва {b} {joined} {y} {small_object} ҷамъ кунед.",
        "{a} {big_sign} {x} {small_sign} + {b} {big_sign} {y} {small_sign} чанд мешавад?",
        "Агар ба {a} {joined} {x} {small} боз {b} {joined} {y} {small} илова кунем, чанд мешавад?",
    )
    carried, left = divmod(x + y, step.factor)
    start = "{x} + {y} = {small_sum} {small}"
    big = a + b + carried
    text = f"{show(big)} {step.joined} {left} {step.small}" if left else f"{show(big)} {step.big}"
    if carried:
        answers: tuple[str, ...] = (
            start
            + ", яъне 1 {big}"
            + (" ва {left} {small}" if left else "")
            + ". {a} + {b} + 1 = {total}. Ҷавоб: {text}.",
            "Ҷавоб: {text}.\n1. "
            + start
            + ".\n2. {small_sum} − {factor} = {left}, боз 1 {big} ҳосил шуд.\n3. {a} + {b} + 1 = {total}.",
        )
    else:
        answers = (
            "{text}. Ҷудо-ҷудо ҷамъ мекунем: {a} + {b} = {total} {big}, {x} + {y} = {small_sum} {small}.",
            "1. {a} + {b} = {total} {big}.\n2. " + start + ".\nҶавоб: {text}.",
        )
    return _of_step(rng, questions, answers, step, a=a, b=b, x=x, y=y, small_sum=x + y, left=left, total=big, text=text)


def half_and_quarter(rng: Random) -> Exercise:
    """Two and a half of a big unit, or a quarter of a few, in the small one."""
    step = rng.choice([step for step in STEPS + AREA_STEPS if step.factor % 4 == 0])
    n = rng.randint(1, 20)
    whole = n * step.factor
    if rng.random() < 0.5:
        part = step.factor // 2
        questions: tuple[str, ...] = ("{n} ва ним {big} чанд {small} аст?", "Дар {n} ва ним {big} чанд {small} ҳаст?")
        answers: tuple[str, ...] = (
            "{n} {big}: {n} × {factor} = {whole}; ним {big}: {factor} : 2 = {part}. Ҳамагӣ {whole} + {part} = {result} "
            "{small}.",
            "{result} {small}, зеро {whole} + {part} = {result}. Дар ин ҷо {part} {small} ним {big} аст.",
        )
    else:
        part = whole // 4
        questions = ("Чоряки {n} {big} чанд {small} аст?", "Аз чор як ҳиссаи {n} {big} чанд {small} мешавад?")
        answers = (
            "{n} × {factor} = {whole}, баъд {whole} : 4 = {part}. Ҷавоб: {part} {small}.",
            "{part} {small}. Чоряк маънои аз чор як ҳиссаро дорад: {whole} : 4 = {part}.",
        )
    return _of_step(rng, questions, answers, step, n=n, part=part, whole=whole, result=whole + part)


def decimal_up(rng: Random) -> Exercise:
    step = rng.choice([step for step in STEPS + AREA_STEPS if step.factor in (10, 100, 1000)])
    hundredths = rng.choice([i for i in range(110, 1000, 5) if i % 100 and (step.factor > 10 or i % 10 == 0)])
    n = Decimal(hundredths) / 100
    result = n * step.factor
    questions = (
        "{n} {big} чанд {small} аст?",
        "{n} {big_object} ба {small} гардонед.",
        "{n} {big_object} бо {small} чӣ тавр менависем?",
    )
    answers = (
        "{result} {small}: {n} × {factor} = {result}. Вергул {moves} хона ба рост мегузарад.",
        "1 {big} {factor} {small} аст, пас {n} × {factor} = {result} {small}.",
    )
    moves = len(str(step.factor)) - 1
    exercise = _of_step(rng, questions, answers, step, n=n, result=result, moves=moves)
    return Exercise(question=exercise.question, answer=exercise.answer, grade=max(5, step.grade))


def _rest(rng: Random, step: Step) -> int:
    """A part of a big unit in small ones, round where the factor is large."""
    round_to = {1000: 50, 100: 5}.get(step.factor, 1)
    return rng.randint(1, (step.factor - 1) // round_to) * round_to


def _of_step(
    rng: Random, questions: tuple[str, ...], answers: tuple[str, ...], step: Step, **values: int | str | Decimal
) -> Exercise:
    return written(
        rng, questions, answers, grade=step.grade, subject=MATHEMATICS, big=step.big, small=step.small, factor=step.factor,
        big_object=as_object(step.big), small_object=as_object(step.small), joined=step.joined,
        big_sign=step.big_sign, small_sign=step.small_sign, more=step.more, **values,
    )  # fmt: skip


TASKS: tuple[Task, ...] = (
    down, up, compound_down, compound_up, compare, compound_sum, half_and_quarter, decimal_up, sense.temperature,
    sense.state_of_water, sense.suitable_unit,
)  # fmt: skip
