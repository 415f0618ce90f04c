"""What is a right answer to each task of the kind "calendar", worked out from the question's text."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from soro.tajik.exercises.numbers import ordinal
from tests.tajik.exercise_reader import has, numbers

MONTHS = "январ феврал март апрел май июн июл август сентябр октябр ноябр декабр".split()  # noqa: SIM905
DAYS = "душанбе сешанбе чоршанбе панҷшанбе ҷумъа шанбе якшанбе".split()  # noqa: SIM905


def day_in(text: str) -> str:
    found = re.search(rf"\b({'|'.join(DAYS)})\b", text.lower())
    assert found, text
    return found[1]


def verdict_day(answer: str) -> str:
    """The day the answer ends on, or opens with."""
    opening = re.match(rf"(?:Ҷавоб: |Боз )?({'|'.join(DAYS)})\b[.:,]", answer, re.IGNORECASE)
    if opening and not re.match(r"Аз", answer):
        return opening[1].lower()
    return re.findall(rf"\b({'|'.join(DAYS)})\b", answer.lower())[-1]


def check_weekday(question: str, answer: str) -> bool:
    n = int(numbers(question)[0])
    n = -n if "рӯз пеш" in question else n
    return verdict_day(answer) == DAYS[(DAYS.index(day_in(question)) + n) % 7]


def check_near_weekday(question: str, answer: str) -> bool:
    now, asked = 0, 0
    for word, shift in (("дирӯз", -1), ("имрӯз", 0), ("пагоҳ", 1), ("пасфардо", 2)):
        if re.search(rf"{word} {day_in(question)}", question.lower()):
            now = shift
        elif word in question.lower():
            asked = shift
    asked = 1 if "Баъди" in question else -1 if "Пеш аз" in question else asked
    return verdict_day(answer) == DAYS[(DAYS.index(day_in(question)) + asked - now) % 7]


def days_of(month: str, year: int = 2025) -> int:
    i = MONTHS.index(month)
    return (date(year + i // 11, (i + 1) % 12 + 1, 1) - date(year, i + 1, 1)).days


def months_in(text: str) -> list[str]:
    return re.findall("|".join(MONTHS), text.lower())


def check_month_days(question: str, answer: str) -> bool:
    year = next((int(n) for n in numbers(question) if n > 1000), 2025)
    return has(answer, sum(days_of(month, year) for month in months_in(question)))


def check_month_order(question: str, answer: str) -> bool:
    if "чандум" in question:
        return ordinal(MONTHS.index(months_in(question)[0]) + 1) in answer.lower()
    there = months_in(answer)[0]
    if "чанд" not in question and not numbers(question):
        found = re.search(r"[Мм]оҳи (.+?)и сол", question)
        assert found
        return ordinal(MONTHS.index(there) + 1) == found[1]
    n = int(numbers(question)[0]) * (-1 if "пеш" in question else 1)
    return there == MONTHS[(MONTHS.index(months_in(question)[0]) + n) % 12]


def check_season(question: str, answer: str) -> bool:
    names = ("зимистон", "баҳор", "тобистон", "тирамоҳ")
    if not months_in(question):
        season = next(i for i, name in enumerate(names) if name in question)
        return {MONTHS.index(month) // 1 for month in months_in(answer)} == {
            (3 * season + i - 1) % 12 for i in range(3)
        }
    season = (MONTHS.index(months_in(question)[0]) + 1) % 12 // 3
    return names[season] in answer.lower() and not any(
        name in answer.lower() for name in names if name != names[season]
    )


def check_leap(question: str, answer: str) -> bool:
    year = int(numbers(question)[0])
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return has(answer, days) and ("оддӣ" in answer or "кабиса нест" in answer) == (days == 365)


def dates_in(text: str, year: int) -> list[date]:
    found = re.findall(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})", text.lower())
    return [date(year, MONTHS.index(month) + 1, int(day)) for day, month in found]


def check_between(question: str, answer: str) -> bool:
    named = re.search(r"соли (\d{4})", question)
    results = set()
    for year in [int(named[1])] if named else [2024, 2025]:
        start, end = dates_in(question, year)
        results.add((end - start).days)
    assert len(results) == 1, f"the year matters: {question}"
    days = results.pop()
    added = re.search(r"ҳамагӣ .+ = (\d+)", answer)
    return has(answer, days) and (added is None or int(added[1]) == days)


def check_date_after(question: str, answer: str) -> bool:
    for year in (2024, 2025):
        start = dates_in(question, year)[0]
        n = int(numbers(re.sub(rf"\d+ ({'|'.join(MONTHS)})", "", question.lower()))[0])
        end = start + timedelta(days=n)
        if f"{end.day} {MONTHS[end.month - 1]}" not in answer:
            return False
    return True


def check_day_of_date(question: str, answer: str) -> bool:
    a, b = dates_in(question, 2024)
    return verdict_day(answer) == DAYS[(DAYS.index(day_in(question)) + (b - a).days) % 7]


def check_century(question: str, answer: str) -> bool:
    year = int(numbers(question)[0])
    span = re.search(r"(\d+)(?:–| то соли )(\d+)", answer)
    if span and not int(span[1]) <= year <= int(span[2]):
        return False
    n = -(-year // 100)
    roman = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    return f"Асри {'X' * (n // 10) + roman[n % 10]}" in answer or ordinal(n) in answer


def check_years(question: str, answer: str) -> bool:
    a, b = numbers(question)
    return has(answer, abs(a - b))


def clock_in(text: str) -> list[int]:
    return [int(hour) * 60 + int(minute) for hour, minute in re.findall(r"(\d{1,2}):(\d\d)", text)]


def check_later(question: str, answer: str) -> bool:
    found = re.search(r"(\d+) дақиқа", question)
    assert found
    sign = -1 if "пеш соат" in question or "сар шуда буд" in question else 1
    start, n = clock_in(question)[0], int(found[1])
    parts = re.search(r"аввал (\d+) дақиқа то (\d+:\d\d), баъд боз (\d+) дақиқа", answer)
    if parts:
        over_the_hour = clock_in(parts[2])[0]
        if start + sign * int(parts[1]) != over_the_hour or over_the_hour % 60 or int(parts[1]) + int(parts[3]) != n:
            return False
    return (start + sign * n) % 1440 in clock_in(answer)


def check_duration(question: str, answer: str) -> bool:
    start, end = clock_in(question)
    hours, minutes = divmod(end - start, 60)
    shown = [text for text, size in ((f"{hours} соат", hours), (f"{minutes} дақиқа", minutes)) if size]
    return all(text in answer for text in shown) and set(clock_in(answer)) <= {start, start + 60 * hours, end}


def check_half_day(question: str, answer: str) -> bool:
    asked, given = clock_in(question)[0], clock_in(answer)[0]
    return abs(asked - given) == 720 and max(asked, given) >= 780


def check_lessons(question: str, answer: str) -> bool:
    n, length, rest = (int(found) for found in numbers(re.sub(r"\d+:\d\d", "", question)))
    return (clock_in(question)[0] + n * length + (n - 1) * rest) in clock_in(answer)


CHECKS: dict[str, Callable[[str, str], bool]] = {
    "weekday_after": check_weekday,
    "near_weekdays": check_near_weekday,
    "days_of_month": check_month_days,
    "month_order": check_month_order,
    "season": check_season,
    "leap_year": check_leap,
    "days_between": check_between,
    "date_after": check_date_after,
    "weekday_of_date": check_day_of_date,
    "century": check_century,
    "years_passed": check_years,
    "later": check_later,
    "duration": check_duration,
    "half_day": check_half_day,
    "lessons": check_lessons,
}
