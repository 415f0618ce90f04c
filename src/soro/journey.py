"""The stages of a recipe in their order: where each reads and writes, its order, and the call that builds it."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from soro.core.artifact import MANIFEST, Order, plan
from soro.core.errors import SoroError, missing_extra
from soro.core.recipe import Recipe, load_recipe, project_root

STAGES = ("base", "corpus", "vocab", "pretrain", "tune", "quantize", "bench", "release")
MODULES = {
    "base": ("soro.checkpoint.build", "train"),
    "corpus": ("soro.corpus.build", "corpus"),
    "vocab": ("soro.vocab.build", "train"),
    "pretrain": ("soro.train.pretrain", "train"),
    "tune": ("soro.train.tune", "train"),
    "quantize": ("soro.quantize.build", "quantize"),
    "bench": ("soro.bench.build", "bench"),
    "release": ("soro.release.build", "quantize"),
}


@dataclass(frozen=True, kw_only=True)
class Journey:
    """One recipe, the folder its artifacts go to, and where its text lies."""

    recipe: Recipe
    project: Path
    folder: Path
    data_root: Path | None
    force: bool = False

    def path(self, stage: str) -> Path:
        return self.folder / stage

    def arguments(self, stage: str) -> dict[str, object]:
        """The keyword arguments of a stage: its inputs among the other stages' folders."""
        p = self.path
        models = {name: p(name) for name in self.recipe.bench.models}
        stories = {name: p(name) for name in ("base", "corpus", "vocab", "pretrain", "tune")}
        arguments: dict[str, dict[str, object]] = {
            "base": {"project_root": self.project},
            "corpus": {"data_root": self.data_root, "project_root": self.project},
            "vocab": {"base": p("base"), "corpus": p("corpus"), "project_root": self.project},
            "pretrain": {"vocab": p("vocab"), "corpus": p("corpus")},
            "tune": {
                "pretrain": p("pretrain"),
                "corpus": p("corpus"),
                "data_root": self.data_root,
                "project_root": self.project,
            },
            "quantize": {"tune": p("tune"), "corpus": p("corpus")},
            "bench": {"models": models, "corpus": p("corpus"), "data_root": self.data_root},
            "release": {
                "quantize": p("quantize"),
                "bench": p("bench"),
                "corpus": p("corpus"),
                "tune": p("tune"),
                "stages": stories,
            },
        }
        return arguments[stage]

    def build(self, stage: str, out: Path | None = None) -> Path:
        """Build one stage into `out` or its usual folder. Raises SoroError."""
        build: Callable[..., Path] = getattr(stage_module(stage), f"build_{stage}")
        return build(self.recipe, out or self.path(stage), **self.arguments(stage), force=self.force)

    def order(self, stage: str, out: Path | None = None) -> Order:
        order: Callable[..., Order] = getattr(stage_module(stage), f"{stage}_order")
        return order(self.recipe, out or self.path(stage), **self.arguments(stage))

    def preview(self, stage: str, out: Path | None = None) -> str:
        """What building a stage would do, in a line."""
        unfinished = [
            name for name in STAGES[: STAGES.index(stage)] if self.needs(stage, name) and not self.is_finished(name)
        ]
        if unfinished:
            return f"{stage}: would be built after {', '.join(unfinished)}"
        words = {"skip": "is up to date", "resume": "would go on where it was stopped", "new": "would be built"}
        order = self.order(stage, out)
        return f"{stage}: {order.out} {words[plan(order, force=self.force)]}"

    def needs(self, stage: str, earlier: str) -> bool:
        values = list(self.arguments(stage).values())
        paths = values + [v for value in values if isinstance(value, dict) for v in value.values()]
        return self.path(earlier) in paths

    def is_finished(self, stage: str) -> bool:
        return (self.path(stage) / MANIFEST).is_file()


def stage_module(stage: str):  # type: ignore[no-untyped-def]
    """The module of a stage; a missing optional dependency becomes the line that installs it."""
    module, extra = MODULES[stage]
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name and not error.name.startswith("soro"):
            raise missing_extra(error.name, extra) from error
        raise


def open_journey(recipe_path: Path, *, folder: Path | None, data_root: Path | None, force: bool) -> Journey:
    """Read a recipe and settle its folders; artifacts go to build/NAME beside the working directory by default."""
    recipe = load_recipe(recipe_path)
    if data_root is not None and not data_root.is_dir():
        raise SoroError(f"the data root {data_root} is not a folder; mend --data or SORO_DATA (see docs/sources.md)")
    return Journey(
        recipe=recipe,
        project=project_root(recipe_path),
        folder=folder or Path("build") / recipe.name,
        data_root=data_root,
        force=force,
    )
