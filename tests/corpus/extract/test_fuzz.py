"""Whatever the bytes: the extractors give documents or raise `Unreadable`, and nothing else."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from benchmarks.pdf_pages import text_pdf
from soro.corpus.extract import ocr
from soro.corpus.extract.docx import read_docx
from soro.corpus.extract.encodings import decode
from soro.corpus.extract.epub import read_epub
from soro.corpus.extract.html import read_html
from soro.corpus.extract.http import parse_response
from soro.corpus.extract.pdf import read_pdf
from soro.corpus.extract.reflow import reflow
from soro.corpus.extract.warc import read_warc
from soro.corpus.raw import Raw, Unreadable
from tests.corpus.extract.samples import SECOND, TEXT, conversion, docx, epub, members, page, paragraph, response

FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n"
SEEDS: dict[str, bytes] = {
    "text": TEXT.encode("utf-16"),
    "html": page(TEXT, SECOND).encode(),
    "http": HTTP,
    "docx": docx(paragraph(TEXT)),
    "epub": epub([page(TEXT), page(SECOND)]),
    "warc": members(response(page(TEXT).encode()), conversion(SECOND)) + response(HTTP),
}


@st.composite
def damaged(draw: Any, whole: bytes) -> bytes:
    """`whole` with bytes changed, a piece taken out or doubled, or cut short; now and then any bytes at all."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=300))
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        at, size = draw(st.integers(0, max(0, len(data) - 1))), draw(st.integers(1, 40))
        change = draw(st.sampled_from(["set", "cut", "double", "end"]))
        if change == "set":
            data[at : at + 1] = bytes([draw(st.integers(0, 255))])
        elif change == "cut":
            del data[at : at + size]
        elif change == "double":
            data[at:at] = data[at : at + size]
        elif len(data) > 1:
            del data[-size:]
    return bytes(data)


def warc_of(data: bytes, folder: Path) -> Iterator[Raw]:
    path = folder / "fuzz.warc"
    path.write_bytes(data)
    return read_warc(path, "w")


READERS: dict[str, Callable[[bytes, Path], Any]] = {
    "text": lambda data, _: decode(data, "koi8-r"),
    "html": lambda data, _: read_html(data),
    "http": lambda data, _: parse_response(data),
    "docx": lambda data, _: list(read_docx(data, "d")),
    "epub": lambda data, _: list(read_epub(data, "e")),
    "warc": lambda data, folder: list(warc_of(data, folder)),
}


@pytest.mark.parametrize("kind", sorted(READERS))
def test_only_the_documented_error_comes_out(kind: str, tmp_path: Path) -> None:
    @FUZZ
    @given(damaged(SEEDS[kind]))
    def check(data: bytes) -> None:
        try:
            READERS[kind](data, tmp_path)
        except Unreadable as error:
            assert str(error)

    check()


def test_only_the_documented_error_comes_out_of_a_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "PROGRAM", "no-such-program")
    whole = text_pdf(tmp_path / "a.pdf", [TEXT[:60], SECOND]).read_bytes()

    @FUZZ
    @given(damaged(whole))
    def check(data: bytes) -> None:
        try:
            list(read_pdf(data, "p"))
        except Unreadable as error:
            assert str(error)

    check()


@FUZZ
@given(st.text(), st.text())
@example("<a>" * 2000, "koi8-r")
@example("<a href=x>" + "<" * 3000, "\x00")
def test_any_text_is_a_page(text: str, declared: str) -> None:
    try:
        read_html(text.encode("utf-8", "ignore"), declared=declared)
    except Unreadable as error:
        assert str(error)


@FUZZ
@given(st.lists(st.text(alphabet="абғ -\n.А1\u00ad", max_size=200), max_size=4))
def test_reflow_keeps_every_letter_and_settles(pages: list[str]) -> None:
    once = reflow(pages)
    assert [c for c in once if c.isalpha()] == [c for c in "".join(pages) if c.isalpha()]
