"""Files into raw documents, each plain or gzipped where that is usual; `extract/` has the formats that are not text.

To add a format: write a function like `read_plain` and name its suffix in `READERS`.
"""

import codecs
import gzip
import json
import tomllib
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from soro.core.errors import SoroError
from soro.core.recipe import Source
from soro.corpus.extract.apart import read_pdf_apart
from soro.corpus.extract.docx import read_docx
from soro.corpus.extract.encodings import Decoded, decode
from soro.corpus.extract.epub import read_epub
from soro.corpus.extract.html import MAX_HTML_BYTES, read_html
from soro.corpus.extract.hub import is_hub, read_hub
from soro.corpus.extract.warc import read_warc
from soro.corpus.raw import Raw, Unreadable, megabytes, os_reason
from soro.corpus.verses import verses_of_pages

MAX_FILE_BYTES = 128 << 20  # of formats that are read whole
ROWS_AT_A_TIME = 500  # of a Parquet file
DAMAGE = (
    json.JSONDecodeError,
    tomllib.TOMLDecodeError,
    pa.ArrowInvalid,
    EOFError,
    KeyError,
    gzip.BadGzipFile,
    zlib.error,
)


def read_source(source: Source, root: Path) -> Iterator[Raw]:
    """Every raw document of a source, files in the order of their names.

    Raises SoroError when the path is not there or holds no file of a known format. A file that cannot be read becomes
    one Raw with `error`.
    """
    if is_hub(source.path):
        yield from read_hub(source.path, root, source.text_field)
        return
    for file, ref in source_files(source, root):
        yield from read_file(file, ref, source, root)


def source_files(source: Source, root: Path) -> list[tuple[Path, str]]:
    """(file, its name within the source) of every file of a source that is not a data set of the hub, in order of names.

    Raises SoroError when the path is not there or holds no file of a known format.
    """
    path = existing(root / source.path, source)
    files = [path] if path.is_file() else sorted(f for f in path.rglob("*") if f.is_file() and reader_of(f, source))
    if not files:
        raise SoroError(f"source {source.name!r}: no file of a known format in {path}; known are {', '.join(READERS)}")
    for file in files:
        if reader_of(file, source) is None:
            raise SoroError(f"source {source.name!r}: {file} has no known format; known are {', '.join(READERS)}")
    return [(file, file.name if path.is_file() else str(file.relative_to(path))) for file in files]


def read_file(file: Path, ref: str, source: Source, root: Path) -> Iterator[Raw]:
    """The documents of one file. What goes wrong on the way becomes a Raw with `error`, after the documents before it."""
    reader = READERS[format_of(file)]
    try:
        if source.format == "lines":
            yield from read_lines(file, ref, root / source.group_file if source.group_file else None)
        elif source.format == "paged-verse":
            decoded = read_text(file)
            yield from (Raw(ref=f"{ref}#{i}", text=t, note=decoded.note) for i, t in verses_of_pages(decoded.text))
        else:
            yield from reader(file, ref, source)
    except Unreadable as error:
        yield Raw(ref=ref, error=str(error))
    except DAMAGE as error:
        yield Raw(ref=ref, error=f"damaged: {type(error).__name__}: {error}")
    except OSError as error:  # gone or taken away since the folder was listed
        yield Raw(ref=ref, error=f"cannot be read: {os_reason(error)}")
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a parser written in Rust says that it has a bug
            raise
        yield Raw(ref=ref, error=f"the parser broke down: {error}")


def existing(path: Path, source: Source) -> Path:
    """`path`, a file or folder of `source`. Raises SoroError when it is not there."""
    if not path.exists():
        raise SoroError(
            f"source {source.name!r}: {path} is not there; give its folder with --data or SORO_DATA "
            "(docs/sources.md tells where to get it), or take the source out of the recipe"
        )
    return path


def open_bytes(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path)) if path.suffix.lower() == ".gz" else path.open("rb")


def read_bytes(path: Path, max_bytes: int = MAX_FILE_BYTES) -> bytes:
    """The bytes of a file, unpacked. Raises Unreadable when they are more than `max_bytes`."""
    with open_bytes(path) as file:
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise Unreadable(f"over the limit of {megabytes(max_bytes)}; divide the file")
    return data


def read_text(path: Path) -> Decoded:
    return decode(read_bytes(path))


def read_plain(path: Path, ref: str, source: Source) -> Iterator[Raw]:
    decoded = read_text(path)
    yield Raw(ref=ref, text=decoded.text, note=decoded.note)


def read_markdown(path: Path, ref: str, source: Source) -> Iterator[Raw]:
    """A Markdown file; TOML front matter between `+++` lines gives the title and does not enter the text."""
    decoded = read_text(path)
    text, title = decoded.text, ""
    if text.startswith("+++\n"):
        front, _, text = text[4:].partition("\n+++\n")
        title = str(tomllib.loads(front).get("title", ""))
    yield Raw(ref=ref, text=text, title=title, note=decoded.note)


