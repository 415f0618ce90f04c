"""Word problems: things, sharing, money, roads, ages, rectangles."""

from random import Random

from soro.tajik.exercises.exercise import Exercise, grade_of_size, show, written

NAMES = ("Манижа", "Фирӯз", "Мадина", "Далер", "Нигина", "Сино", "Парвиз", "Зарина", "Ҷамшед", "Шаҳло", "Рустам", "Меҳрона",
         "Комрон", "Фарида", "Баҳром", "Лола", "Анора", "Зафар", "Сомон", "Нилуфар", "Шаҳром", "Парвина")  # fmt: skip
THINGS = ("дафтар", "қалам", "китоб", "сурат", "конфет", "чормағз", "себ", "гул", "расм")
FRUITS = ("себ", "анор", "нок", "шафтолу", "зардолу", "биҳӣ", "чормағз")
GOODS = {"дафтар": (2, 6), "қалам": (1, 4), "китоб": (15, 45), "нон": (3, 5), "тӯб": (20, 60), "харбуза": (8, 20)}
TREES = ("себ", "нок", "зардолу", "гелос", "олуча", "бодом")
CARRIERS = {
    "Автобус": (40, 70), "Мошин": (50, 90), "Қатора": (60, 100), "Велосипедрон": (10, 18), "Пиёдагард": (4, 6),
    "Аспсавор": (10, 16),
}  # fmt: skip


def gave_away(rng: Random) -> Exercise:
    a, thing = rng.randint(6, 60), rng.choice(THINGS)
    b = rng.randint(2, a - 1)
    questions = (
        "{name} {a} {thing} дошт. Ӯ {b}-тоашро ба дӯсташ дод. Чанд {thing} монд?",
        "{name} {a} {thing} дорад. Агар {b}-тоашро ба дӯсташ диҳад, чандтоаш мемонад?",
        "Дар рӯйи мизи {name} {a} {thing} буд. {b}-тоашро гирифтанд. Дар миз чанд {thing} монд?",
    )
    answers = (
        "{rest} {thing} монд. Чизе, ки дода ё гирифта шуд, тарҳ мешавад: {a} − {b} = {rest}.",
        "Шумора кам шуд, пас тарҳ мекунем: {a} − {b} = {rest}. Ҷавоб: {rest} {thing}.",
        "{a} − {b} = {rest}. Санҷиш: {rest} + {b} = {a}. Ҷавоб: {rest} {thing}.",
    )
    name = rng.choice(NAMES)
    return written(rng, questions, answers, grade=1 if a <= 20 else 2, name=name, a=a, b=b, thing=thing, rest=a - b)


def together(rng: Random) -> Exercise:
    a, b, fruit = rng.randint(3, 90), rng.randint(3, 90), rng.choice(FRUITS)
    first, second = rng.sample(NAMES, 2)
    questions = (
        "Дар сабад {a} {fruit} буд. Боз {b} {fruit} андохтанд. Акнун дар сабад чанд {fruit} ҳаст?",
        "{first} {a} {fruit} чид, {second} бошад, {b} {fruit}. Онҳо якҷоя чанд {fruit} чиданд?",
        "{first} {a} {fruit} дорад, {second} {b} {fruit}. Ҳардуяшон якҷоя чанд {fruit} доранд?",
    )
    answers = (
        "Ҳамагӣ {sum} {fruit}. Ҷамъ мекунем: {a} + {b} = {sum}.",
        "{a} + {b} = {sum}. Ҷавоб: {sum} {fruit}.",
        "Барои ёфтани ҳамааш ҷамъ лозим аст: {a} + {b} = {sum}. Пас, {sum} {fruit} мешавад.",
    )
    grade = grade_of_size(a + b)
    return written(rng, questions, answers, grade=grade, a=a, b=b, fruit=fruit, first=first, second=second, sum=a + b)


def how_many_more(rng: Random) -> Exercise:
    b, more, thing = rng.randint(3, 50), rng.randint(2, 40), rng.choice(THINGS)
    first, second = rng.sample(NAMES, 2)
    questions = (
        "{first} {a} {thing} дорад, {second} {b} {thing}. {first} аз {second} чанд {thing} зиёд дорад?",
        "Ба маҳфил {a} писар ва {b} духтар омад. Писарон аз духтарон чанд нафар зиёданд?",
        "Дар як рафи китобхона {a} китоб ҳаст, дар рафи дигар {b} китоб. Дар рафи якум чанд китоб зиёд аст?",
    )
    answers = (
        "Фарқ {more} аст. Барои ёфтани он аз калон хурдро тарҳ мекунем: {a} − {b} = {more}.",
        "Фарқро меёбем: {a} − {b} = {more}. Ҷавоб: {more}.",
    )
    a = b + more
    return written(
        rng, questions, answers, grade=grade_of_size(a), a=a, b=b, thing=thing, first=first, second=second, more=more
    )


