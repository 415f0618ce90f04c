"""The generated dialogues: every answer is worked out again from the question's text alone."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest

from soro.core.errors import SoroError
from soro.tajik.alphabet import LEGACY_FONT, LETTERS, LOOK_ALIKES
from soro.tajik.exercises import TASKS, generate
from soro.tajik.exercises.exercise import Exercise, show, written
from soro.tajik.exercises.numbers import from_words, in_words, ordinal
from soro.tajik.exercises.operations import product_steps
from soro.tajik.exercises.word_list import IZOFAT, NOUNS, OWN_LETTER_WORDS, PLAIN_WORDS, SENTENCES

KINDS = tuple(TASKS)
NUM_DRAWS = 300
NUMBER = re.compile(r"(?<![\d,])−?\d{1,3}(?: \d{3})+(?![\d])|−?\d+(?:,\d+)?")
MONTHS = "январ феврал март апрел май июн июл август сентябр октябр ноябр декабр".split()  # noqa: SIM905
DAYS = "душанбе сешанбе чоршанбе панҷшанбе ҷумъа шанбе якшанбе".split()  # noqa: SIM905
KEYBOARD = str.maketrans("ғӣқӯҳҷҒӢҚӮҲҶ", "гикухчГИКУХЧ")
FACTORS = {
    ("сантиметр", "миллиметр"): 10, ("детсиметр", "сантиметр"): 10, ("метр", "детсиметр"): 10, ("метр", "сантиметр"): 100,
    ("километр", "метр"): 1000, ("килограмм", "грамм"): 1000, ("тонна", "килограмм"): 1000, ("сентнер", "килограмм"): 100,
    ("соат", "дақиқа"): 60, ("дақиқа", "сония"): 60, ("шабонарӯз", "соат"): 24, ("ҳафта", "рӯз"): 7,
    ("литр", "миллилитр"): 1000, ("сомонӣ", "дирам"): 100, ("метри мураббаъ", "детсиметри мураббаъ"): 100,
    ("детсиметри мураббаъ", "сантиметри мураббаъ"): 100, ("гектар", "метри мураббаъ"): 10_000,
    ("километри мураббаъ", "гектар"): 100, ("метри мукааб", "литр"): 1000, ("литр", "сантиметри мукааб"): 1000,
}  # fmt: skip


def number(text: str) -> Fraction:
    return Fraction(text.replace(" ", "").replace("−", "-").replace(",", "."))


def numbers(text: str) -> list[Fraction]:
    return [number(found) for found in NUMBER.findall(text)]


def value(expression: str) -> Fraction:
    """The value of + − × : and brackets over numbers as schools write them."""
    plain = expression.replace(" ", "").replace(",", ".").replace("−", "-").replace("×", "*").replace(":", "/")
    assert re.fullmatch(r"[\d.+\-*/()]+", plain), expression
    return eval(re.sub(r"\d+(?:\.\d+)?", lambda found: f"Fraction('{found.group()}')", plain), {"Fraction": Fraction})


def equations(text: str) -> list[tuple[Fraction, Fraction]]:
    """Both sides of every "=" between two expressions of numbers; a division with remainder is multiplied back."""
    pairs = []
    for a, b, q, r in re.findall(r"([\d ]+) : (\d+) = (\d+) \(бақия (\d+)\)", text):
        pairs.append((number(a), number(q) * number(b) + number(r)))
        assert int(r) < int(b)
    text = re.sub(r"([\d ]+) : (\d+) = (\d+) \(бақия (\d+)\)", "#", text)
    side = r"\(?−?\d(?:[\d ,+−×:()]*[\d)])?"
    for chain in re.findall(rf"{side}(?: = {side})+", text):
        first, *others = (value(part) for part in re.split(" = ", chain))
        pairs += [(first, other) for other in others]
    return pairs


def examples(task: Callable[[Random], Exercise]) -> list[Exercise]:
    rng = Random(f"test {task.__name__}")
    return [task(rng) for _ in range(NUM_DRAWS)]


def has(answer: str, expected: Fraction | int) -> bool:
    return Fraction(expected) in numbers(answer)


# One rule a task: whether the answer is right, worked out from the question.


def check_operation(sign: str) -> Callable[[str, str], bool]:
    def check(question: str, answer: str) -> bool:
        a, b = numbers(question)[:2]
        a, b = (max(a, b), min(a, b)) if sign in "−:" else (a, b)
        return has(answer, value(f"{show(int(a))} {sign} {show(int(b))}"))

    return check


def check_remainder(question: str, answer: str) -> bool:
    a, b = (int(found) for found in numbers(question)[:2])
    a, b = max(a, b), min(a, b)
    return (
        has(answer, a // b)
        and has(answer, a % b)
        and answer.count("Не") == ("мешавад?" in question and "чанд" not in question)
    )


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
    a, b = [n for n in numbers(question) if n != 1][:2]
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
    text = question.split(":")[-1]
    first, second = re.split(r" ё | ва (?=\d)", text)
    both = [re.search(rf"({NUMBER.pattern}) ([а-яӣқӯҳҷё ]*?)(?:ро муқоиса.*|\?|$)", part) for part in (first, second)]
    sizes = {}
    units = [found[2].strip() for found in both if found]
    factor = next(
        f
        for pair, f in FACTORS.items()
        if {u.replace("сомони", "сомонӣ").replace("ӣӣ", "ӣ") for u in units} == set(pair)
    )
    big = next(
        pair[0]
        for pair in FACTORS
        if FACTORS[pair] == factor and set(pair) == {u.replace("сомониро", "сомонӣ") for u in units}
    )
    for found in both:
        assert found
        sizes[f"{found[1]} {found[2].strip()}"] = number(found[1]) * (factor if found[2].strip() == big else 1)
    verdict = answer.rsplit(", ", 1)[1].removeprefix("пас ")
    return verdict.startswith(max(sizes, key=lambda size: sizes[size]))


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
    return any(unit in answer for unit in ("метр", "грамм", "тонна", "литр", "дақиқа", "соат", "сония", "моҳ", "гектар",
                                          "дараҷаи Селсий", "сомонӣ", "сол"))  # fmt: skip


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
    return has(answer, results.pop())


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
    forward = "пеш соат" not in question and "сар шуда буд" not in question
    return (clock_in(question)[0] + int(found[1]) * (1 if forward else -1)) % 1440 in clock_in(answer)


def check_duration(question: str, answer: str) -> bool:
    start, end = clock_in(question)
    hours, minutes = divmod(end - start, 60)
    shown = [text for text, size in ((f"{hours} соат", hours), (f"{minutes} дақиқа", minutes)) if size]
    return all(text in answer or f"= {text}" in answer for text in shown)


def check_half_day(question: str, answer: str) -> bool:
    asked, given = clock_in(question)[0], clock_in(answer)[0]
    return abs(asked - given) == 720 and max(asked, given) >= 780


def check_lessons(question: str, answer: str) -> bool:
    n, length, rest = (int(found) for found in numbers(re.sub(r"\d+:\d\d", "", question)))
    return (clock_in(question)[0] + n * length + (n - 1) * rest) in clock_in(answer)


def quoted(text: str) -> list[str]:
    return re.findall(r"«([^»]+)»", text)


def check_restored(question: str, answer: str) -> bool:
    typed, right = quoted(question)[0], quoted(answer)[0]
    return right.translate(KEYBOARD) == typed and right in OWN_LETTER_WORDS + SENTENCES


def check_spelling_verdict(question: str, answer: str) -> bool:
    shown = quoted(question)[0]
    right = quoted(answer)[0] if quoted(answer) else shown
    agrees = answer.startswith(("Бале", "Дуруст,"))
    return right in OWN_LETTER_WORDS and agrees == (shown == right)


def check_choice(question: str, answer: str) -> bool:
    return quoted(answer)[0] in OWN_LETTER_WORDS and quoted(answer)[0] in quoted(question)


def check_gap(question: str, answer: str) -> bool:
    gapped, word = quoted(question)[0], quoted(answer)[0]
    letter = word[gapped.index("…")]
    return gapped.replace("…", letter) == word and word in OWN_LETTER_WORDS + PLAIN_WORDS and letter in answer.lower().split()[0:3] + re.findall(r"ҳарфи (\w)", answer.lower())  # fmt: skip


def check_dropped(question: str, answer: str) -> bool:
    short, word = quoted(question)[0], quoted(answer)[0]
    found = re.search(r"[Ҳҳ]арфи (\w)\b", answer)
    assert found
    return any(word[:i] + word[i + 1 :] == short and word[i] == found[1] for i in range(len(word)))


def check_own_letters(question: str, answer: str) -> bool:
    own = [letter for letter in quoted(question)[0] if letter in "ғӣқӯҳҷ"]
    if not own:
        return "нест" in answer or "вонамехӯранд" in answer
    shown = re.split(r": |\. Шаш", answer.lower())
    listing = shown[0] if ". Шаш" in answer else shown[-1]
    return re.findall(r"\b[ғӣқӯҳҷ]\b", listing) == own and has(answer, len(own))


def check_alphabet_order(question: str, answer: str) -> bool:
    words = re.split(", ", re.split(": ", question)[1].rstrip("?."))
    ordered = sorted(words, key=lambda word: ["абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя".index(letter) for letter in word])
    return ", ".join(ordered) in answer[:1].lower() + answer[1:] and all(word == ordered[0] for word in quoted(answer))


def check_alphabet_place(question: str, answer: str) -> bool:
    places = {ordinal(i + 1): letter for i, letter in enumerate(LETTERS)}
    text = f"{question} {answer}".lower()
    if "пеш аз" in question or "Ҳамсояҳои" in question:
        around = [letter for letter in re.findall(r"(?<!\w)(\w)(?!\w)", answer.lower())]
        i = LETTERS.index(next(iter(re.findall(r"(?<!\w)(\w)(?!\w)", question))))
        return {LETTERS[i - 1], LETTERS[i + 1]} <= set(around) <= set(LETTERS[i - 1 : i + 2])
    found = [name for name in places if re.search(rf"(?<!\w){name}(?:и|ро)?(?!\w)", text)]
    name = max(found, key=len)
    return places[name] in re.findall(r"(?<!\w)(\w)(?!\w)", text.replace("35", ""))


def check_letters(question: str, answer: str) -> bool:
    word = quoted(question)[0]
    return has(answer, len(word)) and ", ".join(word) in answer


def check_syllables(question: str, answer: str) -> bool:
    vowels = [letter for letter in quoted(question)[0] if letter in "аеёиӣоуӯэюя"]
    return has(answer, len(vowels)) and ", ".join(vowels) in answer


def check_plural(question: str, answer: str) -> bool:
    noun = quoted(question)[0] if quoted(question) else re.findall(r"Як (\w+)", question)[0]
    return f"«{re.sub('ӣ$', 'и', noun)}ҳо»" in answer


def check_singular(question: str, answer: str) -> bool:
    noun = next(word for word in quoted(answer) if not word.endswith("ҳо"))
    return noun in NOUNS and re.sub("ӣ$", "и", noun) + "ҳо" == quoted(question)[0]


def check_izofat(question: str, answer: str) -> bool:
    noun, other = quoted(question)
    return quoted(answer)[0] == f"{re.sub('ӣ$', 'и', noun)}и {other}"


CHECKS: dict[str, Callable[[str, str], bool]] = {
    "addition": check_operation("+"), "subtraction": check_operation("−"), "multiplication": check_operation("×"),
    "division": check_operation(":"), "remainder": check_remainder, "unknown": check_unknown,
    "order_of_operations": check_order, "check_result": check_claim, "fraction": check_fraction, "percent": check_percent,
    "comparison": check_comparison, "rounding": check_rounding, "parity": check_parity, "neighbours": check_neighbours,
    "number_in_words": check_to_words, "number_from_words": check_from_words, "ordinal_number": check_ordinal,
    "digits_of_number": check_digits, "average": check_average, "gave_away": check_operation("−"),
    "together": check_operation("+"), "how_many_more": check_operation("−"), "rows": check_multiply_story,
    "sharing": check_operation(":"), "boxes": check_remainder, "price": check_multiply_story, "change": check_change,
    "discount": check_discount, "road": check_road, "meeting": check_meeting, "ages": check_ages,
    "rectangle": check_rectangle, "down": check_down, "up": check_up, "compound_down": check_down,
    "compound_up": check_compound, "compare": check_compare, "compound_sum": check_compound,
    "half_and_quarter": check_quarter, "decimal_up": check_down, "temperature": check_temperature,
    "state_of_water": check_water, "suitable_unit": check_suitable, "weekday_after": check_weekday,
    "near_weekdays": check_near_weekday, "days_of_month": check_month_days, "month_order": check_month_order,
    "season": check_season, "leap_year": check_leap, "days_between": check_between, "date_after": check_date_after,
    "weekday_of_date": check_day_of_date, "century": check_century, "years_passed": check_years, "later": check_later,
    "duration": check_duration, "half_day": check_half_day, "lessons": check_lessons, "restore_word": check_restored,
    "check_spelling": check_spelling_verdict, "restore_sentence": check_restored, "choose_spelling": check_choice,
    "letter_in_gap": check_gap, "dropped_letter": check_dropped, "own_letters_of": check_own_letters,
    "alphabet_order": check_alphabet_order, "alphabet_place": check_alphabet_place, "count_letters": check_letters,
    "count_syllables": check_syllables, "make_plural": check_plural, "make_singular": check_singular,
    "make_izofat": check_izofat,
}  # fmt: skip
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
            latin = set(re.findall(r"[a-z]", re.sub(r"\b[XVI]+\b|\b[xSP]\b", "", text), re.IGNORECASE))
            assert not letters & wrong and not latin, text
            assert letters - set("xsivp") <= set(LETTERS), text
            assert "  " not in text and "{" not in text and not re.search(r"\s[.,;?!]|\.\.|-ро-", text), text
            assert text[0] not in LETTERS, text
            assert text.count("«") == text.count("»") and text.count("(") == text.count(")"), text
            assert not re.search(r"ӣ(ро|у|ю|ҳо|и)\b", text.replace("ӣ ба и", "")), text
            assert len(text) < 330, text
        assert question[-1] in ".?»=", question


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


@pytest.mark.parametrize(("kind", "n"), [("poems", 3), ("units", -1), ("units", 10**7)])
def test_impossible_orders_are_refused(kind: str, n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soro.tajik.exercises.MAX_TRIES", 12)
    with pytest.raises(SoroError):
        generate(kind, n, seed=0)  # type: ignore[arg-type]
