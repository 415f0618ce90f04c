"""Clock times: what time it will be, how long something took, the clock of twelve hours, lessons and breaks."""

from random import Random

from soro.tajik.exercises.exercise import Exercise, written

EVENTS = ("Филм", "Дарс", "Маҳфил", "Бозӣ", "Консерт", "Машғулият", "Вохӯрӣ")


def later(rng: Random) -> Exercise:
    start, n = rng.randrange(6 * 60, 20 * 60, 5), rng.randrange(5, 180, 5)
    forward = rng.random() < 0.65
    end = start + n if forward else start - n
    questions = (
        ("Ҳоло соат {start} аст. Баъди {n} дақиқа соат чанд мешавад?",
         "{event} соати {start} сар шуд ва {n} дақиқа давом кард. Кай тамом шуд?",
         "Соат {start} аст, автобус баъди {n} дақиқа меояд. Вай соати чанд меояд?")
        if forward
        else ("Ҳоло соат {start} аст. {n} дақиқа пеш соат чанд буд?",
              "{event} {n} дақиқа давом карда, соати {start} тамом шуд. Кай сар шуда буд?")
    )  # fmt: skip
    hours, minutes = divmod(n, 60)
    shown = f"{hours} соат" + (f"у {minutes} дақиқа" if minutes else "")
    bridge = -start % 60 if forward else start % 60
    full = start + bridge if forward else start - bridge
    if hours:
        answers: tuple[str, ...] = (
            "Соат {end}. {n} дақиқа {shown} аст, пас аз {start} ба {where} мешуморем.",
            "{n} дақиқа = {shown}. Аз {start} {shown} ба {where}: {end}.",
        )
    elif start // 60 == end // 60 and end % 60:
        answers = (
            "Соат {end}: {minutes_start} {sign} {n} = {minutes_end}, соат ҳамон {hour} мемонад.",
            "{end}. Танҳо дақиқаҳо иваз мешаванд: {minutes_start} {sign} {n} = {minutes_end}.",
        )
    else:
        halves = "аввал {bridge} дақиқа то {full}, баъд боз {left} дақиқа"
        over = halves if 0 < bridge < n else "{n} дақиқа ба {where} мешуморем"
        answers = ("Соат {end}. Аз {start} " + over + ".", "{end}: аз {start} " + over + ".")
    return written(
        rng, questions, answers, grade=3, start=show_time(start), end=show_time(end), n=n, shown=shown,
        sign="+" if forward else "−", where="пеш" if forward else "қафо", minutes_start=start % 60,
        minutes_end=end % 60, hour=start // 60, bridge=bridge, left=n - bridge, full=show_time(full),
        event=rng.choice(EVENTS),
    )  # fmt: skip


def duration(rng: Random) -> Exercise:
    start, n = rng.randrange(6 * 60, 18 * 60, 5), rng.randrange(15, 300, 5)
    hours, minutes = divmod(n, 60)
    questions = (
        "Аз соати {start} то соати {end} чанд вақт мегузарад?",
        "{event} соати {start} сар шуд ва соати {end} ба охир расид. Чӣ қадар давом кард?",
        "Мо соати {start} ба роҳ баромадем ва соати {end} расидем. Чанд вақт дар роҳ будем?",
    )
    if hours and minutes:
        answers: tuple[str, ...] = (
            "{shown}. Аз {start} то {whole} {hours} соат аст, то {end} боз {minutes} дақиқа.",
            "Аввал соатҳо: {start} – {whole}, {hours} соат. Баъд дақиқаҳо: {whole} – {end}, {minutes} дақиқа. Ҷавоб: {shown}.",
        )
    elif hours:
        answers = (
            "{shown}. Дақиқаҳо баробаранд: {hour_end} − {hour} = {hours}.",
            "{hour_end} − {hour} = {hours} соат.",
        )
    else:
        answers = ("{minutes} дақиқа: аз {start} то {end}.", "Аз {start} то {end} {minutes} дақиқа мегузарад.")
    end = start + n
    shown = f"{hours} соату {minutes} дақиқа" if hours and minutes else f"{hours} соат"
    return written(
        rng, questions, answers, grade=3, start=show_time(start), end=show_time(end), whole=show_time(start + hours * 60),
        hours=hours, minutes=minutes, shown=shown, hour=start // 60, hour_end=end // 60, event=rng.choice(EVENTS),
    )  # fmt: skip


def half_day(rng: Random) -> Exercise:
    """Between the clock of 24 hours and the clock of 12."""
    hour, minute = rng.randint(13, 23), rng.choice((0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55))
    part = "рӯз" if hour < 17 else "бегоҳ" if hour < 22 else "шаб"
    full, half = f"{hour}:{minute:02d}", f"{hour - 12}:{minute:02d}"
    questions: tuple[str, ...] = (
        "{full} дар соати ақрабакдор чанд мешавад?",
        "{full} аз рӯи соати дувоздаҳсоата чанд мешавад?",
    )
    answers: tuple[str, ...] = (
        "{half}-и {part}: {hour} − 12 = {small}.",
        "Аз соати баъдинисфирӯзӣ 12-ро тарҳ мекунем: {hour} − 12 = {small}. Ҷавоб: {half}-и {part}.",
    )
    if rng.random() < 0.5:
        questions = (
            "Соати {half}-и {part} дар соати рақамӣ чӣ тавр навишта мешавад?",
            "{half}-и {part} аз рӯи соати бисту чорсоата чанд аст?",
        )
        answers = (
            "{full}: {small} + 12 = {hour}.",
            "Баъди нисфирӯзӣ 12 илова мекунем: {small} + 12 = {hour}. Ҷавоб: {full}.",
        )
    return written(rng, questions, answers, grade=3, full=full, half=half, part=part, hour=hour, small=hour - 12)


def lessons(rng: Random) -> Exercise:
    n, length, rest = rng.randint(2, 6), rng.choice((30, 35, 40, 45)), rng.choice((5, 10, 15))
    start = rng.choice((450, 480, 490, 510, 540, 780, 810, 840))
    work, breaks = n * length, (n - 1) * rest
    questions = (
        "Дар як рӯз {n} дарс мешавад, ҳар дарс {length} дақиқа, ҳар танаффус {rest} дақиқа. Дарсҳо соати {start} сар "
        "мешаванд. Кай тамом мешаванд?",
        "Дарс соати {start} сар мешавад. {n} дарси {length}-дақиқагӣ ва дар байнашон танаффуси {rest}-дақиқагӣ ҳаст. Соати "
        "чанд аз дарс мебароем?",
    )
    answers = (
        "1. Дарсҳо: {n} × {length} = {work} дақиқа.\n2. Танаффусҳо: {gaps} × {rest} = {breaks} дақиқа.\n"
        "3. Ҳамагӣ: {work} + {breaks} = {total} дақиқа.\nҶавоб: соати {end}.",
        "Соати {end}. {n} × {length} + {gaps} × {rest} = {total} дақиқа, онро ба {start} илова мекунем.",
    )
    return written(
        rng, questions, answers, grade=4, n=n, length=length, rest=rest, start=show_time(start), work=work, gaps=n - 1,
        breaks=breaks, total=work + breaks, end=show_time(start + work + breaks),
    )  # fmt: skip


def show_time(minutes: int) -> str:
    return f"{minutes // 60 % 24}:{minutes % 60:02d}"
