"""Bytes into text: UTF-8, UTF-16 and UTF-32, and the 8-bit encodings of Cyrillic, told apart and said so.

Binary data is refused. The guess between 8-bit encodings is resiliparse's (Apache-2.0); where it has none, the reading
with more small than capital letters wins, because windows-1251 and KOI8 read as one another swap the two.
"""

import codecs
import re
from dataclasses import dataclass

from soro.core.errors import missing_extra
from soro.corpus.raw import Unreadable

BYTE_ORDER_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive (DOCX, EPUB and others)",
    b"\x1f\x8b": "gzip data",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"Rar!": "a RAR archive",
    b"\xd0\xcf\x11\xe0": "a document of old Microsoft Office",
    b"7z\xbc\xaf\x27": "a 7z archive",
}
CONTROL_BYTES = bytes(sorted({*range(0x20), 0x7F} - {*b"\t\n\x0b\x0c\r\x1b"}))
MAX_CONTROL_SHARE = 0.01
SAMPLE_BYTES = 1 << 14
HIGH_BYTES = b"\x00\x04\x06"  # Latin, Cyrillic and Arabic blocks of UTF-16
MIN_VALID_TO_DAMAGED = 20  # characters of UTF-8 for each damaged place, below which it is another encoding
NAMES = {"cp1251": "windows-1251", "cp1252": "windows-1252", "koi8-r": "KOI8-R", "koi8-t": "KOI8-T", "cp866": "CP866"}


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """A text, the encoding it was read in, and a note for people; the note is empty for clean UTF-8."""

    text: str
    encoding: str
    note: str = ""


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of `data`. `declared` is the encoding that a header or a `meta` element names; UTF-8 that is valid wins.

    Raises Unreadable for binary data and for bytes that are text in no encoding known here.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return with_mark(data[len(mark) :], encoding)
    if wide := utf16_without_mark(data):
        return Decoded(
            text=data.decode(wide, "ignore"), encoding=wide, note=f"read as {wide.upper()} (found by its bytes)"
        )
    refuse_binary(data)
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError:
        return damaged_utf8(data) or declared_encoding(data, declared) or guessed_encoding(data)


def with_mark(body: bytes, encoding: str) -> Decoded:
    if encoding != "utf-8":
        text = body.decode(encoding, "replace").replace("\ufffd", "")
        return Decoded(text=text, encoding=encoding, note=f"read as {encoding.upper()} (byte order mark)")
    try:
        return Decoded(text=body.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError:
        refuse_binary(body)
        return damaged_utf8(body, min_valid=0) or guessed_encoding(body)


def utf16_without_mark(data: bytes) -> str:
    """`utf-16-le`, `utf-16-be` or nothing, by where the bytes of the usual blocks stand."""
    sample = data[:4096]
    if len(sample) < 8:
        return ""
    even, odd = sample[0::2], sample[1::2]
    share_even = 1 - len(even.translate(None, HIGH_BYTES)) / len(even)
    share_odd = 1 - len(odd.translate(None, HIGH_BYTES)) / len(odd)
    if share_odd >= 0.8 and share_even <= 0.2:
        return "utf-16-le"
    return "utf-16-be" if share_even >= 0.8 and share_odd <= 0.2 else ""


def refuse_binary(data: bytes) -> None:
    """Raises Unreadable when `data` begins like a known format or holds too many control characters."""
    for magic, name in MAGIC.items():
        if data.startswith(magic):
            raise Unreadable(f"binary data: {name} named as text; give the file its own ending")
    num_control = len(data) - len(data.translate(None, CONTROL_BYTES))
    if num_control > MAX_CONTROL_SHARE * len(data):
        raise Unreadable(f"binary data: {num_control} control characters in {len(data)} bytes")


def damaged_utf8(data: bytes, min_valid: int = MIN_VALID_TO_DAMAGED) -> Decoded | None:
    """UTF-8 with a few damaged places, which are left out; None when it does not look like UTF-8."""
    text = data.decode("utf-8", "replace")
    num_damaged = text.count("\ufffd")
    num_valid = len(text) - len(text.encode("ascii", "ignore")) - num_damaged
    if num_valid < min_valid * num_damaged:
        return None
    return Decoded(
        text=text.replace("\ufffd", ""), encoding="utf-8", note=f"UTF-8 with {num_damaged} damaged places left out"
    )


def declared_encoding(data: bytes, declared: str) -> Decoded | None:
    """The reading that a header asks for; None when the name is unknown or the bytes do not fit it."""
    try:
        name = codecs.lookup(declared.strip(" \"'")).name
        if name.startswith("utf-8") or name in ("ascii", "iso8859-1"):  # named by default more often than meant
            return None
        text = data.decode(name)
    except (LookupError, ValueError):
        return None
    if not isinstance(text, str) or name.startswith("utf"):
        return None
    return Decoded(text=text, encoding=name, note=f"read as {NAMES.get(name, name)} (declared)")


def guessed_encoding(data: bytes) -> Decoded:
    """The 8-bit encoding that the bytes look like. Raises Unreadable when none fits."""
    try:
        from resiliparse.parse.encoding import detect_encoding
    except ImportError as error:
        raise missing_extra("resiliparse", "corpus") from error
    sample = re.sub(rb"<[^<>]*>", b" ", data[: SAMPLE_BYTES * 4])[:SAMPLE_BYTES]
    guess = detect_encoding(sample) or ""
    names = [guess] if guess not in ("", "utf-8", "ascii") else []
    names += sorted(("cp1251", "koi8-r"), key=lambda name: -small_letters(sample.decode(name, "ignore")))
    if guess == "koi8-r" or (not guess and names[0] == "koi8-r"):
        names = koi8_variants(sample) + names
    for name in names:
        try:
            text = data.decode(name)
        except (LookupError, ValueError):
            continue
        return Decoded(text=text, encoding=name, note=f"read as {NAMES.get(name, name)} (guessed)")
    raise Unreadable("text in no encoding known here; convert it to UTF-8, for example with iconv")


def koi8_variants(sample: bytes) -> list[str]:
    """KOI8-T, the Tajik variant, where more bytes are letters in it than in KOI8-R."""
    tajik, russian = (sum(map(str.isalpha, sample.decode(name, "ignore"))) for name in ("koi8-t", "koi8-r"))
    return ["koi8-t"] if tajik > russian else ["koi8-r"]


def small_letters(text: str) -> int:
    """Small letters less capitals beyond ASCII."""
    return sum(character.islower() - character.isupper() for character in text if character > "\x7f")
