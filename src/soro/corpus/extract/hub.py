"""A data set of the Hugging Face hub by its name, read row by row with the `datasets` library.

The path of such a source is an address: `hf://OWNER/NAME`, with `?config=…&split=…&revision=…` where needed. A folder of
that name under the data root is read instead, so that a copy without the internet works the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from soro.core.errors import SoroError, missing_extra
from soro.corpus.raw import Raw

SCHEME = "hf://"
KEYS = ("config", "split", "revision")


@dataclass(frozen=True, kw_only=True)
class Address:
    """A data set: its name (or folder), and which part of it."""

    name: str
    config: str = ""
    split: str = "train"
    revision: str = ""


def is_hub(path: str) -> bool:
    return path.startswith(SCHEME)


def parse_address(path: str) -> Address:
    """Raises SoroError for an address without a name or with a key that is not known."""
    parts = urlsplit(path)
    pairs = dict(parse_qsl(parts.query))
    name = (parts.netloc + parts.path).strip("/") if parts.netloc else parts.path.rstrip("/")
    unknown = sorted(set(pairs) - set(KEYS))
    if not name or unknown:
        what = f"has the unknown key {unknown[0]!r}" if unknown else "names no data set"
        raise SoroError(f"source path {path!r} {what}; write hf://OWNER/NAME?config=…&split=…&revision=…")
    return Address(name=name, **pairs)


def read_hub(path: str, root: Path | None, text_field: str) -> Iterator[Raw]:
    """One document a row, `ref` the name and the number of the row from 1; `title` and `url` where the row has them.

    Raises SoroError when the library is missing, the hub cannot be reached, or there is no such data set or column. A row
    without text is one Raw with `error`, and so is the row at which the connection breaks off.
    """
    address = parse_address(path)
    rows = iter(open_rows(address, root))
    number = 0
    while True:
        try:
            row = next(rows, None)
        except Exception as error:  # the library lets through what its readers and the network raise
            reason = (
                f"broke off after row {number} ({type(error).__name__}: {first_line(error)}); the rows before are kept"
            )
            yield Raw(ref=f"{address.name}#{number + 1}", error=reason)
            return
        if row is None:
            return
        number += 1
        ref = f"{address.name}#{number}"
        if isinstance(row.get(text_field), str):
            yield Raw(ref=ref, text=row[text_field], title=str(row.get("title") or ""), url=str(row.get("url") or ""))
        else:
            yield Raw(ref=ref, error=f"row {number} has no text in {text_field!r}; its columns are {sorted(row)}")


def open_rows(address: Address, root: Path | None) -> Any:
    """The rows of a data set, streamed. Raises SoroError saying what to do."""
    try:
        import datasets
    except ImportError as error:
        raise missing_extra("datasets", "corpus") from error
    local = (root / address.name) if root is not None else Path(address.name)
    name = str(local) if local.is_dir() else address.name
    try:
        return datasets.load_dataset(
            name,
            address.config or None,
            split=address.split,
            revision=address.revision or None if not local.is_dir() else None,
            streaming=True,
        )
    except Exception as error:  # the library and the hub's client have no common class of errors
        raise SoroError(
            f"data set {address.name!r} cannot be opened ({type(error).__name__}: {first_line(error)}); check the name, the "
            f"config and the split, and the connection to the hub, or put a copy into {local}"
        ) from error


def first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0][:300]
