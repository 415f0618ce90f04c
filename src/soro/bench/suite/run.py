"""`soro bench run`: one model on the project's own items."""

from pathlib import Path

from soro.bench.catalogue import TASKS, items_path, suite_tasks
from soro.bench.compare import table
from soro.bench.evaluate import evaluate_model
from soro.bench.suite.items import ITEMS_FOLDER
from soro.core.errors import SoroError
from soro.core.progress import say


def run_suite(model: Path, suite: str, out: Path, *, quick: bool = False, items: Path = ITEMS_FOLDER) -> str:
    """Score the Hugging Face folder `model` in a suite, write `out`/TASK.json, and give the scores as a Markdown table.

    What `out` holds of the same model and items is kept. Raises SoroError for an unknown suite and for what is no such folder.
    """
    inputs = suite_inputs(suite, items)
    check_model(model)
    scores = evaluate_model(model, list(inputs), out, inputs=inputs, quick=quick)
    rows = [
        (
            task,
            s["metric"],
            f"{s['value']:.3f}",
            f"{s['low']:.3f}–{s['high']:.3f}",
            str(TASKS[task].chance),
            str(s["num_items"]),
        )
        for task, s in scores.items()
    ]
    return "\n".join(table([("task", "score", "value", "95 % interval", "chance", "items"), *rows]))


def suite_inputs(suite: str, items: Path) -> dict[str, Path]:
    """The folder of items of each task of a suite; of several tasks, one without items yet is passed over with a line."""
    tasks = suite_tasks(suite)
    inputs = {task: items / TASKS[task].folder for task in tasks}
    without = [task for task, path in inputs.items() if not any(path.glob("*.jsonl"))]
    if without == list(tasks):
        items_path(tasks[0], items)
    for task in without:
        say(f"bench: {task} is not run: there are no items for it yet")
    return {task: path for task, path in inputs.items() if task not in without}


def check_model(model: Path) -> None:
    if model.suffix == ".gguf" or str(model).startswith(("http:", "https:")):
        raise SoroError(
            f"{model}: GGUF files and addresses cannot be scored yet; give the Hugging Face folder of the model"
        )
    if not (model / "config.json").is_file():
        raise SoroError(f"{model} is no Hugging Face folder: it has no config.json; give the folder of a checkpoint")
