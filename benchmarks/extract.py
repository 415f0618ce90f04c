"""Readers of documents, measured: what they keep, how fast they are, and what OCR gets wrong.

    python benchmarks/extract.py [--data DATA] [--only html pdf ocr office warc encodings layers big] [--final]

Every page, book and archive is made here around the project's own text (`data/lessons` for development, `data/readings` for
`--final`); DATA adds the text layer of a real PDF in a legacy font. Speeds are documents or pages a second of processor time
on one core, Tesseract's included. Peers are measured where they are installed: pip install trafilatura pdfminer.six warcio.

html: precision and recall of words of the main text, mean over pages, percent, by layout. layers: scores of good and
broken text layers, and how many a page goes to OCR. ocr: characters wrong (edit distance over length), spaces made one.
encodings: texts read exactly right, percent. big: a PDF of 5,000 pages, its time and the peak memory of the process.
"""

import argparse
import gzip
import html
import io
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from html_pages import FINAL_LAYOUTS, LAYOUTS, PROJECT, Lesson, lessons, make_page
from pdf_pages import FONT, pages_of, scanned_pdf, text_pdf

from soro.corpus.extract.apart import read_pdf_apart
from soro.corpus.extract.docx import read_docx
from soro.corpus.extract.encodings import decode
from soro.corpus.extract.epub import read_epub
from soro.corpus.extract.html import read_html
from soro.corpus.extract.pdf import MIN_LAYER_SCORE, read_pdf
from soro.corpus.extract.warc import read_warc
from soro.tajik.alphabet import LEGACY_FONT, LETTERS
from soro.tajik.legibility import layer_score

TO_LEGACY = str.maketrans(
    {case(own): case(font) for font, own in LEGACY_FONT.items() for case in (str.lower, str.upper)}
)
OWN, BASE = "\u0493\u04e3\u049b\u04ef\u04b3\u04b7", "\u0433\u0438\u043a\u0443\u0445\u0447"
TO_RUSSIAN = dict(zip(OWN + OWN.upper(), BASE + BASE.upper(), strict=True))
FONTS = {"serif": FONT, "sans": FONT.with_name("DejaVuSans.ttf")}


def cpu_s() -> float:
    """Processor seconds of this process and of the programs it ran."""
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + child.ru_utime + child.ru_stime


