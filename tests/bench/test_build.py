"""The stage on the tiny model: what is written, resumed, skipped and refused."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from soro.bench import engine
from soro.bench.build import build_bench
from soro.bench.evaluate import evaluate_model
from soro.core.artifact import read_manifest, walk
from soro.core.errors import SoroError
from soro.core.recipe import Bench, Recipe, load_recipe

BENCH = Bench(tasks=("bpc_tgk", "arc_easy"), models=("base", "tune"), limit=6, arc_easy="arc.jsonl")


@pytest.fixture
def recipe(project: Path) -> Recipe:
    return replace(load_recipe(project / "recipes" / "tiny.toml"), bench=BENCH)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in walk(folder / "results")}


def test_a_killed_run_goes_on_and_ends_with_the_same_bytes(
    recipe: Recipe, tiny_model: Path, heldout: Path, data_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = {"models": {"base": tiny_model, "tune": tiny_model}, "corpus": heldout.parent, "data_root": data_root}
    whole = build_bench(recipe, tmp_path / "whole", **inputs)
    asked: list[str] = []
    original = engine.run_task

    def killed_at_the_third(lm: engine.SharedContextLM, task: str, paths: dict[str, Path], **options: object) -> object:
        asked.append(task)
        if len(asked) == 3:
            raise KeyboardInterrupt
        return original(lm, task, paths, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "run_task", killed_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        build_bench(recipe, tmp_path / "killed", **inputs)
    assert not (tmp_path / "killed").exists()
    killed = build_bench(recipe, tmp_path / "killed", **inputs)
    assert asked == ["bpc_tgk", "arc_easy", "bpc_tgk", "bpc_tgk", "arc_easy"]
    assert contents(killed) == contents(whole)
    scores = read_manifest(killed, "bench")["scores"]
    assert scores == read_manifest(whole, "bench")["scores"]
    assert scores["tune"]["arc_easy"].keys() == {"value", "low", "high", "num_items", "metric"}
    assert scores["base"]["bpc_tgk"]["num_items"] == 6


def test_tasks_without_files_are_passed_over_and_noted(
    recipe: Recipe, tiny_model: Path, heldout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = replace(BENCH, tasks=("bpc_tgk", "bpc_rus", "arc_easy", "sib200_tgk"), limit=2)
    out = build_bench(
        replace(recipe, bench=bench), tmp_path / "b", models={"base": tiny_model}, corpus=heldout.parent, data_root=None
    )
    assert read_manifest(out)["counts"]["not_run"] == {
        "bpc_rus": "the corpus holds out no document in rus",
        "arc_easy": "no data root is given (--data or SORO_DATA)",
        "sib200_tgk": "bench.sib200 is empty in the recipe",
    }
    assert list(read_manifest(out)["scores"]["base"]) == ["bpc_tgk"]
    assert "bench: arc_easy is not run: no data root" in capsys.readouterr().err


def test_what_is_refused(recipe: Recipe, tiny_model: Path, heldout: Path, data_root: Path, tmp_path: Path) -> None:
    inputs = {"models": {"base": tiny_model}, "corpus": heldout.parent, "data_root": data_root}
    unknown = replace(recipe, bench=replace(BENCH, tasks=("bpc_tkg",)))
    with pytest.raises(SoroError, match=r"'bpc_tkg' is not a benchmark task; known are arc_easy, bpc_eng"):
        build_bench(unknown, tmp_path / "out", **inputs)
    absent = replace(recipe, bench=replace(BENCH, arc_easy="nowhere.jsonl"))
    with pytest.raises(SoroError, match=r"bench\.arc_easy: .*nowhere\.jsonl is not there"):
        build_bench(absent, tmp_path / "out", **inputs)
    with pytest.raises(SoroError, match="needs the path of its sib200 files"):
        evaluate_model(tiny_model, ["sib200_tgk"], tmp_path / "results", inputs={})


def test_a_foreign_tokenizer_is_refused_before_anything_is_scored(
    recipe: Recipe, tiny_model: Path, heldout: Path, data_root: Path, tmp_path: Path
) -> None:
    foreign = shutil.copytree(tiny_model, tmp_path / "foreign")
    tokenizer = json.loads((foreign / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["model"]["merges"].pop()
    (foreign / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    models = {"base": tiny_model, "tune": foreign}
    with pytest.raises(SoroError, match="is not the one this checkpoint was trained with"):
        build_bench(recipe, tmp_path / "out", models=models, corpus=heldout.parent, data_root=data_root)
    assert not list((tmp_path / "out.partial").rglob("*.json*"))[1:]  # the order alone


def test_a_result_of_another_model_is_scored_again(tiny_model: Path, heldout: Path, tmp_path: Path) -> None:
    inputs = {"bpc_tgk": heldout}
    evaluate_model(tiny_model, ["bpc_tgk"], tmp_path, inputs=inputs, limit=3)
    first = (tmp_path / "bpc_tgk.json").read_bytes()
    stale = json.loads(first)
    stale["question"]["model"], stale["items"] = "another", []
    (tmp_path / "bpc_tgk.json").write_text(json.dumps(stale), encoding="utf-8")
    evaluate_model(tiny_model, ["bpc_tgk"], tmp_path, inputs=inputs, limit=3)
    assert (tmp_path / "bpc_tgk.json").read_bytes() == first
