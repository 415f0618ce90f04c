"""`soro bench …`: score the models of a recipe or any model, and look after the items of the suite."""

from pathlib import Path
from typing import Annotated

import typer

from soro.core.errors import SoroError
from soro.core.progress import say
from soro.stage_cli import BuildOption, DataOption, DryRunOption, ForceOption, OutOption, RecipeOrCommand, run_stage


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
