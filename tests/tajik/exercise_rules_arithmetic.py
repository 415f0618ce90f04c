"""What is a right answer to each task of the kind "arithmetic", worked out from the question's text."""

import re
from collections.abc import Callable
from fractions import Fraction

from soro.tajik.exercises.exercise import show
from soro.tajik.exercises.numbers import from_words, ordinal
from tests.tajik.exercise_reader import has, numbers, value


def check_operation(sign: str) -> Callable[[str, str], bool]:
    def check(question: str, answer: str) -> bool:
        a, b = numbers(question)[:2]
        a, b = (max(a, b), min(a, b)) if sign in "−:" else (a, b)
        return has(answer, value(f"{show(int(a))} {sign} {show(int(b))}"))

    return check


def check_remainder(question: str, answer: str) -> bool:
    found = [int(found) for found in numbers(question)[:2]]
    a, b = max(found), min(found)
    yes_or_no = question.endswith("тақсим мешавад?")
    return has(answer, a // b) and has(answer, a % b) and answer.startswith("Не") == yes_or_no


def check_unknown(question: str, answer: str) -> bool:
    a, b = numbers(question)
    if "×" in question or "зарб" in question:
        return has(answer, b / a)
    return has(answer, a + b if "−" in question or "мемонад" in question else b - a)


def check_order(question: str, answer: str) -> bool:
    found = re.search(r"[\d(][\d +−×:()]*[\d)]", question)
    assert found
    return numbers(answer)[-1] == value(found[0]) or has(answer, value(found[0]))


def check_claim(question: str, answer: str) -> bool:
    found = re.search(r"\d+ [+−] \d+", question)
    assert found
    claim = numbers(question.replace(found[0], ""))[0]
    right = value(found[0]) == claim
    return has(answer, value(found[0])) and answer.startswith(("Бале", "Офарин", "Дуруст")) == right


def check_fraction(question: str, answer: str) -> bool:
    for share, parts in {"нисф": 2, "сеяк": 3, "чоряк": 4, "панҷяк": 5, "даҳяк": 10}.items():
        if question.lower().startswith(share):
            return has(answer, numbers(question)[0] / parts)
    found = [int(n) for n in numbers(question)]
    if "тақсим карда" in question:
        return has(answer, Fraction(found[0] * found[2], found[1]))
    return has(answer, Fraction(found[0] * found[2], found[1]))


def check_percent(question: str, answer: str) -> bool:
    found = numbers(question.replace("100 фоиз", ""))
    return has(answer, found[0] * found[1] / 100)


def check_comparison(question: str, answer: str) -> bool:
    a, b = (int(n) for n in numbers(question)[:2])
    small = re.search(r"(\d+) аз \d+ хурд|(\d+) хурд\b|хурдаш (\d+)", answer)
    assert small
    return f"{a} {'>' if a > b else '<'} {b}" in answer and int(next(filter(None, small.groups()))) == min(a, b)


def check_rounding(question: str, answer: str) -> bool:
    step = 10 if "даҳӣ" in question else 100 if "садӣ" in question else 1000
    return has(answer, (int(numbers(question)[0]) + step // 2) // step * step)


def check_parity(question: str, answer: str) -> bool:
    return (int(numbers(question)[0]) % 2 == 0) == ("ҷуфт" in answer) == ("тоқ" not in answer)


def check_neighbours(question: str, answer: str) -> bool:
    n = numbers(question)[0]
    return has(answer, n - 1) and has(answer, n + 1)


def check_to_words(question: str, answer: str) -> bool:
    words = re.split(r"яъне |менависем: |Хонданаш: |– |адад «", answer)[-1].split("»")[0].rstrip(".")
    return from_words(words) == numbers(question)[0]


def check_from_words(question: str, answer: str) -> bool:
    found = re.search(r"«(.+)»", question) or re.search(r": (.+)\?", question)
    assert found
    return has(answer, from_words(found[1]))


def check_ordinal(question: str, answer: str) -> bool:
    found = re.search(r"«(.+?)»", question)
    n = from_words(found[1]) if found else int(numbers(question)[0])
    return ordinal(n) in answer.lower()


def check_digits(question: str, answer: str) -> bool:
    n = int(numbers(question)[0])
    names = re.findall(r"(\d) (воҳид|даҳӣ|садӣ|ҳазорӣ)", answer)
    worth = {"воҳид": 1, "даҳӣ": 10, "садӣ": 100, "ҳазорӣ": 1000}
    return sum(int(digit) * worth[name] for digit, name in names) == n


def check_average(question: str, answer: str) -> bool:
    found = numbers(question)
    return numbers(answer.split("=")[-1])[0] == sum(found) / len(found)


def check_multiply_story(question: str, answer: str) -> bool:
    a, b = numbers(question)
    return has(answer, a * b)


def check_change(question: str, answer: str) -> bool:
    found = sorted(numbers(question))
    return has(answer, found[2] - found[0] * found[1])


def check_discount(question: str, answer: str) -> bool:
    old, p = numbers(question)
    return has(answer, old + (p if "қимат" in question else -p) * old / 100)


def check_road(question: str, answer: str) -> bool:
    if "ёбед" in question or "чанд буд" in question:
        distance, hours = sorted(numbers(question), reverse=True)
        return has(answer, distance / hours)
    if "чанд соат" in question.lower():
        distance, speed = sorted(numbers(question), reverse=True)
        return has(answer, distance / speed)
    a, b = [n for n in numbers(question.replace("як соат", ""))]
    return has(answer, a * b)


def check_meeting(question: str, answer: str) -> bool:
    v, w, hours = numbers(question)
    return has(answer, (v + w) * hours)


def check_ages(question: str, answer: str) -> bool:
    a, b = numbers(question)
    return has(answer, abs(a - b) if "чанд сол калон" in question else a + b)


def check_rectangle(question: str, answer: str) -> bool:
    a, b = numbers(question)
    return has(answer, a * b if "асоҳат" in question else 2 * (a + b))


CHECKS: dict[str, Callable[[str, str], bool]] = {
    "addition": check_operation("+"),
    "subtraction": check_operation("−"),
    "multiplication": check_operation("×"),
    "division": check_operation(":"),
    "remainder": check_remainder,
    "unknown": check_unknown,
    "order_of_operations": check_order,
    "check_result": check_claim,
    "fraction": check_fraction,
    "percent": check_percent,
    "comparison": check_comparison,
    "rounding": check_rounding,
    "parity": check_parity,
    "neighbours": check_neighbours,
    "number_in_words": check_to_words,
    "number_from_words": check_from_words,
    "ordinal_number": check_ordinal,
    "digits_of_number": check_digits,
    "average": check_average,
    "gave_away": check_operation("−"),
    "together": check_operation("+"),
    "how_many_more": check_operation("−"),
    "rows": check_multiply_story,
    "sharing": check_operation(":"),
    "boxes": check_remainder,
    "price": check_multiply_story,
    "change": check_change,
    "discount": check_discount,
    "road": check_road,
    "meeting": check_meeting,
    "ages": check_ages,
    "rectangle": check_rectangle,
}