def read_lines(path: Path, ref: str, group_file: Path | None) -> Iterator[Raw]:
    """One document a line, or one for each run of lines that share a line of `group_file`."""
    decoded = read_text(path)
    lines = decoded.text.removesuffix("\n").split("\n")
    groups = [str(i) for i in range(len(lines))]
    if group_file:
        groups = read_text(group_file).text.removesuffix("\n").split("\n")
    if len(groups) != len(lines):
        raise SoroError(f"{group_file} has {len(groups)} lines, {path} has {len(lines)}; they must go line by line")
    texts: dict[str, list[str]] = {}
    for group, line in zip(groups, lines, strict=True):
        texts.setdefault(group, []).append(line)
    for group, members in texts.items():
        yield Raw(ref=f"{ref}#{group}", text="\n".join(members), note=decoded.note)


def read_jsonl_file(path: Path, ref: str, source: Source) -> Iterator[Raw]:
    """One JSON object a line with a text field; `title` and `url` where given. A bad line costs that line."""
    with open_bytes(path) as file:
        for number, line in enumerate(file, 1):
            line = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
            if line.strip():
                yield read_json_line(line, f"{ref}#{number}", number, source.text_field)


def read_json_line(line: bytes, name: str, number: int, text_field: str) -> Raw:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return Raw(ref=name, error=f"line {number} is not UTF-8 (byte {error.start} of the line)")
    except json.JSONDecodeError as error:
        return Raw(ref=name, error=f"line {number} is not valid JSON ({error.msg})")
    except (RecursionError, ValueError) as error:
        return Raw(ref=name, error=f"line {number} is JSON that cannot be read ({error})")
    if isinstance(row, dict) and isinstance(row.get(text_field), str):
        return Raw(ref=name, text=row[text_field], title=str(row.get("title") or ""), url=str(row.get("url") or ""))
    return Raw(ref=name, error=f"line {number} has no field {text_field!r}")


def read_parquet(path: Path, ref: str, source: Source) -> Iterator[Raw]:
    """One document a row of the text column. Few rows are in memory at a time, however long the file."""
    number = 0
    with pq.ParquetFile(path, buffer_size=1 << 20) as file:
        if source.text_field not in file.schema_arrow.names:
            raise KeyError(source.text_field)
        columns = [name for name in file.schema_arrow.names if name in (source.text_field, "title", "url")]
        for batch in file.iter_batches(batch_size=ROWS_AT_A_TIME, columns=columns):
            for row in batch.to_pylist():
                number += 1
                title, url = str(row.get("title") or ""), str(row.get("url") or "")
                if isinstance(row[source.text_field], str):
                    yield Raw(ref=f"{ref}#{number}", text=row[source.text_field], title=title, url=url)
                else:
                    yield Raw(ref=f"{ref}#{number}", error=f"row {number} has no text in {source.text_field!r}")


def read_html_file(path: Path, ref: str, source: Source) -> Iterator[Raw]:
    page = read_html(read_bytes(path, MAX_HTML_BYTES))
    yield Raw(ref=ref, text=page.text, title=page.title, url=page.url, note=page.note)


def read_pdf_file(path: Path, ref: str, source: Source) -> Iterator[Raw]:
    yield from read_pdf_apart(packed_or_path(path), ref, source.lang)


def read_docx_file(path: Path, ref: str, source: Source) -> Iterator[Raw]:
    yield from read_docx(packed_or_path(path), ref)


def read_epub_file(path: Path, ref: str, source: Source) -> Iterator[Raw]:
    yield from read_epub(packed_or_path(path), ref)


def read_warc_file(path: Path, ref: str, source: Source) -> Iterator[Raw]:
    yield from read_warc(path, ref, source.lang)


def packed_or_path(path: Path) -> Path | bytes:
    """What a reader that seeks in its file takes: the file itself, or the bytes of a gzipped one."""
    return read_bytes(path) if path.suffix.lower() == ".gz" else path


Reader = Callable[[Path, str, Source], Iterator[Raw]]
READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".jsonl": read_jsonl_file,
    ".parquet": read_parquet,
    ".html": read_html_file,
    ".htm": read_html_file,
    ".xhtml": read_html_file,
    ".pdf": read_pdf_file,
    ".docx": read_docx_file,
    ".epub": read_epub_file,
    ".warc": read_warc_file,
    ".wet": read_warc_file,
}


def format_of(path: Path) -> str:
    """The ending that tells the format, small letters, `.gz` taken off."""
    return (path.with_suffix("").suffix if path.suffix.lower() == ".gz" else path.suffix).lower()


def reader_of(path: Path, source: Source) -> Reader | None:
    """The reader of a file, if it has one; lines and pages of verse are taken from plain text alone."""
    kind = format_of(path)
    return READERS.get(kind) if source.format == "auto" or kind == ".txt" else None
