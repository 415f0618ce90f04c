"""Personal data in Tajik text, masked: telephone numbers, e-mail, bank cards, passports.

Each kind becomes a fixed word in brackets; nothing else in the text changes. What could be another number (a population, an
ISBN, a date, a verse) is masked only where the words before it say what it is.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

EMAIL, CARD, PASSPORT, PHONE = "email", "card", "passport", "phone"
MASKS = {EMAIL: "[почтаи электронӣ]", CARD: "[рақами корт]", PASSPORT: "[рақами шиноснома]", PHONE: "[рақами телефон]"}

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}\b")
# 16 digits in fours or in one; MasterCard, Visa, Mir, UnionPay begin with 2 to 6, the national Korti Milli with 9762.
_CARD = re.compile(r"(?<![\d.,-])(?:[2-6]\d{3}|9762)(?P<gap>[ -]?)\d{4}(?P=gap)\d{4}(?P=gap)\d{4}(?![\d-]|[.,]\d)")
_PASSPORT_WORD = r"(?:шиноснома|шиносном|паспорт|passport)"
_NUMBER_WORDS = r"[^\d\n]{0,40}?"
# The series letter, Cyrillic or Latin, and seven or eight digits; nine digits on the passport for abroad.
_PASSPORT = re.compile(
    rf"\b{_PASSPORT_WORD}{_NUMBER_WORDS}(?P<named>(?:\b[A-ZА-Я]{{1,2}}[ №]{{0,3}})?\d{{7,9}})(?![\d-])"
    r"|(?<![\w-])(?P<bare>[AА]\d{8})(?![\w-])",
    re.IGNORECASE,
)
_SEP = r"[ \u00a0.-]?"
_END = r"(?!\d|[-/]\d|[.,]\d|%)"
# Abroad and at home with the country's code: +992 and nine digits, or + and ten to fifteen.
_WITH_CODE = (
    rf"(?<![\w+])(?:(?:\+|00){_SEP}992|\+\d{{1,3}})(?:[ \u00a0.()-]{{0,2}}\d){{9,12}}{_END}"
    rf"|(?<![\w+.,/-])992{_SEP}\(?(?:\d{{2}}\)?{_SEP}\d{{3}}|\d{{3}}\)?{_SEP}\d{{2}}){_SEP}\d{{2}}{_SEP}\d{{2}}{_END}"
)
# Nine digits as people group them, with an operator's or a city's code in front; never 3-3-3, which groups a large number.
_CODE = r"(?:0[0-8]|1[0178]|2[0-2]|3[1-7]|4[014]|5[05]|7[0178]|8[0178]|9\d)"
_GROUPED = (
    rf"(?<![\w+.,/-])(?:8[ -])?(?:\({_CODE}\d{{0,3}}\)[ -]?\d{{1,3}}(?:[ -]?\d{{2}}){{2}}"
    rf"|{_CODE}(?:[ -])\d{{3}}[ -]\d{{2}}[ -]\d{{2}}|{_CODE}\d[ -]\d{{2}}[ -]\d{{2}}[ -]\d{{2}}|2[0-9]\d-\d{{2}}-\d{{2}}){_END}"
)
# Anything of six to twelve digits behind a word for telephone.
_CUE = r"\b(?:тел(?:ефон\w*)?|моб(?:ил\w*)?|факс|whatsapp|viber|imo|telegram|phone|tel|занг занед)\b"
# ... unless it is a date, a span of years, a number grouped in thousands, or a count of something.
_NO_PHONE = (
    r"(?!\d{1,2}[./-]\d{1,2}[./-]\d{4}(?!\d)|(?:1[5-9]|20)\d\d[ -]"
    r"|(?!9\d\d \d{3} \d{3}(?!\d))\d{1,3}(?: \d{3})+(?![\d -]))"
)
_COUNTED = r"(?!\s*(?:нафар|дона|сомон|доллар|рубл|муштар|ҳазор|миллион|млн|адад|дақиқа|соат))"
_AFTER_CUE = rf"{_CUE}[^\d\n+]{{0,25}}(?P<cued>{_NO_PHONE}\+?\d(?:[ \u00a0().-]{{0,2}}\d){{5,11}}){_END}{_COUNTED}"
_PHONE = re.compile(rf"(?P<coded>{_WITH_CODE})|(?P<grouped>{_GROUPED})|{_AFTER_CUE}", re.IGNORECASE)
_BOOK = re.compile(r"(?:ISBN|ISSN|УДК|ББК|УДКа|DOI)[^\n]{0,20}$", re.IGNORECASE)
# Every number above has six digits with no more than two signs between them.
SIX_DIGITS = re.compile(r"\d(?:[ \u00a0().-]{0,2}\d){5}")


def mask_personal(text: str) -> tuple[str, dict[str, int]]:
    """The text with personal data masked, and how many of each kind were; a masked text gives itself."""
    if not may_have_personal(text):
        return text, {}
    counts: Counter[str] = Counter()
    for kind, find in FINDERS.items():
        parts, seen = [], 0
        for start, end in find(text):
            parts += [text[seen:start], MASKS[kind]]
            seen = end
            counts[kind] += 1
        text = "".join([*parts, text[seen:]])
    return text, dict(counts)


def may_have_personal(text: str) -> bool:
    """False where a text holds none for certain; quickly told."""
    return "@" in text or SIX_DIGITS.search(text) is not None


def emails(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _EMAIL.finditer(text)) if "@" in text else iter(())


def cards(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _CARD.finditer(text) if passes_luhn(match.group()))


def passports(text: str) -> Iterator[tuple[int, int]]:
    for match in _PASSPORT.finditer(text):
        yield match.span("named") if match.group("named") else match.span("bare")


def phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _PHONE.finditer(text):
        kind = match.lastgroup or "coded"
        start, end = match.span(kind)
        if not _BOOK.search(text, max(0, start - 40), start):
            yield start, end


FINDERS: dict[str, Callable[[str], Iterator[tuple[int, int]]]] = {
    EMAIL: emails,
    CARD: cards,
    PASSPORT: passports,
    PHONE: phones,
}


def passes_luhn(number: str) -> bool:
    """Whether the last digit is the check digit of ISO/IEC 7812 (Luhn 1960); signs other than digits are passed over."""
    digits = [int(character) for character in number if character.isdigit()][::-1]
    return sum(digits[0::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0
