"""Days of the week, months and their order, seasons, leap years."""

from random import Random

from soro.tajik.exercises.exercise import Exercise, written
from soro.tajik.exercises.numbers import ordinal
from soro.tajik.exercises.year import MONTHS, NATURE, SEASONS, WEEKDAYS, is_leap, num_days


def weekday_after(rng: Random) -> Exercise:
    today, n = rng.randrange(7), rng.randint(2, 60)
    forward = rng.random() < 0.6
    there = WEEKDAYS[(today + (n if forward else -n)) % 7]
    weeks, rest = divmod(n, 7)
    questions = (
        ("Имрӯз {today} аст. Баъди {n} рӯз кадом рӯзи ҳафта мешавад?", "Агар имрӯз {today} бошад, пас аз {n} рӯз чӣ рӯз аст?",
         "Меҳмон {today} омад ва пас аз {n} рӯз рафт. Кадом рӯзи ҳафта рафт?")
        if forward
        else ("Имрӯз {today} аст. {n} рӯз пеш кадом рӯзи ҳафта буд?", "Агар имрӯз {today} бошад, {n} рӯз пеш чӣ рӯз буд?")
    )  # fmt: skip
    where = "пеш" if forward else "қафо"
    if weeks == 0:
        answers: tuple[str, ...] = (
            "{there}. Аз {today} {n} рӯз ба {where} мешуморем: {count}.",
            "Аз {today} сар карда, ба {where} мешуморем: {count}. Ҷавоб: {there}.",
        )
    elif rest == 0:
        answers = (
            "{there}. {n} : 7 = {weeks}, яъне ҳафтаҳои пурра гузашта, рӯз ҳамон мемонад.",
            "Боз {there}, зеро {n} рӯз ба 7 бебақия тақсим мешавад: {n} : 7 = {weeks}.",
        )
    else:
        answers = (
            "{there}. {n} : 7 = {weeks} (бақия {rest}). Ҳафтаҳои пурра рӯзро иваз намекунанд, аз {today} {rest} рӯз ба "
            "{where} мешуморем: {count}.",
            "Бақияро меёбем: {n} : 7 = {weeks} (бақия {rest}). Аз {today} {rest} рӯз ба {where}: {count}. Ҷавоб: {there}.",
        )
    sign = 1 if forward else -1
    count = ", ".join(WEEKDAYS[(today + sign * i) % 7] for i in range(1, rest + 1))
    return written(
        rng, questions, answers, grade=2 if n < 7 else 3, today=WEEKDAYS[today], n=n, there=there, weeks=weeks,
        rest=rest, where=where, count=count,
    )  # fmt: skip


def near_weekdays(rng: Random) -> Exercise:
    day = rng.randrange(7)
    shift, question = rng.choice(
        (
            (-1, "Агар пагоҳ {day} бошад, имрӯз кадом рӯз аст?"),
            (1, "Дирӯз {day} буд. Имрӯз кадом рӯзи ҳафта аст?"),
            (1, "Баъди {day} кадом рӯзи ҳафта меояд?"),
            (-1, "Пеш аз {day} кадом рӯзи ҳафта аст?"),
            (2, "Дирӯз {day} буд. Пагоҳ кадом рӯз мешавад?"),
            (-2, "Агар пагоҳ {day} бошад, дирӯз кадом рӯз буд?"),
            (2, "Имрӯз {day} аст. Пасфардо кадом рӯз мешавад?"),
        )
    )
    there = WEEKDAYS[(day + shift) % 7]
    run = [WEEKDAYS[(day + i) % 7] for i in range(min(shift, 0), max(shift, 0) + 1)]
    answers = (
        "{there}. Тартиби рӯзҳо: {run}.",
        "Ҷавоб: {there}, зеро рӯзҳо чунин меоянд: {run}.",
        "Рӯзҳоро паси ҳам мегӯем: {run}. Пас, {there}.",
    )
    return written(
        rng, (question,), answers, grade=1, subject=NATURE, day=WEEKDAYS[day], there=there, run=", ".join(run)
    )


def days_of_month(rng: Random) -> Exercise:
    month = rng.randint(1, 12)
    year = rng.randint(1990, 2060)
    leap = is_leap(year)
    if month == 2:
        questions: tuple[str, ...] = (
            "Моҳи феврали соли {year} чанд рӯз дорад?",
            "Дар феврали соли {year} чанд рӯз ҳаст?",
        )
        answers: tuple[str, ...] = (
            "{days} рӯз, зеро соли {year} {kind} аст.",
            "Феврал дар соли оддӣ 28 рӯз ва дар соли кабиса 29 рӯз дорад. Соли {year} {kind} аст, пас {days} рӯз.",
        )
    else:
        questions = (
            "Моҳи {month} чанд рӯз дорад?",
            "Дар моҳи {month} чанд рӯз ҳаст?",
            "{month} 30 рӯз аст ё 31 рӯз?",
            "Рӯзи охирини моҳи {month} кадом сана аст?",
            "{month}у {next} якҷоя чанд рӯз доранд?"
            if month not in (1, 12)
            else "Моҳи {month} аз чанд рӯз иборат аст?",
        )
        answers = (
            "Моҳи {month} {days} рӯз дорад, рӯзи охиринаш {days} {month} аст.",
            "{month} {days} рӯз аст, яъне аз 1 то {days} {month}.",
        )
        question = rng.choice(questions)
        if "{next}" in question:
            answers = (
                "{month} {days} рӯз, {next} {days_next} рӯз дорад: {days} + {days_next} = {both} рӯз.",
                "{both} рӯз, зеро {days} + {days_next} = {both}.",
            )
        questions = (question,)
    days, days_next = num_days(month, leap), num_days(month % 12 + 1)
    return written(
        rng, questions, answers, grade=2, subject=NATURE, month=MONTHS[month - 1], next=MONTHS[month % 12], year=year,
        kind="кабиса" if leap else "оддӣ", days=days, days_next=days_next, both=days + days_next,
    )  # fmt: skip


