"""The tasks by name, and what each needs beside a model.

To add a task: copy a folder of `tasks/`, and name it here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from soro.bench.suite.items import ITEMS_FOLDER
from soro.core.documents import read_documents
from soro.core.errors import SoroError
from soro.core.recipe import Recipe

TASKS_FOLDER = Path(__file__).parent / "tasks"


@dataclass(frozen=True, kw_only=True)
class TaskInput:
    """What a task reads: `heldout` is the corpus's held-out file, `items` the package's own; the others are keys of [bench]
    in the recipe."""

    key: Literal["heldout", "items", "sib200", "arc_easy"]
    lang: str = ""  # for heldout: the language whose documents are scored
    folder: str = ""  # below the path that the recipe names, or below the package's items
    chance: float = 0.0  # the share that a model without an opinion gets right; of the package's own tasks

    @property
    def name(self) -> str:
        """The name of the input in a manifest."""
        return f"items/{self.folder}" if self.key == "items" else self.key


TASKS = {
    "bpc_tgk": TaskInput(key="heldout", lang="tgk"),
    "bpc_eng": TaskInput(key="heldout", lang="eng"),
    "bpc_rus": TaskInput(key="heldout", lang="rus"),
    "sib200_tgk": TaskInput(key="sib200", folder="tgk_Cyrl"),
    "arc_easy": TaskInput(key="arc_easy"),
    "soro_general": TaskInput(key="items", folder="general", chance=0.25),
    "soro_language": TaskInput(key="items", folder="language", chance=0.25),
    "soro_pairs": TaskInput(key="items", folder="language/pairs", chance=0.5),
    "soro_school": TaskInput(key="items", folder="school", chance=0.25),
    "soro_reading": TaskInput(key="items", folder="school", chance=0.25),
    "soro_exam": TaskInput(key="items", folder="exam", chance=0.25),
}

# What `soro bench run --suite` knows: the project's own items, whole or one task of them.
SUITES = {"soro": tuple(name for name, need in TASKS.items() if need.key == "items")}
SUITES |= {name.removeprefix("soro_"): (name,) for name in SUITES["soro"]}


def check_tasks(names: Iterable[str]) -> None:
    """Raise SoroError for a name that is no task."""
    for name in names:
        if name not in TASKS:
            raise SoroError(f"{name!r} is not a benchmark task; known are {', '.join(sorted(TASKS))}")


def suite_tasks(suite: str) -> tuple[str, ...]:
    """The tasks of a suite. Raises SoroError with the names that exist."""
    if suite not in SUITES:
        raise SoroError(f"{suite!r} is not a suite; known are {', '.join(SUITES)}")
    return SUITES[suite]


def items_path(task: str, items: Path = ITEMS_FOLDER) -> Path:
    """The folder of a task's own items. Raises SoroError where it holds none."""
    path = items / TASKS[task].folder
    if not any(path.glob("*.jsonl")):
        raise SoroError(f"task {task}: {path} holds no .jsonl file of items")
    return path


def input_paths(recipe: Recipe, corpus: Path, data_root: Path | None) -> dict[str, Path]:
    """The file or folder of each task of the recipe that can run; a task whose files are not given is left out.

    Raises SoroError for an unknown task, and for files that the recipe names and the data root does not hold.
    """
    check_tasks(recipe.bench.tasks)
    paths = {}
    for name in recipe.bench.tasks:
        need = TASKS[name]
        if need.key == "items":
            paths[name] = items_path(name)
            continue
        given = "heldout.parquet" if need.key == "heldout" else getattr(recipe.bench, need.key)
        root = corpus if need.key == "heldout" else data_root
        if not given or root is None:
            continue
        paths[name] = root / given / need.folder if need.folder else root / given
        if need.key != "heldout" and not paths[name].exists():
            raise SoroError(
                f'bench.{need.key}: {paths[name]} is not there; get it (docs/sources.md) or set {need.key} = ""'
            )
    return paths


def reasons_not_run(recipe: Recipe, paths: dict[str, Path], data_root: Path | None) -> dict[str, str]:
    """Why each task of the recipe that cannot run does not: its files are not given, or the corpus lacks its language."""
    reasons = {}
    for name in recipe.bench.tasks:
        need = TASKS[name]
        if name in paths:
            if need.key == "heldout" and need.lang not in heldout_languages(paths[name]):
                reasons[name] = f"the corpus holds out no document in {need.lang}"
        elif not getattr(recipe.bench, need.key):
            reasons[name] = f"bench.{need.key} is empty in the recipe"
        elif data_root is None:
            reasons[name] = "no data root is given (--data or SORO_DATA)"
    return reasons


def heldout_languages(path: Path) -> set[str]:
    return {document.lang for document in read_documents(path)}
