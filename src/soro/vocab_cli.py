"""`soro vocab …`: fit a vocabulary, plan it before any training, compare tokenizers. `soro vocab RECIPE` fits."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

FIT = "fit"


class FitByDefault(TyperGroup):
    """A first word that is no command is the recipe, or an option, of `fit`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, "--help"):
            args = [FIT, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=FitByDefault, no_args_is_help=True)


@app.callback()
def vocab_commands() -> None:
    """The vocabulary: fit it to the language, plan its size, count what tokenizers spend."""


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
    from soro.vocab.fertility import fertility_tables, measure_fertility

    measured = measure_fertility(tokenizers, texts, num_costly)
    if as_json:
        for row in measured:
            print(json.dumps(row.as_json(), ensure_ascii=False))
    else:
        print(fertility_tables(measured))
