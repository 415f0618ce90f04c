"""HTTP responses as web archives keep them: status, type, encoding and the body, unpacked within a limit (RFC 9110, 9112)."""

import zlib
from dataclasses import dataclass

from soro.corpus.raw import Unreadable, megabytes

MAX_BODY_BYTES = 64 << 20


@dataclass(frozen=True, kw_only=True)
class Response:
    """What one response holds; `charset` is what its header declares."""

    status: int
    kind: str
    charset: str
    body: bytes


def parse_response(raw: bytes) -> Response:
    """Raises Unreadable when the header is no HTTP header or the body cannot be unpacked."""
    head, _, body = raw.partition(b"\r\n\r\n")
    if b"\r\n\r\n" not in raw and b"\n\n" in raw:
        head, _, body = raw.partition(b"\n\n")
    lines = head.decode("latin-1").splitlines()
    status = lines[0].split()[1:2] if lines else []
    if not lines or not lines[0].startswith("HTTP/") or not status or not (status[0].isascii() and status[0].isdigit()):
        raise Unreadable("the record holds no HTTP response")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = unchunked(body)
    body = unpacked(body, headers.get("content-encoding", "").lower())
    kind, _, rest = headers.get("content-type", "").partition(";")
    charset = rest.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    return Response(status=int(status[0][:4]), kind=kind.strip().lower(), charset=charset, body=body)


def unchunked(body: bytes) -> bytes:
    """The body without its chunk sizes; as it is where the crawler took them off and left the header."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at)
        size = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        try:
            num_bytes = int(size, 16) if size[:1].isalnum() else -1
        except ValueError:
            num_bytes = -1
        if num_bytes < 0:
            return b"".join(parts) if parts else body
        if num_bytes == 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + num_bytes])
        at = end + 2 + num_bytes + 2


def unpacked(body: bytes, coding: str) -> bytes:
    """The body without gzip, deflate or Brotli; as it is where the crawler unpacked it and left the header."""
    if coding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return inflated(body, zlib.MAX_WBITS | 16)
    if coding == "deflate":
        return inflated(body, zlib.MAX_WBITS if body[:1] == b"\x78" else -zlib.MAX_WBITS)
    if coding == "br":
        return unbrotlied(body)
    return body


def inflated(body: bytes, window_bits: int) -> bytes:
    unpacker = zlib.decompressobj(window_bits)
    try:
        data = unpacker.decompress(body, MAX_BODY_BYTES + 1)
    except zlib.error as error:
        raise Unreadable(f"the packed body is damaged ({error})") from error
    return within_limit(data)


def unbrotlied(body: bytes) -> bytes:
    import brotli  # comes with fastwarc

    unpacker = brotli.Decompressor()
    try:
        data = unpacker.process(body, output_buffer_limit=MAX_BODY_BYTES + 1)
    except brotli.error:
        return body  # no Brotli: the crawler unpacked it
    return within_limit(data)


def within_limit(data: bytes) -> bytes:
    if len(data) > MAX_BODY_BYTES:
        raise Unreadable(f"a packed body of over {megabytes(MAX_BODY_BYTES)}")
    return data
