"""WARC (web pages as they came) and WET (their text) as Common Crawl publishes them, read record by record.

fastwarc (Apache-2.0) reads the records; ISO 28500:2017 is the format. A file cut in the middle of a record gives every
record before the cut, and one `Raw` whose `error` says where it was cut.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from soro.core.errors import missing_extra
from soro.corpus.extract.apart import read_pdf_apart
from soro.corpus.extract.encodings import decode
from soro.corpus.extract.html import read_html
from soro.corpus.extract.http import parse_response
from soro.corpus.raw import Raw, Unreadable, megabytes

MAX_RECORD_BYTES = 64 << 20
BLOCK_BYTES = 1 << 20
HTML_TYPES = ("text/html", "application/xhtml+xml")
OK_STATUS = (200, 203, 206)


def read_warc(path: Path, ref: str, lang: str = "tgk") -> Iterator[Raw]:
    """Documents `ref#N`, N the number of the record from 1, with the address of each.

    Text comes from `conversion` records and from `response` and `resource` records that are HTML, plain text or PDF and
    were found (status 200); other records are no documents and are passed over.
    """
    with path.open("rb") as file:
        yield from read_records(file, path, ref, lang)


def read_records(file: BinaryIO, path: Path, ref: str, lang: str) -> Iterator[Raw]:
    iterator, wanted = open_archive(file)
    number, position = 0, 0
    while True:
        try:
            record = next(iterator, None)
        except Exception as error:  # OSError for a damaged header, others for damaged compression
            yield Raw(
                ref=f"{ref}#{number + 1}", error=f"damaged after record {number}: {error}; the records before are kept"
            )
            return
        if record is None:
            if place := unread_member(path, position):
                yield Raw(ref=f"{ref}#{number + 1}", error=f"the file is cut {place}; the records before are kept")
            return
        number += 1
        position = record.stream_pos
        name = f"{ref}#{number}"
        try:
            yield from read_record(record, name, lang) if record.record_type & wanted else checked_rest(record)
        except Unreadable as error:
            yield Raw(ref=name, url=record.headers.get("WARC-Target-URI") or "", error=str(error))


def open_archive(file: BinaryIO) -> tuple[Any, Any]:
    """(iterator over the records, types of record that may hold text)."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise missing_extra("fastwarc", "corpus") from error
    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    return iter(ArchiveIterator(file, parse_http=False)), wanted


def unread_member(path: Path, position: int) -> str:
    """Where a gzipped file was cut so early in a member that nothing of it could be unpacked; empty for a whole file.

    `position` is where the last record that was read begins; its member must end and nothing may follow it.
    """
    with path.open("rb") as file:
        file.seek(position)
        block = file.read(BLOCK_BYTES)
        if not block.startswith(b"\x1f\x8b"):
            return ""
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            while block and not unpacker.eof:
                unpacker.decompress(block, BLOCK_BYTES)
                block = unpacker.unconsumed_tail or unpacker.unused_data or file.read(BLOCK_BYTES)
        except zlib.error:
            return f"after byte {position:,}"
        return f"in the last {len(block):,} bytes" if unpacker.eof and block else ""


def read_record(record: Any, name: str, lang: str) -> Iterator[Raw]:
    """The documents of one record. Raises Unreadable when it is cut, too large, or gives no text."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    num_bytes = content_length(record)
    if num_bytes > MAX_RECORD_BYTES:
        raise Unreadable(f"a record of {megabytes(num_bytes)}, over the limit of {megabytes(MAX_RECORD_BYTES)}")
    kind, declared, body = payload(record, num_bytes)
    cut = f"cut short by the crawler ({why})" if (why := record.headers.get("WARC-Truncated")) else ""
    if kind in HTML_TYPES:
        page = read_html(body, declared=declared)
        yield Raw(ref=name, text=page.text, title=page.title, url=url, note="; ".join(filter(None, (page.note, cut))))
    elif kind == "text/plain":
        decoded = decode(body, declared)
        yield Raw(ref=name, text=decoded.text, url=url, note="; ".join(filter(None, (decoded.note, cut))))
    elif kind == "application/pdf":
        yield from (
            Raw(ref=part.ref, text=part.text, title=part.title, url=url, error=part.error, note=part.note)
            for part in read_pdf_apart(body, name, lang)
        )


def checked_rest(record: Any) -> Iterator[Raw]:
    """Nothing, after a look whether a record without text is whole. Raises Unreadable where the file ends in it."""
    num_bytes = content_length(record)
    num_read = record.reader.consume()
    if num_read < num_bytes:
        raise cut_record(record, num_bytes, num_read)
    return iter(())


def content_length(record: Any) -> int:
    """The length that the record's header gives. Raises Unreadable when the file ends inside the header."""
    given = record.headers.get("Content-Length") or ""
    if not given.strip().isdigit():
        raise Unreadable(
            f"the file is cut inside a record's header at byte {record.stream_pos:,}; the records before are kept"
        )
    return int(given)


def cut_record(record: Any, num_bytes: int, num_read: int) -> Unreadable:
    return Unreadable(
        f"the file is cut inside the record at byte {record.stream_pos:,}: {num_read:,} of {num_bytes:,} bytes are there; "
        "the records before are kept"
    )


def payload(record: Any, num_bytes: int) -> tuple[str, str, bytes]:
    """(media type, declared encoding, body); the type is empty for a page that was not found.

    Raises Unreadable when the file ends inside the record or its HTTP header is damaged.
    """
    raw = record.reader.read()
    if len(raw) < num_bytes:
        raise cut_record(record, num_bytes, len(raw))
    given = (record.headers.get("Content-Type") or "").lower()
    if given.startswith("application/http"):
        response = parse_response(raw)
        return (response.kind if response.status in OK_STATUS else ""), response.charset, response.body
    kind, _, rest = given.partition(";")
    return kind.strip(), rest.partition("charset=")[2], raw
