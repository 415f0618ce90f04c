import json
from pathlib import Path

from typer.testing import CliRunner

from soro.cli import app

TYPED, RIGHT = "Мо хар руз ба мактаб меравем.", "Мо ҳар рӯз ба мактаб меравем."


def test_lines_of_files_and_of_stdin(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"{TYPED}\n\n{TYPED}", encoding="utf-8")
    assert CliRunner().invoke(app, ["text", "restore", str(file)]).stdout == f"{RIGHT}\n\n{RIGHT}\n"
    assert CliRunner().invoke(app, ["text", "restore"], input=f"{TYPED}\r\n").stdout == f"{RIGHT}\n"


def test_json_and_explain() -> None:
    done = CliRunner().invoke(app, ["text", "restore", "--json", "--explain"], input=TYPED)
    row = json.loads(done.stdout)
    assert row["text"] == RIGHT
    assert row["changes"][0] == {"column": 3, "typed": "хар", "restored": "ҳар", "rule": "spelling"}
    assert "1:4\tхар → ҳар\tof the spellings of the word" in done.stderr


def test_what_is_not_utf8_is_named(tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes("\nточик".encode("cp1251"))
    done = CliRunner().invoke(app, ["text", "restore", str(file)])
    assert done.exit_code == 1
    assert "line 2: not UTF-8" in str(done.exception)
