"""The tasks by name, and what each needs beside a model.

To add a task: copy a folder of `tasks/`, and name it here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from soro.core.documents import read_documents
from soro.core.errors import SoroError
from soro.core.recipe import Recipe

TASKS_FOLDER = Path(__file__).parent / "tasks"


@dataclass(frozen=True, kw_only=True)
class TaskInput:
    """What a task reads: `heldout` is the corpus's held-out file; the others are keys of [bench] in the recipe."""

    key: Literal["heldout", "sib200", "arc_easy"]
    lang: str = ""  # for heldout: the language whose documents are scored
    folder: str = ""  # below the path that the recipe names


TASKS = {
    "bpc_tgk": TaskInput(key="heldout", lang="tgk"),
    "bpc_eng": TaskInput(key="heldout", lang="eng"),
    "bpc_rus": TaskInput(key="heldout", lang="rus"),
    "sib200_tgk": TaskInput(key="sib200", folder="tgk_Cyrl"),
    "arc_easy": TaskInput(key="arc_easy"),
}


def check_tasks(names: Iterable[str]) -> None:
    """Raise SoroError for a name that is no task."""
    for name in names:
        if name not in TASKS:
            raise SoroError(f"{name!r} is not a benchmark task; known are {', '.join(sorted(TASKS))}")


def input_paths(recipe: Recipe, corpus: Path, data_root: Path | None) -> dict[str, Path]:
    """The file or folder of each task of the recipe that can run; a task whose files are not given is left out.

    Raises SoroError for an unknown task, and for files that the recipe names and the data root does not hold.
    """
    check_tasks(recipe.bench.tasks)
    paths = {}
    for name in recipe.bench.tasks:
        need = TASKS[name]
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
