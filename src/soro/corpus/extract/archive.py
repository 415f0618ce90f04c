"""Members of a ZIP archive (DOCX, EPUB) and their XML, with limits against bombs.

What an archive says of its sizes is not trusted: bytes are counted as they unpack. XML is read with defusedxml, which
takes no external entities and refuses a document that defines its own.
"""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from soro.core.errors import missing_extra
from soro.corpus.raw import Unreadable, megabytes

MAX_MEMBER_BYTES = 64 << 20
MAX_TOTAL_BYTES = 256 << 20
MAX_MEMBERS = 20_000
MAX_RATIO = 200  # unpacked to packed; XML of real documents packs 5 to 50 times
MIN_RATIO_BYTES = 1 << 20  # below this a high ratio does no harm


class Archive:
    """An open ZIP archive that counts what it has unpacked. Raises Unreadable for whatever is wrong with it."""

    def __init__(self, source: Path | bytes) -> None:
        self.num_unpacked = 0
        try:
            self.file = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise Unreadable(f"not a whole ZIP archive ({error})") from error
        if len(self.file.infolist()) > MAX_MEMBERS:
            raise Unreadable(f"an archive of {len(self.file.infolist()):,} members, over the limit of {MAX_MEMBERS:,}")

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __contains__(self, name: str) -> bool:
        return name in self.file.NameToInfo

    def read(self, name: str) -> bytes:
        """The bytes of one member. Raises Unreadable when it is missing, damaged, encrypted, or a bomb."""
        try:
            info = self.file.getinfo(name)
            if info.flag_bits & 1:
                raise Unreadable(f"{name} is encrypted")
            limit = min(MAX_MEMBER_BYTES, MAX_TOTAL_BYTES - self.num_unpacked)
            limit = min(limit, max(MIN_RATIO_BYTES, MAX_RATIO * info.compress_size))
            with self.file.open(info) as member:
                data = member.read(limit + 1)
        except KeyError as error:
            raise Unreadable(f"the archive lacks {name}") from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            lzma.LZMAError,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise Unreadable(f"{name} is damaged ({error})") from error
        if len(data) > limit:
            raise Unreadable(
                f"a ZIP bomb: {name} unpacks to over {megabytes(limit)} from {info.compress_size:,} bytes "
                f"(limits: {MAX_RATIO} times, {megabytes(MAX_MEMBER_BYTES)} a member)"
            )
        self.num_unpacked += len(data)
        return data

    def elements(self, name: str) -> Iterator[tuple[str, Element]]:
        """`(event, element)` of an XML member, events `start` and `end`. Raises Unreadable for XML that is not whole."""
        defused: Any = import_defused()
        data = self.read(name)
        try:
            yield from defused.iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True)
        except ParseError as error:
            raise Unreadable(f"{name} is damaged XML ({error})") from error
        except (defused_error(), ValueError, LookupError) as error:
            raise Unreadable(f"{name} holds XML that is refused ({error})") from error


def import_defused() -> Any:
    try:
        import defusedxml.ElementTree
    except ImportError as error:
        raise missing_extra("defusedxml", "corpus") from error
    return defusedxml.ElementTree


def defused_error() -> type[Exception]:
    from defusedxml.common import DefusedXmlException

    return DefusedXmlException  # type: ignore[no-any-return]


def local(name: Any) -> str:
    """`{namespace}name` -> `name`; empty for comments."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""
