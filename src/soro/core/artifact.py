"""Artifact folders: how stages meet on disk.

An artifact is a folder with `manifest.json`. It is written as `NAME.partial`, the manifest last, then renamed, so a
folder without a manifest is not finished and nobody reads it. What makes it (recipe section, seed, inputs) is its
order: the same order again is skipped, another one is refused with the fields that differ.
"""

import json
import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from soro import __version__
from soro.core.errors import SoroError
from soro.core.files import read_json, sha256_of_file, sha256_of_json, write_json
from soro.core.progress import say

SCHEMA_VERSION = 1
MANIFEST = "manifest.json"
ORDER = "order.json"
WORK = "work"  # a folder for finished pieces of an unfinished run; it goes when the artifact is published
VOLATILE_KEYS = ("wall_time_s", "finished_at", "volatile_files")


@dataclass(frozen=True, kw_only=True)
class Order:
    """What a stage is asked to make: the section of the recipe, the seed, and the input files and artifacts by name."""

    kind: str
    out: Path
    section: Mapping[str, Any]
    seed: int
    inputs: Mapping[str, Path] = field(default_factory=dict)

    @property
    def partial(self) -> Path:
        return self.out.with_name(self.out.name + ".partial")

    def identity(self) -> dict[str, Any]:
        """The JSON value that decides whether two orders are the same."""
        return {
            "kind": self.kind,
            "schema_version": SCHEMA_VERSION,
            "section": json.loads(json.dumps(self.section)),  # tuples become lists, as a manifest has them
            "seed": self.seed,
            "inputs": {name: fingerprint(path) for name, path in sorted(self.inputs.items())},
        }


def fingerprint(path: Path) -> str:
    """Hash that stands for an input: of an artifact its manifest without clock times, of a file or folder its bytes.

    Raises SoroError when the input is not there or is an artifact that was not finished.
    """
    if (path / MANIFEST).is_file() and "schema_version" in (manifest := read_json(path / MANIFEST)):
        return sha256_of_json({key: value for key, value in manifest.items() if key not in VOLATILE_KEYS})
    if path.is_file():
        return sha256_of_file(path)
    if path.with_name(path.name + ".partial").is_dir() and not path.is_dir():
        raise SoroError(f"{path} is not finished (only its .partial folder is there); run the stage that makes it")
    if path.is_dir():
        return sha256_of_json({str(f.relative_to(path)): sha256_of_file(f) for f in walk(path)})
    raise SoroError(f"{path} is not there; run the stage that makes it, or mend the path in the recipe")


def walk(folder: Path) -> list[Path]:
    """Every file below `folder`, in an order that does not depend on the file system."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def differences(old: Any, new: Any, where: str = "") -> list[str]:
    """The leaves in which two JSON values differ, as `section.seq_len: 256 -> 512`."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        keys = [*old, *(key for key in new if key not in old)]
        return [
            line
            for key in keys
            for line in differences(old.get(key), new.get(key), f"{where}.{key}" if where else str(key))
        ]
    return [] if old == new else [f"{where}: {short(old)} -> {short(new)}"]


def short(value: Any, max_chars: int = 80) -> str:
    text = repr(value)
    return text if len(text) <= max_chars else text[: max_chars - 1] + "…"


class ArtifactWriter:
    """The `.partial` folder of one order, and the step that makes it an artifact."""

    def __init__(self, order: Order, identity: dict[str, Any]) -> None:
        self.order, self.identity = order, identity
        self.path = order.partial
        self.start_s = time.monotonic()

    def finish(
        self,
        *,
        counts: Mapping[str, Any],
        scores: Mapping[str, Any] | None = None,
        packages: Iterable[str] = (),
        volatile_files: Iterable[str] = (),
    ) -> Path:
        """Write the manifest and rename the folder; `volatile_files` (clock times) are listed without a hash."""
        volatile = sorted(name for name in volatile_files if (self.path / name).exists())
        files = {
            str(path.relative_to(self.path)): {"bytes": path.stat().st_size, "sha256": sha256_of_file(path)}
            for path in walk(self.path)
            if str(path.relative_to(self.path)) not in (ORDER, *volatile)
            and path.relative_to(self.path).parts[0] != WORK
        }
        write_json(
            self.path / MANIFEST,
            {
                **self.identity,
                "counts": dict(counts),
                "scores": dict(scores or {}),
                "files": files,
                "versions": {"soro": __version__, **{name: metadata.version(name) for name in sorted(packages)}},
                "volatile_files": volatile,
                "wall_time_s": round(time.monotonic() - self.start_s, 1),
                "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
            },
        )
        return self.publish()

    def publish(self) -> Path:
        """Rename a folder whose manifest is written; a run killed before this step needs nothing else."""
        shutil.rmtree(self.path / WORK, ignore_errors=True)
        (self.path / ORDER).unlink(missing_ok=True)
        self._replace_finished()
        say(f"{self.order.kind}: wrote {self.order.out}")
        return self.order.out

    def _replace_finished(self) -> None:
        if (self.order.out / MANIFEST).exists():  # --force: the old artifact stays until the new one is whole
            old = self.order.out.with_name(f".{self.order.out.name}.replaced")
            shutil.rmtree(old, ignore_errors=True)
            self.order.out.replace(old)
            self.path.replace(self.order.out)
            shutil.rmtree(old)
        else:
            if self.order.out.exists():
                self.order.out.rmdir()  # empty, as _state has seen
            self.path.replace(self.order.out)


