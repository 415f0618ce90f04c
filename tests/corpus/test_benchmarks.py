import json
from dataclasses import replace
from pathlib import Path

import pytest

from soro.core.errors import SoroError
from soro.core.recipe import Corpus, Source
from soro.corpus.benchmarks import (
    BenchmarkTally,
    contaminated_by,
    contamination,
    load_index,
    num_items_of,
    read_items,
    tally_matches,
)

QUESTION = "Кадом дарёи Тоҷикистон аз кӯҳҳо сар шуда, неругоҳи Норакро бо об таъмин мекунад?"
SECTION = Corpus(sources=(Source(name="s", path="s", licence="", tier="own"),))


def test_items_of_each_format_are_named(tmp_path: Path) -> None:
    rows = [{"question": QUESTION, "choices": {"text": ["Вахш", "Панҷ"]}, "answer": 0}, "матн"]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    (tmp_path / "b.tsv").write_text(f"id\ttext\n7\t{QUESTION}\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text(f"\n{QUESTION}", encoding="utf-8")
    found = [item for name in ("a.jsonl", "b.tsv", "c.txt") for item in read_items(name, tmp_path / name)]
    assert found == [
        ("a.jsonl#1:question", QUESTION),
        ("a.jsonl#1:choices.text.0", "Вахш"),
        ("a.jsonl#1:choices.text.1", "Панҷ"),
        ("a.jsonl#2", "матн"),
        ("b.tsv#2:id", "7"),
        ("b.tsv#2:text", QUESTION),
        ("c.txt#1", ""),
        ("c.txt#2", QUESTION),
    ]


def test_files_lie_in_the_data_root_or_in_the_project(tmp_path: Path) -> None:
    (tmp_path / "project/data").mkdir(parents=True)
    (tmp_path / "project/data/b.txt").write_text(QUESTION, encoding="utf-8")
    section = replace(SECTION, benchmarks=("b.txt",))
    for root in (None, tmp_path):
        index = load_index(section, root, tmp_path / "project")
        objection, items = contamination(index, f"Савол: {QUESTION}")
        assert objection == ("benchmark-item", "b.txt#1 (whole 1.00)") and items
    assert contamination(index, "Дар боғи мо дарахтони себ мерӯянд.") == (None, None)
    assert load_index(SECTION, None, tmp_path / "project") is None


def test_matches_are_counted_by_benchmark_and_by_item(tmp_path: Path) -> None:
    (tmp_path / "a#1").mkdir()
    (tmp_path / "a#1" / "b.jsonl").write_text(
        json.dumps({"question": QUESTION, "choices": ["Вахш", " ".join(QUESTION.split()[:6])]})
    )
    (tmp_path / "c.txt").write_text("Офтоб ҳар рӯз аз шарқ мебарояд", encoding="utf-8")
    section = replace(SECTION, benchmarks=("a#1/b.jsonl", "c.txt"))
    index = load_index(section, tmp_path, tmp_path)
    tallies: dict[str, BenchmarkTally] = {}
    for name in ("s/1", "s/2"):
        items = contamination(index, f"Савол: {QUESTION}")[1]
        assert items
        matches = contaminated_by(items, name, "s")
        assert [(match.benchmark, match.line, match.field, match.id) for match in matches] == [
            ("a#1/b.jsonl", 1, "question", name),
            ("a#1/b.jsonl", 1, "choices.1", name),
        ]
        tally_matches(matches, tallies)
    assert num_items_of(section, index) == {"a#1/b.jsonl": 2, "c.txt": 1}
    assert tallies["a#1/b.jsonl"].counts(2) == {
        "num_items": 2,
        "num_items_found": 2,
        "num_documents": 2,
        "num_matches_exact": 4,
        "num_matches_near": 0,
    }


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("no.txt", b"", r"'no.txt' is not there \(looked for .*\); give its folder with --data"),
        ("a.csv", b"x", "ends in .csv; give .jsonl, .tsv or .txt"),
        ("a.tsv", b"\xcf\xf0", "a.tsv is not UTF-8"),
        ("a.jsonl", b"{", "a.jsonl, line 1: not valid JSON"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    if data:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(SoroError, match=message):
        load_index(replace(SECTION, benchmarks=(name,)), tmp_path, tmp_path)
