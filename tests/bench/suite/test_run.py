"""`soro bench run` and the other commands of `soro bench`."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from soro.bench import engine
from soro.bench.suite.run import run_suite, suite_inputs
from soro.cli import app
from soro.core.errors import SoroError


def test_a_run_writes_a_table_and_goes_on(
    tiny_model: Path, items_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ["--out", str(tmp_path / "r"), "--suite", "pairs", "--items", str(items_folder), "--quick"]
    done = CliRunner().invoke(app, ["bench", "run", str(tiny_model), *options], catch_exceptions=False)
    row = [cell.strip() for cell in done.stdout.splitlines()[2].split("|")[1:-1]]
    assert row[:2] == ["soro_pairs", "acc"] and row[4:] == ["0.5", "100"]
    written = (tmp_path / "r" / "soro_pairs.json").read_bytes()
    monkeypatch.setattr(engine, "run_task", lambda *_, **__: pytest.fail("scored again"))
    assert run_suite(tiny_model, "pairs", tmp_path / "r", quick=True, items=items_folder) == done.stdout.strip()
    assert (tmp_path / "r" / "soro_pairs.json").read_bytes() == written
    with pytest.raises(pytest.fail.Exception):
        run_suite(tiny_model, "pairs", tmp_path / "r", items=items_folder)


def test_what_is_refused(tiny_model: Path, items_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(SoroError, match="'tajik' is not a suite; known are soro, general, language, pairs, school"):
        run_suite(tiny_model, "tajik", tmp_path, items=items_folder)
    for model in (Path("model.gguf"), Path("http://127.0.0.1:8080/v1")):
        with pytest.raises(SoroError, match="cannot be scored yet"):
            run_suite(model, "general", tmp_path, items=items_folder)
    with pytest.raises(SoroError, match=r"no config\.json"):
        run_suite(items_folder, "general", tmp_path, items=items_folder)


def test_a_task_without_items_is_passed_over(items_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (items_folder / "exam" / "law.jsonl").unlink()
    assert "soro_exam" not in suite_inputs("soro", items_folder) and len(suite_inputs("soro", items_folder)) == 5
    assert "bench: soro_exam is not run: there are no items for it yet" in capsys.readouterr().err
    with pytest.raises(SoroError, match=r"task soro_exam: .*exam holds no \.jsonl file"):
        suite_inputs("exam", items_folder)


def test_a_recipe_needs_no_word_before_it(project: Path, tmp_path: Path) -> None:
    recipe = [str(project / "recipes" / "tiny.toml"), "--dry-run", "--build", str(tmp_path)]
    short, long = (CliRunner().invoke(app, ["bench", *words, *recipe]) for words in ([], ["recipe"]))
    assert short.exit_code == 0 and short.stdout == long.stdout and short.stdout.startswith("bench: would be built")
    assert CliRunner().invoke(app, ["bench", "--compare", "a"]).exit_code == 2
    compared = CliRunner().invoke(app, ["bench", "--compare", str(tmp_path), str(tmp_path)])
    assert "holds no results" in str(compared.exception)
    wrong = CliRunner().invoke(app, ["bench", "lnit"])
    assert "'lnit' is neither a recipe nor a command of `soro bench`" in str(wrong.exception)
