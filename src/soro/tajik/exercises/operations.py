"""The four operations, their order, the unknown of an equation, and the checking of a pupil's result."""

from random import Random

from soro.tajik.exercises.exercise import Exercise, grade_of_size, places, show, written


def addition(rng: Random) -> Exercise:
    a, b = _pair(rng)
    steps = sum_steps(a, b)
    questions = (
        "{a} + {b} чанд мешавад?",
        "{a} ва {b}-ро ҷамъ кунед.",
        "Ҳосили ҷамъи {a} ва {b}-ро ёбед.",
        "Агар {a}-ро бо {b} ҷамъ кунам, чанд мебарояд?",
        "Муаллим, {a} + {b} чанд аст?",
        "Лутфан ҳисоб кунед: {a} + {b}.",
        "Ҷамъшавандаҳо {a} ва {b} мебошанд. Ҳосили ҷамъ чанд аст?",
        "{a} ҷамъи {b} чанд аст?",
        "{a} + {b}-ро чӣ хел ҳисоб кунам?",
        "Адади {a}-ро {b} воҳид зиёд кунем, кадом адад ҳосил мешавад?",
    )
    answers: tuple[str, ...] = (
        "{a} + {b} = {sum}. Барои санҷиш тарҳ мекунем: {sum} − {b} = {a}.",
        "{sum} мешавад, зеро {a} + {b} = {sum}. Санҷиш: {sum} − {a} = {b}.",
        "Ҷавоб: {a} + {b} = {sum}.",
    )
    if ";" in steps:
        answers = (
            "{a} + {b} = {sum}. Қадам ба қадам: {steps}.",
            "{sum} мешавад. {b}-ро қисм-қисм илова мекунем: {steps}.",
            "Ҷавоб: {sum}.\nҲисоб: {steps}.\nСанҷиш: {sum} − {b} = {a}.",
            "Ҷамъшавандаи дуюмро ба қисмҳо ҷудо мекунем: {parts}. Акнун {steps}. Пас, {a} + {b} = {sum}.",
        )
    return written(
        rng, questions, answers, grade=grade_of_size(a + b), a=a, b=b, sum=a + b, steps=steps, parts=_split(b, a)
    )


def subtraction(rng: Random) -> Exercise:
    b, rest = _pair(rng)
    a = b + rest
    steps = difference_steps(a, b)
    questions = (
        "{a} − {b} чанд мешавад?",
        "Аз адади {a} адади {b}-ро тарҳ кунед.",
        "Фарқи ададҳои {a} ва {b}-ро ёбед.",
        "Агар аз {a} адади {b}-ро гирем, чанд мемонад?",
        "Адади {a} аз адади {b} чанд воҳид калон аст?",
        "Лутфан ҳисоб кунед: {a} − {b}.",
        "{a} − {b}-ро ҳал карда наметавонам, ёрӣ диҳед.",
        "Адади {a}-ро {b} воҳид кам кунем, чанд мешавад?",
        "Муаллим, {a} − {b} чанд аст?",
    )
    answers: tuple[str, ...] = (
        "{a} − {b} = {rest}. Барои санҷиш ҷамъ мекунем: {rest} + {b} = {a}.",
        "{rest} мемонад, зеро {a} − {b} = {rest}. Санҷиш: {b} + {rest} = {a}.",
    )
    if ";" in steps:
        answers = (
            "{a} − {b} = {rest}. Қадам ба қадам: {steps}.",
            "{rest} мешавад. {b}-ро қисм-қисм тарҳ мекунем: {steps}.",
            "Ҷавоб: {rest}.\nҲисоб: {steps}.\nСанҷиш: {rest} + {b} = {a}.",
        )
    return written(rng, questions, answers, grade=grade_of_size(a), a=a, b=b, rest=rest, steps=steps)


