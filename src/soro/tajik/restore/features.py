"""The features by which letters, spellings and endings are judged, as strings; alike in training and in restoring.

`>` stands before the token after the word, `<` after the token before it, `-` before the last letters of a longer token,
`$` at the end of the word, `!` before a spelling that competes with a more frequent one.
"""

# (letters before, letters after) of the windows around a doubtful letter
_WINDOWS = (
    (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (0, 1), (0, 2), (0, 3), (0, 4), (1, 1), (2, 1), (1, 2), (2, 2), (3, 1),
    (1, 3), (3, 2), (2, 3), (3, 3), (5, 1), (1, 5),
)  # fmt: skip


def letter_keys(base: str, position: int) -> list[str]:
    """Windows of the word around the letter at `position`, that letter as a capital, `^` and `$` at the word's ends."""
    padded = f"^{base}$"
    i = position + 1
    mark = base[position].upper()
    return [padded[max(0, i - before) : i] + mark + padded[i + 1 : i + 1 + after] for before, after in _WINDOWS]


def rare_keys(base: str) -> list[str]:
    """For the ending of a word seldom or never seen: its last letters."""
    return [f"{base[-size:]}$" for size in (2, 3, 4, 5)]


def capital_keys(base: str) -> list[str]:
    """For the ending of a word with a capital letter where no sentence begins."""
    return ["A$", f"{base[-4:]}$A"]


def right_keys(base: str, right: str, capital: bool) -> list[str]:
    """For the ending of `base` by the token after it (`capital`: it begins with a capital letter)."""
    near, end = right[-2:], base[-4:]
    return [
        f">{right}",
        f">-{right[-3:]}",
        f">-{near}",
        ">A" if capital else ">a",
        f"{base}>{right}",
        f"{base}>-{near}",
        f"-{end}>{right}",
        f"-{end}>-{near}",
        f"-{base[-3:]}>{right}",
    ]


def left_keys(base: str, left: str) -> list[str]:
    """For the ending of `base` by the token before it, with its letters."""
    near, end = left[-2:], base[-4:]
    return [
        f"{left}<",
        f"-{left[-3:]}<",
        f"-{near}<",
        f"{left}<{base}",
        f"-{near}<{base}",
        f"{left}<-{end}",
        f"-{near}<-{end}",
        f"-{left[-1:]}<-{end}",
    ]


def spelling_right_keys(spelling: str, right: str) -> list[str]:
    """For a competing `spelling` by the token after it."""
    return [f"!{spelling}>{right}", f"!{spelling}>-{right[-2:]}"]


def spelling_left_keys(spelling: str, left: str) -> list[str]:
    """For a competing `spelling` by the token before it, with its letters."""
    return [f"!{spelling}<{left}", f"!{spelling}<-{left[-2:]}"]