def month_order(rng: Random) -> Exercise:
    month, n = rng.randint(1, 12), rng.randint(2, 11)
    kind = rng.choice(("after", "before", "which", "number"))
    there = {"after": month + n, "before": month - n}.get(kind, month)
    questions = {
        "after": ("Ҳоло моҳи {month} аст. Пас аз {n} моҳ кадом моҳ мешавад?", "{n} моҳ баъди {month} кадом моҳ меояд?"),
        "before": ("Ҳоло моҳи {month} аст. {n} моҳ пеш кадом моҳ буд?", "{n} моҳ пеш аз {month} кадом моҳ буд?"),
        "which": ("Моҳи {ordinal}и сол кадом аст?", "Моҳи {ordinal}и солро номбар кунед."),
        "number": ("Моҳи {month} дар сол моҳи чандум аст?", "{month} моҳи чандуми сол аст?"),
    }[kind]
    run = ", ".join(
        MONTHS[(month - 1 + i) % 12] for i in (range(1, n + 1) if kind == "after" else range(-1, -n - 1, -1))
    )
    answers = {
        "after": ("{there}. Моҳҳоро паси ҳам мешуморем: {run}.", "Ҷавоб: {there}. Пас аз {month} меоянд: {run}."),
        "before": ("{there}. Ба қафо мешуморем: {run}.", "Ҷавоб: {there}. Пеш аз {month} буданд: {run}."),
        "which": ("Моҳи {ordinal}и сол {there} аст.", "{there}."),
        "number": ("{there} моҳи {ordinal}и сол аст.", "Моҳи {ordinal}: агар аз январ шуморем, {there} ҷойи {number}-умро "
                   "дорад."),
    }[kind]  # fmt: skip
    return written(
        rng, questions, answers, grade=2, subject=NATURE, month=MONTHS[month - 1], n=n,
        there=MONTHS[(there - 1) % 12], run=run, ordinal=ordinal(month), number=month,
    )  # fmt: skip


def season(rng: Random) -> Exercise:
    name, months = rng.choice(tuple(SEASONS.items()))
    month = rng.choice(months)
    day = rng.randint(1, num_days(month))
    shown = [MONTHS[m - 1] for m in months]
    if rng.random() < 0.8:
        questions: tuple[str, ...] = (
            "{day} {month} кадом фасли сол аст?",
            "Моҳи {month} ба кадом фасли сол дохил мешавад?",
            "Зодрӯзи ман {day} {month} аст. Он ба кадом фасл рост меояд?",
        )
        answers: tuple[str, ...] = (
            "{month} моҳи {name} аст. Моҳҳои {name}: {a}, {b} ва {c}.",
            "{name}, зеро {a}, {b} ва {c} моҳҳои {name} мебошанд.",
            "Фасли {name}.",
        )
    else:
        questions = ("Моҳҳои {name}ро номбар кунед.", "Фасли {name} кадом моҳҳоро дар бар мегирад?")
        answers = ("Моҳҳои {name}: {a}, {b} ва {c}.", "{a}, {b} ва {c}.")
    return written(
        rng, questions, answers, grade=1, subject=NATURE, day=day, month=MONTHS[month - 1], name=name, a=shown[0],
        b=shown[1], c=shown[2],
    )  # fmt: skip


def leap_year(rng: Random) -> Exercise:
    year = rng.choice((rng.randint(1880, 2120), rng.randint(1880, 2120), rng.randint(16, 24) * 100))
    questions = (
        "Соли {year} кабиса аст?",
        "Дар соли {year} чанд рӯз ҳаст?",
        "Соли {year} 365 рӯз аст ё 366 рӯз?",
        "Аз куҷо донем, ки соли {year} кабиса аст ё не?",
    )
    if is_leap(year):
        why = "{year} : {by} = {q}, яъне бебақия тақсим мешавад"
        answers: tuple[str, ...] = (
            "Соли {year} кабиса аст ва 366 рӯз дорад: " + why + ".",
            "{year} – соли кабиса, 366 рӯз. Сабаб: " + why + ".",
        )
        by = 400 if year % 100 == 0 else 4
    else:
        by = 400 if year % 100 == 0 else 4
        why = "{year} : {by} = {q} (бақия {r})"
        rule = "Соли садӣ танҳо вақте кабиса аст, ки ба 400 бебақия тақсим шавад: " if by == 400 else ""
        answers = (
            "Соли {year} кабиса нест, 365 рӯз дорад. " + rule + why + ".",
            "{year} – соли оддӣ, 365 рӯз. " + (rule or "Он ба 4 бебақия тақсим намешавад: ") + why + ".",
        )
    return written(rng, questions, answers, grade=4, year=year, by=by, q=year // by, r=year % by)