def multiplication(rng: Random) -> Exercise:
    a, b = rng.choice(((rng.randint(2, 9), rng.randint(2, 9)), (rng.randint(11, 99), rng.randint(2, 9)),
                       (rng.randint(11, 60), rng.randint(11, 40)), (rng.randint(102, 480), rng.randint(2, 9))))  # fmt: skip
    questions = (
        "{a} × {b} чанд аст?",
        "{a}-ро ба {b} зарб занед.",
        "Ҳосили зарби {a} ва {b}-ро ёбед.",
        "{a} карат {b} чанд мешавад?",
        "Адади {a}-ро {b} баробар зиёд кунем, чанд мешавад?",
        "{a} × {b}-ро осон чӣ тавр ҳисоб кунам?",
        "Зарбшавандаҳо {a} ва {b} мебошанд. Ҳосили зарбро ёбед.",
        "Лутфан ҳисоб кунед: {a} × {b}.",
    )
    answers = (
        "{a} × {b} = {product}. Роҳаш: {steps}.",
        "Ҷавоб {product} аст. Ҳисобаш чунин: {steps}.",
        "{product} мешавад.\n{steps}.",
        "Барои осонӣ ба қисмҳо ҷудо мекунем: {steps}. Пас, ҳосили зарб {product} аст.",
    )
    grade = 2 if a < 10 else 3 if a * b < 1000 else 4
    return written(rng, questions, answers, grade=grade, a=a, b=b, product=a * b, steps=product_steps(a, b))


def division(rng: Random) -> Exercise:
    b, q = rng.randint(2, 9), rng.choice((rng.randint(2, 10), rng.randint(11, 99), rng.randint(101, 320)))
    a = b * q
    questions = (
        "{a} : {b} чанд мешавад?",
        "{a}-ро ба {b} тақсим кунед.",
        "Адади {a}-ро ба {b} қисми баробар ҷудо кунем, ҳар қисм чанд мешавад?",
        "{a} ба {b} тақсим шавад, чанд мебарояд?",
        "Адади {b} дар {a} чанд бор меғунҷад?",
        "Лутфан ҳисоб кунед: {a} : {b}.",
        "Тақсимшаванда {a}, тақсимкунанда {b}. Натиҷаи тақсимро ёбед.",
        "{a} : {b}-ро чӣ хел меёбанд?",
    )
    answers: tuple[str, ...] = (
        "{a} : {b} = {q}, зеро {q} × {b} = {a}.",
        "{q} мешавад. Ададеро меҷӯем, ки ба {b} зарб занем ва {a} ҳосил шавад: {q} × {b} = {a}.",
        "Ҷавоб: {q}. Тақсимро бо зарб месанҷем: {b} × {q} = {a}.",
    )
    if len(places(q)) > 1:
        steps = " + ".join(f"{show(part * b)} : {b}" for part in places(q))
        steps = f"{show(a)} : {b} = {steps} = {' + '.join(map(show, places(q)))} = {show(q)}"
        answers = (f"{steps}. Санҷиш: {{q}} × {{b}} = {{a}}.", f"Ҷавоб {{q}} аст. Қисм-қисм тақсим мекунем: {steps}.")
    return written(rng, questions, answers, grade=2 if q <= 10 else 3, a=a, b=b, q=q)


def remainder(rng: Random) -> Exercise:
    b = rng.randint(3, 12)
    q, r = rng.randint(1, 25), rng.randint(1, b - 1)
    a, multiple = b * q + r, b * q
    questions: tuple[str, ...] = (
        "{a} : {b} бо бақия чанд мешавад?",
        "{a}-ро ба {b} бо бақия тақсим кунед.",
        "Агар {a}-ро ба {b} тақсим кунем, бақия чанд аст?",
        "Натиҷа ва бақияи тақсими {a} : {b}-ро ёбед.",
        "Чаро {a} : {b} пурра намебарояд?",
    )
    answers: tuple[str, ...] = (
        "{a} : {b} = {q} (бақия {r}). {q} × {b} = {multiple}, баъд {a} − {multiple} = {r}.",
        "Бебақия тақсим намешавад: {a} : {b} = {q} (бақия {r}). Санҷиш: {b} × {q} + {r} = {a}.",
        "Калонтарин адади то {a}, ки ба {b} бебақия тақсим мешавад, {multiple} аст: {multiple} : {b} = {q}. "
        "Аз {multiple} то {a} боз {r} мемонад, ин бақия аст. Пас, {a} : {b} = {q} (бақия {r}).",
        "{a} : {b} = {q} (бақия {r}).\nБақия ҳамеша аз тақсимкунанда хурд аст: {r} < {b}.",
    )
    if rng.random() < 0.2:
        questions = ("{a} ба {b} бебақия тақсим мешавад?", "Оё {a} ба {b} пурра тақсим мешавад?")
        answers = (
            "Не, бақия мемонад: {a} : {b} = {q} (бақия {r}).",
            "Не. {q} × {b} = {multiple}, аммо то {a} боз {r} мемонад: {a} − {multiple} = {r}.",
        )
    return written(rng, questions, answers, grade=3, a=a, b=b, q=q, r=r, multiple=multiple)


