"""The six own letters, the alphabet, letters and syllables."""

from random import Random

from soro.tajik.alphabet import LETTERS, OWN_LETTERS, VOWELS
from soro.tajik.exercises import forms
from soro.tajik.exercises.exercise import Exercise, Task, listed, written
from soro.tajik.exercises.letters import LANGUAGE, RUSSIAN, spelled, without_own_letters
from soro.tajik.exercises.numbers import ordinal
from soro.tajik.exercises.word_list import OWN_LETTER_WORDS, PLAIN_WORDS, SENTENCES

ALL_WORDS = OWN_LETTER_WORDS + PLAIN_WORDS
GAP = "…"


def in_alphabet_order(words: list[str]) -> list[str]:
    return sorted(words, key=lambda word: [LETTERS.index(letter) for letter in word.lower()])


def restore_word(rng: Random) -> Exercise:
    word = rng.choice(OWN_LETTER_WORDS)
    questions = (
        "Калимаи «{typed}»-ро бо ҳарфҳои тоҷикӣ дуруст нависед.",
        "Дар телефонам ҳарфҳои тоҷикӣ нест, «{typed}» навиштам. Дурусташ чист?",
        "Хатои калимаи «{typed}»-ро ислоҳ кунед.",
        "Имлои дурусти «{typed}» чӣ гуна аст?",
        "Муаллим, «{typed}»-ро чӣ тавр бехато менависанд?",
        "Ман «{typed}» навиштам, вале хато дорад. Чӣ хел ислоҳ кунам?",
    )
    answers = (
        "Дурусташ «{word}» аст: {changes} менависем.",
        "«{word}». Дар ин калима {needed} лозим аст.",
        "Бояд «{word}» навишт: {changes}.",
        "Имлои дуруст «{word}» аст, зеро {changes} меояд.",
    )
    return spelled(rng, questions, answers, word)


def check_spelling(rng: Random) -> Exercise:
    """A word shown by the pupil, right in half of the cases."""
    word = rng.choice(OWN_LETTER_WORDS)
    right = rng.random() < 0.5
    questions = (
        "«{shown}» дуруст навишта шудааст?",
        "Ман «{shown}» навиштам. Дуруст аст?",
        "Имлои «{shown}» дуруст аст ё не?",
    )
    answers = (
        ("Бале, «{word}» дуруст аст, бо {needed}.", "Дуруст, «{word}» бо {needed} навишта мешавад.", "Бале, хато надорад.")
        if right
        else ("Не, дурусташ «{word}» аст: {changes} менависем.", "Хато дорад. Бояд «{word}» навишт, бо {needed}.",
              "Не. Имлои дуруст «{word}» аст, зеро {changes} меояд.")
    )  # fmt: skip
    return spelled(rng, questions, answers, word, shown=word if right else without_own_letters(word))


def restore_sentence(rng: Random) -> Exercise:
    sentence = rng.choice(SENTENCES)
    questions = (
        "Ин ҷумларо бо ҳарфҳои тоҷикӣ нависед: «{typed}»",
        "Ҷумларо ислоҳ кунед: «{typed}»",
        "Дар ҷумлаи «{typed}» ҳарфҳои тоҷикиро ба ҷояшон гузоред.",
        "Ман бо клавиатураи русӣ навиштам: «{typed}» Дурусташро нишон диҳед.",
    )
    answers = ("«{word}»", "Дурусташ чунин аст: «{word}»", "Бо ҳарфҳои тоҷикӣ: «{word}»")
    return spelled(rng, questions, answers, sentence, grade=4)


def choose_spelling(rng: Random) -> Exercise:
    word = rng.choice(OWN_LETTER_WORDS)
    pair = [word, without_own_letters(word)]
    rng.shuffle(pair)
    questions = (
        "Кадомаш дуруст аст: «{first}» ё «{second}»?",
        "«{first}» нависам ё «{second}»?",
        "Аз ин ду калима кадомаш бехато аст: «{first}», «{second}»?",
    )
    answers = (
        "Дурусташ «{word}» аст. Дар он {needed} менависем.",
        "«{word}»: {changes} менависем.",
        "Шакли бехато «{word}» мебошад.",
    )
    return spelled(rng, questions, answers, word, first=pair[0], second=pair[1])


