"""PDF into text, page by page: the text layer (pypdfium2, BSD/Apache), or OCR where the layer cannot be trusted.

A page goes to OCR when its layer is missing, or when the layer after `repair` scores under `MIN_LAYER_SCORE` (its font
maps letters wrongly). The better of layer and OCR by the same score is kept. Pages gather into documents of about
50,000 characters, so that a book of 5,000 pages is neither held in memory nor dropped as one text that is too long.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from soro.core.errors import missing_extra
from soro.corpus.extract.ocr import DEFAULT_DPI, Picture, ocr_name, read_picture
from soro.corpus.extract.reflow import reflow
from soro.corpus.raw import Raw, Unreadable
from soro.tajik.legibility import layer_score, legibility, unmixed

MIN_LAYER_SCORE = 0.08  # benchmarks/extract.py prints the scores of good and of broken layers
MIN_LETTERS = 40  # a page with fewer and with a picture is taken for a scan
MAX_PIXELS = 30_000_000  # an A3 page at 300 dots an inch has 17 million
PART_CHARS = 50_000
TAIL_BYTES, MARK_BYTES = 1 << 16, 1024  # some writers fill the last block with zeros
LINE_HYPHEN = re.compile("[\x02\ufffe](?:\r?\n)?")  # how PDFium marks a hyphen at a line's end


@dataclass
class Part:
    """Pages on their way into one document."""

    first_page: int
    pages: list[str] = field(default_factory=list)
    by_ocr: list[int] = field(default_factory=list)
    left_out: dict[str, list[int]] = field(default_factory=dict)

    @property
    def num_chars(self) -> int:
        return sum(map(len, self.pages))


def read_pdf(source: Path | bytes, ref: str, lang: str = "tgk") -> Iterator[Raw]:
    """Documents `ref#N`, N the first page of each, from a file or its bytes. `lang` names the model of Tesseract.

    A page that cannot be read is left out and named in `note`; where no page of a part has text, the Raw has `error`.
    Raises Unreadable for a file that is encrypted, damaged, or no PDF.
    """
    pdfium = import_pdfium()
    document = open_document(pdfium, source)
    try:
        metadata_title = title_of(document)
        cut = "" if ends_whole(source) else "the file is cut short"
        part = Part(first_page=1)
        num_pages = len(document)
        if num_pages == 0:
            raise Unreadable("a PDF without pages")
        for number in range(1, num_pages + 1):
            add_page(part, pdfium, document, number, lang)
            if part.num_chars >= PART_CHARS or number == num_pages:
                yield from finished(
                    part, ref, metadata_title, lang, cut, is_only=part.first_page == 1 and number == num_pages
                )
                part = Part(first_page=number + 1)
    finally:
        document.close()


def import_pdfium() -> Any:
    try:
        import pypdfium2
    except ImportError as error:
        raise missing_extra("pypdfium2", "corpus") from error
    return pypdfium2


def open_document(pdfium: Any, source: Path | bytes) -> Any:
    try:
        return pdfium.PdfDocument(source)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable("the PDF is encrypted; save it without a password first") from error
        state = "damaged" if ends_whole(source) else "damaged or cut short"
        raise Unreadable(f"the PDF is {state} ({error})") from error


def ends_whole(source: Path | bytes) -> bool:
    """Whether the last bytes hold the mark that ends a PDF."""
    if isinstance(source, bytes):
        tail = source[-TAIL_BYTES:]
    else:
        with source.open("rb") as file:
            file.seek(max(0, source.stat().st_size - TAIL_BYTES))
            tail = file.read()
    return b"%%EOF" in tail.rstrip(b"\0 \r\n")[-MARK_BYTES:]


def title_of(document: Any) -> str:
    """The title of the metadata, put right where it is Cyrillic shown as Latin; empty for a file name."""
    try:
        title = str(document.get_metadata_value("Title") or "").strip()
    except Exception:  # metadata is no reason to lose a document
        return ""
    return "" if re.search(r"\.\w{2,4}$", title) else unmixed(title)


def add_page(part: Part, pdfium: Any, document: Any, number: int, lang: str) -> None:
    """Read page `number` (from 1) into `part`; what goes wrong is noted there."""
    try:
        page = document[number - 1]
        try:
            text, by_ocr = page_text(pdfium, page, lang)
        finally:
            page.close()
    except Unreadable as error:
        part.left_out.setdefault(str(error), []).append(number)
    except (pdfium.PdfiumError, ValueError, MemoryError, OverflowError) as error:
        part.left_out.setdefault(f"damaged page ({error})", []).append(number)
    else:
        part.pages.append(text)
        if by_ocr:
            part.by_ocr.append(number)


def page_text(pdfium: Any, page: Any, lang: str) -> tuple[str, bool]:
    """(text, whether it comes from OCR) of one page. Raises Unreadable when only OCR could read it and that fails."""
    text_page = page.get_textpage()
    try:
        layer = unmixed(clean_layer(text_page.get_text_bounded()))
    finally:
        text_page.close()
    num_letters = sum(map(str.isalpha, layer))
    is_scan = num_letters < MIN_LETTERS and has_picture(pdfium, page)
    score = layer_score(layer)
    if not is_scan and (not layer.strip() or score >= MIN_LAYER_SCORE):
        return layer, False
    picture = render(page)
    if picture.is_blank:
        return layer, False
    try:
        seen = read_picture(picture, lang)
    except Unreadable:
        if not is_scan and legibility(layer) >= MIN_LAYER_SCORE:  # readable, though Tajik letters are lost
            return layer, False
        raise
    better = sum(map(str.isalpha, seen)) > num_letters if is_scan else layer_score(seen) > score
    return (seen, True) if better else (layer, False)


def clean_layer(text: str) -> str:
    return LINE_HYPHEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def has_picture(pdfium: Any, page: Any) -> bool:
    kinds = (pdfium.raw.FPDF_PAGEOBJ_IMAGE, pdfium.raw.FPDF_PAGEOBJ_PATH, pdfium.raw.FPDF_PAGEOBJ_SHADING)
    return next(iter(page.get_objects(filter=kinds, max_depth=3)), None) is not None


def render(page: Any) -> Picture:
    """A page as a grey picture of 300 dots an inch, fewer where that would be over 30 million pixels."""
    width, height = page.get_size()  # in points of 1/72 inch
    dpi = min(DEFAULT_DPI, int(72 * (MAX_PIXELS / max(1.0, width * height)) ** 0.5))
    if dpi < 1:
        raise Unreadable(f"a page of {width:.0f} x {height:.0f} points, too large to draw")
    bitmap = page.render(scale=dpi / 72, grayscale=True)
    try:
        rows = memoryview(bitmap.buffer).cast("B")
        pixels = b"".join(rows[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height))
        return Picture(width=bitmap.width, height=bitmap.height, pixels=pixels, dpi=dpi)
    finally:
        bitmap.close()


def finished(part: Part, ref: str, title: str, lang: str, cut: str, *, is_only: bool) -> Iterator[Raw]:
    """The document of a part; an error where no page gave text and some page failed."""
    text = reflow(part.pages)
    left_out = "; ".join(f"{name_pages(numbers)} left out: {reason}" for reason, numbers in part.left_out.items())
    by_ocr = f"{name_pages(part.by_ocr)} read by OCR ({ocr_name(lang)})" if part.by_ocr else ""
    name = f"{ref}#{part.first_page}"
    if not text and left_out:
        yield Raw(ref=name, title=title, error=left_out + (f"; {cut}" if cut else ""))
    elif text or is_only:
        yield Raw(ref=name, text=text, title=title, note="; ".join(filter(None, (by_ocr, left_out, cut))))


def name_pages(numbers: list[int]) -> str:
    """`[1, 2, 3, 7]` -> `pages 1-3, 7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    names = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
    return f"page{'s' if len(numbers) > 1 else ''} {names}"
