import gzip
import zlib

import pytest

from soro.corpus.extract.http import parse_response
from soro.corpus.raw import Unreadable


def raw(body: bytes, headers: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=windows-1251\r\n{headers}\r\n\r\n".encode() + body


def test_status_type_and_encoding() -> None:
    response = parse_response(raw(b"abc", "X: y"))
    assert (response.status, response.kind, response.charset, response.body) == (
        200,
        "text/html",
        "windows-1251",
        b"abc",
    )


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(b"abcdef"), "Content-Encoding: gzip"),
        (zlib.compress(b"abcdef"), "Content-Encoding: deflate"),
        (zlib.compress(b"abcdef")[2:-4], "Content-Encoding: deflate"),
        (b"3\r\nabc\r\n3;x=y\r\ndef\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
        (b"abcdef", "Content-Encoding: gzip"),  # the crawler unpacked it and left the header
        (b"abcdef", "Content-Encoding: br"),
    ],
)
def test_packed_bodies_are_unpacked(body: bytes, headers: str) -> None:
    assert parse_response(raw(body, headers)).body == b"abcdef"


def test_brotli_is_unpacked() -> None:
    brotli = pytest.importorskip("brotli")
    assert parse_response(raw(brotli.compress(b"abcdef"), "Content-Encoding: br")).body == b"abcdef"


def test_what_is_no_response_and_what_is_a_bomb() -> None:
    with pytest.raises(Unreadable, match="no HTTP response"):
        parse_response(b"hello\r\n\r\n")
    with pytest.raises(Unreadable, match="damaged"):
        parse_response(raw(b"\x1f\x8b" + b"x" * 50, "Content-Encoding: gzip"))
    with pytest.raises(Unreadable, match=r"over 64\.0 MB"):
        parse_response(raw(gzip.compress(bytes(65 << 20), 1), "Content-Encoding: gzip"))
