"""Two models on the same items: both scores and their difference, each with its interval."""

from pathlib import Path
from typing import Any

from soro.bench.intervals import Estimate, difference, estimate
from soro.core.errors import SoroError
from soro.core.files import read_json

HEAD = ("task", "metric", "A", "B", "B - A", "items", "B is")


def compare(a: Path, b: Path) -> str:
    """A table of two folders of results (`TASK.json` files), in Markdown with its columns aligned.

    Raises SoroError when a folder holds no results, when they share no task, or when the items are not the same.
    """
    results_a, results_b = read_results(a), read_results(b)
    shared = [task for task in results_a if task in results_b]
    if not shared:
        raise SoroError(
            f"{a} and {b} share no task ({', '.join(results_a)}; {', '.join(results_b)}); score both in one"
        )
    rows = [row for task in shared for row in rows_of(task, results_a[task], results_b[task])]
    notes = [
        f"{task} was scored for {'A' if task in results_a else 'B'} only."
        for task in sorted(set(results_a) ^ set(results_b))
    ]
    notes += ["95 % intervals by bootstrap over the items; the difference over the same items of both."]
    return "\n".join([f"A = {a}", f"B = {b}", "", *table([HEAD, *rows]), "", *notes])


def read_results(folder: Path) -> dict[str, dict[str, Any]]:
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    results = {path.stem: read_json(path) for path in files}
    results = {task: result for task, result in results.items() if isinstance(result, dict) and "items" in result}
    if not results:
        raise SoroError(
            f"{folder} holds no results; name a folder such as BENCH/results/MODEL, written by `soro bench`"
        )
    return results


def rows_of(task: str, a: dict[str, Any], b: dict[str, Any]) -> list[tuple[str, ...]]:
    """A row for each metric that both results have."""
    items_b = {item["id"]: item for item in b["items"]}
    pairs = [(item, items_b.get(item["id"])) for item in a["items"]]
    rows = []
    for metric in [metric for metric in a["scores"] if metric in b["scores"]]:
        if len(items_b) != len(pairs) or any(y is None or weight(x, metric) != weight(y, metric) for x, y in pairs):
            raise SoroError(
                f"task {task}: the two models were not scored on the same items; score both on one input and limit"
            )
        scores_a = [x["scores"][metric][0] for x, _ in pairs]
        scores_b = [y["scores"][metric][0] for _, y in pairs if y]
        weights, groups = [weight(x, metric) for x, _ in pairs], [x["group"] for x, _ in pairs]
        seed = a["question"]["seed"]
        change = difference(scores_a, scores_b, weights, groups, seed)
        both = [estimate(scores, weights, groups, seed) for scores in (scores_a, scores_b)]
        verdict = verdict_of(change, a["higher_is_better"][metric])
        rows.append((task, metric, *map(shown, both), shown(change, "+"), str(len(pairs)), verdict))
    return rows


def weight(item: dict[str, Any], metric: str) -> float:
    return float(item["scores"][metric][1])


def verdict_of(change: Estimate, higher_is_better: bool) -> str:
    """better or worse where the interval of the difference leaves out zero."""
    if change.low <= 0 <= change.high:
        return "not clearly different"
    return "better" if (change.low > 0) == higher_is_better else "worse"


def shown(number: Estimate, sign: str = "") -> str:
    return f"{number.value:{sign}.4f} [{number.low:{sign}.4f}, {number.high:{sign}.4f}]"


def table(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows, the first of them the head, as aligned Markdown."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    return [lines[0], "| " + " | ".join("-" * width for width in widths) + " |", *lines[1:]]
