"""Files written whole or not at all, and their hashes."""

import errno
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from soro.core.errors import SoroError


def sha256_of_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def sha256_of_json(value: Any) -> str:
    """Hash of a JSON value in its canonical form (sorted keys, no spaces)."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def write_atomic(path: Path, data: bytes | str) -> None:
    """Write `data` beside `path`, flush it to the disk, rename it over `path`.

    Raises SoroError when the disk is full; `path` then still holds what it held before.
    """
    temporary = path.with_name(path.name + ".tmp")
    raw = data.encode() if isinstance(data, str) else data
    try:
        temporary.write_bytes(raw)
        sync_and_rename(temporary, path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise disk_error(error, path) from error


def sync_and_rename(temporary: Path, path: Path) -> None:
    """Flush a written file to the disk, then rename it, so that a power cut leaves the old file or the new one."""
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    temporary.replace(path)


def disk_error(error: OSError, path: Path) -> SoroError | OSError:
    """The error to raise for a failed write: a full disk gets a sentence, anything else stays as it is."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return SoroError(f"the disk is full while writing {path}; free some space and run the same command again")
    return error


def write_json(path: Path, value: Any) -> None:
    write_atomic(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise SoroError(f"{path} is not valid JSON ({error}); the file is damaged, build it again") from error


def write_jsonl(path: Path, rows: Iterable[Any]) -> None:
    write_atomic(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


class JsonLines:
    """A JSONL file written line by line beside its name, and renamed when it is whole. Raises SoroError when the disk is full."""

    def __init__(self, path: Path) -> None:
        self.path, self.temporary = path, path.with_name(path.name + ".tmp")

    def __enter__(self) -> "JsonLines":
        self.file = self.temporary.open("w", encoding="utf-8")
        return self

    def add(self, row: Any) -> None:
        try:
            self.file.write(json.dumps(row, ensure_ascii=False) + "\n")
        except OSError as error:
            raise disk_error(error, self.path) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.file.close()
            if kind is None:
                sync_and_rename(self.temporary, self.path)
        except OSError as problem:
            raise disk_error(problem, self.path) from problem
        finally:
            self.temporary.unlink(missing_ok=True)


def read_jsonl(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield (line number from 1, value) of a JSONL file, blank lines passed over."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    try:
                        yield number, json.loads(line)
                    except json.JSONDecodeError as error:
                        raise SoroError(
                            f"{path}, line {number}: not valid JSON ({error.msg}); mend that line"
                        ) from error
    except UnicodeDecodeError as error:
        raise SoroError(f"{path} is not UTF-8 (byte {error.start}); convert it, for example with iconv") from error


def is_heldout(key: str, fraction: float) -> bool:
    """Whether what `key` names is held out; decided by the key alone, so more data never moves it."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") < fraction * 2**64
