"""Text of the project's own, and files around it, made in the test."""

import gzip
import io
import zipfile

TEXT = (
    "Дар боғи мо дарахтони себ ва нок мерӯянд, ва мо онҳоро ҳар баҳор об медиҳем, то ки меваи бисёр диҳанд. "
    "Кӯҳҳои Помир баланд ҳастанд ва дар қуллаҳои онҳо барф ҳатто дар тобистон об намешавад, зеро ҳаво хунук аст."
)
SECOND = "Омӯзгор ба шогирдон гуфт, ки китобро бодиққат хонанд ва баъд саволҳои худро дар дафтар нависанд."
MENU = ["Ахбор", "Варзиш", "Илм ва техника", "Тамос бо мо"]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def page(*paragraphs: str, charset: str = "utf-8") -> str:
    """A web page with a menu and scripts around its paragraphs."""
    menu = "".join(f'<li><a href="/{i}">{name}</a></li>' for i, name in enumerate(MENU))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>Боғ</title><style>p {{ margin: 0 }}</style>'
        f"<script>var a = 'скрипт';</script></head><body><nav><ul>{menu}</ul></nav><main><article>{body}</article></main>"
        "<template><p>қолаб</p></template><footer>© 2026</footer></body></html>"
    )


def zipped(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def docx(body: str, **more: str | bytes) -> bytes:
    """A DOCX whose body is the given WordprocessingML."""
    document = f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"word/document.xml": document, **more})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def epub(chapters: list[str], **more: str | bytes) -> bytes:
    """An EPUB of XHTML chapters, in a folder of its own, with a table of contents."""
    items = "".join(
        f'<item id="c{i}" href="text/chapter%20{i}.xhtml" media-type="application/xhtml+xml"/>'
        for i in range(len(chapters))
    )
    order = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>Китоби мо</dc:title></metadata><manifest>{items}"
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>'
        f'<spine><itemref idref="nav"/>{order}</spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    texts = {f"OEBPS/text/chapter {i}.xhtml": chapter for i, chapter in enumerate(chapters)}
    start = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OEBPS/book.opf": package}
    return zipped({**start, "OEBPS/nav.xhtml": page("мундариҷа"), **texts, **more})


def record(kind: str, content: bytes, *, content_type: str, url: str = "http://maktab.tj/1", extra: str = "") -> bytes:
    """One WARC record."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-28T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{len(content)}>\r\n{extra}Content-Type: {content_type}\r\nContent-Length: {len(content)}"
    )
    return head.encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def response(
    body: bytes, *, headers: str = "Content-Type: text/html", status: str = "200 OK", url: str = "http://maktab.tj/1"
) -> bytes:
    http = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body
    return record("response", http, content_type="application/http; msgtype=response", url=url)


def conversion(text: str, url: str = "http://maktab.tj/1") -> bytes:
    return record("conversion", text.encode(), content_type="text/plain", url=url)


def members(*records: bytes) -> bytes:
    """The records gzipped one by one, as Common Crawl does."""
    return b"".join(gzip.compress(one) for one in records)