def timed(work: Callable[[Any], Any], items: Iterable[Any]) -> tuple[list[Any], float]:
    """(results, seconds of processor time an item)."""
    todo = list(items)
    start = cpu_s()
    done = [work(item) for item in todo]
    return done, (cpu_s() - start) / max(1, len(todo))


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    print(f"\n{title}\n\n| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    for row in rows:
        print("| " + " | ".join(f"{v:,.3g}" if isinstance(v, float) else str(v) for v in row) + " |", flush=True)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def html_peers() -> dict[str, Callable[[str], str]]:
    peers: dict[str, Callable[[str], str]] = {"soro": lambda page: read_html(page.encode()).text}
    from resiliparse.extract.html2text import extract_plain_text

    peers["resiliparse"] = lambda page: extract_plain_text(page, main_content=True, alt_texts=False)
    try:
        import trafilatura

        peers["trafilatura"] = lambda page: trafilatura.extract(page) or ""
    except ImportError:
        pass
    try:
        import lxml.html

        peers["lxml text_content"] = lambda page: lxml.html.fromstring(page).text_content()
    except ImportError:
        pass
    return peers


def measure_html(texts: list[Lesson], layouts: Iterable[str]) -> None:
    names = list(layouts)
    chosen = texts[::4]
    pages = [
        (name, text, make_page(name, text, [o for o in texts if o is not text], seed))
        for name in names
        for seed, text in enumerate(chosen)
    ]
    rows = []
    for peer, extract in html_peers().items():
        found, seconds = timed(extract, [page for _, _, page in pages])
        scores: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
        for (name, text, _), got in zip(pages, found, strict=True):
            want, have = words(text.text), words(got)
            right = sum((want & have).values())
            wrong = sum((have - want - words(text.title)).values())  # the title is neither asked for nor wrong
            scores[name].append((right / max(1, right + wrong), right / sum(want.values())))
        cells = [
            "{:.1f} / {:.1f}".format(*(100 * sum(c) / len(s) for c in zip(*s, strict=True))) for s in scores.values()
        ]
        rows.append([peer, *cells, round(1 / seconds)])
    table(f"HTML, precision / recall of words, {len(pages)} pages", ["", *names, "pages/s"], rows)


def measure_pdf(texts: list[Lesson], folder: Path, data: Path | None) -> None:
    files = {"lessons": text_pdf(folder / "text.pdf", pages_of("\n\n".join(t.text for t in texts)))}
    if data and (real := data / "shahnameh-pdf" / "shohnoma_1.pdf").exists():
        files["Shahnameh 1"] = real
    rows = []
    for name, path in files.items():
        import pypdfium2

        num_pages = len(pypdfium2.PdfDocument(path))
        for peer, read in pdf_peers().items():
            _, seconds = timed(read, [path])
            rows.append([name, num_pages, peer, round(num_pages / seconds, 1)])
    table(
        "PDF with a text layer (soro: layer, its score, paragraphs, OCR where needed)",
        ["file", "pages", "reader", "pages/s"],
        rows,
    )


def pdf_peers() -> dict[str, Callable[[Path], Any]]:
    import pypdfium2

    def bare(path: Path) -> list[str]:
        return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path)]

    peers: dict[str, Callable[[Path], Any]] = {
        "soro": lambda path: list(read_pdf(path, "p")),
        "soro, in a process of its own": lambda path: list(read_pdf_apart(path, "p", "tgk")),
        "pypdfium2 alone": bare,
    }
    try:
        from pdfminer.high_level import extract_text

        peers["pdfminer.six"] = extract_text
    except ImportError:
        pass
    return peers


def broken_layers() -> dict[str, Callable[[str], str]]:
    """Layers as fonts leave them, by name; the first four are to be kept, the others to be read by OCR."""
    shifted = {ord(c): chr(0x21 + i) for i, c in enumerate(LETTERS)}
    turned = {ord(c): LETTERS[(i + 11) % len(LETTERS)] for i, c in enumerate(LETTERS)}
    signs = str.maketrans(dict(zip(TO_RUSSIAN, "{}|~<>[]^_`=", strict=True)))
    return {
        "as it is": lambda text: text,
        "legacy letters": lambda text: text.translate(TO_LEGACY),
        "keep: soft hyphens": lambda text: re.sub(r"(\w{4})(\w{4})", "\\1\u00ad\\2", text),
        "keep: footnote digits": lambda text: re.sub(r"(\w{6,})", r"\g<1>2", text),
        "ASCII for letters": lambda text: text.lower().translate(shifted),
        "letters exchanged": lambda text: text.lower().translate(turned),
        "1251 as 1252 (put right before scoring)": lambda text: (
            text.translate(str.maketrans(TO_RUSSIAN)).encode("cp1251", "replace").decode("cp1252", "replace")
        ),
        "private use": lambda text: "".join(chr(0xE000 + ord(c) % 4096) if c.isalpha() else c for c in text),
        "own letters as signs": lambda text: text.translate(signs),
        "own letters lost": lambda text: text.translate(str.maketrans(TO_RUSSIAN)),
    }


