"""The table of two models, on made numbers with a known answer."""

from pathlib import Path
from typing import Any

import pytest

from soro.bench.compare import compare
from soro.core.errors import SoroError
from soro.core.files import write_json


def result(scores: list[float], *, weight: int = 1, higher: bool = True, metric: str = "acc") -> dict[str, Any]:
    items = [{"id": str(n), "group": "", "scores": {metric: [score, weight]}} for n, score in enumerate(scores)]
    return {"question": {"seed": 1}, "higher_is_better": {metric: higher}, "scores": {metric: {}}, "items": items}


def folder(path: Path, **results: dict[str, Any]) -> Path:
    path.mkdir()
    for task, value in results.items():
        write_json(path / f"{task}.json", value)
    return path


def test_the_table_says_which_is_better(tmp_path: Path) -> None:
    bits: dict[str, Any] = {"weight": 10, "higher": False, "metric": "bpc"}
    a = folder(tmp_path / "a", arc=result([1, 0, 0, 0] * 50), bpc=result([20.0, 30.0] * 50, **bits))
    b = folder(tmp_path / "b", arc=result([1, 1, 0, 0] * 50), bpc=result([25.0, 35.0] * 50, **bits))
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in compare(a, b).splitlines() if "|" in line]
    assert lines[0] == ["task", "metric", "A", "B", "B - A", "items", "B is"]
    arc, bpc = lines[2:]
    assert arc[:2] == ["arc", "acc"] and arc[5:] == ["200", "better"]
    assert arc[2].startswith("0.2500 [0.1") and arc[3].startswith("0.5000 [0.4") and arc[4].startswith("+0.2500 [+0.1")
    assert bpc[2].startswith("2.5000 [2.4") and bpc[4:] == ["+0.5000 [+0.5000, +0.5000]", "100", "worse"]


def test_equal_models_are_not_clearly_different(tmp_path: Path) -> None:
    a, b = folder(tmp_path / "a", arc=result([1, 0] * 50)), folder(tmp_path / "b", arc=result([0, 1] * 50))
    assert "not clearly different" in compare(a, b)


def test_other_items_are_refused(tmp_path: Path) -> None:
    a, b = folder(tmp_path / "a", arc=result([1.0, 0.0])), folder(tmp_path / "b", arc=result([1.0, 0.0, 1.0]))
    c = folder(tmp_path / "c", arc=result([1.0, 0.0], weight=2))
    for other in (b, c):
        with pytest.raises(SoroError, match="not scored on the same items"):
            compare(a, other)


def test_folders_without_results_are_refused(tmp_path: Path) -> None:
    a, b = folder(tmp_path / "a", arc=result([1.0])), folder(tmp_path / "b", sib=result([1.0]))
    with pytest.raises(SoroError, match="share no task"):
        compare(a, b)
    with pytest.raises(SoroError, match="holds no results"):
        compare(a, tmp_path / "nowhere")
