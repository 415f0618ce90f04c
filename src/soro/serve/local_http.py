"""A small HTTP/1.1 client over a Unix socket, for talking to the engine in the same process.

Leaving the context closes the connection, and a closed connection is how the engine learns to stop an answer.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A reply whose body is still on its way."""

    status: int
    headers: dict[str, str]
    reader: asyncio.StreamReader

    async def blocks(self) -> AsyncIterator[bytes]:
        """The body in the blocks in which it comes. Raises asyncio.IncompleteReadError when it breaks off."""
        if self.headers.get("transfer-encoding") != "chunked":
            yield await self.reader.readexactly(int(self.headers.get("content-length", "0")))
            return
        while num_bytes := int((await self.reader.readline()).split(b";")[0] or b"0", 16):
            yield await self.reader.readexactly(num_bytes)
            await self.reader.readexactly(2)

    async def json(self) -> Any:
        """The whole body as a JSON value; bytes that are not UTF-8 are replaced."""
        return json.loads(b"".join([block async for block in self.blocks()]).decode("utf-8", "replace"))

    async def events(self) -> AsyncIterator[Any]:
        """The JSON values of a server-sent event stream."""
        rest = b""
        async for block in self.blocks():
            *lines, rest = (rest + block).split(b"\n")
            for line in lines:
                if line.startswith(b"data: ") and line != b"data: [DONE]":
                    yield json.loads(line[6:].decode("utf-8", "replace"))


@asynccontextmanager
async def open_reply(socket_file: Path, path: str, body: Any = None) -> AsyncIterator[Reply]:
    """POST `body` as JSON (GET when it is None). Raises OSError when nobody listens on `socket_file`."""
    reader, writer = await asyncio.open_unix_connection(str(socket_file), limit=1 << 20)
    try:
        raw = b"" if body is None else json.dumps(body).encode()
        method = "GET" if body is None else "POST"
        head = f"{method} {path} HTTP/1.1\r\nHost: engine\r\nConnection: close\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(raw)}\r\n\r\n"
        writer.write(head.encode() + raw)
        await writer.drain()
        status = int((await reader.readline()).split()[1])
        headers = {}
        while line := (await reader.readline()).strip().decode("latin-1"):
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip().lower()
        yield Reply(status=status, headers=headers, reader=reader)
    finally:
        writer.transport.abort()