def measure_layers(texts: list[Lesson], data: Path | None) -> None:
    pages = [page for text in texts for page in pages_of(text.text) if len(page) > 300]
    kinds = {name: [spoil(page) for page in pages] for name, spoil in broken_layers().items()}
    if data and (real := data / "shahnameh-pdf" / "shohnoma_3.raw.txt.gz").exists():
        kinds["legacy font, real pages"] = [
            p for p in gzip.decompress(real.read_bytes()).decode().split("\f") if len(p) > 300
        ]
    rows = []
    for name, members in kinds.items():
        scores = sorted(layer_score(text) for text in members)
        to_ocr = 100 * sum(score < MIN_LAYER_SCORE for score in scores) / len(scores)
        rows.append([name, len(scores), scores[0], scores[len(scores) // 2], scores[-1], f"{to_ocr:.1f}"])
    table(
        f"Score of a page's layer after repair; under {MIN_LAYER_SCORE} it goes to OCR",
        ["layer", "pages", "least", "median", "most", "to OCR, %"],
        rows,
    )


def edit_distance(a: str, b: str) -> int:
    """Levenshtein's distance, a row at a time; what comes from the left is a running minimum."""
    letters, steps = np.array([ord(c) for c in b]), np.arange(len(b) + 1)
    row = steps.copy()
    for x in a:
        above = np.minimum(row[1:] + 1, row[:-1] + (letters != ord(x)))
        row = np.minimum.accumulate(np.concatenate(([row[0] + 1], above)) - steps) + steps
    return int(row[-1])


def measure_ocr(texts: list[Lesson], folder: Path, num_pages: int) -> None:
    pages = [pages_of(text.text)[0] for text in random.Random(1).sample(texts, num_pages)]
    rows = []
    for font, path in FONTS.items():
        for dpi in (300, 150):
            scan = scanned_pdf(folder / f"{font}-{dpi}.pdf", pages, dpi=dpi, font=path)
            (found,), seconds = timed(lambda file: list(read_pdf(file, "s")), [scan])
            got, want = (" ".join(text.split()) for text in ("\n".join(raw.text for raw in found), "\n".join(pages)))
            own = re.compile(f"[{''.join(TO_RUSSIAN)}]", re.I)
            rows.append(
                [
                    font,
                    dpi,
                    num_pages,
                    f"{100 * edit_distance(got, want) / len(want):.2f}",
                    f"{len(own.findall(got))} of {len(own.findall(want))}",
                    num_pages / seconds,
                ]
            )
    table(
        "OCR of pages rendered from text",
        ["font", "scan, dpi", "pages", "characters wrong, %", "own letters seen", "pages/s"],
        rows,
    )


def zipped(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def measure_office(texts: list[Lesson]) -> None:
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def docx(text: Lesson) -> bytes:
        runs = "".join(f"<w:p><w:r><w:t>{html.escape(p)}</w:t></w:r></w:p>" for p in text.paragraphs)
        return zipped({"word/document.xml": f"<w:document {word}><w:body>{runs}</w:body></w:document>"})

    chapters = {
        f"c{i}.xhtml": f"<html><body>{''.join(f'<p>{html.escape(p)}</p>' for p in t.paragraphs)}</body></html>"
        for i, t in enumerate(texts)
    }
    items = "".join(f'<item id="{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in chapters)
    order = "".join(f'<itemref idref="{n}"/>' for n in chapters)
    book = zipped(
        {
            "META-INF/container.xml": '<c><rootfile full-path="b.opf"/></c>',
            "b.opf": f"<p>{items}{order}</p>",
            **chapters,
        }
    )
    files = [docx(text) for text in texts]
    found, docx_s = timed(lambda data: list(read_docx(data, "d")), files)
    (parts,), epub_s = timed(lambda data: list(read_epub(data, "e")), [book])
    exact = sum(raw.text == "\n".join(t.paragraphs) for (raw,), t in zip(found, texts, strict=True))
    rows = [
        ["DOCX", len(files), f"{exact} texts exact", round(1 / docx_s)],
        ["EPUB, chapters", len(texts), f"{len(parts)} chapters", round(len(parts) / epub_s)],
    ]
    table("DOCX and EPUB", ["format", "documents", "read", "documents/s"], rows)


def warc_record(kind: str, content_type: str, content: bytes, number: int) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://a.tj/{number}\r\nWARC-Date: 2026-11-28T00:00:00Z\r\n"
    )
    head += (
        f"WARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + content + b"\r\n\r\n")


def measure_warc(texts: list[Lesson], folder: Path) -> None:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    pages = [make_page("blog", t, [o for o in texts if o is not t], i).encode() for i, t in enumerate(texts)] * 5
    paths = {"WARC": folder / "a.warc.gz", "WET": folder / "a.warc.wet.gz"}
    paths["WARC"].write_bytes(
        b"".join(
            warc_record("response", "application/http; msgtype=response", http + p, i) for i, p in enumerate(pages)
        )
    )
    paths["WET"].write_bytes(
        b"".join(warc_record("conversion", "text/plain", t.text.encode(), i) for i, t in enumerate(texts * 5))
    )
    rows = []
    for name, path in paths.items():
        (found,), seconds = timed(lambda file: list(read_warc(file, "w")), [path])
        rows.append([name, "soro, with extraction", len(found), round(len(found) / seconds)])
        try:
            from warcio.archiveiterator import ArchiveIterator
        except ImportError:
            continue
        with path.open("rb") as file:
            start = cpu_s()
            num = sum(bool(record.content_stream().read()) for record in ArchiveIterator(file))
            rows.append([name, "warcio, records alone", num, round(num / (cpu_s() - start))])
    table("Web archives", ["format", "reader", "records", "records/s"], rows)


def measure_encodings(texts: list[Lesson]) -> None:
    rows = []
    for encoding, change in [
        ("cp1251", TO_LEGACY),
        ("cp1251", str.maketrans(TO_RUSSIAN)),
        ("koi8-r", str.maketrans(TO_RUSSIAN)),
        ("koi8-t", {}),
        ("utf-16-le", {}),
        ("utf-16", {}),
    ]:
        cells = []
        for num_chars in (30, 200, 2000):
            samples = [t.text.translate(change)[:num_chars].encode(encoding, "ignore") for t in texts]
            cells.append(f"{100 * sum(decode(s).text == s.decode(encoding) for s in samples) / len(samples):.1f}")
        rows.append([encoding + (", legacy letters" if change is TO_LEGACY else ""), len(texts), *cells])
    table(
        "Encodings without a declaration, texts read exactly right, %",
        ["encoding", "texts", "30 characters", "200", "2,000"],
        rows,
    )


def measure_big(texts: list[Lesson], folder: Path, num_pages: int) -> None:
    pages = pages_of("\n\n".join(t.text for t in texts))
    path = text_pdf(folder / "big.pdf", [pages[i % len(pages)] for i in range(num_pages)])
    code = (
        "import sys, time, resource; from pathlib import Path; from soro.corpus.extract.pdf import read_pdf;"
        "s = time.process_time();"
        "n = sum(len(r.text) for r in read_pdf(Path(sys.argv[1]), 'b'));"
        "print(n, time.process_time() - s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    num_chars, seconds, peak = done.stdout.split()
    table(
        "A long PDF",
        ["pages", "characters", "pages/s", "peak memory, MB"],
        [[num_pages, num_chars, round(num_pages / float(seconds)), peak]],
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=PROJECT.parent / "shared" / "data")
    parser.add_argument(
        "--only", nargs="+", default=["html", "pdf", "layers", "ocr", "office", "warc", "encodings", "big"]
    )
    parser.add_argument("--final", action="store_true", help="texts and layouts that were not used in development")
    parser.add_argument("--ocr-pages", type=int, default=8)
    parser.add_argument("--big-pages", type=int, default=5_000)
    options = parser.parse_args()
    texts = lessons(folder="readings" if options.final else "lessons")
    data = options.data if options.data.is_dir() else None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measures: dict[str, Callable[[], None]] = {
            "html": lambda: measure_html(texts, FINAL_LAYOUTS if options.final else LAYOUTS),
            "pdf": lambda: measure_pdf(texts, folder, data),
            "layers": lambda: measure_layers(texts, data),
            "ocr": lambda: measure_ocr(texts, folder, options.ocr_pages),
            "office": lambda: measure_office(texts),
            "warc": lambda: measure_warc(texts, folder),
            "encodings": lambda: measure_encodings(texts),
            "big": lambda: measure_big(texts, folder, options.big_pages),
        }
        for measure in options.only:
            measures[measure]()


if __name__ == "__main__":
    main()
