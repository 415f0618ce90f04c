import shutil
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from benchmarks.pdf_pages import lines_of, scanned_pdf, text_pdf
from soro.corpus.extract import ocr
from soro.corpus.extract.pdf import name_pages, read_pdf
from soro.corpus.raw import Raw, Unreadable
from soro.tajik.alphabet import LETTERS
from soro.tajik.repair import repair
from tests.corpus.extract.samples import SECOND, TEXT

LINES = "\n".join(lines_of(TEXT))  # lines that fit a page
LOW = 180  # points: a page of four lines, so that OCR takes a second
RUBBISH = LINES.lower().translate({ord(letter): chr(0x21 + i) for i, letter in enumerate(LETTERS)})
needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed; apt install tesseract-ocr tesseract-ocr-tgk"
)


ENCRYPTED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/Size 4/ID[<" + b"43" * 16 + b"><" + b"43" * 16 + b">]>>\n%%EOF\n"
)


def words(text: str) -> list[str]:
    return text.replace("\n", " ").split()


def test_the_text_layer_is_read_page_by_page(tmp_path: Path) -> None:
    found = list(read_pdf(text_pdf(tmp_path / "a.pdf", [LINES, "\n".join([*lines_of(SECOND), "2"])]), "a"))
    assert [raw.ref for raw in found] == ["a#1"]
    assert words(found[0].text) == words(TEXT + " " + SECOND)
    assert (found[0].note, found[0].error) == ("", "")


def test_a_legacy_font_is_left_to_repair(tmp_path: Path) -> None:
    legacy = LINES.translate(str.maketrans("ҳҷӣӯқғ", "њљїўќѓ"))
    found = list(read_pdf(text_pdf(tmp_path / "a.pdf", [legacy]), "a"))
    assert words(repair(found[0].text)) == words(TEXT)
    assert found[0].note == ""


def test_windows_1251_shown_as_1252_is_put_right_without_ocr(tmp_path: Path) -> None:
    russian = LINES.translate(str.maketrans("ҳҷӣӯқғ", "хчиукг"))
    found = list(read_pdf(text_pdf(tmp_path / "a.pdf", [russian.encode("cp1251").decode("cp1252") + "\n"]), "a"))
    assert "дарахтони себ ва нок" in found[0].text or "read by OCR" in found[0].note


@needs_tesseract
@pytest.mark.parametrize("layers", [None, [RUBBISH]])
def test_a_scan_and_a_broken_font_are_read_by_ocr(tmp_path: Path, layers: list[str] | None) -> None:
    found = list(read_pdf(scanned_pdf(tmp_path / "s.pdf", [LINES], layers=layers, height=LOW), "s"))
    assert words(found[0].text) == words(TEXT)
    assert found[0].note.startswith("page 1 read by OCR (tesseract ") and found[0].note.endswith(", tgk)")


def test_without_tesseract_a_scan_is_listed_with_the_install_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "PROGRAM", "no-such-program")
    path = scanned_pdf(tmp_path / "s.pdf", [LINES], height=LOW)
    assert "page 1 left out: OCR needs the program" in next(read_pdf(path, "s")).error
    mixed = pdfium.PdfDocument(path)
    mixed.import_pages(pdfium.PdfDocument(text_pdf(tmp_path / "t.pdf", ["\n".join(lines_of(SECOND))])))
    mixed.save(tmp_path / "m.pdf")
    found = next(read_pdf(tmp_path / "m.pdf", "m"))
    assert words(found.text) == words(SECOND)
    assert found.note.startswith("page 1 left out: OCR needs the program")
    assert found.note.endswith("run: apt install tesseract-ocr tesseract-ocr-tgk")


def test_blank_pages_need_no_ocr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "PROGRAM", "no-such-program")
    assert list(read_pdf(text_pdf(tmp_path / "a.pdf", ["", ""]), "a")) == [Raw(ref="a#1")]
    assert list(read_pdf(scanned_pdf(tmp_path / "b.pdf", [""], height=LOW), "b")) == [Raw(ref="b#1")]


def test_a_long_book_comes_in_parts(tmp_path: Path) -> None:
    found = list(read_pdf(text_pdf(tmp_path / "a.pdf", ["\n".join([LINES] * 15)] * 20), "a"))
    assert [raw.ref for raw in found] == ["a#1", "a#17"]
    assert sum(raw.text.count("Помир") for raw in found) == 20 * 15


def test_a_file_cut_short_is_read_as_far_as_it_goes_or_refused(tmp_path: Path) -> None:
    whole = text_pdf(tmp_path / "a.pdf", [LINES, SECOND]).read_bytes()
    for kept in (len(whole) - 20, len(whole) // 2, 100, 10, 0):
        path = tmp_path / "cut.pdf"
        path.write_bytes(whole[:kept])
        try:
            found = list(read_pdf(path, "cut"))
        except Unreadable as error:
            assert "cut short" in str(error)
        else:
            assert all("the file is cut short" in raw.note + raw.error for raw in found)


def test_an_encrypted_file_is_refused() -> None:
    with pytest.raises(Unreadable, match="the PDF is encrypted; save it without a password"):
        list(read_pdf(ENCRYPTED, "e"))


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(Unreadable, match="the PDF is damaged"):
        list(read_pdf(b"hello", "h"))


def test_names_of_pages() -> None:
    assert name_pages([4]) == "page 4"
    assert name_pages([1, 2, 3, 7]) == "pages 1-3, 7"
