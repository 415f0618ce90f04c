"""What is a right answer to each task of the kind "units", worked out from the question's text."""

import re
from collections.abc import Callable
from fractions import Fraction

from soro.tajik.exercises.exercise import show
from soro.tajik.exercises.sense import SUITABLE
from tests.tajik.exercise_reader import NUMBER, has, number, numbers

FACTORS = {
    ("сантиметр", "миллиметр"): 10, ("детсиметр", "сантиметр"): 10, ("метр", "детсиметр"): 10, ("метр", "сантиметр"): 100,
    ("километр", "метр"): 1000, ("килограмм", "грамм"): 1000, ("тонна", "килограмм"): 1000, ("сентнер", "килограмм"): 100,
    ("соат", "дақиқа"): 60, ("дақиқа", "сония"): 60, ("шабонарӯз", "соат"): 24, ("ҳафта", "рӯз"): 7,
    ("литр", "миллилитр"): 1000, ("сомонӣ", "дирам"): 100, ("метри мураббаъ", "детсиметри мураббаъ"): 100,
    ("детсиметри мураббаъ", "сантиметри мураббаъ"): 100, ("гектар", "метри мураббаъ"): 10_000,
    ("километри мураббаъ", "гектар"): 100, ("метри мукааб", "литр"): 1000, ("литр", "сантиметри мукааб"): 1000,
}  # fmt: skip


def small_value(question: str) -> tuple[Fraction, int, str]:
    """The sizes named in the question, summed in the small unit; the factor; the small unit."""
    text = question.replace("сомонию", "сомонӣ").replace("сомониро", "сомонӣ").replace("сомонии", "сомонӣ")
    for short, name in ((r"\bсм\b", "сантиметр"), (r"\bмм\b", "миллиметр"), (r"\bдм\b", "детсиметр"), (r"\bкм\b", "километр"),
                        (r"\bм\b", "метр"), (r"\bкг\b", "килограмм"), (r"\bг\b", "грамм"), (r"\bт\b", "тонна"),
                        (r"\bл\b", "литр"), (r"\bмл\b", "миллилитр")):  # fmt: skip
        text = re.sub(short, name, text)
    units = sorted({unit for pair in FACTORS for unit in pair}, key=len, reverse=True)
    words = re.findall(rf"\b({'|'.join(units)})(?:ро|у|ю|и)?\b", text)
    big, small = next(pair for pair in FACTORS if set(words) == set(pair))
    total = Fraction(0)
    for found, half, unit in re.findall(rf"({NUMBER.pattern})( ва ним)? ({big}|{small})", text):
        total += (number(found) + (Fraction(1, 2) if half else 0)) * (FACTORS[big, small] if unit == big else 1)
    return total, FACTORS[big, small], small


def check_down(question: str, answer: str) -> bool:
    return has(answer, small_value(question)[0])


def check_up(question: str, answer: str) -> bool:
    total, factor, _ = small_value(question)
    return has(answer, total / factor)


def check_compound(question: str, answer: str) -> bool:
    total, factor, _ = small_value(question)
    shown = [show(int(part)) for part in divmod(int(total), factor)]
    pattern = rf"(?<!\d){shown[0]} \w+[ую] {shown[1]} " if shown[1] != "0" else rf"(?<!\d){shown[0]} \w+"
    apart = re.search(r"Ҷудо-ҷудо|^1\. \d+ \+", answer)
    return bool(re.search(pattern, answer)) and (apart is not None or int(total) // factor > 0)


def check_quarter(question: str, answer: str) -> bool:
    total = small_value(question)[0]
    return has(answer, total / 4 if "чор" in question.lower().split("чанд")[0] else total)


def check_compare(question: str, answer: str) -> bool:
    sizes: dict[str, Fraction] = {}
    factor = small_value(question)[1]
    names = [unit for pair in FACTORS for unit in pair]
    text = question.replace("сомониро", "сомонӣ")
    for amount, unit in re.findall(rf"({NUMBER.pattern}) ({'|'.join(sorted(names, key=len, reverse=True))})", text):
        sizes[f"{amount} {unit}"] = number(amount)
    first, second = sizes
    units = (re.sub(r"^[\d ]+", "", first), re.sub(r"^[\d ]+", "", second))
    sizes[first if units in FACTORS else second] *= factor
    return answer.rsplit(", ", 1)[1].removeprefix("пас ").startswith(max(sizes, key=lambda size: sizes[size]))


def check_temperature(question: str, answer: str) -> bool:
    a, b = numbers(question)
    if "Субҳ" in question:
        return has(answer, a + b)
    return has(answer, a - b if "хунук" in question else abs(a - b))


def check_water(question: str, answer: str) -> bool:
    degrees = numbers(question)[0]
    state = "ях" if degrees < 0 else "моеъ" if degrees < 100 else "буғ"
    return state in answer.lower().split(",")[0].split(".")[0]


def check_suitable(question: str, answer: str) -> bool:
    units = {unit for thing, unit in SUITABLE if re.sub("ӣ$", "", thing) in question.lower()}
    return len(units) == 1 and re.search(rf"\b{units.pop()}\b", answer) is not None


CHECKS: dict[str, Callable[[str, str], bool]] = {
    "down": check_down,
    "up": check_up,
    "compound_down": check_down,
    "compound_up": check_compound,
    "compare": check_compare,
    "compound_sum": check_compound,
    "half_and_quarter": check_quarter,
    "decimal_up": check_down,
    "temperature": check_temperature,
    "state_of_water": check_water,
    "suitable_unit": check_suitable,
}