def rows(rng: Random) -> Exercise:
    a, b = rng.randint(3, 15), rng.randint(3, 24)
    questions = (
        "Дар боғ {a} қатор дарахти {tree} ҳаст, дар ҳар қатор {b} дарахт. Ҳамагӣ чанд дарахт ҳаст?",
        "Дар синфхона {a} қатор курсӣ меистад, дар ҳар қатор {b} курсӣ. Чанд нафар нишаста метавонад?",
        "Дар {a} қуттӣ {b}-тогӣ қалам ҳаст. Ҳамагӣ чанд қалам мешавад?",
        "Хонанда ҳар рӯз {b} саҳифа китоб мехонад. Дар {a} рӯз чанд саҳифа мехонад?",
        "Барои як курта {b} тугма лозим аст. Барои {a} курта чанд тугма лозим мешавад?",
    )
    answers = (
        "Гурӯҳҳо баробаранд, барои ҳамин зарб мезанем: {a} × {b} = {product}.",
        "{product}. Як хел шумора {a} бор такрор мешавад, пас {b} × {a} = {product}.",
        "Ҷавоб: {product}, зеро {a} × {b} = {product}.",
    )
    return written(rng, questions, answers, grade=3, a=a, b=b, tree=rng.choice(TREES), product=a * b)


def sharing(rng: Random) -> Exercise:
    b, q, thing = rng.randint(2, 12), rng.randint(2, 20), rng.choice(THINGS)
    questions = (
        "{a} {thing}ро ба {b} хонанда баробар тақсим карданд. Ба ҳар кадомаш чанд {thing} расид?",
        "Агар {a} {thing}ро ба {b} халта баробар гузорем, дар ҳар халта чанд {thing} мешавад?",
        "{b} дӯст {a} {thing} доранд ва онҳоро баробар тақсим мекунанд. Ба ҳар кас чандтоӣ мерасад?",
        "Барои {b} нафар {a} {thing} оварданд. Ба ҳар нафар чандтоӣ медиҳем?",
    )
    answers = (
        "Ба ҳар кадом {q}-тоӣ: {a} : {b} = {q}.",
        "Баробар тақсим мекунем: {a} : {b} = {q}. Санҷиш: {q} × {b} = {a}.",
        "Ҷавоб {q} {thing} аст, зеро {q} × {b} = {a}.",
    )
    return written(rng, questions, answers, grade=3, a=b * q, b=b, q=q, thing=thing)


def boxes(rng: Random) -> Exercise:
    b, q = rng.randint(4, 12), rng.randint(2, 15)
    r, thing = rng.randint(1, b - 1), rng.choice(("тухм", "себ", "нок", "дафтар", "қалам"))
    questions = (
        "Дар як қуттӣ {b} {thing} меғунҷад. Мо {a} {thing} дорем. Чанд қуттӣ пур мешавад ва чанд {thing} мемонад?",
        "{a} {thing} ҳаст. Онҳоро {b}-тоӣ ба қуттиҳо ҷойгир мекунем. Чанд қуттии пурра мешавад ва чандто мемонад?",
    )
    answers = (
        "{q} қуттӣ пур мешавад ва {r} {thing} мемонад: {a} : {b} = {q} (бақия {r}).",
        "Бо бақия тақсим мекунем: {a} : {b} = {q} (бақия {r}). Пас, {q} қуттии пурра, {r} {thing} берун мемонад.",
        "{q} × {b} = {m}, баъд {a} − {m} = {r}. Ҷавоб: {q} қуттӣ ва {r} {thing}.",
    )
    return written(rng, questions, answers, grade=3, a=b * q + r, b=b, q=q, r=r, m=b * q, thing=thing)


def price(rng: Random) -> Exercise:
    thing = rng.choice(tuple(GOODS))
    p, n = rng.randint(*GOODS[thing]), rng.randint(2, 12)
    questions = (
        "Нархи як {thing} {p} сомонӣ аст. {n} {thing} чанд сомонӣ мешавад?",
        "{name} {n} {thing} харид. Як {thing} {p} сомонӣ аст. Ӯ чанд сомонӣ дод?",
        "Барои {n} {thing} чанд пул лозим, агар яктоаш {p} сомонӣ бошад?",
    )
    answers = (
        "{cost} сомонӣ. Нархро ба шумора зарб мезанем: {p} × {n} = {cost}.",
        "{p} × {n} = {cost}. Пас, {cost} сомонӣ лозим аст.",
        "Яктоаш {p} сомонӣ, {n}-тоаш {p} × {n} = {cost} сомонӣ.",
    )
    return written(rng, questions, answers, grade=3, thing=thing, p=p, n=n, name=rng.choice(NAMES), cost=p * n)


