"""SHA256SUMS as `sha256sum -c` reads it: one `HASH  NAME` a line, over every file but itself and the manifest."""

import re
from pathlib import Path

from soro.core.artifact import MANIFEST, ORDER, walk
from soro.core.errors import SoroError
from soro.core.files import sha256_of_file, write_atomic

SHA256SUMS = "SHA256SUMS"
LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


def write_sums(folder: Path) -> None:
    """Hash every file of `folder` into its SHA256SUMS."""
    names = [name for name in names_of(folder) if name not in (SHA256SUMS, MANIFEST, ORDER)]
    write_atomic(folder / SHA256SUMS, "".join(f"{sha256_of_file(folder / name)}  {name}\n" for name in names))


def read_sums(path: Path) -> dict[str, str]:
    """Hash by name. Raises SoroError naming the first line that is none."""
    sums = {}
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        match = LINE.fullmatch(line)
        if match is None:
            raise SoroError(f"{path}, line {number}: not of the form `HASH  NAME`; the file is damaged, copy it again")
        sums[match.group(2)] = match.group(1)
    return sums


def names_of(folder: Path) -> list[str]:
    """Every file below `folder`, relative to it, sorted."""
    return [path.relative_to(folder).as_posix() for path in walk(folder)]
