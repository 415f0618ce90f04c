"""Any number of strings on which tokenizers tend to differ, made by rules from a seed: `parity_texts` holds the fixed ones."""

import random
import re
from collections.abc import Callable, Iterator, Sequence

from soro.quantize.parity_texts import CODE, LOOK_LIKE_SPECIAL, NUMBERS, SENTENCES
from soro.tajik.alphabet import LEGACY_FONT, LETTERS, LOOK_ALIKES, OWN_LETTERS

SPACES = (" ", "  ", "   ", "\t", "\n", "\r\n", "\u00a0", "\u200b", "\u2009", "\u3000", "\u2028", "\u0085")
EMOJI = (*"😀🤔👍❤☀✓🎉🐎🇹🇯", "\u200d", "\ufe0f", "\U0001f3fd", "👨‍👩‍👧", "👍🏽", "🏳️‍🌈")
SIGNS = (*"+-*/=<>()[]{}.,:;!?%$#@&|^~_'\"`\\", "→", "≤", "²", "½", "№", "«", "»", "—", "…")
PERSIAN = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
MARKS = (
    "\u064e",
    "\u0651",
    "\u0654",
    "\u0301",
    "\u0304",
    "\u0306",
    "\u200c",
    "\u200d",
    "\u200f",
    "\u202e",
    "\u00ad",
    "\ufeff",
)
WORD = re.compile(r"\s*\S+")
SURROGATES = range(0xD800, 0xE000)
MAX_SENTENCE_CHARS = 160

Rule = Callable[[random.Random, Sequence[str]], str]


def generated_strings(num_strings: int, seed: int, sentences: Sequence[str]) -> list[str]:
    """`num_strings` different strings, the rules taking turns; `sentences` are running text to cut and mix."""
    rng = random.Random(seed)
    found: dict[str, None] = {}
    for rule in turns():
        if len(found) == num_strings:
            break
        found[rule(rng, sentences)] = None
    return list(found)


def turns() -> Iterator[Rule]:
    while True:
        yield from RULES


def running_text(rng: random.Random, sentences: Sequence[str]) -> str:
    """A stretch of a sentence that begins and ends anywhere."""
    text = rng.choice(sentences)
    first = rng.randrange(max(1, len(text) - 20))
    return text[first : first + rng.randint(1, MAX_SENTENCE_CHARS)]


def made_words(rng: random.Random, sentences: Sequence[str]) -> str:
    """Words that nobody wrote, in any case, a letter here and there from a wrong font or alphabet."""
    wrong = [*LEGACY_FONT, *LOOK_ALIKES, *OWN_LETTERS, *"abcxyz"]
    words = []
    for _ in range(rng.randint(1, 8)):
        letters = [rng.choice(LETTERS if rng.random() < 0.9 else wrong) for _ in range(rng.randint(1, 14))]
        word = "".join(letters)
        words.append(rng.choice((word, word, word.capitalize(), word.upper(), word + rng.choice(SIGNS))))
    return rng.choice(("", " ")) + " ".join(words)


def mixed_languages(rng: random.Random, sentences: Sequence[str]) -> str:
    """Words of several languages in one line."""
    words = [word for text in rng.sample(SENTENCES, 3) for word in WORD.findall(text)]
    words += WORD.findall(rng.choice(sentences))[:10]
    return "".join(rng.choice(words) for _ in range(rng.randint(1, 12)))


def persian(rng: random.Random, sentences: Sequence[str]) -> str:
    """Arabic script with vowel marks and joiners."""
    alphabet = [*PERSIAN, *PERSIAN, *"۰۱۲۳۴۵۶۷۸۹", " ", " ", "؟", "،", *MARKS[:3], "\u200c"]
    return "".join(rng.choice(alphabet) for _ in range(rng.randint(1, 60)))


