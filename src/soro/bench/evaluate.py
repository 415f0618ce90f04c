"""Score one model: a JSON file for each task, with the score of every item."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from soro.bench.catalogue import TASKS, check_tasks
from soro.bench.intervals import estimate
from soro.checkpoint.folder import check_belongs
from soro.core.artifact import fingerprint
from soro.core.errors import SoroError
from soro.core.files import read_json, write_json
from soro.core.progress import say


def evaluate_model(
    model: Path,
    tasks: Sequence[str],
    out: Path,
    *,
    inputs: Mapping[str, Path],
    limit: int = 0,
    seed: int = 0,
    quick: bool = False,
) -> dict[str, dict[str, Any]]:
    """Score the Hugging Face folder `model` in each task and write `out`/TASK.json; gives their main scores by task.

    `inputs` is the path each task reads: the held-out Parquet file, the folder of SIB-200, the file of ARC-Easy,
    the folder of a task's own items. `limit` > 0 takes the first items only, `quick` a fixed sample over all groups.
    What is already in `out` for the same model, input, limit and sample is kept.
    Raises SoroError for an unknown task, a missing input, and a model whose tokenizer does not belong to it.
    """
    check_tasks(tasks)
    check_belongs(model)
    out.mkdir(parents=True, exist_ok=True)
    lm, scores = None, {}
    model_fingerprint = fingerprint(model)
    for task in tasks:
        if task not in inputs:
            raise SoroError(f"task {task} needs the path of its {TASKS[task].key} files; give it in `inputs`")
        question = {"model": model_fingerprint, "input": fingerprint(inputs[task]), "limit": limit, "seed": seed}
        question |= {"quick": True} if quick else {}
        path = out / f"{task}.json"
        if not (path.is_file() and read_json(path).get("question") == question):
            from soro.bench.engine import open_model, run_task  # lm-eval is slow to import

            lm = lm or open_model(model)
            label = f"bench: {out.name} {task}"
            done = run_task(lm, task, {TASKS[task].key: inputs[task]}, limit=limit, label=label, quick=quick)
            write_json(path, {"task": task, "question": question, **report(asdict(done), seed)})
        scores[task] = main_score(read_json(path))
        say(f"bench: {out.name} {task} {line_of(scores[task])}")
    return scores


def report(done: dict[str, Any], seed: int) -> dict[str, Any]:
    """The JSON value of a task: the intervals of each metric, then the items."""
    groups = [item["group"] for item in done["items"]]
    scores = {}
    for metric, value in done["values"].items():
        pairs = [item["scores"][metric] for item in done["items"]]
        interval = estimate([score for score, _ in pairs], [weight for _, weight in pairs], groups, seed)
        scores[metric] = {**asdict(interval), "value": round(value, 5)}
    return {
        "version": done["version"],
        "metric": next(iter(scores)),
        "higher_is_better": done["higher_is_better"],
        "num_items": len(done["items"]),
        "scores": scores,
        "items": done["items"],
    }


def main_score(result: dict[str, Any]) -> dict[str, Any]:
    """{value, low, high, num_items, metric} of a result file, as it goes into a manifest."""
    metric = result["metric"]
    row = result["scores"][metric]
    numbers = {name: row[name] for name in ("value", "low", "high")}
    return {**numbers, "num_items": result["num_items"], "metric": metric}


def line_of(score: dict[str, Any]) -> str:
    return f"{score['metric']} {score['value']:.4f} [{score['low']:.4f}, {score['high']:.4f}] on {score['num_items']} items"
