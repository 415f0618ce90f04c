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


def test_the_words_that_decided_are_explained() -> None:
    done = CliRunner().invoke(app, ["text", "identify", "--explain"], input=f"{TAJIK}\n\n{RUSSIAN}\n")
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == ["tg", "und", "ru"]
    first, third = (line.split("\t") for line in done.stderr.splitlines())
    assert first[0] == "1" and first[1].startswith("tg, not ") and third[0] == "3" and third[1].startswith("ru, not ")
    assert "меравем +" in first[2] and "каждый +" in third[2]
    refused = CliRunner().invoke(app, ["text", "identify", "--explain", "--document"], input=TAJIK)
    assert "leave out --document" in str(refused.exception)


def test_soft_hyphens_do_not_divide_words() -> None:
    hyphened = TAJIK.replace("ав", "а\u00adв").replace("аб", "а\u00adб")
    done = CliRunner().invoke(app, ["text", "identify", "--explain"], input=f"{TAJIK}\n{hyphened}\n")
    plain, divided = (line.split("\t")[1:] for line in done.stderr.splitlines())
    assert hyphened != TAJIK and plain == divided and "меравем" in plain[1]


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


BROKEN = "Њар рӯз мо ба мак-\nтаб меравем.\n<b>Дарс</b>  мехонем."
MENDED = "Ҳар рӯз мо ба мактаб меравем.\nДарс мехонем."


def test_repair_of_files_and_of_stdin(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "empty.txt").write_text(" \n\n", encoding="utf-8")
    names = [str(tmp_path / name) for name in ("a.txt", "empty.txt", "a.txt")]
    assert run("repair", *names) == f"{MENDED}\n{MENDED}".splitlines()
    assert run("repair", stdin="\ufeff" + BROKEN.replace("\n", "\r\n")) == MENDED.splitlines()
    assert run("repair", stdin="") == []


def test_repair_line_by_line() -> None:
    assert run("repair", "--lines", stdin="<p>Нон</p>\n\nЯк<br>ду\n") == ["Нон", "", "Як ду"]
    rows = [json.loads(line) for line in run("repair", "--lines", "--json", stdin="нон  шир\nоб\n")]
    change = {"start": 3, "end": 5, "old": "  ", "new": " ", "rule": "spaces"}
    assert rows == [{"text": "нон шир", "changes": [change]}, {"text": "об", "changes": []}]


def test_repair_in_json_and_explained() -> None:
    done = CliRunner().invoke(app, ["text", "repair", "--json", "--explain"], input=BROKEN)
    row = json.loads(done.stdout)
    assert (row["file"], row["text"]) == ("-", MENDED)
    assert [change["rule"] for change in row["changes"]] == [
        "legacy-font",
        "broken-word",
        "html-tag",
        "html-tag",
        "spaces",
    ]
    assert done.stderr.splitlines() == [
        "1:1\tЊар → Ҳар\ta letter of an old font that drew Tajik letters in Serbian places",
        "1:18\t-U+000A → nothing\ta word broken at the end of a line",
        "3:1\t<b> → nothing\ta tag of HTML",
        "3:8\t</b> → nothing\ta tag of HTML",
        "3:12\t   → U+0020\tspaces that do nothing",
    ]


def test_repair_refuses_what_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("\nточик".encode("cp1251"))
    done = CliRunner().invoke(app, ["text", "repair", str(tmp_path / "old.txt")])
    assert done.exit_code == 1 and "line 2: not UTF-8" in str(done.exception)
    with pytest.raises(FileNotFoundError):
        run("repair", str(tmp_path / "none.txt"))