def code(rng: random.Random, sentences: Sequence[str]) -> str:
    """Lines of code under any indentation."""
    parts = [part for text in CODE for part in re.findall(r"\w+|\s+|[^\w\s]", text)]
    lines = []
    for _ in range(rng.randint(1, 5)):
        indent = rng.choice((" ", "\t")) * rng.choice((0, 1, 2, 3, 4, 7, 8, 12, 16, 33))
        lines.append(indent + "".join(rng.choice(parts) for _ in range(rng.randint(1, 15))))
    return rng.choice(("\n", "\r\n", "\n\n")).join(lines)


def numbers(rng: random.Random, sentences: Sequence[str]) -> str:
    """Numbers and formulas of any length."""
    parts = [str(rng.randrange(10 ** rng.randint(1, 20))) for _ in range(4)]
    parts += [*rng.sample(NUMBERS, 3), *rng.sample(SIGNS, 5), " "]
    return "".join(rng.choice(parts) for _ in range(rng.randint(1, 10)))


def emoji(rng: random.Random, sentences: Sequence[str]) -> str:
    """Emoji joined as they are and as they are not."""
    return "".join(rng.choice((*EMOJI, "a", " ", "1")) for _ in range(rng.randint(1, 16)))


def white_space(rng: random.Random, sentences: Sequence[str]) -> str:
    """Runs of every kind of space, between words and alone."""
    runs = [rng.choice(SPACES) * rng.choice((1, 1, 2, 3, 5, 8, 15, 16, 17, 31, 32, 40)) for _ in range(4)]
    return "".join(rng.choice((*runs, "а", "b", "7", ".")) for _ in range(rng.randint(1, 8)))


def control_characters(rng: random.Random, sentences: Sequence[str]) -> str:
    """Characters that nothing shows, within words."""
    hidden = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))] + [*MARKS]
    return "".join(rng.choice((rng.choice(hidden), rng.choice(LETTERS), " ")) for _ in range(rng.randint(1, 24)))


def broken_bytes(rng: random.Random, sentences: Sequence[str]) -> str:
    """Text that lost bytes on its way: cut inside letters, read in a wrong encoding, or random bytes."""
    raw = running_text(rng, sentences).encode()
    kind = rng.randrange(3)
    if kind == 0:
        kept = [byte for byte in raw if rng.random() < 0.85]
        return bytes(kept).decode("utf-8", "replace")
    if kind == 1:
        return raw[:80].decode("cp1252", "replace")
    return bytes(rng.randrange(256) for _ in range(rng.randint(1, 30))).decode("utf-8", "replace")


def control_look_alikes(rng: random.Random, sentences: Sequence[str]) -> str:
    """Names of control tokens and byte pieces whole, cut, nested, in other cases and with signs inside."""
    parts = []
    for _ in range(rng.randint(1, 5)):
        name = rng.choice((*LOOK_LIKE_SPECIAL, f"<0x{rng.randrange(256):02X}>", f"<unused{rng.randrange(99)}>"))
        place = rng.randrange(len(name) + 1)
        parts.append(
            rng.choice(
                (
                    name,
                    name[:place],
                    name[place:],
                    name[:place] + name + name[place:],
                    name[:place] + rng.choice((" ", "\u200b", "_", "<")) + name[place:],
                    name.swapcase(),
                    " ",
                    rng.choice(LETTERS),
                )
            )
        )
    return "".join(parts)


def any_characters(rng: random.Random, sentences: Sequence[str]) -> str:
    """Code points from the whole of Unicode, assigned or not."""
    return "".join(any_character(rng) for _ in range(rng.randint(1, 24)))


def any_character(rng: random.Random) -> str:
    code = rng.randrange(rng.choice((0x100, 0x800, 0x3000, 0x10000, 0x110000)))
    return chr(code) if code not in SURROGATES else "\N{REPLACEMENT CHARACTER}"


RULES: tuple[Rule, ...] = (
    running_text,
    made_words,
    mixed_languages,
    persian,
    code,
    numbers,
    emoji,
    white_space,
    control_characters,
    broken_bytes,
    control_look_alikes,
    any_characters,
)
