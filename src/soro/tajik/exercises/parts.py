"""Fractions and percent of a number, comparison, rounding, even and odd, the mean."""

from decimal import Decimal
from math import gcd
from random import Random

from soro.tajik.exercises.exercise import Exercise, grade_of_size, show, written

SHARES = {2: "нисфи", 3: "сеяки", 4: "чоряки", 5: "панҷяки", 10: "даҳяки"}
PLACES = ("воҳид", "даҳӣ", "садӣ", "ҳазорӣ")
PLURAL_PLACES = ("воҳидҳо", "даҳиҳо", "садиҳо", "ҳазориҳо")


def fraction(rng: Random) -> Exercise:
    d = rng.choice((2, 3, 4, 5, 6, 7, 8, 9, 10))
    part = rng.randint(2, 60)
    n, whole = rng.choice([n for n in range(1, d) if gcd(n, d) == 1]), part * d
    if n == 1 and d in SHARES:
        questions: tuple[str, ...] = ("{share} {whole} чанд аст?", "{share} адади {whole}-ро ёбед.",
                                      "{share} {whole}-ро чӣ тавр меёбанд?")  # fmt: skip
        answers: tuple[str, ...] = (
            "{whole} : {d} = {part}. {share} ҳар адад маънои онро дорад, ки онро ба {d} қисми баробар тақсим мекунем.",
            "Ҷавоб: {part}. Ададро ба {d} қисми баробар тақсим кардем: {whole} : {d} = {part}.",
        )
        return written(rng, questions, answers, grade=3, share=SHARES[d], whole=whole, d=d, part=part)
    questions = (
        "{n}/{d} қисми {whole} чанд аст?",
        "{n}/{d} ҳиссаи адади {whole}-ро ёбед.",
        "Адади {whole}-ро ба {d} қисми баробар тақсим карда, {n} қисмашро гирем, чанд мешавад?",
        "Касри {n}/{d}-ро аз адади {whole} чӣ хел меёбанд?",
    )
    answers = (
        "{result}. Аввал ба махраҷ тақсим мекунем: {whole} : {d} = {part}. Баъд ба сурат зарб мезанем: "
        "{part} × {n} = {result}.",
        "1. Як қисм: {whole} : {d} = {part}.\n2. {n} қисм: {part} × {n} = {result}.\nҶавоб: {result}.",
        "Ҷавоб {result} аст: {whole} : {d} = {part}; {part} × {n} = {result}.",
    )
    return written(rng, questions, answers, grade=5, n=n, d=d, whole=whole, part=part, result=part * n)


