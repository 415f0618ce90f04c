import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.pdf_pages import lines_of, text_pdf
from soro.corpus.extract.warc import read_warc
from soro.corpus.raw import Raw
from tests.corpus.extract.samples import SECOND, TEXT, conversion, members, page, record, response


def read(path: Path, data: bytes) -> list[Raw]:
    path.write_bytes(data)
    return list(read_warc(path, "w"))


def test_pages_that_were_found_are_documents_and_other_records_are_not(tmp_path: Path) -> None:
    found = read(
        tmp_path / "a.warc.gz",
        members(
            record("warcinfo", b"software: x", content_type="application/warc-fields"),
            record("request", b"GET / HTTP/1.1\r\n\r\n", content_type="application/http; msgtype=request"),
            response(page(TEXT).encode(), url="http://maktab.tj/bog"),
            response(b"\x89PNG", headers="Content-Type: image/png"),
            response(page(SECOND).encode(), status="404 Not Found"),
            response(gzip.compress(SECOND.encode()), headers="Content-Type: text/plain\r\nContent-Encoding: gzip"),
        ),
    )
    assert found == [
        Raw(ref="w#3", text=TEXT, title="Боғ", url="http://maktab.tj/bog"),
        Raw(ref="w#6", text=SECOND, url="http://maktab.tj/1"),
    ]


def test_wet_gives_its_text(tmp_path: Path) -> None:
    found = read(
        tmp_path / "a.warc.wet.gz", members(conversion(TEXT, "http://a.tj"), conversion(SECOND, "http://b.tj"))
    )
    assert [(raw.text, raw.url) for raw in found] == [(TEXT, "http://a.tj"), (SECOND, "http://b.tj")]


@pytest.mark.parametrize("packed", [True, False])
def test_everything_before_a_cut_is_kept_and_every_cut_is_reported(tmp_path: Path, packed: bool) -> None:
    pack = members if packed else lambda *records: b"".join(records)
    first, last = pack(conversion(TEXT)), pack(conversion(SECOND))
    for kept in range(10, len(last) - 12, 17):  # the last bytes are the end of a record that is whole
        found = read(tmp_path / "cut.wet", first + last[:kept])
        assert found[0].text == TEXT, kept
        assert len(found) == 2 and found[1].error and "kept" in found[1].error, kept


def test_what_is_no_archive_is_an_error_not_an_exception(tmp_path: Path) -> None:
    for data in (b"hello", b"\x1f\x8b" + b"x" * 50, bytes(1000), gzip.compress(b"hello")):
        assert [bool(raw.error) for raw in read(tmp_path / "a.warc", data)] == [True]
    assert read(tmp_path / "a.warc", b"") == []


def test_a_bad_record_costs_that_record(tmp_path: Path) -> None:
    bad = record("response", b"no http", content_type="application/http")
    found = read(tmp_path / "a.warc", bad + response(page(TEXT).encode()))
    assert [bool(raw.error) for raw in found] == [True, False]


def test_a_pdf_that_crashes_its_reader_costs_that_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start, crash = subprocess.Popen, [sys.executable, "-c", "import os; os.abort()"]
    monkeypatch.setattr(subprocess, "Popen", lambda command, **more: start(crash, **more))
    archive = members(
        response(b"%PDF-1.4", headers="Content-Type: application/pdf"), response(page(TEXT).encode(), url="http://b.tj")
    )
    found = read(tmp_path / "a.warc.gz", archive)
    assert found[0].ref == "w#1" and found[0].error.startswith("the PDF reader broke down (exit -6)")
    assert (found[1].text, found[1].url, found[1].error) == (TEXT, "http://b.tj", "")


def test_a_pdf_is_read_in_its_place(tmp_path: Path) -> None:
    pdf = text_pdf(tmp_path / "a.pdf", ["\n".join(lines_of(SECOND))]).read_bytes()
    archive = members(
        response(pdf, headers="Content-Type: application/pdf", url="http://a.tj/a.pdf"),
        response(b"hello", headers="Content-Type: application/pdf"),
        conversion(TEXT, "http://b.tj"),
    )
    found = read(tmp_path / "a.warc.gz", archive)
    assert [(raw.ref, " ".join(raw.text.split()), raw.url) for raw in found if not raw.error] == [
        ("w#1#1", SECOND, "http://a.tj/a.pdf"),
        ("w#3", TEXT, "http://b.tj"),
    ]
    assert [(raw.ref, raw.error.startswith("the PDF is damaged")) for raw in found if raw.error] == [("w#2", True)]


def test_a_page_the_crawler_cut_says_so(tmp_path: Path) -> None:
    cut = record("resource", page(TEXT).encode(), content_type="text/html", extra="WARC-Truncated: length\r\n")
    assert read(tmp_path / "a.warc", cut)[0].note == "cut short by the crawler (length)"
