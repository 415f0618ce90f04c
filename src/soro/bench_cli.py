"""`soro bench …`: score the models of a recipe or any model, and look after the items of the suite."""

from pathlib import Path
from typing import Annotated

import typer

from soro.core.errors import SoroError
from soro.core.progress import say
from soro.stage_cli import (
    BuildOption,
    DataOption,
    DryRunOption,
    ForceOption,
    OutOption,
    RecipeOrCommand,
    interruptible,
    run_stage,
)


class RecipeByDefault(RecipeOrCommand):
    """`soro bench RECIPE` and `soro bench --compare A B` are short for `soro bench recipe …`."""

    default = "recipe"


app = typer.Typer(
    cls=RecipeByDefault,
    no_args_is_help=True,
    help="Score models through lm-eval, and look after the Tajik benchmark items.",
)

ItemsOption = Annotated[
    Path | None, typer.Option("--items", help="Folder of benchmark items [default: those of the package].")
]


@app.command("recipe")
def recipe_command(
    recipe: Annotated[
        Path | None, typer.Argument(metavar="[RECIPE]", help="The recipe whose models are scored.")
    ] = None,
    build: BuildOption = None,
    out: OutOption = None,
    data: DataOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option(
            "--compare", help="Two folders of results to compare on the same items, such as BENCH/results/base."
        ),
    ] = None,
) -> None:
    """Score the models of a recipe, or compare two that were scored; the word `recipe` may be left out."""
    if compare is not None:
        from soro.bench.compare import compare as compare_results

        print(compare_results(*compare))
    elif recipe is None:
        raise typer.BadParameter("give a RECIPE, or --compare A B")
    elif not recipe.suffix and not recipe.exists():
        raise SoroError(f"{str(recipe)!r} is neither a recipe nor a command of `soro bench`; see `soro bench --help`")
    else:
        run_stage("bench", recipe, build, out, data, force, dry_run)


@app.command("items")
def items_command(items: ItemsOption = None) -> None:
    """Print how many items each task and subject has, by review state and grade."""
    from soro.bench.suite.items import ITEMS_FOLDER, counts_tables, load_items

    print(counts_tables(load_items(items or ITEMS_FOLDER)))


@app.command("lint")
def lint_command(
    items: ItemsOption = None,
    training: Annotated[
        Path | None,
        typer.Option("--training", help="Folder of training text that no item may stand in, such as data."),
    ] = None,
) -> None:
    """Print what is wrong with the items, one finding a line; exit code 1 when there is any."""
    from soro.bench.suite.items import ITEMS_FOLDER
    from soro.bench.suite.lint import lint

    findings = lint(items or ITEMS_FOLDER, training)
    for finding in findings:
        print(finding)
    say(f"{len(findings)} findings")
    if findings:
        raise typer.Exit(1)


@app.command("sheet")
def sheet_command(
    out: Annotated[Path | None, typer.Option("--out", help="The .xlsx or .csv file to write for a reviewer.")] = None,
    taken: Annotated[
        Path | None, typer.Option("--import", help="A sheet that a reviewer sent back, to take into --items.")
    ] = None,
    task: Annotated[
        list[str] | None, typer.Option("--task", help="With --out: a task to write; repeat it [default: all].")
    ] = None,
    items: ItemsOption = None,
) -> None:
    """Write items as a spreadsheet for a reviewer, or take it back with names and verdicts."""
    from soro.bench.suite.items import ITEMS_FOLDER, TASKS, load_items
    from soro.bench.suite.sheet import export_sheet, import_sheet

    folder = items or ITEMS_FOLDER
    if (out is None) == (taken is None):
        raise typer.BadParameter("give --out FILE or --import FILE")
    if taken is not None:
        print("\n".join(import_sheet(taken, folder)) or "no row of the sheet has a verdict")
        return
    if unknown := set(task or []) - set(TASKS):
        raise SoroError(f"{', '.join(sorted(unknown))}: no such task; known are {', '.join(TASKS)}")
    assert out is not None
    export_sheet([item for item in load_items(folder) if item.task in (task or TASKS)], out)
    print(out)


@app.command("run")
def run_command(
    model: Annotated[Path, typer.Argument(metavar="MODEL", help="The Hugging Face folder of a model.")],
    out: Annotated[Path, typer.Option("--out", help="Folder of the results; what it holds is not scored again.")],
    suite: Annotated[str, typer.Option("--suite", help="soro (all own tasks), or one task such as general.")] = "soro",
    quick: Annotated[bool, typer.Option("--quick", help="A fixed sample of 100 items a task.")] = False,
    items: ItemsOption = None,
) -> None:
    """Score any Hugging Face folder on the project's own items; a killed run goes on with the next task."""
    from soro.bench.suite.items import ITEMS_FOLDER
    from soro.bench.suite.run import run_suite

    with interruptible():
        print(run_suite(model, suite, out, quick=quick, items=items or ITEMS_FOLDER))
