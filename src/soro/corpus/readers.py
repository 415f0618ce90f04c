"""Files into raw documents: `.txt`, `.md`, `.jsonl`, `.parquet`, each plain or gzipped where that is usual.

To add a format: write a function like `read_plain` and name its suffix in `READERS`.
"""

import codecs
import gzip
import json
import tomllib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from soro.core.errors import SoroError
from soro.core.recipe import Source
from soro.corpus.verses import verses_of_pages


@dataclass(frozen=True, kw_only=True)
class Raw:
    """A document as it stands in its file; `ref` names it within its source. `error` is set where it cannot be read."""

    ref: str
    text: str = ""
    title: str = ""
    url: str = ""
    error: str = ""


def read_source(source: Source, root: Path) -> Iterator[Raw]:
    """Every raw document of a source, files in the order of their names.

    Raises SoroError when the path is not there or holds no file of a known format. A file that cannot be read becomes
    one Raw with `error`.
    """
    path = existing(root / source.path, source)
    files = [path] if path.is_file() else sorted(f for f in path.rglob("*") if f.is_file() and reader_of(f, source))
    if not files:
        raise SoroError(f"source {source.name!r}: no file of a known format in {path}; known are {', '.join(READERS)}")
    for file in files:
        reader = reader_of(file, source)
        if reader is None:
            raise SoroError(f"source {source.name!r}: {file} has no known format; known are {', '.join(READERS)}")
        ref = file.name if path.is_file() else str(file.relative_to(path))
        try:
            if source.format == "lines":
                yield from read_lines(file, ref, root / source.group_file if source.group_file else None)
            elif source.format == "paged-verse":
                yield from (Raw(ref=f"{ref}#{i}", text=text) for i, text in verses_of_pages(read_text(file)))
            else:
                yield from reader(file, ref, source.text_field)
        except UnicodeDecodeError as error:
            yield Raw(ref=ref, error=f"not UTF-8 (byte {error.start}); convert it, for example with iconv")
        except (
            json.JSONDecodeError,
            tomllib.TOMLDecodeError,
            pa.ArrowInvalid,
            EOFError,
            KeyError,
            gzip.BadGzipFile,
            zlib.error,
        ) as error:
            yield Raw(ref=ref, error=f"damaged: {type(error).__name__}: {error}")


def existing(path: Path, source: Source) -> Path:
    """`path`, a file or folder of `source`. Raises SoroError when it is not there."""
    if not path.exists():
        raise SoroError(
            f"source {source.name!r}: {path} is not there; give its folder with --data or SORO_DATA "
            "(docs/sources.md tells where to get it), or take the source out of the recipe"
        )
    return path


def read_bytes(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def read_text(path: Path) -> str:
    return read_bytes(path).decode("utf-8-sig")


def read_plain(path: Path, ref: str, text_field: str) -> Iterator[Raw]:
    yield Raw(ref=ref, text=read_text(path))


def read_markdown(path: Path, ref: str, text_field: str) -> Iterator[Raw]:
    """A Markdown file; TOML front matter between `+++` lines gives the title and does not enter the text."""
    text = read_text(path)
    title = ""
    if text.startswith("+++\n"):
        front, _, text = text[4:].partition("\n+++\n")
        title = str(tomllib.loads(front).get("title", ""))
    yield Raw(ref=ref, text=text, title=title)


def read_lines(path: Path, ref: str, group_file: Path | None) -> Iterator[Raw]:
    """One document a line, or one for each run of lines that share a line of `group_file`."""
    lines = read_text(path).removesuffix("\n").split("\n")
    groups = read_text(group_file).removesuffix("\n").split("\n") if group_file else [str(i) for i in range(len(lines))]
    if len(groups) != len(lines):
        raise SoroError(f"{group_file} has {len(groups)} lines, {path} has {len(lines)}; they must go line by line")
    texts: dict[str, list[str]] = {}
    for group, line in zip(groups, lines, strict=True):
        texts.setdefault(group, []).append(line)
    for group, members in texts.items():
        yield Raw(ref=f"{ref}#{group}", text="\n".join(members))


def read_jsonl_file(path: Path, ref: str, text_field: str) -> Iterator[Raw]:
    """One JSON object a line with a text field; `title` and `url` where given. A bad line costs that line."""
    for number, line in enumerate(read_bytes(path).removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        if not line.strip():
            continue
        name = f"{ref}#{number}"
        try:
            row = json.loads(line.decode("utf-8"))
        except UnicodeDecodeError as error:
            yield Raw(ref=name, error=f"line {number} is not UTF-8 (byte {error.start} of the line)")
            continue
        except json.JSONDecodeError as error:
            yield Raw(ref=name, error=f"line {number} is not valid JSON ({error.msg})")
            continue
        if isinstance(row, dict) and isinstance(row.get(text_field), str):
            yield Raw(ref=name, text=row[text_field], title=str(row.get("title") or ""), url=str(row.get("url") or ""))
        else:
            yield Raw(ref=name, error=f"line {number} has no field {text_field!r}")


def read_parquet(path: Path, ref: str, text_field: str) -> Iterator[Raw]:
    """One document a row of the text column."""
    number = 0
    for batch in pq.ParquetFile(path).iter_batches():
        for row in batch.to_pylist():
            number += 1
            title, url = str(row.get("title") or ""), str(row.get("url") or "")
            if isinstance(row[text_field], str):
                yield Raw(ref=f"{ref}#{number}", text=row[text_field], title=title, url=url)
            else:
                yield Raw(ref=f"{ref}#{number}", error=f"row {number} has no text in {text_field!r}")


Reader = Callable[[Path, str, str], Iterator[Raw]]
READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".jsonl": read_jsonl_file,
    ".parquet": read_parquet,
}


def reader_of(path: Path, source: Source) -> Reader | None:
    suffix = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    return READERS.get(suffix)
