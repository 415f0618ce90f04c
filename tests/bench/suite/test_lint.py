"""What the lint finds: nothing in clean items, each planted fault, and nothing in the items of the package."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from soro.bench.suite.balance import wilson
from soro.bench.suite.items import ITEMS_FOLDER, read_items
from soro.bench.suite.lint import lint
from soro.bench.suite.rules import rule_findings
from soro.cli import app
from soro.core.files import write_jsonl
from tests.bench.made_items import write_items

Files = dict[str, list[dict[str, Any]]]
BIRDS = "general/birds.jsonl"
FILES_SPOILT = (BIRDS, "general/rivers.jsonl", "school/maths.jsonl", "exam/law.jsonl", "language/pairs/izofat.jsonl")


def test_made_items_have_no_findings(items_folder: Path) -> None:
    assert lint(items_folder) == []


def test_the_items_of_the_package_have_no_findings(project: Path) -> None:
    assert "\n".join(map(str, lint(ITEMS_FOLDER, project / "data" / "dialogues"))) == ""


ROW_FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "look-alike": (
        {"question": "Ин мактаб дар кадом дехаи кӯҳӣ аст, ки мо хар рўз меравем?"},
        "question: look-alike letters",
    ),
    "foreign": ({"explanation": "Ин вещ аст."}, "'вещ' has щ, no letter of Tajik"),
    "two scripts": ({"explanation": "Ин китоbи ман аст."}, "'китоbи' mixes Latin and Cyrillic"),
    "the same twice": ({"choices": ["5,0", "5", "6", "7"]}, "choices 0 and 1 are the same"),
    "about the others": ({"choices": ["санг", "об", "хок", "ҳамаи инҳо"]}, "'ҳамаи инҳо' speaks of the other"),
    "in the question": (
        {"question": "Кабк чист?", "choices": ["кабк", "моҳӣ", "мӯрча", "буз"]},
        "holds the right answer 'кабк'",
    ),
    "a figure": ({"choices": ["се", "ду", "чор", "5 то"]}, "choice '5 то' alone has a figure"),
    "a capital": ({"choices": ["Хуҷанд", "деҳа", "кӯча", "хона"]}, "'Хуҷанд' alone has a capital"),
    "no quotation": ({"choices": ["«Гул»", "«Об»", "Санг", "«Бод»"]}, "'Санг' alone lacks quotation marks"),
    "length": ({"choices": ["об", "нон", "дарёи дарози пуроби кӯҳӣ", "хок"]}, "12.0 times as long as 'об'"),
}


@pytest.mark.parametrize("name", ROW_FAULTS)
def test_faults_of_one_item(made_files: Files, tmp_path: Path, name: str) -> None:
    change, message = ROW_FAULTS[name]
    items, _ = read_items(write_items(tmp_path, {BIRDS: [made_files[BIRDS][0] | change, *made_files[BIRDS][1:]]}))
    found = list(rule_findings(items))
    assert any(finding.where == f"{BIRDS}:1" and message in finding.what for finding in found), found


def same_sentence(files: Files) -> None:
    files["language/pairs/izofat.jsonl"][0]["bad"] = files["language/pairs/izofat.jsonl"][0]["good"]


def same_id(files: Files) -> None:
    files[BIRDS][1]["id"] = files["general/rivers.jsonl"][0]["id"]


def same_fact(files: Files) -> None:
    one, two = files[BIRDS][1], files["school/maths.jsonl"][0]
    two["question"] = one["question"].upper()
    two["choices"][two["answer"]] = one["choices"][one["answer"]]


def nearly_the_same(files: Files) -> None:
    one, two = files[BIRDS][1], files["school/maths.jsonl"][0]
    two["question"], two["choices"] = f"Бигӯ: {one['question']}", one["choices"]
    two["answer"] = (one["answer"] + 1) % 4


def one_place(files: Files) -> None:
    for row in files["exam/law.jsonl"]:
        row["answer"] = 1


def long_answers(files: Files) -> None:
    for row in files["exam/law.jsonl"]:
        row["choices"][row["answer"]] += "оқил"


def telling_ends(files: Files) -> None:
    for row in files["exam/law.jsonl"]:
        row["choices"] = [choice[:-3] + "ода" for choice in row["choices"]]
        row["choices"][row["answer"]] = row["choices"][row["answer"]][:-3] + "ӯҷӣ"


def echoes(files: Files) -> None:
    for row in files["exam/law.jsonl"]:
        row["question"] = f"{row['choices'][row['answer']][1:-2]} {row['question']}"


FILE_FAULTS: dict[str, tuple[Callable[[Files], None], str, str]] = {
    "same sentence": (same_sentence, "language/pairs/izofat.jsonl:1", "good and bad are the same"),
    "same id": (same_id, "general/rivers.jsonl:1", "has the id of general-rivers-000 (general/birds.jsonl:2)"),
    "same fact": (same_fact, "school/maths.jsonl:1", "asks and answers the same as general-birds-001"),
    "nearly the same": (nearly_the_same, "school/maths.jsonl:1", "of its words with general-birds-001"),
    "one place": (one_place, "exam/law.jsonl", "60 of 60 right answers are choice 1; a quarter would be 15"),
    "long answers": (long_answers, "exam/law.jsonl", "the right answer is the longest in 60.0 of 60"),
    "telling ends": (telling_ends, "exam", "a reader of the choices alone scores"),
    "echoes": (echoes, "exam", "the echo of the question scores"),
}


@pytest.mark.parametrize("name", FILE_FAULTS)
def test_faults_of_files(made_files: Files, tmp_path: Path, name: str) -> None:
    spoil, where, message = FILE_FAULTS[name]
    spoil(made_files)
    used = {file: made_files[file] for file in FILES_SPOILT}
    found = lint(write_items(tmp_path, used))
    assert any(finding.where == where and message in finding.what for finding in found), found


def test_items_of_the_training_text_are_found(items_folder: Path, made_files: Files, tmp_path: Path) -> None:
    rows = made_files["school/maths.jsonl"]
    messages = [{"role": "user", "content": f"Бигӯ: {rows[4]['question'].lower()}"}]
    (tmp_path / "dialogues").mkdir()
    write_jsonl(
        tmp_path / "dialogues" / "a.jsonl",
        [{"messages": [{"role": "user", "content": "Салом!"}]}, {"messages": messages}],
    )
    [found] = lint(items_folder, tmp_path / "dialogues")
    assert found.where == "school/maths.jsonl:5" and "training text dialogues/a.jsonl:2 (whole 1.00)" in found.what


def test_the_command_prints_a_line_a_finding(items_folder: Path, made_files: Files, tmp_path: Path) -> None:
    clean = CliRunner().invoke(app, ["bench", "lint", "--items", str(items_folder)])
    assert (clean.exit_code, clean.stdout) == (0, "")
    made_files[BIRDS][0]["choices"][0] = made_files[BIRDS][0]["choices"][1]
    spoiled = CliRunner().invoke(app, ["bench", "lint", "--items", str(write_items(tmp_path / "two", made_files))])
    assert spoiled.exit_code == 1
    [line] = spoiled.stdout.splitlines()
    assert line.startswith("general/birds.jsonl:1: general-birds-000: choices 0 and 1 are the same")


def test_wilson_covers_what_it_should() -> None:
    """Against the coverage of repeated draws."""
    rng, inside = random.Random(1), 0
    for _ in range(2000):
        low, high = wilson(sum(rng.random() < 0.25 for _ in range(80)), 80)
        inside += low <= 0.25 <= high
    assert inside / 2000 == pytest.approx(0.95, abs=0.02)
