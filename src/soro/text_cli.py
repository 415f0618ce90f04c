"""`soro text …`: commands that read lines or files of text and write lines."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from soro.core.errors import SoroError
from soro.core.progress import say

app = typer.Typer(help="Tajik text: lines in, lines out.", no_args_is_help=True)

FilesArgument = Annotated[
    list[Path] | None, typer.Argument(metavar="[FILES]", help="Text files in UTF-8 [default: what comes in on stdin].")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line of input.")]
ExplainOption = Annotated[bool, typer.Option("--explain", help="Show each change and its rule, on stderr.")]


def read_lines(files: list[Path] | None) -> Iterator[str]:
    """Lines without their ends, of files or of stdin. Raises SoroError where they are not UTF-8."""
    for name, binary in ((str(path), path.open("rb")) for path in files) if files else [("stdin", sys.stdin.buffer)]:
        with binary:
            for number, line in enumerate(binary, 1):
                try:
                    yield line.decode().removesuffix("\n").removesuffix("\r")
                except UnicodeDecodeError as error:
                    raise SoroError(
                        f"{name}, line {number}: not UTF-8 (byte {error.start}); convert it, for example with iconv"
                    ) from error


@app.command("restore")
def restore_command(files: FilesArgument = None, as_json: JsonOption = False, explain: ExplainOption = False) -> None:
    """Put the six letters that a Russian keyboard lacks back into Tajik, from context."""
    from soro.tajik.restore import RULES, restore_lines

    for number, line in enumerate(restore_lines(read_lines(files)), 1):
        if explain:
            for change in line.changes:
                say(f"{number}:{change.column + 1}\t{change.typed} → {change.restored}\t{RULES[change.rule]}")
        if as_json:
            changes = [change._asdict() for change in line.changes]
            print(json.dumps({"text": line.text, "changes": changes}, ensure_ascii=False))
        else:
            print(line.text)
