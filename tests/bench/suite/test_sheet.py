"""Out to a reviewer and back: nothing lost, nothing taken from a sheet that is wrong."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from soro.bench.suite.items import load_items
from soro.bench.suite.lint import lint
from soro.bench.suite.sheet import export_sheet, import_sheet
from soro.bench.suite.sheet_files import read_rows, write_rows
from soro.cli import app
from soro.core.errors import SoroError

NAME, VERDICT, NOTE = "Номи санҷанда", "Хулоса", "Эзоҳ"


def judged(path: Path, reviews: dict[str, tuple[str, str, str]]) -> None:
    """Fill in (name, verdict, note) by item in a sheet, as a reviewer would."""
    head, *rows = read_rows(path)
    for row in rows:
        for column, value in zip((NAME, VERDICT, NOTE), reviews.get(row[0], ("", "", "")), strict=True):
            row[head.index(column)] = value
    write_rows(path, [head, *rows])


def contents(folder: Path) -> dict[str, list[dict[str, Any]]]:
    return {
        str(path.relative_to(folder)): [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for path in sorted(folder.rglob("*.jsonl"))
    }


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_round_trip(items_folder: Path, tmp_path: Path, ending: str) -> None:
    if ending == ".xlsx":
        pytest.importorskip("openpyxl")
    before, sheet = contents(items_folder), tmp_path / f"sheet{ending}"
    bytes_before = (items_folder / "exam" / "law.jsonl").read_bytes()
    export_sheet(load_items(items_folder), sheet)
    head, *rows = read_rows(sheet)
    assert len(rows) == 424
    first = dict(zip(head, rows[0], strict=True))
    item = load_items(items_folder)[0]
    assert (first["Савол"], first["Б"], first["Ҷавоби дуруст"]) == (item.row["question"], item.row["choices"][1], "А")
    import_sheet(sheet, items_folder)
    assert contents(items_folder) == before
    judged(
        sheet,
        {
            "general-birds-002": ("Санҷандаи якум", "дуруст", ""),
            "general-birds-003": ("Санҷандаи якум", "Ислоҳ ", 'ҷавоби дуюм ҳам дуруст аст; "нигаред"\nба саҳ. 5'),
            "pairs-izofat-001": ("Санҷандаи якум", "дуруст", "хуб"),
        },
    )
    report = import_sheet(sheet, items_folder)
    assert report == ["general/birds.jsonl: 2 items reviewed", "language/pairs/izofat.jsonl: 1 items reviewed"]
    after = contents(items_folder)
    good, mend = after["general/birds.jsonl"][2:4]
    assert good["review"] == "reviewed by a speaker" and good["reviews"][0]["reviewer"] == "Санҷандаи якум"
    assert mend["review"] == "draft" and mend["reviews"][0]["verdict"] == "mend"
    assert mend["reviews"][0]["note"] == 'ҷавоби дуюм ҳам дуруст аст; "нигаред"\nба саҳ. 5'
    for rows_after, rows_before in zip(after.values(), before.values(), strict=True):
        assert [{**row, "review": "", "reviews": ""} for row in rows_after] == [
            {**row, "review": "", "reviews": ""} for row in rows_before
        ]
    assert (items_folder / "exam" / "law.jsonl").read_bytes() == bytes_before
    [open_verdict] = lint(items_folder)
    assert open_verdict.where == "general/birds.jsonl:4" and "Санҷандаи якум says mend" in open_verdict.what


def test_verdicts_of_two_reviewers_add_up_and_one_may_change_theirs(items_folder: Path, tmp_path: Path) -> None:
    sheet, name = tmp_path / "sheet.csv", "general-birds-002"
    export_sheet(load_items(items_folder), sheet)
    judged(sheet, {name: ("Як", "дуруст", "")})
    import_sheet(sheet, items_folder)
    once = contents(items_folder)
    import_sheet(sheet, items_folder)
    assert contents(items_folder) == once
    judged(sheet, {name: ("Ду", "нодаркор", "такрор")})
    import_sheet(sheet, items_folder)
    row = contents(items_folder)["general/birds.jsonl"][2]
    assert [review["verdict"] for review in row["reviews"]] == ["good", "drop"] and row["review"] == "draft"
    judged(sheet, {name: ("Ду", "дуруст", "")})
    assert import_sheet(sheet, items_folder)[0] == f"{name}: Ду said drop (такрор) before"
    row = contents(items_folder)["general/birds.jsonl"][2]
    assert [review["verdict"] for review in row["reviews"]] == ["good", "good"]
    assert row["review"] == "reviewed by a speaker" and lint(items_folder) == []


def test_a_review_of_an_earlier_wording_does_not_count(items_folder: Path, tmp_path: Path) -> None:
    sheet, path = tmp_path / "sheet.csv", items_folder / "general" / "birds.jsonl"
    export_sheet(load_items(items_folder), sheet)
    judged(sheet, {"general-birds-002": ("Як", "дуруст", "")})
    import_sheet(sheet, items_folder)
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[2] = json.dumps({**json.loads(lines[2]), "explanation": "Ин дигар аст."}, ensure_ascii=False)
    path.write_text("\n".join(lines), encoding="utf-8")
    [finding] = lint(items_folder)
    assert "is marked 'reviewed by a speaker', but the reviews of this wording say otherwise" in finding.what
    with pytest.raises(SoroError, match="general-birds-002 was changed after this sheet was written"):
        import_sheet(sheet, items_folder)


def test_a_wrong_sheet_changes_nothing(items_folder: Path, tmp_path: Path) -> None:
    sheet, before = tmp_path / "sheet.csv", contents(items_folder)
    export_sheet(load_items(items_folder), sheet)
    judged(
        sheet,
        {
            "general-birds-001": ("Як", "дуруст", ""),
            "general-birds-002": ("", "дуруст", ""),
            "general-birds-003": ("Як", "хуб", ""),
        },
    )
    rows = read_rows(sheet)
    judged_row = next(row for row in rows if row[0] == "general-birds-001")
    rows += [["general-birds-999", *judged_row[1:]], judged_row]
    write_rows(sheet, rows)
    with pytest.raises(SoroError) as error:
        import_sheet(sheet, items_folder)
    assert [line.strip() for line in str(error.value).splitlines()[1:]] == [
        "row 64: general-birds-002 has a verdict or a note and no name of the reviewer",
        "row 65: general-birds-003: the verdict is 'хуб', must be one of дуруст, ислоҳ, нодаркор",
        "row 426: there is no item 'general-birds-999'",
        "row 427: Як has judged general-birds-001 in an earlier row; keep one of them",
    ]
    assert contents(items_folder) == before


def test_csv_of_other_spreadsheets(items_folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    export_sheet(load_items(items_folder), sheet)
    judged(sheet, {"general-birds-002": ("Як", "дуруст", "якум, дуюм")})
    text = io.StringIO()
    csv.writer(text).writerows(read_rows(sheet))
    sheet.write_text(text.getvalue(), encoding="utf-8", newline="")
    assert import_sheet(sheet, items_folder) == ["general/birds.jsonl: 1 items reviewed"]
    sheet.write_bytes(b"\xd0;\xff\xfe")
    with pytest.raises(SoroError, match="is not UTF-8"):
        import_sheet(sheet, items_folder)
    write_rows(sheet, [["Рақам", NAME, VERDICT]])
    with pytest.raises(SoroError, match="the first row lacks the columns Эзоҳ, Нишона"):
        import_sheet(sheet, items_folder)
    for path, message in ((tmp_path / "sheet.ods", r"ends in \.ods"), (tmp_path / "no.csv", "is not there")):
        path.with_suffix(".ods").touch()
        with pytest.raises(SoroError, match=message):
            import_sheet(path, items_folder)


def test_a_broken_workbook_is_a_clear_error(items_folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(SoroError, match=r"sheet\.xlsx is not a readable \.xlsx file"):
        import_sheet(tmp_path / "sheet.xlsx", items_folder)


def test_the_command(items_folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    done = CliRunner().invoke(
        app, ["bench", "sheet", "--out", str(sheet), "--task", "open", "--items", str(items_folder)]
    )
    assert done.exit_code == 0 and len(read_rows(sheet)) == 5
    wrong = CliRunner().invoke(
        app, ["bench", "sheet", "--out", str(sheet), "--task", "opne", "--items", str(items_folder)]
    )
    assert "opne: no such task; known are general" in str(wrong.exception)
    assert CliRunner().invoke(app, ["bench", "sheet"]).exit_code == 2
