"""Made items for every task, and lm-eval opened on the tiny model once."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from soro.core.documents import Document, write_documents

TOPICS = ("science/technology", "travel", "politics", "sports", "health", "entertainment", "geography")
LETTERS = "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя"


def made_text(rng: random.Random, num_chars: int) -> str:
    words = []
    while sum(map(len, words)) + len(words) < num_chars:
        words.append("".join(rng.choices(LETTERS, k=rng.randint(2, 9))))
    return " ".join(words)[:num_chars].strip() + "."


@pytest.fixture(scope="session")
def heldout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus's held-out file: two Tajik sources of unlike length, one English."""
    rng = random.Random(1)

    def document(source: str, lang: str, number: int, num_chars: int) -> Document:
        text = "\n".join(made_text(rng, 180) for _ in range(num_chars // 180))
        return Document(
            id=f"{source}/{number}", source=source, lang=lang, licence="CC0", tier="own", url="", title="", text=text
        )

    path = tmp_path_factory.mktemp("corpus") / "heldout.parquet"
    documents = [document("long", "tgk", n, 3600) for n in range(4)] + [
        document("short", "tgk", n, 400) for n in range(9)
    ]
    write_documents(path, [*documents, document("english", "eng", 0, 900)])
    return path


@pytest.fixture(scope="session")
def data_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made items in the formats of SIB-200 (43 scored rows) and ARC-Easy (300 items, the answer's place by lot)."""
    rng, root = random.Random(2), tmp_path_factory.mktemp("data")
    folder = root / "sib" / "tgk_Cyrl"
    folder.mkdir(parents=True)
    for name, num_rows in (("train", 40), ("dev", 10)):
        rows = [f"{name}{n}\t{TOPICS[n % 7]}\t{made_text(rng, 95)}" for n in range(num_rows)]
        (folder / f"{name}.tsv").write_text("\n".join(["index_id\tcategory\ttext", *rows]) + "\n", encoding="utf-8")
    items = []
    for number in range(300):
        choices = {"text": [made_text(rng, 12) for _ in range(4)], "label": ["A", "B", "C", "D"]}
        items.append(
            {"id": f"q{number}", "question": made_text(rng, 20), "choices": choices, "answerKey": rng.choice("ABCD")}
        )
    (root / "arc.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    return root


@pytest.fixture
def made_files() -> dict[str, list[dict[str, Any]]]:
    """The rows of a made suite by file, to be changed by a test."""
    from tests.bench.made_items import made_rows

    return made_rows(random.Random(3))


@pytest.fixture
def items_folder(made_files: dict[str, list[dict[str, Any]]], tmp_path: Path) -> Path:
    """A made suite on the disk."""
    from tests.bench.made_items import write_items

    return write_items(tmp_path / "items", made_files)