def change(rng: Random) -> Exercise:
    thing = rng.choice(tuple(GOODS))
    p, n = rng.randint(*GOODS[thing]), rng.randint(2, 6)
    cost = p * n
    note = next(note for note in (20, 50, 100, 200, 500) if note > cost)
    questions = (
        "{name} {n} {thing} харид. Нархи яктоаш {p} сомонӣ. Ӯ ба фурӯшанда {note} сомонӣ дод. Чанд сомонӣ бармегардад?",
        "Ман {note} сомонӣ дорам. Агар {n} {thing} харам ва яктоаш {p} сомонӣ бошад, чанд сомонӣ мемонад?",
    )
    answers = (
        "1. Арзиши харид: {p} × {n} = {cost} сомонӣ.\n2. Пули боқимонда: {note} − {cost} = {rest} сомонӣ.",
        "{rest} сомонӣ. Аввал {p} × {n} = {cost}, баъд {note} − {cost} = {rest}.",
        "Харид {p} × {n} = {cost} сомонӣ мешавад, пас {note} − {cost} = {rest} сомонӣ боқӣ мемонад.",
    )
    return written(
        rng, questions, answers, grade=3, thing=thing, p=p, n=n, name=rng.choice(NAMES), note=note, cost=cost,
        rest=note - cost,
    )  # fmt: skip


def discount(rng: Random) -> Exercise:
    p, old = rng.choice((5, 10, 15, 20, 25, 30, 40, 50)), rng.randint(3, 40) * 20
    thing = rng.choice(("курта", "пойафзол", "ҷузвдон", "китоб", "чароғ", "дастархон"))
    down = rng.random() < 0.6
    sign, verb = ("−", "арзон") if down else ("+", "қимат")
    part = old * p // 100
    new = old - part if down else old + part
    questions = (
        "Нархи {thing} {old} сомонӣ буд. Он {p} фоиз {verb} шуд. Нархи навашро ёбед.",
        "{thing} {old} сомонӣ буд, баъд {p} фоиз {verb} шуд. Ҳоло чанд сомонӣ аст?",
    )
    answers = (
        "1. {p} фоизи {old}: {old} × {p} : 100 = {part} сомонӣ.\n2. Нархи нав: {old} {sign} {part} = {new} сомонӣ.",
        "Ҳоло {new} сомонӣ аст. Тағйири нарх {old} × {p} : 100 = {part} сомонӣ, пас {old} {sign} {part} = {new}.",
    )
    return written(
        rng, questions, answers, grade=6, thing=thing, old=old, p=p, verb=verb, sign=sign, part=part, new=new
    )


def road(rng: Random) -> Exercise:
    carrier = rng.choice(tuple(CARRIERS))
    v, t = rng.randint(*CARRIERS[carrier]), rng.randint(2, 6)
    asked = rng.choice(("distance", "speed", "time"))
    if asked == "distance":
        questions: tuple[str, ...] = (
            "{carrier} бо суръати {v} км/соат {t} соат роҳ рафт. Чанд километр тай кард?",
            "{carrier} дар як соат {v} километр мегузарад. Дар {t} соат чанд километр мегузарад?",
        )
        answers: tuple[str, ...] = (
            "{s} километр. Масофа = суръат × вақт: {v} × {t} = {s}.",
            "Суръатро ба вақт зарб мезанем: {v} × {t} = {s}. Ҷавоб: {s} км.",
        )
    elif asked == "speed":
        questions = (
            "{carrier} {s} километрро дар {t} соат тай кард. Суръаташро ёбед.",
            "{carrier} {t} соат роҳ рафта, {s} километр гузашт. Суръаташ чанд буд?",
        )
        answers = (
            "Суръат = масофа : вақт. {s} : {t} = {v}. Ҷавоб: {v} км/соат.",
            "{v} км/соат, зеро дар як соат {s} : {t} = {v} километр гузаштааст.",
        )
    else:
        questions = (
            "{carrier} бо суръати {v} км/соат {s} километр роҳро дар чанд соат тай мекунад?",
            "Роҳ {s} километр аст. {carrier} бо суръати {v} км/соат меравад. Чанд соат лозим?",
        )
        answers = (
            "{t} соат. Вақт = масофа : суръат: {s} : {v} = {t}.",
            "Масофаро ба суръат тақсим мекунем: {s} : {v} = {t}. Ҷавоб: {t} соат.",
        )
    return written(rng, questions, answers, grade=4, carrier=carrier, v=v, t=t, s=v * t)


