"""Numbers and equations read back from the text of a generated dialogue."""

import re
from fractions import Fraction

NUMBER = re.compile(r"(?<![\d,])−?\d{1,3}(?: \d{3})+(?![\d])|−?\d+(?:,\d+)?")


def number(text: str) -> Fraction:
    return Fraction(text.replace(" ", "").replace("−", "-").replace(",", "."))


def numbers(text: str) -> list[Fraction]:
    return [number(found) for found in NUMBER.findall(text)]


def value(expression: str) -> Fraction:
    """The value of + − × : and brackets over numbers as schools write them."""
    plain = expression.replace(" ", "").replace(",", ".").replace("−", "-").replace("×", "*").replace(":", "/")
    assert re.fullmatch(r"[\d.+\-*/()]+", plain), expression
    return eval(re.sub(r"\d+(?:\.\d+)?", lambda found: f"Fraction('{found.group()}')", plain), {"Fraction": Fraction})


def equations(text: str) -> list[tuple[Fraction, Fraction]]:
    """Both sides of every "=" between two expressions of numbers; a division with remainder is multiplied back."""
    pairs = []
    for a, b, q, r in re.findall(r"([\d ]+) : (\d+) = (\d+) \(бақия (\d+)\)", text):
        pairs.append((number(a), number(q) * number(b) + number(r)))
        assert int(r) < int(b)
    text = re.sub(r"([\d ]+) : (\d+) = (\d+) \(бақия (\d+)\)", "#", text)
    one = r"\(*−?(?:\d{1,3}(?: \d{3})+(?!\d)|\d+(?:,\d+)?)\)*"
    side = rf"{one}(?: [+−×:] {one})*"
    for chain in re.findall(rf"{side}(?: = {side})+", text):
        first, *others = (value(part) for part in re.split(" = ", chain))
        pairs += [(first, other) for other in others]
    return pairs


def has(answer: str, expected: Fraction | int) -> bool:
    return Fraction(expected) in numbers(answer)
