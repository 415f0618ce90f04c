import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from soro.cli import app
from soro.core.errors import SoroError
from soro.vocab_cli import FIT

TEXT = "Забони тоҷикӣ забони давлатии Ҷумҳурии Тоҷикистон аст.\nМактаб, мактаб!\n"


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["vocab", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def text(tmp_path: Path) -> str:
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    return str(tmp_path / "text.txt")


def test_a_recipe_alone_fits(project: Path, tmp_path: Path) -> None:
    recipe, build = str(project / "recipes/tiny.toml"), ["--build", str(tmp_path)]
    fitted = run(FIT, recipe, *build, "--dry-run")
    assert fitted == "vocab: would be built after base, corpus\n"
    assert run(recipe, *build, "--dry-run") == fitted == run("--dry-run", *build, recipe)


def test_a_misspelt_command_is_named() -> None:
    with pytest.raises(SoroError, match="'pln' is neither a recipe nor a command of `soro vocab`"):
        run("pln")


def test_the_commands_are_named_in_the_help() -> None:
    for arguments in (["--help"], []):
        shown = CliRunner().invoke(app, ["vocab", *arguments]).output
        assert all(name in shown for name in (FIT, "fertility", "plan")), arguments


def test_fertility_of_folder_file_and_gguf(tiny_model: Path, tiny_gguf: Path, text: str) -> None:
    names = [str(tiny_model), str(tiny_model / "tokenizer.json"), str(tiny_gguf)]
    rows = [json.loads(line) for line in run("fertility", *names, "--text", text, "--json").splitlines()]
    assert [row["tokenizer"] for row in rows] == names
    assert rows[0]["num_words"] == 9 and rows[0]["num_chars"] == len(TEXT)
    for row in rows:
        assert {**row, "tokenizer": ""} == {**rows[0], "tokenizer": ""}
    assert rows[0]["tokens_per_word"] == round(rows[0]["num_tokens"] / 9, 4)


def test_fertility_as_tables(tiny_model: Path, text: str) -> None:
    lines = run("fertility", str(tiny_model), "--text", text, "--words", "1").splitlines()
    assert len(lines) == 7 and f"| {tiny_model} | 1,545 | {text} | 9 |" in lines[2] and "·" in lines[6]
    assert len(run("fertility", str(tiny_model), "--text", text, "--words", "0").splitlines()) == 3
    missing = CliRunner().invoke(app, ["vocab", "fertility", str(tiny_model)])
    assert missing.exit_code == 2 and "--text" in missing.output


def test_a_missing_package_is_named_with_its_install_line(
    tiny_model: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("soro.vocab.fertility", "soro.vocab.open_tokenizer"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(SoroError, match=r"'tokenizers' is not installed; run: pip install 'soro\[train\]'"):
        run("fertility", str(tiny_model), "--text", text)