def meeting(rng: Random) -> Exercise:
    v, w, t = rng.randint(4, 90), rng.randint(4, 90), rng.randint(2, 4)
    questions = (
        "Аз ду шаҳр ду мошин ба пешвози якдигар баромаданд: яке бо суръати {v} км/соат, дигаре {w} км/соат. Онҳо пас аз "
        "{t} соат вохӯрданд. Масофаи байни шаҳрҳо чанд километр аст?",
        "Ду кас аз ду деҳа ба пешвози ҳам рафтанд. Суръати яке {v} км/соат, суръати дигаре {w} км/соат. Баъди {t} соат ба "
        "ҳам расиданд. Байни деҳаҳо чанд километр аст?",
    )
    v, w, question = (v % 3 + 4, w % 3 + 4, questions[1]) if rng.random() < 0.4 else (v + 30, w + 30, questions[0])
    answers = (
        "1. Дар як соат якҷоя: {v} + {w} = {sum} км.\n2. Дар {t} соат: {sum} × {t} = {s} км.",
        "{s} км. Суръатҳоро ҷамъ мекунем: {v} + {w} = {sum}; баъд {sum} × {t} = {s}.",
    )
    return written(rng, (question,), answers, grade=5, v=v, w=w, t=t, sum=v + w, s=(v + w) * t)


def ages(rng: Random) -> Exercise:
    name, other = rng.sample(NAMES, 2)
    a, b = rng.randint(6, 16), rng.randint(2, 9)
    father = a + rng.randint(21, 38)
    question, answers, grade = rng.choice(
        (
            ("{name} {a}-сола аст. {other} аз ӯ {b} сол калон аст. {other} чандсола аст?",
             ("{other} {sum}-сола аст: {a} + {b} = {sum}.", "Калон бошад, ҷамъ мекунем: {a} + {b} = {sum} сол."), 1),
            ("Ҳоло {name} {a}-сола аст. Пас аз {b} сол чандсола мешавад?",
             ("{sum}-сола, зеро {a} + {b} = {sum}.", "Ба синни ҳозира {b} сол илова мекунем: {a} + {b} = {sum}."), 1),
            ("Падари {name} {father}-сола аст, худаш {a}-сола. Падар аз ӯ чанд сол калон аст?",
             ("{diff} сол калон аст: {father} − {a} = {diff}.", "Фарқи синнҳо: {father} − {a} = {diff} сол."), 2),
            ("Вақте {name} таваллуд шуд, падараш {diff}-сола буд. Ҳоло {name} {a}-сола аст. Падараш чандсола аст?",
             ("{father}-сола. Фарқи синн тағйир намеёбад: {diff} + {a} = {father}.",
              "Аз он вақт {a} сол гузашт, пас {diff} + {a} = {father} сол."), 3),
        )
    )  # fmt: skip
    return written(
        rng, (question,), answers, grade=grade, name=name, other=other, a=a, b=b, sum=a + b, father=father,
        diff=father - a,
    )  # fmt: skip


def rectangle(rng: Random) -> Exercise:
    b = rng.randint(2, 30)
    a = b + rng.randint(1, 20)
    unit, square = rng.choice((("см", "см²"), ("м", "м²"), ("дм", "дм²")))
    if rng.random() < 0.5:
        questions: tuple[str, ...] = (
            "Дарозии росткунҷа {a} {unit}, бараш {b} {unit} аст. Масоҳаташро ёбед.",
            "Масоҳати росткунҷаи тарафҳояш {a} {unit} ва {b} {unit} чанд аст?",
        )
        answers: tuple[str, ...] = (
            "{area} {square}. Дарозиро ба бар зарб мезанем: {a} × {b} = {area}.",
            "S = {a} × {b} = {area} {square}.",
        )
    else:
        questions = (
            "Дарозии росткунҷа {a} {unit}, бараш {b} {unit} аст. Периметрашро ёбед.",
            "Периметри росткунҷаи тарафҳояш {a} {unit} ва {b} {unit} чанд аст?",
        )
        answers = (
            "{around} {unit}. Ду дарозӣ ва ду барро ҷамъ мекунем: ({a} + {b}) × 2 = {half} × 2 = {around}.",
            "P = ({a} + {b}) × 2 = {around} {unit}.",
        )
    return written(
        rng, questions, answers, grade=4, a=a, b=b, unit=unit, square=square, area=a * b, half=a + b,
        around=show(2 * (a + b)),
    )  # fmt: skip
