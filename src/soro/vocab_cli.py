"""`soro vocab …`: fit a vocabulary, plan it before any training, compare tokenizers. `soro vocab RECIPE` fits."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from soro.core.errors import SoroError, missing_extra
from soro.stage_cli import (
    BuildOption,
    DataOption,
    DryRunOption,
    ForceOption,
    OutOption,
    RecipeArgument,
    RecipeOrCommand,
    run_stage,
)

FIT = "fit"


class FitByDefault(RecipeOrCommand):
    """`soro vocab RECIPE` is short for `soro vocab fit RECIPE`."""

    default = FIT


app = typer.Typer(cls=FitByDefault, no_args_is_help=True)


@app.callback()
def vocab_commands() -> None:
    """The vocabulary: fit it to the language, plan its size, count what tokenizers spend."""


@app.command(FIT)
def fit_command(
    recipe: RecipeArgument,
    build: BuildOption = None,
    out: OutOption = None,
    data: DataOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Fit the vocabulary and cut the checkpoint to it; the word `fit` may be left out."""
    if not recipe.suffix and not recipe.exists():
        raise SoroError(f"{str(recipe)!r} is neither a recipe nor a command of `soro vocab`; see `soro vocab --help`")
    run_stage("vocab", recipe, build, out, data, force, dry_run)


@contextmanager
def packages_of_training() -> Iterator[None]:
    """An import that fails for a package becomes the line that installs it."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name and not error.name.startswith("soro"):
            raise missing_extra(error.name, "train") from error
        raise


@app.command("fertility")
def fertility_command(
    tokenizers: Annotated[
        list[Path],
        typer.Argument(metavar="TOKENIZER...", help="A tokenizer.json, a .gguf, a folder or artifact that holds one."),
    ],
    texts: Annotated[list[Path], typer.Option("--text", metavar="FILE", help="A file of UTF-8 text; repeat it.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    num_costly: Annotated[int, typer.Option("--words", min=0, help="How many of the costliest words to show.")] = 10,
) -> None:
    """Tokens per word and per character of tokenizers, and the words that cost most."""
    with packages_of_training():
        from soro.vocab.fertility import fertility_tables, measure_fertility

    measured = measure_fertility(tokenizers, texts, num_costly)
    if as_json:
        for row in measured:
            print(json.dumps(row.as_json(), ensure_ascii=False))
    else:
        print(fertility_tables(measured))


@app.command("plan")
def plan_command(
    recipe: RecipeArgument,
    build: BuildOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="The page to write, .html, or its picture, .svg [default: BUILD/vocab-plan.html]."),
    ] = None,
    measure: Annotated[
        bool, typer.Option("--measure/--no-measure", help="Measure speeds in llama.cpp, with random weights.")
    ] = True,
    num_threads: Annotated[int, typer.Option("--threads", min=0, help="Threads; 0 takes one for each core.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the numbers as JSON.")] = False,
) -> None:
    """Sizes of the vocabulary side by side: tokens, memory, speed, and which to take; before any training."""
    from soro.core.files import write_atomic
    from soro.core.progress import say
    from soro.journey import open_journey

    with packages_of_training():
        from soro.vocab.plan.build import as_json as plan_json
        from soro.vocab.plan.build import make_plan
        from soro.vocab.plan.page import page
        from soro.vocab.plan.picture import both
        from soro.vocab.plan.tables import as_markdown, tables

    journey = open_journey(recipe, folder=build, data_root=None, force=False)
    speed = measured_speed(journey.recipe.quantize.embedding, num_threads) if measure else {}
    plan = make_plan(
        journey.recipe,
        base=journey.path("base"),
        corpus=journey.path("corpus"),
        project_root=journey.project,
        **speed,
    )
    path = out or journey.folder / "vocab-plan.html"
    write_atomic(path, both(plan) if path.suffix == ".svg" else page(plan))
    say(f"vocab plan: wrote {path}")
    print(json.dumps(plan_json(plan), indent=1) if as_json else "\n\n".join(map(as_markdown, tables(plan))))


def measured_speed(embedding: Any, num_threads: int) -> dict[str, Any]:
    """How `make_plan` measures: the bandwidth of this machine, and a function for tokens a second of a shape."""
    from soro.core.bandwidth import read_bandwidth
    from soro.quantize.decode_speed import all_cores, random_tokens_per_s

    threads = num_threads or all_cores()
    return {
        "num_threads": threads,
        "bandwidth": read_bandwidth(threads),
        "measure": partial(random_tokens_per_s, embedding=embedding, num_threads=threads),
    }
