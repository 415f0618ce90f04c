"""Counting from one date to another, the day of the week of a date, centuries, years gone by."""

from datetime import date, timedelta
from random import Random

from soro.tajik.exercises.exercise import Exercise, written
from soro.tajik.exercises.numbers import in_words, ordinal
from soro.tajik.exercises.year import COMMON_YEAR, HISTORY, HOLIDAYS, MONTHS, WEEKDAYS, is_leap, num_days


def days_between(rng: Random) -> Exercise:
    """The first day not counted; a year is named only where 29 February could matter."""
    year = rng.randint(2020, 2040)
    start = date(year, rng.randint(1, 12), rng.randint(1, 28))
    end = start + timedelta(days=rng.randint(3, 120))
    if end.year != year:
        start, end = date(year, 6, start.day), date(year, 9, start.day % 28 + 1)
    matters = start.month <= 2 < end.month or end == date(year, 2, 28) + timedelta(days=1)
    in_year = f"и соли {year}" if matters else ""
    holiday = next((name for name, day in HOLIDAYS.items() if day == (end.day, end.month)), "")
    questions: tuple[str, ...] = (
        "Аз {start} то {end} чанд рӯз аст?",
        "Имрӯз {start}. То {end} чанд рӯз мондааст?",
        "Таътил {start} сар шуд ва {end} тамом шуд. Аз оғоз то анҷом чанд рӯз гузашт?",
    )
    if holiday:
        questions = (f"Имрӯз {{start}}. То {holiday} ({{end}}) чанд рӯз мондааст?", *questions)
    steps, working = _month_steps(start, end)
    answers: tuple[str, ...] = ("{days} рӯз: {working}.", "{working}. Ҷавоб: {days} рӯз.")
    if len(steps) > 1:
        answers = (
            "{days} рӯз. Моҳ ба моҳ мешуморем: {working}.",
            "Моҳ ба моҳ: {working}. Ҷавоб: {days} рӯз.",
            "Рӯзҳои ҳар моҳро меёбем: {working}, пас {days} рӯз аст.",
        )
    return written(
        rng, questions, answers, grade=3, start=_day(start), end=_day(end) + in_year, days=(end - start).days,
        working=working,
    )  # fmt: skip


def date_after(rng: Random) -> Exercise:
    """Never from February and never over its end, so that the year does not matter."""
    start = date(COMMON_YEAR, rng.choice((1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)), rng.randint(1, 30))
    n = rng.randint(2, 27)
    end = start + timedelta(days=n)
    questions = (
        "Имрӯз {start}. Баъди {n} рӯз кадом сана мешавад?",
        "Агар имрӯз {start} бошад, пас аз {n} рӯз кадом сана аст?",
        "{start} ниҳол шинонданд ва баъди {n} рӯз ба он об доданд. Кай об доданд?",
    )
    over = start.day + n
    last = num_days(start.month)
    if over <= last:
        answers: tuple[str, ...] = (
            "{end}: {day} + {n} = {over}.",
            "Рӯзҳоро ҷамъ мекунем: {day} + {n} = {over}. Ҷавоб: {end}.",
        )
    else:
        answers = (
            "{end}. {day} + {n} = {over}, моҳи {month} {last} рӯз дорад: {over} − {last} = {left}.",
            "То охири моҳ {to_end} рӯз мемонад: {last} − {day} = {to_end}. Баъд {n} − {to_end} = {left}. Ҷавоб: {end}.",
        )
    return written(
        rng, questions, answers, grade=3, start=_day(start), end=_day(end), n=n, day=start.day, over=over, last=last,
        left=over - last, to_end=last - start.day, month=MONTHS[start.month - 1],
    )  # fmt: skip


