"""What one item can be blamed for: wrong letters, more than one right answer, choices of unlike kind."""

import re
from collections.abc import Callable, Iterator

from soro.bench.suite.items import NUM_CHOICES, Finding, Item
from soro.bench.suite.wording import wording
from soro.tajik.alphabet import LETTERS
from soro.tajik.contamination import compared_words
from soro.tajik.repair import repair_letters
from soro.tajik.words import words_of

WRITTEN_FIELDS = ("passage", "question", "explanation", "good", "reference")
QUOTED = re.compile("«[^»]*»")  # may be a word of another language
NUMBER = re.compile(r"[-−]?\d+(?:[.,]\d+)?")
LATIN_WORD = re.compile(r"(?<![A-Za-z])(?![IVX]+\b)[A-Za-z]+")  # Roman numerals are no Latin words
MIN_TELLING_CHARS = 3
MAX_LENGTH_RATIO, MIN_LENGTH_GAP_CHARS = 3, 12

# What a choice may show; a choice that is alone in one of them stands out.
TRAITS: dict[str, Callable[[str], bool]] = {
    "a figure": lambda choice: any(char.isdecimal() for char in choice),
    "words": lambda choice: any(char.isalpha() for char in choice),
    "quotation marks": lambda choice: "«" in choice,
    "brackets": lambda choice: "(" in choice,
    "a mark at its end": lambda choice: choice[-1] in ".!?;:," and choice[0].isalnum(),
    "Latin letters": lambda choice: bool(LATIN_WORD.search(choice)),
}
# In longer choices a name may come first by chance.
SHORT_TRAITS = {"a capital at its head": lambda choice: choice.lstrip("«")[:1].isupper()}
MAX_SHORT_WORDS = 2


def rule_findings(items: list[Item]) -> Iterator[Finding]:
    """Each finding of each item by itself."""
    for item in items:
        for rule in RULES:
            for problem in rule(item):
                yield Finding(item.where, f"{item.id}: {problem}")


def texts_of(item: Item) -> Iterator[tuple[str, str]]:
    """(field, text) of what must be written right: a distractor or the `bad` sentence may be misspelled on purpose."""
    for field in WRITTEN_FIELDS:
        if field in item.row:
            yield field, item.row[field]
    if "choices" in item.row:
        yield "right answer", item.right
    for number, point in enumerate(item.row.get("rubric", [])):
        yield f"rubric {number}", point["text"]


def wrong_letters(item: Item) -> Iterator[str]:
    """Characters that stand in for a Tajik letter, letters that Tajik does not have, words in two scripts."""
    for field, text in texts_of(item):
        if (repaired := repair_letters(text)) != text:
            yield f"{field}: look-alike letters; `soro text repair` makes it {repaired!r}"
        for word in " ".join(words_of(QUOTED.sub(" ", text))).replace("-", " ").split():
            letters = set(word.lower())
            cyrillic = {letter for letter in letters if "а" <= letter <= "ӿ"}
            if len(word) > 1 and (foreign := sorted(cyrillic - set(LETTERS))):
                yield f"{field}: {word!r} has {', '.join(foreign)}, no letter of Tajik"
            elif cyrillic and any("a" <= letter <= "z" for letter in letters):
                yield f"{field}: {word!r} mixes Latin and Cyrillic letters"


def one_right_answer(item: Item) -> Iterator[str]:
    if "choices" not in item.row:
        return
    choices = item.row["choices"]
    values = [value_of(choice) for choice in choices]
    for first in range(NUM_CHOICES):
        for second in range(first + 1, NUM_CHOICES):
            if values[first] == values[second]:
                yield f"choices {first} and {second} are the same: {choices[first]!r}, {choices[second]!r}"
    for choice in choices:
        if any(phrase in f"{choice.lower()} " for phrase in wording("items")["about_choices"]):
            yield f"choice {choice!r} speaks of the other choices"
    if len(item.right) < MIN_TELLING_CHARS or any(char.isdecimal() for char in item.right):
        return  # a sign or number of the question may well be its answer
    asked = [holds(compared_words(item.row["question"]), compared_words(choice)) for choice in choices]
    if asked[item.row["answer"]] and sum(asked) == 1:
        yield f"the question holds the right answer {item.right!r} and no other choice"


def value_of(choice: str) -> str:
    """Two choices with the same value are one answer: marks, capitals and the way a number is written are no difference."""
    if NUMBER.fullmatch(choice.strip(" .")):
        return str(float(choice.strip(" .").replace(",", ".").replace("−", "-")))
    return " ".join(choice.lower().strip(" .!?").split())


def holds(words: list[str], part: list[str]) -> bool:
    return (
        any(words[start : start + len(part)] == part for start in range(len(words) - len(part) + 1)) if part else False
    )


def choices_of_one_kind(item: Item) -> Iterator[str]:
    if "choices" not in item.row:
        return
    choices = item.row["choices"]
    short = all(len(choice.split()) <= MAX_SHORT_WORDS for choice in choices)
    for name, shows in (TRAITS | SHORT_TRAITS if short else TRAITS).items():
        shown = [choice for choice in choices if shows(choice)]
        if len(shown) in (1, NUM_CHOICES - 1):
            odd = shown[0] if len(shown) == 1 else next(choice for choice in choices if choice not in shown)
            yield f"choice {odd!r} alone {'has' if len(shown) == 1 else 'lacks'} {name}"
    by_length = sorted(choices, key=len)
    shortest, longest = len(by_length[0]), len(by_length[-1])
    if longest > MAX_LENGTH_RATIO * shortest and longest - shortest > MIN_LENGTH_GAP_CHARS:
        yield f"choice {by_length[-1]!r} is {longest / shortest:.1f} times as long as {by_length[0]!r}"


def sentences_differ(item: Item) -> Iterator[str]:
    if item.kind == "pair" and item.row["good"] == item.row["bad"]:
        yield "good and bad are the same sentence"


RULES = (wrong_letters, one_right_answer, choices_of_one_kind, sentences_differ)
