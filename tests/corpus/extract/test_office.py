"""DOCX and EPUB, and the archive both are."""

import pytest

from soro.corpus.extract import archive as archives
from soro.corpus.extract.docx import read_docx
from soro.corpus.extract.epub import read_epub
from soro.corpus.raw import Raw, Unreadable
from tests.corpus.extract.samples import SECOND, TEXT, docx, epub, page, paragraph, zipped

MARKED = (
    "<w:p><w:r><w:t>Дар </w:t></w:r><w:ins><w:r><w:t>боғи</w:t></w:r></w:ins><w:del><w:r><w:delText>кӯҳи</w:delText></w:r>"
    '</w:del><w:r><w:tab/><w:t xml:space="preserve">мо</w:t><w:br/><w:instrText>PAGE</w:instrText></w:r></w:p>'
)
CORE = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Дарси аввал</dc:title></c>'


def test_docx_gives_paragraphs_cells_and_title() -> None:
    table = f"<w:tbl><w:tr><w:tc>{paragraph('Як')}</w:tc><w:tc>{paragraph('Ду')}</w:tc></w:tr></w:tbl>"
    data = docx(paragraph(TEXT) + MARKED + table, **{"docProps/core.xml": CORE})
    assert list(read_docx(data, "a")) == [Raw(ref="a", text=f"{TEXT}\nДар боғи\tмо\n\nЯк\nДу", title="Дарси аввал")]


def test_epub_gives_chapters_in_reading_order_without_the_contents() -> None:
    found = list(read_epub(epub([page(TEXT), page(SECOND)]), "k"))
    assert [raw.ref for raw in found] == ["k#1", "k#2"]
    assert [text in raw.text for raw, text in zip(found, (TEXT, SECOND), strict=True)] == [True, True]
    assert found[0].title == "Китоби мо"


def test_a_bad_chapter_costs_that_chapter() -> None:
    locked = (
        '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:CipherReference URI="OEBPS/text/chapter%200.xhtml"/>'
        "</encryption>"
    )
    found = list(read_epub(epub([page(TEXT), page(SECOND)], **{"META-INF/encryption.xml": locked}), "k"))
    assert "encrypted (rights management)" in found[0].error
    assert SECOND in found[1].text


def test_bombs_are_refused_before_they_unpack() -> None:
    with pytest.raises(Unreadable, match=r"a ZIP bomb: word/document\.xml"):
        list(read_docx(zipped({"word/document.xml": b" " * (80 << 20)}), "b"))
    found = list(read_epub(epub([page(TEXT), " " * (40 << 20)]), "k"))
    assert "a ZIP bomb" in found[1].error and TEXT in found[0].text


def test_a_header_that_lies_about_its_size_does_not_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MIN_RATIO_BYTES", 1000)
    data = bytearray(zipped({"word/document.xml": b"a" * 1_000_000}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (900).to_bytes(4, "little")  # the size in the central directory
    with pytest.raises(Unreadable):
        list(read_docx(bytes(data), "b"))


def test_entities_of_the_document_itself_are_refused() -> None:
    laughs = '<!DOCTYPE a [<!ENTITY x "ха"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'
    with pytest.raises(Unreadable, match="XML that is refused"):
        list(read_docx(zipped({"word/document.xml": laughs}), "b"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no archive", "not a whole ZIP archive"),
        (docx(paragraph(TEXT))[:200], "not a whole ZIP archive"),
        (zipped({"a.txt": "a"}), "the archive lacks word/document.xml"),
        (zipped({"word/document.xml": "<w"}), "damaged XML"),
    ],
)
def test_what_is_no_whole_docx_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        list(read_docx(data, "a"))


def test_a_locked_archive_is_refused() -> None:
    data = bytearray(docx(paragraph(TEXT)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    with pytest.raises(Unreadable, match="is encrypted"):
        list(read_docx(bytes(data), "a"))


def test_an_archive_of_too_many_members_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    with pytest.raises(Unreadable, match="an archive of 5 members, over the limit of 3"):
        list(read_epub(zipped({str(number): b"" for number in range(5)}), "k"))
