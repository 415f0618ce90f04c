import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from benchmarks.pdf_pages import lines_of, text_pdf
from soro.corpus.extract.apart import read_pdf_apart
from soro.corpus.extract.pdf import read_pdf
from soro.corpus.raw import Unreadable
from tests.corpus.extract.samples import SECOND, TEXT


@pytest.fixture
def instead(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a line of Python in the place of the reader."""
    start = subprocess.Popen

    def put(code: str) -> None:
        monkeypatch.setattr(subprocess, "Popen", lambda command, **more: start([sys.executable, "-c", code], **more))

    return put


def test_the_documents_are_the_same_as_from_within(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "a.pdf", ["\n".join(lines_of(TEXT))])
    assert list(read_pdf_apart(path, "a", "tgk")) == list(read_pdf(path, "a"))


def test_bytes_are_read_like_a_file(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "a.pdf", ["\n".join(lines_of(TEXT))])
    assert list(read_pdf_apart(path.read_bytes(), "a", "tgk")) == list(read_pdf(path, "a"))
    with pytest.raises(Unreadable, match="the PDF is damaged"):
        list(read_pdf_apart(b"hello", "a", "tgk"))


def test_a_book_of_five_thousand_pages_comes_in_parts(tmp_path: Path) -> None:
    one = pdfium.PdfDocument(text_pdf(tmp_path / "one.pdf", [SECOND[:60]], height=100))
    book = pdfium.PdfDocument.new()
    book.import_pages(one, [0] * 5_000)
    book.save(tmp_path / "book.pdf")
    found = list(read_pdf_apart(tmp_path / "book.pdf", "b", "tgk"))
    assert [raw.ref for raw in found] == ["b#1", "b#835", "b#1669", "b#2503", "b#3337", "b#4171"]
    assert sum(raw.text.count("Омӯзгор") for raw in found) == 5_000
    assert all(len(raw.text) < 60_000 and not raw.error for raw in found)


def test_the_reason_comes_through(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"hello")
    with pytest.raises(Unreadable, match="the PDF is damaged"):
        list(read_pdf_apart(tmp_path / "a.pdf", "a", "tgk"))
    with pytest.raises(Unreadable, match="cannot be read: No such file"):
        list(read_pdf_apart(tmp_path / "gone.pdf", "a", "tgk"))


def test_a_crash_keeps_what_came_before(tmp_path: Path, instead: Any) -> None:
    instead('import os; print(\'{"ref": "a#1", "text": "боғ"}\', flush=True); os.abort()')
    found = list(read_pdf_apart(tmp_path / "a.pdf", "a", "tgk"))
    assert found[0].text == "боғ"
    assert found[1].error.startswith("the PDF reader broke down (exit -6)")


def test_a_reader_that_hangs_is_ended(tmp_path: Path, instead: Any) -> None:
    instead("import time; time.sleep(60)")
    found = list(read_pdf_apart(tmp_path / "a.pdf", "a", "tgk", stall_s=0.2))
    assert [raw.error for raw in found] == ["the PDF reader broke down (exit -9); what came before is kept"]
