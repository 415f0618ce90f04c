"""The corpus in pieces: the same bytes however it is run, and nothing lost or half-written when it is stopped."""

import errno
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest

from soro.core.artifact import read_manifest
from soro.core.errors import SoroError
from soro.core.files import read_jsonl
from soro.core.story import story
from soro.corpus import judging, pieces, reading
from soro.corpus.ray_cluster import judge_with_ray
from soro.corpus.workers import Workers, default_workers
from soro.tajik.words import words_of
from tests.corpus import engine_case
from tests.corpus.engine_case import FILES, ITEMS, build, write_data


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_data(tmp_path_factory.mktemp("engine") / "data")


@pytest.fixture(scope="module")
def undisturbed(data: Path) -> Path:
    """The corpus as one process makes it in one go."""
    return build(data, data.parent / "undisturbed", num_workers=1)


def assert_same(one: Path, other: Path) -> None:
    for name in FILES:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name
    keys = ("section", "inputs", "counts", "files")
    first, second = read_manifest(one), read_manifest(other)
    assert {key: first[key] for key in keys} == {key: second[key] for key in keys}
    assert not (other / "work").exists()


def test_every_document_has_an_outcome(undisturbed: Path) -> None:
    counts = read_manifest(undisturbed)["counts"]
    assert counts["num_documents_in"] == 4_709
    kept = counts["num_documents_train"] + counts["num_documents_heldout"]
    assert kept + counts["num_documents_dropped"] == counts["num_documents_in"]
    assert set(counts["dropped_by_reason"]) == {
        "benchmark-item",
        "exact-duplicate",
        "near-duplicate",
        "too-short",
        "unreadable",
    }
    assert kept > 100


def test_benchmark_items_are_listed_item_by_item(undisturbed: Path) -> None:
    matches = [row for _, row in read_jsonl(undisturbed / "contaminated.jsonl")]
    dropped = {row["id"]: row for row in pq.read_table(undisturbed / "dropped.parquet").to_pylist()}
    by_reason = {name for name, row in dropped.items() if row["reason"] == "benchmark-item"}
    assert {row["id"] for row in matches} == by_reason
    for row in matches:
        words = " ".join(words_of(dropped[row["id"]]["text"].replace("њ", "ҳ")))
        item = " ".join(words_of(ITEMS[row["line"] - 1]))
        assert row["benchmark"] == "items.txt" and row["field"] == ""
        assert (row["rule"], row["words"] == item) == (("run", True) if item in words else ("near", False))
        assert row["words"] in words and row["words"] in item
    rules = Counter(row["rule"] for row in matches)
    assert rules["run"] > 5 and {row["line"] for row in matches if row["rule"] == "near"} == {1, 2}
    assert read_manifest(undisturbed)["counts"]["benchmarks"] == {
        "items.txt": {
            "num_items": 3,
            "num_items_found": 2,
            "num_documents": len(by_reason),
            "num_matches_exact": rules["run"],
            "num_matches_near": rules["near"],
        }
    }
    assert "items.txt" in story(undisturbed) and "Benchmarks looked for" in (undisturbed / "report.html").read_text()


def test_any_number_of_workers_gives_the_same_bytes(data: Path, undisturbed: Path, tmp_path: Path) -> None:
    assert_same(undisturbed, build(data, tmp_path / "three", num_workers=3))


PLACES = [
    ("soro.corpus.reading:write_piece", 1),  # the plan
    ("soro.corpus.reading:write_piece", 4),  # between units
    ("soro.corpus.reading:write_piece", 9),  # between the blocks of a unit
    ("soro.corpus.judging:write_piece", 1),
    ("soro.corpus.judging:write_piece", 4),  # between the two pieces of a block
    ("soro.corpus.counting:write_piece", 3),  # between the rows of the counters
    ("soro.corpus.settling:settle", 1),  # after the count of all documents
    ("soro.corpus.settling:write_piece", 1),
    ("soro.corpus.settling:write_piece", 4),  # between the two pieces of a block
    ("soro.corpus.decide:gather_signatures", 1),
    ("soro.corpus.decide:write_piece", 1),
    ("soro.corpus.writing:RowGroups.flush", 2),  # between the files
    ("soro.corpus.build:write_json", 1),
    ("soro.corpus.build:read_json", 1),
    ("soro.core.artifact:ArtifactWriter.publish", 1),
]


