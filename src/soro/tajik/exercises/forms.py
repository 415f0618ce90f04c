"""Plural and singular, and the izofat."""

from random import Random

from soro.tajik.exercises.exercise import Exercise
from soro.tajik.exercises.letters import spelled
from soro.tajik.exercises.word_list import IZOFAT, NOUNS


def plural(noun: str) -> str:
    """The noun with -ҳо; a last ӣ is written и before it: моҳӣ, моҳиҳо."""
    return (noun[:-1] + "и" if noun.endswith("ӣ") else noun) + "ҳо"


def izofat(noun: str, other: str) -> str:
    """The noun tied to its adjective or owner by -и; a last ӣ is written и before it: дӯстии мо."""
    return (noun[:-1] + "и" if noun.endswith("ӣ") else noun) + f"и {other}"


def make_plural(rng: Random) -> Exercise:
    noun = rng.choice(NOUNS)
    questions = (
        "Калимаи «{word}»-ро дар шакли ҷамъ нависед.",
        "Шакли ҷамъи «{word}» чист?",
        "Як {word}, вале бисёр … Чӣ менависем?",
        "Ба калимаи «{word}» пасванди -ҳо-ро илова кунед.",
    )
    answers: tuple[str, ...] = (
        "«{plural}». Шакли ҷамъро бо пасванди -ҳо месозем.",
        "«{word}» + -ҳо = «{plural}».",
        "Ҷамъи «{word}» «{plural}» мешавад.",
    )
    if noun.endswith("ӣ"):
        answers = (
            "«{plural}». Пеш аз -ҳо ба ҷойи ӣ ҳарфи и менависем.",
            "Ҷамъи «{word}» «{plural}» мешавад: ӣ дар миёни калима ба и мегузарад.",
        )
    return spelled(rng, questions, answers, noun, plural=plural(noun), grade=2)


def make_singular(rng: Random) -> Exercise:
    noun = rng.choice(NOUNS)
    questions = (
        "Шакли танҳои «{plural}» чист?",
        "Калимаи «{plural}»-ро дар шакли танҳо нависед.",
        "Дар калимаи «{plural}» пасванд кадом аст? Шакли танҳояшро нависед.",
    )
    answers = (
        "«{word}». Пасванди ҷамъ -ҳо аст.",
        "Пасванди -ҳо-ро мегирем: «{word}».",
        "«{plural}» – «{word}»: дар шакли ҷамъ пасванди -ҳо меояд.",
    )
    return spelled(rng, questions, answers, noun, plural=plural(noun), grade=2)


def make_izofat(rng: Random) -> Exercise:
    nouns, others = rng.choice(IZOFAT)
    noun, other = rng.choice(nouns), rng.choice(others)
    questions = (
        "Аз калимаҳои «{word}» ва «{other}» ибора созед.",
        "«{word}» ва «{other}»-ро бо бандаки изофӣ пайваст кунед.",
        "«{word}» + «{other}»: изофатро чӣ тавр менависем?",
        "Калимаҳои «{word}» ва «{other}» дар изофат чӣ хел навишта мешаванд?",
    )
    answers: tuple[str, ...] = (
        "«{izofat}». Бандаки изофии -и ба калимаи якум мечаспад.",
        "«{izofat}».",
        "Ибора чунин аст: «{izofat}».",
    )
    if noun.endswith("ӣ"):
        answers = (
            "«{izofat}». Дар изофат ӣ ба и мегузарад ва боз -и илова мешавад.",
            "«{izofat}». Охири калимаи якум -ии навишта мешавад.",
        )
    return spelled(rng, questions, answers, noun, other=other, izofat=izofat(noun, other), grade=4)