def letter_in_gap(rng: Random) -> Exercise:
    word = rng.choice(ALL_WORDS)
    pairs = RUSSIAN | {key: own for own, key in RUSSIAN.items()}
    places = [i for i, letter in enumerate(word) if letter in pairs]
    while not places:
        word = rng.choice(ALL_WORDS)
        places = [i for i, letter in enumerate(word) if letter in pairs]
    i = rng.choice(places)
    choice = in_alphabet_order([word[i], pairs[word[i]]])
    questions = (
        "Дар калимаи «{gapped}» ба ҷойи нуқтаҳо кадом ҳарф меояд: {a} ё {b}?",
        "Ҳарфи афтодаро ёбед: «{gapped}». {a} ё {b}?",
        "«{gapped}»: дар ин ҷо {a} менависем ё {b}?",
    )
    answers = (
        "Ҳарфи {letter}: «{word}».",
        "{letter} менависем. Калима «{word}» мешавад.",
        "Дурусташ «{word}», яъне ҳарфи {letter} лозим аст.",
    )
    return spelled(
        rng, questions, answers, word, gapped=word[:i] + GAP + word[i + 1 :], a=choice[0], b=choice[1], letter=word[i],
        grade=2,
    )  # fmt: skip


def dropped_letter(rng: Random) -> Exercise:
    """One letter left out of a long word; only where no second word of the list would fit."""
    while True:
        word = rng.choice([word for word in ALL_WORDS if len(word) >= 6])
        i = rng.randrange(1, len(word))
        short = word[:i] + word[i + 1 :]
        if short not in ALL_WORDS and not any(_drops_to(other, short) for other in ALL_WORDS if other != word):
            break
    questions = (
        "Дар калимаи «{short}» як ҳарф намерасад. Кадом ҳарф?",
        "Ман «{short}» навиштам ва як ҳарфро фаромӯш кардам. Дурусташ чист?",
        "Ҳарфи партофташударо ёбед: «{short}».",
        "«{short}» – дар ин калима чӣ намерасад?",
    )
    answers = (
        "Ҳарфи {letter} намерасад. Дурусташ «{word}» аст.",
        "«{word}»: ҳарфи {letter} афтода буд.",
        "Ҳарфи {letter}-ро ба ҷояш гузоред: «{word}».",
    )
    return spelled(rng, questions, answers, word, short=short, letter=word[i])


def own_letters_of(rng: Random) -> Exercise:
    word = rng.choice(ALL_WORDS)
    own = [letter for letter in word.lower() if letter in OWN_LETTERS]
    questions = (
        "Дар калимаи «{word}» кадом ҳарфҳои хоси тоҷикӣ ҳастанд?",
        "Дар калимаи «{word}» чанд ҳарфи хоси тоҷикӣ ҳаст?",
        "Аз калимаи «{word}» ҳарфҳоеро ёбед, ки дар алифбои русӣ нестанд.",
    )
    answers: tuple[str, ...] = (
        "Дар «{word}» {count} ҳарфи хоси тоҷикӣ ҳаст: {letters}.",
        "{count}-то: {letters}.",
        "{letters}. Шаш ҳарфи хоси тоҷикӣ ғ, ӣ, қ, ӯ, ҳ ва ҷ мебошанд, аз онҳо дар ин ҷо {count}-то ҳаст.",
    )
    if not own:
        answers = (
            "Дар «{word}» ҳарфи хоси тоҷикӣ нест.",
            "Ягонто ҳам нест: дар «{word}» ҳарфҳои ғ, ӣ, қ, ӯ, ҳ, ҷ вонамехӯранд.",
        )
    return spelled(rng, questions, answers, word, count=len(own), letters=listed(own) if own else "", grade=2)


def alphabet_order(rng: Random) -> Exercise:
    words = rng.sample(ALL_WORDS, rng.choice((3, 3, 4, 5)))
    ordered = in_alphabet_order(words)
    questions = (
        "Калимаҳоро аз рӯи алифбо ҷойгир кунед: {words}.",
        "Бо тартиби алифбо нависед: {words}.",
        "Дар луғат ин калимаҳо бо кадом тартиб меоянд: {words}?",
        "Аз рӯи алифбо кадом калима якум меояд: {words}?",
    )
    answers: tuple[str, ...] = (
        "{ordered}.",
        "Тартиби дуруст: {ordered}.",
        "Ба ҳарфи аввал нигоҳ мекунем, баробар бошад, ба ҳарфи дуюм. Тартиб: {ordered}.",
    )
    question = rng.choice(questions)
    if "якум" in question:
        answers = (
            "Якум «{first}» меояд. Тартиби пурра: {ordered}.",
            "«{first}», зеро тартиб чунин аст: {ordered}.",
        )
    return written(
        rng, (question,), answers, grade=2, subject=LANGUAGE, words=", ".join(words), ordered=", ".join(ordered),
        first=ordered[0],
    )  # fmt: skip