def unknown(rng: Random) -> Exercise:
    a, x = rng.randint(5, 150), rng.randint(5, 150)
    factor, small = rng.randint(2, 9), rng.randint(2, 25)
    if rng.random() < 0.35:
        questions: tuple[str, ...] = (
            "x × {b} = {total}. x-ро ёбед.",
            "Кадом ададро ба {b} зарб занем, {total} мешавад?",
        )
        answers: tuple[str, ...] = (
            "x = {total} : {b} = {x}. Барои ёфтани зарбшавандаи номаълум ҳосили зарбро ба зарбшавандаи маълум тақсим "
            "мекунем. Санҷиш: {x} × {b} = {total}.",
            "{x}. Зарбро бо тақсим бармегардонем: {total} : {b} = {x}.",
        )
        return written(rng, questions, answers, grade=3, b=factor, total=factor * small, x=small)
    if rng.random() < 0.5:
        questions = ("x − {a} = {x}. x чанд аст?", "Аз кадом адад {a} воҳид гирем, {x} мемонад?")
        answers = (
            "{total}. Он чи гирифта шуд, бармегардонем: {x} + {a} = {total}. Санҷиш: {total} − {a} = {x}.",
            "Барои ёфтани он ба фарқ {a}-ро илова мекунем: {x} + {a} = {total}. Ҷавоб: {total}.",
        )
    else:
        questions = ("x + {a} = {total}. x-ро ёбед.", "Ба кадом адад {a} воҳид илова кунем, {total} мешавад?")
        answers = (
            "x = {total} − {a} = {x}. Аз ҳосили ҷамъ ҷамъшавандаи маълумро тарҳ кардем. Санҷиш: {x} + {a} = {total}.",
            "{x}. Амали баръаксро иҷро мекунем: {total} − {a} = {x}.",
        )
    return written(rng, questions, answers, grade=2 if a + x <= 100 else 3, a=a, x=x, total=a + x)


def order_of_operations(rng: Random) -> Exercise:
    b, c = rng.randint(2, 12), rng.randint(2, 9)
    a = rng.randint(2, 40)
    text, first, second, why = rng.choice(
        (
            (f"{a} + {b} × {c}", f"{b} × {c} = {b * c}", f"{a} + {b * c} = {a + b * c}", "аввал зарб, баъд ҷамъ"),
            (f"({a} + {b}) × {c}", f"{a} + {b} = {a + b}", f"{a + b} × {c} = {(a + b) * c}",
             "аввал амали дохили қавс, баъд зарб"),
            (f"{a + b * c} − {b} × {c}", f"{b} × {c} = {b * c}", f"{a + b * c} − {b * c} = {a}", "аввал зарб, баъд тарҳ"),
            (f"{a} + {b * c} : {b}", f"{b * c} : {b} = {c}", f"{a} + {c} = {a + c}", "аввал тақсим, баъд ҷамъ"),
            (f"{c} × ({a + b} − {a})", f"{a + b} − {a} = {b}", f"{c} × {b} = {b * c}",
             "аввал амали дохили қавс, баъд зарб"),
        )
    )  # fmt: skip
    questions = (
        "{text} чанд мешавад?",
        "Тартиби амалҳоро нишон диҳед: {text}.",
        "Қимати ифодаро ёбед: {text}.",
        "Дар ифодаи {text} аввал кадом амалро иҷро мекунем?",
    )
    answers = (
        "Ҷавоб: {result}. Тартиб чунин аст: {why}.\n1. {first}\n2. {second}",
        "Дар ин ҷо {why} иҷро мешавад: {first}; {second}.",
        "1. {first}\n2. {second}\nПас, {text} = {result}. Қоида: {why}.",
    )
    result = second.rsplit("= ", 1)[1]
    return written(rng, questions, answers, grade=3, text=text, first=first, second=second, why=why, result=result)


