"""A small corpus of the project's own lessons, and a recipe over the tiny model."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from soro.core.documents import Document, write_documents
from soro.core.recipe import Recipe, load_recipe


@pytest.fixture(scope="session")
def corpus(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with train.parquet (two sources) and heldout.parquet (Tajik and English)."""
    folder = tmp_path_factory.mktemp("corpus")
    lessons = [path.read_text(encoding="utf-8") for path in sorted((project / "data" / "lessons").rglob("*.md"))[:14]]
    english = "The capital of France is Paris. Water boils at 100 degrees. " * 8
    train = [document(f"t{i}", ("near", "far")[i % 2], "tgk", text) for i, text in enumerate(lessons[:10])]
    heldout = [document(f"h{i}", ("near", "far")[i % 2], "tgk", text) for i, text in enumerate(lessons[10:])]
    write_documents(folder / "train.parquet", [*train, document("e", "other", "eng", english)])
    write_documents(folder / "heldout.parquet", [*heldout, document("he", "other", "eng", english)])
    return folder


def document(name: str, source: str, lang: str, text: str) -> Document:
    return Document(id=name, source=source, lang=lang, licence="CC BY 4.0", tier="own", url="", title="", text=text)


@pytest.fixture(scope="session")
def recipe(project: Path) -> Callable[..., Recipe]:
    """recipes/tiny.toml with other formats, little calibration and little to measure."""

    def with_formats(*formats: str) -> Recipe:
        tiny = load_recipe(project / "recipes" / "tiny.toml")
        small = {"num_calibration_rows": 4, "calibration_seq_len": 64, "eval_max_chars": 400}
        return replace(tiny, quantize=replace(tiny.quantize, formats=formats, **small))  # type: ignore[arg-type]

    return with_formats