def alphabet_place(rng: Random) -> Exercise:
    i = rng.randrange(1, len(LETTERS) - 1)
    kind = rng.choice(("place", "letter", "around"))
    questions = {
        "place": ("Ҳарфи {letter} дар алифбои тоҷикӣ ҳарфи чандум аст?", "{letter} ҳарфи чандуми алифбои тоҷикӣ аст?"),
        "letter": ("Ҳарфи {place}и алифбои тоҷикӣ кадом аст?", "Дар алифбои тоҷикӣ ҳарфи {place}ро номбар кунед."),
        "around": ("Дар алифбои тоҷикӣ пеш аз {letter} ва баъди он кадом ҳарфҳо меоянд?",
                   "Ҳамсояҳои ҳарфи {letter} дар алифбои тоҷикӣ кадоманд?"),
    }[kind]  # fmt: skip
    answers = {
        "place": ("Ҳарфи {letter} дар алифбои тоҷикӣ ҳарфи {place} аст.", "{place}. Дар алифбо ҳамагӣ 35 ҳарф ҳаст."),
        "letter": ("Ҳарфи {letter}.", "Ҳарфи {place} {letter} аст."),
        "around": ("Пеш аз {letter} ҳарфи {before}, баъди он ҳарфи {after} меояд.", "Тартиб чунин аст: {before}, {letter}, "
                   "{after}."),
    }[kind]  # fmt: skip
    return written(
        rng, questions, answers, grade=1, subject=LANGUAGE, letter=LETTERS[i], place=ordinal(i + 1),
        before=LETTERS[i - 1], after=LETTERS[i + 1],
    )  # fmt: skip


def count_letters(rng: Random) -> Exercise:
    word = rng.choice(ALL_WORDS)
    questions = (
        "Дар калимаи «{word}» чанд ҳарф ҳаст?",
        "Ҳарфҳои калимаи «{word}»-ро шумуред.",
        "Калимаи «{word}» аз чанд ҳарф иборат аст?",
    )
    answers = (
        "{count} ҳарф: {spelled}.",
        "Калимаи «{word}» {count} ҳарф дорад: {spelled}.",
        "Як-як мешуморем: {spelled}. Ҳамагӣ {count} ҳарф.",
    )
    return spelled(rng, questions, answers, word, count=len(word), spelled=", ".join(word), grade=1)


def count_syllables(rng: Random) -> Exercise:
    word = rng.choice(ALL_WORDS)
    vowels = [letter for letter in word if letter in VOWELS]
    questions = (
        "Калимаи «{word}» чанд ҳиҷо дорад?",
        "Дар калимаи «{word}» чанд садонок ҳаст?",
        "Садонокҳои калимаи «{word}»-ро ёбед.",
        "Чӣ хел донам, ки «{word}» чанд ҳиҷо аст?",
    )
    answers = (
        "«{word}» {count} ҳиҷо дорад, зеро дар он {count} садонок ҳаст: {vowels}.",
        "Садонокҳо: {vowels}. Чанд садонок бошад, ҳамон қадар ҳиҷо аст, пас {count} ҳиҷо.",
        "{count} садонок ({vowels}), яъне {count} ҳиҷо.",
    )
    return spelled(rng, questions, answers, word, count=len(vowels), vowels=", ".join(vowels), grade=1)


def _drops_to(word: str, short: str) -> bool:
    return len(word) == len(short) + 1 and any(word[:i] + word[i + 1 :] == short for i in range(len(word)))


TASKS: tuple[Task, ...] = (
    restore_word, check_spelling, restore_sentence, choose_spelling, letter_in_gap, dropped_letter, own_letters_of,
    alphabet_order, alphabet_place, count_letters, count_syllables, forms.make_plural, forms.make_singular,
    forms.make_izofat,
)  # fmt: skip
