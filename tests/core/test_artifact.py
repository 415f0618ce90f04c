import errno
from pathlib import Path

import pytest

from soro.core import files
from soro.core.artifact import Order, begin, fingerprint, plan, read_manifest
from soro.core.errors import SoroError
from soro.core.files import write_atomic


def order_of(folder: Path, *, seq_len: int = 256, seed: int = 1) -> Order:
    source = folder / "source.txt"
    source.write_text("text")
    return Order(
        kind="corpus",
        out=folder / "out",
        section={"seq_len": seq_len, "sources": ({"name": "a"},)},
        seed=seed,
        inputs={"source": source},
    )


def finished(order: Order) -> Path:
    writer = begin(order)
    assert writer is not None
    (writer.path / "data.txt").write_text("ғӣқӯҳҷ")
    return writer.finish(counts={"num_documents": 1})


def test_an_artifact_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    order = order_of(tmp_path)
    writer = begin(order)
    assert writer is not None and writer.path.name == "out.partial" and not order.out.exists()
    writer.finish(counts={})
    assert order.out.is_dir() and not order.partial.exists()


def test_the_same_order_is_skipped(tmp_path: Path) -> None:
    order = order_of(tmp_path)
    finished(order)
    assert plan(order) == "skip"
    assert begin(order) is None


def test_another_order_is_refused_with_the_fields_that_differ(tmp_path: Path) -> None:
    finished(order_of(tmp_path))
    with pytest.raises(SoroError, match=r"section.seq_len: 256 -> 512") as caught:
        begin(order_of(tmp_path, seq_len=512))
    assert "--force" in str(caught.value)


def test_a_changed_input_is_refused(tmp_path: Path) -> None:
    order = order_of(tmp_path)
    finished(order)
    (tmp_path / "source.txt").write_text("other text")
    with pytest.raises(SoroError, match=r"inputs.source"):
        begin(order)


def test_force_keeps_the_old_artifact_until_the_new_one_is_whole(tmp_path: Path) -> None:
    finished(order_of(tmp_path))
    writer = begin(order_of(tmp_path, seq_len=512), force=True)
    assert writer is not None
    assert read_manifest(tmp_path / "out")["section"] == {"seq_len": 256, "sources": [{"name": "a"}]}
    writer.finish(counts={})
    assert read_manifest(tmp_path / "out")["section"] == {"seq_len": 512, "sources": [{"name": "a"}]}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "source.txt"]


def test_an_interrupted_run_of_another_order_is_not_overwritten(tmp_path: Path) -> None:
    begin(order_of(tmp_path))
    with pytest.raises(SoroError, match=r"out.partial was made by another order"):
        begin(order_of(tmp_path, seed=2))


def test_an_interrupted_run_of_the_same_order_keeps_its_files(tmp_path: Path) -> None:
    writer = begin(order_of(tmp_path))
    assert writer is not None
    (writer.path / "half").write_text("done so far")
    again = begin(order_of(tmp_path))
    assert again is not None and (again.path / "half").read_text() == "done so far"


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("years of work")
    with pytest.raises(SoroError, match="not an artifact of Soro"):
        begin(order_of(tmp_path), force=True)
    assert (tmp_path / "out" / "thesis.txt").exists()


def test_a_file_cut_short_is_found(tmp_path: Path) -> None:
    out = finished(order_of(tmp_path))
    (out / "data.txt").write_bytes(b"x")
    with pytest.raises(SoroError, match=r"data.txt is 1 bytes long, should be 12"):
        read_manifest(out)


def test_an_unfinished_input_is_named(tmp_path: Path) -> None:
    begin(order_of(tmp_path))
    with pytest.raises(SoroError, match="is not finished"):
        fingerprint(tmp_path / "out")


def test_fingerprint_leaves_clock_times_out(tmp_path: Path) -> None:
    out = finished(order_of(tmp_path))
    before = fingerprint(out)
    manifest = read_manifest(out)
    files.write_json(out / "manifest.json", {**manifest, "wall_time_s": 99.0, "finished_at": "later"})
    assert fingerprint(out) == before
    files.write_json(out / "manifest.json", {**manifest, "counts": {"num_documents": 2}})
    assert fingerprint(out) != before


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.txt"
    write_atomic(path, "old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(SoroError, match="the disk is full while writing"):
        write_atomic(path, "new")
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_a_run_killed_between_manifest_and_rename_needs_only_the_rename(tmp_path: Path) -> None:
    order = order_of(tmp_path)
    out = finished(order)
    out.rename(order.partial)
    assert plan(order) == "resume"
    assert begin(order) is None
    assert read_manifest(out)["counts"] == {"num_documents": 1} and not order.partial.exists()


def test_a_partial_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    order = order_of(tmp_path)
    order.partial.mkdir()
    (order.partial / "thesis.txt").write_text("years of work")
    with pytest.raises(SoroError, match="was not begun by Soro"):
        begin(order, force=True)
