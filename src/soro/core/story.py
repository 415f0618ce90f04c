"""An artifact's story for people: what made it, from what, with which counts and scores."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from soro.core.artifact import fingerprint, read_manifest
from soro.core.progress import format_seconds


def story(folder: Path) -> str:
    """The manifest of an artifact as indented text. Raises SoroError when it is not finished or damaged."""
    manifest = read_manifest(folder)
    size_mb = sum(entry["bytes"] for entry in manifest["files"].values()) / 1e6
    head = [
        f"{folder}: {manifest['kind']}, {len(manifest['files'])} files, {size_mb:,.1f} MB",
        f"made {manifest['finished_at']} in {format_seconds(manifest['wall_time_s'])}, seed {manifest['seed']}",
        f"fingerprint {fingerprint(folder)}",
    ]
    parts = ("inputs", "section", "counts", "scores", "versions")
    body = [line for part in parts if manifest[part] for line in [f"{part}:", *indented(manifest[part], "  ")]]
    return "\n".join(head + body)


def indented(value: Any, margin: str) -> Iterator[str]:
    items = value.items() if isinstance(value, Mapping) else enumerate(value)
    for key, item in items:
        if isinstance(item, Mapping | list) and item:
            yield f"{margin}{key}:"
            yield from indented(item, margin + "  ")
        else:
            shown = f"{item:,}" if isinstance(item, int) and not isinstance(item, bool) else item
            yield f"{margin}{key}: {shown}"
