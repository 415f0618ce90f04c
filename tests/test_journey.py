"""The whole journey in miniature: every stage once, and every stage killed."""

import json
import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from soro.cli import app
from soro.core.artifact import ArtifactWriter, read_manifest, walk
from soro.core.story import story
from soro.journey import MODULES, STAGES, Journey, open_journey

STABLE = {"kind", "schema_version", "section", "seed", "inputs", "counts", "scores", "files", "versions"}
# A clean server process imports the stages once and is forked for each; a fork of the test process would inherit threads.
FORK = multiprocessing.get_context("forkserver")
FORK.set_forkserver_preload([module for module, _ in MODULES.values()])


@pytest.fixture(scope="module")
def tiny(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """The finished build of recipes/tiny.toml."""
    folder = tmp_path_factory.mktemp("journey") / "tiny"
    journey = open_journey(project / "recipes" / "tiny.toml", folder=folder, data_root=None, force=False)
    for stage in STAGES:
        run_in_child(journey, stage)
    return journey


def run_in_child(journey: Journey, stage: str) -> None:
    """Build a stage in a process of its own, so that a kill has something to kill."""
    child = FORK.Process(target=journey.build, args=(stage,))
    child.start()
    child.join()
    assert child.exitcode == 0, stage


def test_every_stage_leaves_an_artifact(tiny: Journey) -> None:
    for stage in STAGES:
        assert read_manifest(tiny.path(stage), stage)["kind"] == stage
        assert story(tiny.path(stage)).startswith(str(tiny.path(stage)))
    assert sorted(p.name for p in tiny.folder.iterdir()) == sorted(STAGES)


def test_counts_of_the_corpus_add_up(tiny: Journey) -> None:
    counts = read_manifest(tiny.path("corpus"))["counts"]
    out = sum(counts[f"num_documents_{part}"] for part in ("train", "heldout", "dropped"))
    assert out == counts["num_documents_in"] >= 120
    assert counts["num_words_train"] > 30_000


def test_training_learns_something(tiny: Journey) -> None:
    rows = [json.loads(line) for line in (tiny.path("pretrain") / "metrics.jsonl").read_text().splitlines()]
    assert rows[-1]["bpc_tgk"] < rows[0]["bpc_tgk"] - 0.3


def test_a_finished_build_is_skipped_and_a_changed_recipe_refused(
    tiny: Journey, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = project / "recipes" / "tiny.toml"
    app(["build", str(recipe), "--build", str(tiny.folder), "--dry-run"], standalone_mode=False)
    assert [line.endswith("is up to date") for line in capsys.readouterr().out.splitlines()] == [True] * len(STAGES)
    changed = project / "recipes" / "tiny-changed.toml"
    try:
        changed.write_text(
            recipe.read_text(encoding="utf-8").replace("num_epochs = 1", "num_epochs = 2"), encoding="utf-8"
        )
        with pytest.raises(Exception, match=r"section.num_epochs: 1.0 -> 2.0"):
            app(["tune", str(changed), "--build", str(tiny.folder)], standalone_mode=False)
    finally:
        changed.unlink()


def test_the_release_verifies(tiny: Journey) -> None:
    from soro.release.check import check_release

    assert check_release(tiny.path("release"))


def test_a_build_killed_in_every_stage_ends_with_the_same_bytes(tiny: Journey, project: Path, tmp_path: Path) -> None:
    journey = open_journey(project / "recipes" / "tiny.toml", folder=tmp_path / "tiny", data_root=None, force=False)
    killed = [stage for stage in STAGES if kill_half_way(journey, stage)]
    assert killed == list(STAGES)
    for stage in STAGES:
        assert_equal_artifacts(tiny.path(stage), journey.path(stage))


def kill_half_way(journey: Journey, stage: str) -> bool:
    """Start a stage, kill it without warning once it has begun to write, then run it to the end. True if it was killed."""
    child = FORK.Process(target=build_unfinished, args=(journey, stage))
    child.start()
    partial = journey.path(stage).with_name(stage + ".partial")
    while child.is_alive() and not has_begun(partial):
        time.sleep(0.005)
    if child.is_alive():
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
    child.join()
    was_killed = child.exitcode == -signal.SIGKILL and not journey.path(stage).exists()
    run_in_child(journey, stage)
    return was_killed


def build_unfinished(journey: Journey, stage: str) -> None:
    """Build a stage and die before the manifest: a quick stage is dead by then even if the machine is too busy to kill it."""
    ArtifactWriter.finish = lambda *args, **options: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
    journey.build(stage)


def has_begun(partial: Path) -> bool:
    """Whether a stage has written beyond its order; a training has passed its first checkpoint."""
    if not partial.is_dir():
        return False
    if partial.name in ("pretrain.partial", "tune.partial"):
        metrics = partial / "metrics.jsonl"
        return metrics.exists() and len(metrics.read_text().splitlines()) > 7
    return (partial / "order.json").exists()


def assert_equal_artifacts(one: Path, other: Path) -> None:
    first, second = read_manifest(one), read_manifest(other)
    assert {key: first[key] for key in STABLE} == {key: second[key] for key in STABLE}
    volatile = {"manifest.json", *first["volatile_files"]}
    names = [str(path.relative_to(one)) for path in walk(one)]
    assert names == [str(path.relative_to(other)) for path in walk(other)]
    for name in names:
        if name not in volatile:
            assert (one / name).read_bytes() == (other / name).read_bytes(), name
