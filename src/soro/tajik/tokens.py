"""A Tajik sentence as tokens: words, numbers, marks.

Words joined by a hyphen stay one token ("Би-би-сӣ", "9-уми", "сурх-сурх"); the particles -ку, -да, -чӣ, -мӣ and -а, which
lean on any word, are tokens of their own. Abbreviations and initials keep their full stop; decimals, dates, times and
addresses on the network stay whole.
"""

import re

from soro.tajik.abbreviations import AFTER, BEFORE

PARTICLES = ("ку", "да", "чӣ", "мӣ", "э", "а")
TOKEN = re.compile(
    r"(?P<address>https?://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<number>\d+(?:[.,:/]\d+)*(?:-[^\W\d_]+)?%?)"
    r"|(?P<initials>(?:[^\W\d_]\.)+(?=\s*[^\W\d_]))"
    r"|(?P<word>[^\W\d_]+(?:[-‑’ʼʻ'][^\W_]+)*)"
    r"|(?P<mark>\.{2,}|[!?]{2,}|\S)"
)
LEANING = re.compile(rf"(?P<word>[^\W\d_]+)(?P<particle>-(?:{'|'.join(PARTICLES)}))", re.IGNORECASE)


def tokens(text: str) -> list[str]:
    """The tokens of `text` in order; spaces fall away and nothing else does."""
    found: list[str] = []
    for match in TOKEN.finditer(text):
        token = match.group()
        if match.lastgroup == "mark" and token == "." and found and is_abbreviation(text, match.start(), found[-1]):
            found[-1] += "."
        elif match.lastgroup == "word" and (leaning := LEANING.fullmatch(token)):
            found += [leaning["word"], leaning["particle"]]
        else:
            found.append(token)
    return found


def is_abbreviation(text: str, stop: int, word: str) -> bool:
    """Whether the full stop at `stop` belongs to the word before it, which it must touch."""
    rest = text[stop + 1 :].lstrip()
    return bool(rest) and word.lower() in BEFORE | AFTER and text[stop - 1 : stop].isalpha()