def percent(rng: Random) -> Exercise:
    p = rng.choice((1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 75, 80, 90))
    whole = rng.choice((rng.randint(1, 40) * 100, rng.randint(2, 90) * 20))
    one, result = Decimal(whole) / 100, Decimal(whole * p) / 100
    questions = (
        "{p} фоизи {whole} чанд аст?",
        "{p} фоизи адади {whole}-ро ёбед.",
        "{p} %-и {whole} чанд мешавад?",
        "Адад {whole} аст. {p} фоизи он чанд мешавад?",
        "Чӣ хел {p} фоизи {whole}-ро ҳисоб кунам?",
        "Агар 100 фоиз {whole} бошад, {p} фоизаш чанд аст?",
    )
    answers: tuple[str, ...] = (
        "{result}. Як фоиз: {whole} : 100 = {one}; {p} фоиз: {one} × {p} = {result}.",
        "Аввал 1 фоизро меёбем: {whole} : 100 = {one}. Баъд ба {p} зарб мезанем: {one} × {p} = {result}.",
        "{whole} × {p} : 100 = {result}. 1 фоиз аз сад як ҳиссаи адад аст, барои ҳамин ба 100 тақсим мекунем.",
    )
    if p in (10, 20, 25, 50):
        easy = "{p} фоиз {share} адад аст, бинобар ин {whole} : {d} = {result}."
        answers = (easy, "Ҷавоб: {result}. " + easy)
    share = SHARES.get(100 // p, "")
    return written(rng, questions, answers, grade=6, p=p, whole=whole, one=one, result=result, d=100 // p, share=share)


def comparison(rng: Random) -> Exercise:
    low, high = rng.choice(((10, 99), (100, 999), (1000, 9999), (10, 1500)))
    a, b = rng.sample(range(low, high + 1), 2)
    questions = (
        "Кадомаш калон аст: {a} ё {b}?",
        "Аз ададҳои {a} ва {b} кадомаш хурд аст?",
        "{a} ва {b}-ро муқоиса кунед.",
        "Байни {a} ва {b} кадом аломатро мегузорем: > ё <?",
        "{a} калонтар аст ё {b}?",
    )
    sign = ">" if a > b else "<"
    answers = (
        "{a} {sign} {b}: {why}. {big} калон аст, {small} хурд.",
        "{small} аз {big} хурд аст, зеро {why}. Навишташ: {a} {sign} {b}.",
        "Калонаш {big}, хурдаш {small}. Сабаб: {why}. Пас, {a} {sign} {b}.",
    )
    return written(
        rng, questions, answers, grade=grade_of_size(max(a, b)), a=a, b=b, big=max(a, b), small=min(a, b), sign=sign,
        why=_why_bigger(a, b),
    )  # fmt: skip


def _why_bigger(a: int, b: int) -> str:
    first, second = str(a), str(b)
    if len(first) != len(second):
        return f"дар {a} {len(first)} рақам ҳаст, дар {b} {len(second)} рақам"
    i = next(i for i, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1])
    place = len(first) - 1 - i
    verdict = f"дар {a} рақами {PLURAL_PLACES[place]} {first[i]} аст, дар {b} – {second[i]}"
    if i == 0:
        return verdict
    equal = [PLURAL_PLACES[len(first) - 1 - j] for j in range(i)]
    return (
        f"{' ва '.join(equal) if len(equal) < 3 else ', '.join(equal[:-1]) + ' ва ' + equal[-1]} баробаранд, {verdict}"
    )


def rounding(rng: Random) -> Exercise:
    step, place, next_place = rng.choice(((10, 1, "воҳидҳо"), (100, 2, "даҳиҳо"), (1000, 3, "садиҳо")))
    number = rng.randint(step + 1, 9999)
    if number % step == 0:
        number += 1
    digit = number // (step // 10) % 10
    result = (number + step // 2) // step * step
    questions = (
        "{number}-ро то {place} яклухт кунед.",
        "Адади {number} то {place} яклухт карда шавад, чанд мешавад?",
        "{number} тақрибан чанд аст, агар то {place} яклухт кунем?",
        "Чӣ тавр {number}-ро то {place} яклухт мекунанд?",
    )
    down = (
        "{number} ≈ {result}. Рақами {next} {digit} аст, он аз 5 хурд аст, пас {name} бетағйир мемонад.",
        "Ҷавоб: {result}. Ба рақами {next} нигоҳ мекунем: {digit} < 5, барои ҳамин ба поён яклухт мекунем.",
    )
    up = (
        "{number} ≈ {result}. Рақами {next} {digit} аст. Он аз 5 хурд нест, пас {name} як воҳид зиёд мешавад.",
        "Ҷавоб: {result}. Ба рақами {next} нигоҳ мекунем: {digit} ≥ 5, барои ҳамин ба боло яклухт мекунем.",
    )
    return written(
        rng, questions, up if digit >= 5 else down, grade=4, number=number, result=result, digit=digit, next=next_place,
        place=PLACES[place], name=f"рақами {PLURAL_PLACES[place]}",
    )  # fmt: skip


def parity(rng: Random) -> Exercise:
    number = rng.randint(1, 2000)
    even = number % 2 == 0
    questions = (
        "Адади {number} ҷуфт аст ё тоқ?",
        "Аз куҷо донам, ки {number} ҷуфт аст ё тоқ?",
        "Муайян кунед: {number} ҷуфт аст ё тоқ.",
    )
    word = "ҷуфт" if even else "тоқ"
    halves = f"{show(number)} : 2 = {show(number // 2)}" + ("" if even else " (бақия 1)")
    answers = (
        "{number} адади {word} аст, чунки рақами охиринаш {last} мебошад. Санҷиш: {halves}.",
        "Ба рақами охирин нигоҳ мекунем: {last}. Пас, {number} {word} аст.",
        "{number} {word} аст: {halves}.",
    )
    return written(
        rng, questions, answers, grade=grade_of_size(number), number=number, word=word, last=number % 10, halves=halves
    )


def neighbours(rng: Random) -> Exercise:
    number = rng.choice((rng.randint(10, 99), rng.randint(100, 9999)))
    questions = (
        "Пеш аз адади {number} ва баъди он кадом ададҳо меоянд?",
        "Ҳамсояҳои адади {number}-ро номбар кунед.",
        "Кадом адад пеш аз {number} ва кадомаш баъди он аст?",
    )
    answers = (
        "Пеш аз {number} адади {before} меояд, баъди он {after}: {number} − 1 = {before}, {number} + 1 = {after}.",
        "{before} ва {after}. Барои ёфтани адади пешин 1 тарҳ мекунем, барои адади баъдӣ 1 илова мекунем.",
    )
    grade = grade_of_size(number + 1)
    return written(rng, questions, answers, grade=grade, number=number, before=number - 1, after=number + 1)


def average(rng: Random) -> Exercise:
    count = rng.choice((2, 3, 4, 5))
    mean = rng.randint(4, 60)
    numbers = [rng.randint(1, 2 * mean - 1) for _ in range(count - 1)]
    last = mean * count - sum(numbers)
    if last < 1:
        numbers, last = [mean] * (count - 1), mean
    numbers.append(last)
    shown = ", ".join(map(str, numbers[:-1])) + f" ва {numbers[-1]}"
    questions = (
        "Миёнаи арифметикии ададҳои {shown}-ро ёбед.",
        "Миёнаи арифметикии {shown} чанд аст?",
        "Миёнаи арифметикиро чӣ хел меёбанд? Ададҳо: {shown}.",
    )
    answers = (
        "Аввал ҷамъ мекунем: {sum} = {total}. Баъд ба шумораи ададҳо тақсим мекунем: {total} : {count} = {mean}.",
        "Ҷавоб: {mean}. ({sum}) : {count} = {total} : {count} = {mean}.",
    )
    total = sum(numbers)
    plus = " + ".join(map(str, numbers))
    return written(rng, questions, answers, grade=5, shown=shown, sum=plus, total=total, count=count, mean=mean)