def weekday_of_date(rng: Random) -> Exercise:
    month = rng.randint(1, 12)
    a, b = sorted(rng.sample(range(1, num_days(month) + 1), 2))
    day = rng.randrange(7)
    weeks, rest = divmod(b - a, 7)
    questions = (
        "{a} {month} {day} аст. {b} {month} кадом рӯзи ҳафта мешавад?",
        "Агар {a} {month} {day} бошад, {b} {month} чӣ рӯз аст?",
    )
    there = WEEKDAYS[(day + b - a) % 7]
    quotient = "{n} : 7 = {weeks}" + (" (бақия {rest})" if rest else "")
    answers = (
        "{there}. Байни санаҳо {b} − {a} = {n} рӯз аст; " + quotient + ", аз {day} {rest} рӯз ба пеш меравем.",
        "{b} − {a} = {n} рӯз. " + quotient + ". Аз {day} {rest} рӯз мешуморем ва ба {there} мерасем.",
    )
    if rest == 0:
        answers = (
            "Боз {there}: {b} − {a} = {n} рӯз, {n} : 7 = {weeks}, яъне ҳафтаҳои пурра.",
            "{there}. {b} − {a} = {n}, {n} ба 7 бебақия тақсим мешавад: {n} : 7 = {weeks}.",
        )
    elif weeks == 0:
        answers = (
            "{there}. Байни санаҳо {b} − {a} = {n} рӯз аст, аз {day} {n} рӯз ба пеш меравем.",
            "{b} − {a} = {n} рӯз. Аз {day} {n} рӯз мешуморем ва ба {there} мерасем.",
        )
    return written(
        rng, questions, answers, grade=3, a=a, b=b, month=MONTHS[month - 1], day=WEEKDAYS[day], there=there, n=b - a,
        weeks=weeks, rest=rest,
    )  # fmt: skip


def century(rng: Random) -> Exercise:
    year = rng.randint(801, 2060)
    number = (year - 1) // 100 + 1
    questions = (
        "Соли {year} ба кадом аср дохил мешавад?",
        "Соли {year} дар кадом аср аст?",
        "Соли {year} кадом аср мешавад?",
    )
    first, last = str((number - 1) * 100 + 1), str(number * 100)
    answers = (
        "Асри {roman} ({ordinal}). Ин аср аз соли {first} то соли {last} аст.",
        "Асри {roman}: он солҳои {first}–{last}-ро дар бар мегирад.",
        "Асри {ordinal}.",
    )
    return written(
        rng, questions, answers, grade=5, subject=HISTORY, year=str(year), roman=roman(number), ordinal=ordinal(number),
        first=first, last=last,
    )  # fmt: skip


def years_passed(rng: Random) -> Exercise:
    now, n = rng.randint(2020, 2040), rng.randint(5, 130)
    questions: tuple[str, ...] = (
        "Мактаб соли {then} сохта шуд. Соли {now} чандсола мешавад?",
        "Бобо соли {then} таваллуд шудааст. Ӯ дар соли {now} чандсола мешавад?",
        "Аз соли {then} то соли {now} чанд сол гузашт?",
        "Дарахти чинорро соли {then} шинондаанд. Соли {now} синнаш чанд мешавад?",
    )
    if n > 90:
        questions = (questions[0], questions[2], questions[3])
    answers = (
        "{n} сол: {now} − {then} = {n}.",
        "Аз соли охир соли аввалро тарҳ мекунем: {now} − {then} = {n}. Ҷавоб: {n} сол.",
        "{now} − {then} = {n}, яъне {words} сол.",
    )
    return written(rng, questions, answers, grade=3, then=str(now - n), now=str(now), n=n, words=in_words(n))


def roman(number: int) -> str:
    """The century number in Roman digits, 1 to 39."""
    tens, units = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[units]


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _month_steps(start: date, end: date) -> tuple[list[int], str]:
    """The days month by month and the sentence that adds them."""
    if start.month == end.month:
        return [end.day - start.day], f"{end.day} − {start.day} = {end.day - start.day}"
    leap = is_leap(start.year)
    last = num_days(start.month, leap)
    steps = [last - start.day] + [num_days(m, leap) for m in range(start.month + 1, end.month)] + [end.day]
    names = [f"{MONTHS[start.month - 1]} {last} − {start.day} = {steps[0]}"]
    names += [f"{MONTHS[m - 1]} {num_days(m, leap)}" for m in range(start.month + 1, end.month)]
    names += [f"{MONTHS[end.month - 1]} {end.day}"]
    return steps, f"{'; '.join(names)}; ҳамагӣ {' + '.join(map(str, steps))} = {sum(steps)}"