def check_result(rng: Random) -> Exercise:
    """The pupil shows a finished sum, right in half of the cases."""
    a, b = rng.randint(12, 480), rng.randint(12, 480)
    sign = rng.choice("+−")
    a, b = (a, b) if sign == "+" else (max(a, b) + 1, min(a, b))
    true = a + b if sign == "+" else a - b
    claim = true if rng.random() < 0.5 else true + rng.choice((-100, -10, -1, 1, 10, 100))
    claim = claim if claim > 0 else true
    questions = (
        "Ман {a} {sign} {b} = {claim} навиштам. Дуруст аст?",
        "{a} {sign} {b} = {claim}. Хато накардаам?",
        "Санҷед: {a} {sign} {b} = {claim}.",
        "Ҷавобам {claim} баромад. Мисол ин буд: {a} {sign} {b}. Дуруст ҳисоб кардам?",
    )
    steps = sum_steps(a, b) if sign == "+" else difference_steps(a, b)
    right = (
        "Бале, дуруст. Ҳисоб: {steps}.",
        "Офарин, хато нест: {a} {sign} {b} = {true}.",
        "Дуруст аст. Ман ҳам ҳисоб кардам: {steps}.",
    )
    wrong = (
        "Не, дар ҳисоб хато ҳаст. {a} {sign} {b} = {true}. Бо ҳам мебинем: {steps}.",
        "Каме хато шудааст. Ҷавоби дуруст {true} аст: {steps}.",
        "Не, {claim} дуруст нест. Қадам ба қадам ҳисоб мекунем: {steps}. Ҷавоб: {true}.",
    )
    answers = right if claim == true else wrong
    return written(rng, questions, answers, grade=3, a=a, b=b, sign=sign, claim=claim, true=true, steps=steps)


def sum_steps(a: int, b: int) -> str:
    """The addition part by part: "347 + 200 = 547; 547 + 50 = 597; 597 + 8 = 605"."""
    steps = []
    for part in _parts_to_add(b, a):
        steps.append(f"{show(a)} + {show(part)} = {show(a + part)}")
        a += part
    return "; ".join(steps)


def difference_steps(a: int, b: int) -> str:
    steps = []
    units = a % 10
    parts = [units, b - units] if b < 10 and 0 < units < b else places(b)
    for part in parts:
        steps.append(f"{show(a)} − {show(part)} = {show(a - part)}")
        a -= part
    return "; ".join(steps)


def product_steps(a: int, b: int) -> str:
    """A product by way of easier ones; `a` times `b` from 2 up, in the numbers this module asks for."""
    if a < 10 and b <= 4:
        return f"{a} × {b} = {' + '.join([str(a)] * b)} = {a * b}"
    if a < 10:
        near, sign = (10, "−") if b >= 8 else (5, "+")
        rest = abs(b - near)
        if not rest:
            return f"{a} × {b} = {a} × 4 + {a} = {a * 4} + {a} = {a * b}"
        return f"{a} × {b} = {a} × {near} {sign} {a} × {rest} = {a * near} {sign} {a * rest} = {a * b}"
    whole, split = (a, b) if b > 10 else (b, a)
    parts = places(split)
    if len(parts) == 1:
        tens = int(str(split)[0])
        zeros = split // tens
        return f"{whole} × {split} = {whole} × {tens} × {zeros} = {whole * tens} × {zeros} = {show(a * b)}"
    products = " + ".join(f"{part} × {whole}" for part in parts)
    sums = " + ".join(show(part * whole) for part in parts)
    return f"{a} × {b} = {products} = {sums} = {show(a * b)}"


def _pair(rng: Random) -> tuple[int, int]:
    low, high = rng.choice(((2, 10), (10, 60), (25, 480), (200, 4800), (2000, 48_000)))
    return rng.randint(low, high), rng.randint(low, high)


def _parts_to_add(b: int, a: int) -> list[int]:
    missing = -a % 10
    return [missing, b - missing] if b < 10 and 0 < missing < b else places(b)


def _split(b: int, a: int) -> str:
    return f"{show(b)} = {' + '.join(map(show, _parts_to_add(b, a)))}"
