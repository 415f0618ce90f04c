"""What is a right answer to each task of the kind "spelling", worked out from the question's text."""

import re
from collections.abc import Callable

from soro.tajik.alphabet import LETTERS
from soro.tajik.exercises.numbers import ordinal
from soro.tajik.exercises.word_list import NOUNS, OWN_LETTER_WORDS, PLAIN_WORDS, SENTENCES
from tests.tajik.exercise_reader import has

KEYBOARD = str.maketrans("ғӣқӯҳҷҒӢҚӮҲҶ", "гикухчГИКУХЧ")


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
    named = re.match(r"Ҳарфи (\w):|(\w) менависем", answer) or re.search(r"ҳарфи (\w) лозим", answer)
    assert named
    fits = gapped.replace("…", letter) == word and word in OWN_LETTER_WORDS + PLAIN_WORDS
    return fits and letter == next(filter(None, named.groups())).lower()


def check_dropped(question: str, answer: str) -> bool:
    short, word = quoted(question)[0], quoted(answer)[0]
    found = re.search(r"[Ҳҳ]арфи (\w)\b", answer)
    assert found
    return any(word[:i] + word[i + 1 :] == short and word[i] == found[1] for i in range(len(word)))


def check_own_letters(question: str, answer: str) -> bool:
    own = [letter for letter in quoted(question)[0] if letter in "ғӣқӯҳҷ"]
    if not own:
        return "нест" in answer or "вонамехӯранд" in answer
    listing = answer.lower().split(". шаш")[0] if "Шаш" in answer else answer.lower().split(": ")[-1]
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
    "restore_word": check_restored,
    "check_spelling": check_spelling_verdict,
    "restore_sentence": check_restored,
    "choose_spelling": check_choice,
    "letter_in_gap": check_gap,
    "dropped_letter": check_dropped,
    "own_letters_of": check_own_letters,
    "alphabet_order": check_alphabet_order,
    "alphabet_place": check_alphabet_place,
    "count_letters": check_letters,
    "count_syllables": check_syllables,
    "make_plural": check_plural,
    "make_singular": check_singular,
    "make_izofat": check_izofat,
}
