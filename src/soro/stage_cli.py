"""What the commands of all stages share: their options, and how a stage is run."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from soro.core.progress import say

RecipeArgument = Annotated[Path, typer.Argument(metavar="RECIPE", help="The TOML file that describes the model.")]
BuildOption = Annotated[Path | None, typer.Option("--build", help="Folder of all artifacts [default: build/NAME].")]
OutOption = Annotated[Path | None, typer.Option("--out", help="Folder of this artifact [default: BUILD/STAGE].")]
DataOption = Annotated[
    Path | None, typer.Option("--data", envvar="SORO_DATA", help="Folder that sources are relative to.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Build anew what another order made.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, do nothing.")]


class RecipeOrCommand(TyperGroup):
    """`soro STAGE RECIPE` is short for `soro STAGE default RECIPE`; a first word that is a command stays one."""

    default = ""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        if args and args[0] not in (*self.commands, "--help"):
            args = [self.default, *args]
        return super().parse_args(ctx, args)


def run_stage(
    stage: str, recipe: Path, build: Path | None, out: Path | None, data: Path | None, force: bool, dry_run: bool
) -> None:
    from soro.journey import open_journey

    journey = open_journey(recipe, folder=build, data_root=data, force=force)
    if dry_run:
        print(journey.preview(stage, out))
    else:
        with interruptible():
            print(journey.build(stage, out))


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl+C in a stage ends the command with a word on how to go on, and exit code 130."""
    try:
        yield
    except KeyboardInterrupt as interrupt:
        say("stopped; the same command goes on from here")
        raise typer.Exit(130) from interrupt
