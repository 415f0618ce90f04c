import pytest

from soro.corpus.extract.encodings import decode
from soro.corpus.raw import Unreadable
from tests.corpus.extract.samples import TEXT

LEGACY = str.maketrans("ҳҷӣӯқғ", "њљїўќѓ")
RUSSIAN_KEYS = str.maketrans("ҳҷӣӯқғ", "хчиукг")


def test_utf8_has_no_note_with_or_without_a_mark() -> None:
    for data in (TEXT.encode(), b"\xef\xbb\xbf" + TEXT.encode()):
        decoded = decode(data)
        assert (decoded.text, decoded.encoding, decoded.note) == (TEXT, "utf-8", "")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_read_and_said(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding))
    assert decoded.text == TEXT
    assert decoded.note.startswith("read as UTF-")


@pytest.mark.parametrize(
    ("encoding", "text", "name"),
    [
        ("cp1251", TEXT.translate(LEGACY), "windows-1251"),
        ("cp1251", TEXT.translate(RUSSIAN_KEYS), "windows-1251"),
        ("koi8-r", TEXT.translate(RUSSIAN_KEYS), "KOI8-R"),
        ("koi8-t", TEXT, "KOI8-T"),
    ],
)
@pytest.mark.parametrize("num_chars", [40, 200])
def test_cyrillic_of_8_bits_is_read_and_said(encoding: str, text: str, name: str, num_chars: int) -> None:
    decoded = decode(text[:num_chars].encode(encoding))
    assert decoded.text == text[:num_chars]
    assert decoded.note == f"read as {name} (guessed)"


def test_a_declared_encoding_counts_where_the_bytes_are_not_utf8() -> None:
    assert decode("Привет".encode("koi8-r"), "koi8-r").text == "Привет"
    assert decode("боғ".encode(), "windows-1251").text == "боғ"
    assert decode("нон".encode("cp1251"), "no-such-thing").encoding != "utf-8"


def test_a_few_damaged_places_of_utf8_are_left_out_and_counted() -> None:
    decoded = decode(TEXT.encode()[:-1] + b"\xff" + SECOND_HALF)
    assert decoded.text == TEXT[:-1] + SECOND_HALF.decode()
    assert decoded.note == "UTF-8 with 1 damaged places left out"
    assert decode(TEXT[:50].encode()[:-1]).text == TEXT[:49]  # cut inside a letter


SECOND_HALF = " Боз як ҷумла.".encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.4\n...", "a PDF named as text"),
        (b"PK\x03\x04abc", "a ZIP archive"),
        (bytes(range(256)) * 10, "control characters"),
        (b"\x00\x01\x02\x03", "control characters"),
    ],
)
def test_binary_data_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        decode(data)


def test_a_line_of_ten_megabytes_is_text() -> None:
    assert len(decode((TEXT * 30_000).encode()).text) == len(TEXT) * 30_000