def begin(order: Order, *, force: bool = False) -> ArtifactWriter | None:
    """Open the `.partial` folder of an order, keeping what an interrupted run of the same order left in it.

    Returns None when the artifact is already there and was made by the same order. Raises SoroError when it, or the
    interrupted run, was made by another one and `force` is not given.
    """
    identity = order.identity()
    state = _state(order, identity, force)
    if state == "skip":
        say(f"{order.kind}: {order.out} is up to date")
        return None
    if state == "new":
        shutil.rmtree(order.partial, ignore_errors=True)
        order.partial.mkdir(parents=True)
        write_json(order.partial / ORDER, identity)
        return ArtifactWriter(order, identity)
    if (order.partial / MANIFEST).exists():
        ArtifactWriter(order, identity).publish()
        return None
    say(f"{order.kind}: going on with {order.partial}")
    return ArtifactWriter(order, identity)


def plan(order: Order, *, force: bool = False) -> str:
    """What `begin` would do, as one word: skip, resume or new. Raises SoroError where it would refuse."""
    return _state(order, order.identity(), force)


def _state(order: Order, identity: dict[str, Any], force: bool) -> str:
    manifest, interrupted = order.out / MANIFEST, _interrupted(order, identity)
    if order.out.exists() and not manifest.exists() and any(order.out.iterdir()):
        raise SoroError(f"{order.out} exists and is not an artifact of Soro; choose another --out")
    if manifest.exists() and not force:
        old = {key: value for key, value in read_json(manifest).items() if key in identity}
        _refuse_other(order.out, old, identity)
        return "skip"
    if interrupted is not None and not force:
        _refuse_other(order.partial, interrupted, identity)
    return "resume" if interrupted == identity else "new"


def _interrupted(order: Order, identity: dict[str, Any]) -> dict[str, Any] | None:
    """The identity of the order that left the `.partial` folder; None when there is none.

    Raises SoroError when the folder holds anything that Soro did not begin.
    """
    for name in (ORDER, MANIFEST):  # the manifest alone: killed just before the rename
        if (order.partial / name).exists():
            return {key: value for key, value in read_json(order.partial / name).items() if key in identity}
    if order.partial.exists() and any(path.name != ORDER + ".tmp" for path in order.partial.iterdir()):
        raise SoroError(f"{order.partial} exists and was not begun by Soro; move it away or choose another --out")
    return None


def _refuse_other(path: Path, old: dict[str, Any], new: dict[str, Any]) -> None:
    lines = differences(old, new)
    if lines:
        raise SoroError(
            f"{path} was made by another order; these fields differ:\n  "
            + "\n  ".join(lines)
            + "\nuse --force to build it anew, or --out for another folder"
        )


def read_manifest(path: Path, kind: str | None = None) -> dict[str, Any]:
    """The manifest of a finished artifact, after a look at the sizes of its files.

    Raises SoroError when there is none, when it is of another kind, or when a file is missing or cut short.
    """
    if not (path / MANIFEST).is_file():
        raise SoroError(f"{path} has no {MANIFEST}: it is not a finished artifact; run the stage that makes it")
    manifest: dict[str, Any] = read_json(path / MANIFEST)
    if kind is not None and manifest["kind"] != kind:
        raise SoroError(f"{path} is an artifact of kind {manifest['kind']!r}, wanted is {kind!r}")
    for name, entry in manifest["files"].items():
        file = path / name
        found = file.stat().st_size if file.is_file() else None
        if found != entry["bytes"]:
            state = "missing" if found is None else f"{found} bytes long, should be {entry['bytes']}"
            raise SoroError(f"{file} is {state}; build the stage {manifest['kind']!r} again with --force")
    return manifest
