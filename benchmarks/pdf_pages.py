"""PDF files made with PDFium: pages of text, scans of them, and pictures under a text layer that says something else."""

import ctypes
from pathlib import Path
from typing import Any

import matplotlib
import pypdfium2 as pdfium
import pypdfium2.raw as raw

FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSerif.ttf"  # has every letter of Tajik
WIDTH, HEIGHT, MARGIN = 595, 842, 50  # A4, in points
FONT_SIZE, LINE_HEIGHT, LINE_CHARS = 11, 16, 78
LINES_A_PAGE = (HEIGHT - 2 * MARGIN) // LINE_HEIGHT
INVISIBLE = 3  # text render mode


def lines_of(text: str) -> list[str]:
    """Lines of at most 78 characters, broken between words; an empty line after each paragraph."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            if line and len(line) + 1 + len(word) > LINE_CHARS:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines += [line] if line else [""]
    return lines


def pages_of(text: str) -> list[str]:
    lines = lines_of(text)
    return ["\n".join(lines[at : at + LINES_A_PAGE]) for at in range(0, len(lines), LINES_A_PAGE)]


def load_font(document: Any, font: Path) -> Any:
    data = font.read_bytes()
    buffer = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
    return raw.FPDFText_LoadFont(document.raw, buffer, len(data), raw.FPDF_FONT_TRUETYPE, True)


def draw_lines(document: Any, page: Any, font: Any, text: str, *, height: int, visible: bool = True) -> None:
    for number, line in enumerate(text.split("\n")):
        if not line:
            continue
        piece = raw.FPDFPageObj_CreateTextObj(document.raw, font, FONT_SIZE)
        encoded = (line + "\x00").encode("utf-16-le")
        wide = (ctypes.c_ushort * (len(encoded) // 2)).from_buffer_copy(encoded)
        raw.FPDFText_SetText(piece, wide)
        raw.FPDFPageObj_Transform(piece, 1, 0, 0, 1, MARGIN, height - MARGIN - (number + 1) * LINE_HEIGHT)
        if not visible:
            raw.FPDFTextObj_SetTextRenderMode(piece, INVISIBLE)
        raw.FPDFPage_InsertObject(page.raw, piece)
    page.gen_content()


def text_pdf(path: Path, pages: list[str], font: Path = FONT, *, height: int = HEIGHT) -> Path:
    """A PDF whose pages are text as it is given, one line a line."""
    document = pdfium.PdfDocument.new()
    loaded = load_font(document, font)
    for text in pages:
        page = document.new_page(WIDTH, height)
        draw_lines(document, page, loaded, text, height=height)
        page.close()
    document.save(path)
    document.close()
    return path


def scanned_pdf(
    path: Path,
    pages: list[str],
    *,
    layers: list[str] | None = None,
    dpi: int = 200,
    font: Path = FONT,
    height: int = HEIGHT,
) -> Path:
    """A PDF whose pages are pictures of `pages`; `layers` are invisible texts over them, as scanners and bad fonts leave."""
    source_path = text_pdf(path.with_suffix(".text.pdf"), pages, font, height=height)
    source, document = pdfium.PdfDocument(source_path), pdfium.PdfDocument.new()
    loaded = load_font(document, font)
    for number in range(len(pages)):
        page = document.new_page(WIDTH, height)
        image = pdfium.PdfImage.new(document)
        image.set_bitmap(source[number].render(scale=dpi / 72, grayscale=True))
        image.set_matrix(pdfium.PdfMatrix().scale(WIDTH, height))
        page.insert_obj(image)
        page.gen_content()
        if layers:
            draw_lines(document, page, loaded, layers[number], height=height, visible=False)
        page.close()
    document.save(path)
    document.close()
    source.close()
    source_path.unlink()
    return path
