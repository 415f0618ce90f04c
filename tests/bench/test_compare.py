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
    a = folder(tmp_path / "a", arc=result([1, 0, 0, 0] * 50), bpc=result([20.0, 30.0] * 50, weight=10, higher=False, metric="bpc"))
    b = folder(tmp_path / "b", arc=result([1, 1, 0, 0] * 50), bpc=result([25.0, 35.0] * 50, weight=10, higher=False, metric="bpc"))
    rows = {line.split("|")[1].strip(): [cell.strip() for cell in line.split("|")] for line in compare(a, b).splitlines()[3:6]}
    arc = rows["arc"]
    assert arc[3].startswith("0.2500 [0.") and arc[4].startswith("0.5000 [0.") and arc[5].startswith("+0.2500 [+0.1")
    assert arc[6:8] == ["200", "better"]
    assert rows["task"][6:8] == ["items", "B is"]
    assert (a / "bpc.json").is_file()
    bpc = compare(a, b).splitlines()[6]
    assert "+0.5000 [+0.5000, +0.5000]" in bpc and "worse" in bpc


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