@pytest.mark.parametrize(("place", "count"), PLACES, ids=[f"{place.partition(':')[2]}-{n}" for place, n in PLACES])
def test_killed_in_any_step_it_goes_on_and_ends_with_the_same_bytes(
    place: str, count: int, data: Path, undisturbed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "corpus"
    command = [sys.executable, engine_case.__file__, str(data), str(out), place, str(count)]
    assert subprocess.run(command, capture_output=True).returncode == -signal.SIGKILL
    assert not out.exists()
    assert_same(undisturbed, build(data, out, num_workers=1))


def test_what_is_finished_is_not_made_again(
    data: Path, undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []
    judge_block, failing = judging.judge_block, [True]

    def judge_three(raw: bytes, source: object, section: object) -> tuple[bytes, bytes]:
        if failing[0] and len(judged) == 3:
            raise SoroError("stopped")
        judged.append("block")
        return judge_block(raw, source, section)  # type: ignore[arg-type]

    monkeypatch.setattr(judging, "judge_block", judge_three)
    with pytest.raises(SoroError, match="stopped"):
        build(data, tmp_path / "corpus", num_workers=1)
    failing[0] = False
    monkeypatch.setattr(reading, "read_file", None)  # nothing is read again
    assert_same(undisturbed, build(data, tmp_path / "corpus", num_workers=1))
    assert len(judged) == 5


def test_a_full_disk_is_named_and_leaves_whole_pieces_only(
    data: Path, undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = [0]
    write_bytes = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        calls[0] += "judged" in path.parts
        if calls[0] == 4:
            write_bytes(path, content[: len(content) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write_bytes(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(SoroError, match=r"the disk is full while writing .*judged.*free some space and run the same"):
        build(data, tmp_path / "corpus", num_workers=1)
    monkeypatch.undo()
    left = list((tmp_path / "corpus.partial" / "work" / "judged").iterdir())
    assert len(left) == 3 and all(path.suffix in (".npz", ".parquet") for path in left)
    assert_same(undisturbed, build(data, tmp_path / "corpus", num_workers=1))


def test_a_source_that_goes_away_stops_the_run_and_one_file_does_not(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = shutil.copytree(data, tmp_path / "data")
    read_file = reading.read_file

    def taking_away(file: Path, *rest: object):  # type: ignore[no-untyped-def]
        if file.name == "s3.txt":
            file.rename(tmp_path / "away")
        if file == root / "s1" / "b.txt":
            file.unlink()
        return read_file(file, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "read_file", taking_away)
    with pytest.raises(SoroError, match=r"source 's3': .*s3\.txt went away while it was read; bring it back and run"):
        build(root, tmp_path / "corpus", num_workers=1)
    assert not (tmp_path / "corpus").exists()
    monkeypatch.undo()
    (tmp_path / "away").rename(root / "s3.txt")
    (root / "s1" / "b.txt").write_bytes((data / "s1" / "b.txt").read_bytes())
    counts = read_manifest(build(root, tmp_path / "corpus", num_workers=1))["counts"]
    assert counts["dropped_by_reason"]["unreadable"] == 4  # three broken lines, one file


def test_a_file_that_goes_away_before_it_is_measured_costs_that_file(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = reading.source_files

    def taking_away(*arguments: object):  # type: ignore[no-untyped-def]
        files = listed(*arguments)  # type: ignore[arg-type]
        for file, _ in files:
            if file == root / "s1" / "b.txt":
                file.unlink()
        return files

    root = shutil.copytree(data, tmp_path / "data")
    monkeypatch.setattr(reading, "source_files", taking_away)
    (tmp_path / "work").mkdir()
    section = engine_case.recipe_of().corpus
    units = reading.plan_units(section, [root] * 4, tmp_path / "work")
    (source,) = (source for source in section.sources if source.name == "s1")
    (unit,) = (unit for unit in units if section.sources[unit.source] is source)
    errors = [
        raw
        for raw in reading.unit_documents(reading.Reading(unit=unit, source=source, root=root, work=tmp_path))
        if "b.txt" in raw.ref
    ]
    assert [(raw.ref, raw.error) for raw in errors] == [("b.txt", "cannot be read: No such file or directory")]


def kill_a_worker(number: int) -> None:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_worker_is_an_error_that_says_what_to_do() -> None:
    said = r"a worker process was killed, .*run the same command again.*SORO_WORKERS=1"
    with pytest.raises(SoroError, match=said), Workers(2) as workers:
        list(workers.run(kill_a_worker, list(range(9))))


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, time\nfrom pathlib import Path\nfrom soro.corpus.workers import Workers\n"
        "def task(path):\n    Path(path).write_text(str(os.getpid()))\n    time.sleep(600)\n"
        f"if __name__ == '__main__':\n    list(Workers(2).run(task, [{str(tmp_path / 'a')!r}, {str(tmp_path / 'b')!r}]))\n"
    )
    with subprocess.Popen([sys.executable, str(script)]) as parent:
        timer = threading.Timer(100, parent.kill)
        timer.start()
        while parent.poll() is None and not all((tmp_path / n).exists() and (tmp_path / n).read_text() for n in "ab"):
            time.sleep(0.05)
        workers = [int((tmp_path / name).read_text()) for name in "ab"]
        parent.kill()
        timer.cancel()
    deadline_s = time.monotonic() + 30
    while any(is_alive(worker) for worker in workers):
        assert time.monotonic() < deadline_s
        time.sleep(0.05)


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_the_number_of_workers_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SORO_WORKERS", "5")
    assert default_workers() == 5
    monkeypatch.setenv("SORO_WORKERS", "many")
    with pytest.raises(SoroError, match="SORO_WORKERS is 'many', must be a number of processes from 1 on"):
        default_workers()


def test_a_hopelessly_long_text_is_dropped_unrepaired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "repair_all", list)
    source = engine_case.recipe_of().corpus.sources[0]
    line = {"ref": "a", "text": "а" * 4_000_001, "title": "", "url": "", "error": "", "note": ""}
    section = engine_case.recipe_of().corpus
    row, _ = judging.judge_row(line, judging.pages_of([line], source, section)[0], section)
    assert (row["reason"], row["value"], row["text"], row["raw"]) == ("too-long", "4000001 chars", "", line["text"])


def test_blocks_end_by_characters_and_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "BLOCK_CHARS", 10)
    monkeypatch.setattr(pieces, "BLOCK_DOCUMENTS", 3)
    raws = [pieces.Raw(ref=str(i), text="а" * size) for i, size in enumerate([4, 6, 1, 1, 1, 30, 2])]
    assert [[raw.ref for raw in block] for block in pieces.in_blocks(iter(raws))] == [
        ["0", "1"],
        ["2", "3", "4"],
        ["5"],
        ["6"],
    ]


def require_ray() -> None:
    reason = "the package 'ray' is not installed (pip install 'soro[ray]')"
    if importlib.util.find_spec("ray") is None:
        (pytest.fail if os.environ.get("SORO_REQUIRE_RAY") else pytest.skip)(reason)


class RayError(Exception):
    """As in `ray.exceptions`."""


def test_no_cluster_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses: list[str] = []

    def init(address: str, **_: object) -> None:
        addresses.append(address)
        raise Exception("The current node timed out during startup.\nMore.")

    ray = SimpleNamespace(init=init, is_initialized=lambda: False, exceptions=SimpleNamespace(RayError=RayError))
    monkeypatch.setitem(sys.modules, "ray", ray)
    for address in ("", "10.0.0.1:6379"):
        monkeypatch.setenv("RAY_ADDRESS", address)
        with pytest.raises(
            SoroError, match=r"the Ray cluster failed \(Exception: More\.\).*look at RAY_ADDRESS, or set"
        ):
            list(judge_with_ray([]))
    assert addresses == ["local", "10.0.0.1:6379"]


def test_a_ray_cluster_of_two_workers_gives_the_same_bytes(
    data: Path, undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_ray()
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    try:
        for _ in range(2):
            cluster.add_node(num_cpus=1)
        cluster.wait_for_nodes()
        monkeypatch.setenv("RAY_ADDRESS", cluster.address)
        assert_same(undisturbed, build(data, tmp_path / "corpus", engine="ray", num_workers=1))
    finally:
        cluster.shutdown()
