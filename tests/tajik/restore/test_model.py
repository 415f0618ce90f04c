import json
from pathlib import Path

import pytest

from soro.core.errors import SoroError
from soro.tajik.restore.model import CARD, WORDS, Model, Spelling, read_model, shipped_model, write_model

MODEL = Model(
    words={
        "хар": "ҳар",
        "ду": (Spelling("ду", 0.0, None), Spelling("дӯ", -2.5, None)),
        "точики": (Spelling("тоҷики", 0.0, 1.2),),
    },
    letters={"Х": 0.5, "^Ха": 1.25},
    contexts={">¶": 0.7, "забони<": -0.2},
)


def test_a_model_comes_back_as_written(tmp_path: Path) -> None:
    write_model(tmp_path, MODEL, {"made_by": "a test"})
    assert read_model(tmp_path) == MODEL
    first = (tmp_path / WORDS).read_bytes()
    write_model(tmp_path, MODEL, {"made_by": "a test"})
    assert (tmp_path / WORDS).read_bytes() == first


def test_another_version_is_refused(tmp_path: Path) -> None:
    write_model(tmp_path, MODEL, {})
    (tmp_path / CARD).write_text(json.dumps({"version": 99}))
    with pytest.raises(SoroError, match="version 99"):
        read_model(tmp_path)


@pytest.mark.parametrize("damage", [b"", b"no gzip"])
def test_damage_is_named(tmp_path: Path, damage: bytes) -> None:
    write_model(tmp_path, MODEL, {})
    (tmp_path / WORDS).write_bytes(damage)
    with pytest.raises(SoroError, match="cannot be read"):
        read_model(tmp_path)


def test_the_shipped_model_is_small(project: Path) -> None:
    files = list((project / "src/soro/tajik/restore/model").iterdir())
    assert sum(file.stat().st_size for file in files) < 5_000_000
    assert len(shipped_model().words) > 50_000
