import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from soro.cli import app

TAJIK, RUSSIAN = "Мо ҳар рӯз ба мактаб меравем.", "Мы каждый день ходим в школу."
TYPED = "Мо хар руз ба мактаб меравем."


def run(*arguments: str, stdin: str | bytes = "") -> list[str]:
    result = CliRunner().invoke(app, ["text", *arguments], input=stdin, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_one_object_a_line() -> None:
    found = [json.loads(line) for line in run("identify", "--json", stdin=f"{TAJIK}\n\n{RUSSIAN}\r\n")]
    assert [(guess["lang"], guess["script"]) for guess in found] == [("tg", "Cyrl"), ("und", "Zyyy"), ("ru", "Cyrl")]
    assert list(found[0]) == ["lang", "script", "score"]


def test_lines_for_people(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TAJIK, encoding="utf-8")
    (tmp_path / "b.txt").write_text(RUSSIAN, encoding="utf-8")
    lines = run("identify", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
    assert [line.split("\t")[:2] for line in lines] == [["tg", "Cyrl"], ["ru", "Cyrl"]]


def test_a_file_as_one_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{TAJIK}\n{TAJIK}\n{RUSSIAN}\n", encoding="utf-8")
    [line] = run("identify", "--document", "--json", str(path))
    found = json.loads(line)
    assert (found["file"], found["lang"]) == (str(path), "tg")
    assert list(found["shares"]) == ["tg", "ru"]


def test_binary_is_judged_and_not_refused() -> None:
    assert len(run("identify", stdin=bytes(range(256)) * 40)) == 41


def test_sentences_a_line_each() -> None:
    assert run("sentences", stdin="Мо омадем. С. Айнӣ набуд.\nЧаро?\n") == ["Мо омадем.", "С. Айнӣ набуд.", "Чаро?"]
    assert run("sentences", "--words", stdin="Рафтам-ку!") == ["Рафтам -ку !"]
    assert json.loads(run("sentences", "--json", stdin="Рафтам-ку!")[0]) == {"text": "Рафтам-ку!"}


def test_a_missing_file_is_an_error_for_people(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        run("identify", str(tmp_path / "none.txt"))


def test_lines_of_files_and_of_stdin(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"{TYPED}\n\n{TYPED}", encoding="utf-8")
    assert CliRunner().invoke(app, ["text", "restore", str(file)]).stdout == f"{TAJIK}\n\n{TAJIK}\n"
    assert CliRunner().invoke(app, ["text", "restore"], input=f"{TYPED}\r\n").stdout == f"{TAJIK}\n"


def test_json_and_explain() -> None:
    done = CliRunner().invoke(app, ["text", "restore", "--json", "--explain"], input=TYPED)
    row = json.loads(done.stdout)
    assert row["text"] == TAJIK
    assert row["changes"][0] == {"column": 3, "typed": "хар", "restored": "ҳар", "rule": "spelling"}
    assert "1:4\tхар → ҳар\tof the spellings of the word" in done.stderr


def test_what_is_not_utf8_is_named(tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes("\nточик".encode("cp1251"))
    done = CliRunner().invoke(app, ["text", "restore", str(file)])
    assert done.exit_code == 1
    assert "line 2: not UTF-8" in str(done.exception)
