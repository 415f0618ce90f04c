"""Number words: reading, writing, the ordinal, and what each digit stands for."""

from random import Random

from soro.tajik.exercises.exercise import Exercise, grade_of_size, places, show, written
from soro.tajik.exercises.numbers import in_words, ordinal
from soro.tajik.exercises.parts import PLACES


def number_in_words(rng: Random) -> Exercise:
    number = rng.choice(
        (rng.randint(11, 99), rng.randint(101, 999), rng.randint(1001, 9999), rng.randint(10_001, 99_999))
    )
    questions = (
        "Адади {number}-ро бо ҳарф нависед.",
        "{number} бо калима чӣ тавр навишта мешавад?",
        "Адади {number} чӣ хел хонда мешавад?",
        "{number}-ро хонда диҳед.",
        "Шумораи {number}-ро бо калимаҳо чӣ хел нависам?",
    )
    answers: tuple[str, ...] = ("{number} – {words}.", "Чунин менависем: {words}.", "Ин адад «{words}» хонда мешавад.")
    if len(places(number)) > 1:
        answers = (*answers, "{number} = {sum}, яъне {words}.", "Ба қисмҳо ҷудо мекунем: {sum}. Хонданаш: {words}.")
    total = " + ".join(map(show, places(number)))
    return written(
        rng, questions, answers, grade=grade_of_size(number), number=number, words=in_words(number), sum=total
    )


def number_from_words(rng: Random) -> Exercise:
    number = rng.choice((rng.randint(20, 99), rng.randint(101, 999), rng.randint(1001, 9999)))
    questions = (
        "«{words}»-ро бо рақам нависед.",
        "Адади «{words}» бо рақам чӣ тавр навишта мешавад?",
        "Кадом адад аст: {words}?",
        "Муаллим «{words}» гуфт. Онро бо рақам чӣ хел нависам?",
    )
    answers: tuple[str, ...] = ("{words} – {number}.", "Бо рақам {number} менависем.", "Ин адади {number} аст.")
    if len(places(number)) > 1:
        answers = (*answers, "{sum} = {number}, пас {number} менависем.")
    total = " + ".join(map(show, places(number)))
    return written(
        rng, questions, answers, grade=grade_of_size(number), number=number, words=in_words(number), sum=total
    )


def ordinal_number(rng: Random) -> Exercise:
    number = rng.randint(1, 350)
    questions = (
        "Шумораи тартибии {number} чӣ мешавад?",
        "Аз шумораи миқдории «{words}» шумораи тартибӣ созед.",
        "«{words}» – шумораи миқдорӣ. Шумораи тартибиаш чист?",
    )
    answers = (
        "{words} – {ordinal}. Шумораи тартибиро бо пасванди -ум (-юм) месозем.",
        "«{ordinal}». Ба охири шумора пасванди {suffix} мечаспад.",
        "Чандум? – {ordinal}.",
    )
    word = ordinal(number)
    suffix = "-юм" if word.endswith("юм") else "-ум"
    return written(rng, questions, answers, grade=4, number=number, words=in_words(number), ordinal=word, suffix=suffix)


def digits_of_number(rng: Random) -> Exercise:
    number = rng.choice((rng.randint(11, 99), rng.randint(101, 999), rng.randint(1001, 9999)))
    kinds = (
        "воҳид ва даҳӣ" if number < 100 else "воҳид, даҳӣ ва садӣ" if number < 1000 else "воҳид, даҳӣ, садӣ ва ҳазорӣ"
    )
    questions = (
        "Дар адади {number} ҳар рақам чиро нишон медиҳад?",
        "Таркиби адади {number}-ро гӯед.",
        f"Адади {{number}} аз чанд {kinds} иборат аст?",
    )
    digits = str(number)
    names = ", ".join(f"{digit} {PLACES[len(digits) - 1 - i]}" for i, digit in enumerate(digits))
    answers = ("{number} = {parts}, яъне {names}.", "{number} чунин аст: {names}. Санҷиш: {parts} = {number}.")
    if len(places(number)) == 1:
        answers = ("Таркибаш чунин аст: {names}.", "{number} – {names}.")
    parts = " + ".join(map(show, places(number)))
    return written(rng, questions, answers, grade=grade_of_size(number), number=number, names=names, parts=parts)
