"""The bench stage: every model of a recipe in every task, one JSON file a pair."""

from importlib import metadata
from pathlib import Path
from typing import Any

from soro.bench.catalogue import TASKS, input_paths, reasons_not_run
from soro.bench.evaluate import evaluate_model
from soro.checkpoint.folder import check_belongs
from soro.core.artifact import Order, begin
from soro.core.errors import missing_extra
from soro.core.progress import say
from soro.core.recipe import Recipe


def bench_order(recipe: Recipe, out: Path, *, models: dict[str, Path], corpus: Path, data_root: Path | None) -> Order:
    paths = input_paths(recipe, corpus, data_root)
    inputs = {f"models/{name}": folder for name, folder in models.items()}
    inputs |= {TASKS[task].name: path for task, path in paths.items()}
    return Order(kind="bench", out=out, section=recipe.section("bench"), seed=recipe.seed, inputs=inputs)


def build_bench(
    recipe: Recipe,
    out: Path,
    *,
    models: dict[str, Path],
    corpus: Path,
    data_root: Path | None,
    force: bool = False,
) -> Path:
    """Write `out`/results/MODEL/TASK.json for each model and task; a task whose files are not given is noted and passed over."""
    order = bench_order(recipe, out, models=models, corpus=corpus, data_root=data_root)
    writer = begin(order, force=force)
    if writer is None:
        return out
    try:
        metadata.version("lm_eval")
    except metadata.PackageNotFoundError as error:
        raise missing_extra("lm_eval", "bench") from error
    for folder in models.values():
        check_belongs(folder)
    paths = input_paths(recipe, corpus, data_root)
    not_run = reasons_not_run(recipe, paths, data_root)
    for task, reason in not_run.items():
        say(f"bench: {task} is not run: {reason}")
    tasks = [task for task in recipe.bench.tasks if task not in not_run]
    scores: dict[str, dict[str, Any]] = {}
    for name, folder in models.items():
        results = writer.path / "results" / name
        scores[name] = evaluate_model(folder, tasks, results, inputs=paths, limit=recipe.bench.limit, seed=recipe.seed)
    counts = {"num_models": len(models), "num_tasks": len(tasks), "not_run": not_run}
    return writer.finish(counts=counts, scores=scores, packages=["lm_eval", "torch", "transformers"])
