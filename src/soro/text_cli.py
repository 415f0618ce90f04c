"""`soro text …`: commands of the language layer. Each reads lines (files, or standard input) and writes lines."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from soro.core.errors import SoroError
from soro.core.progress import say

if TYPE_CHECKING:
    from soro.tajik.languages import Identifier
    from soro.tajik.repair import Repaired

app = typer.Typer(no_args_is_help=True)

FilesArgument = Annotated[
    list[Path] | None, typer.Argument(metavar="[FILE]...", help="Files [default: standard input].")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
ExplainOption = Annotated[bool, typer.Option("--explain", help="Show each change and its rule, on stderr.")]

BLOCK_BYTES = 1 << 20
STANDARD_INPUT = Path("-")


@app.callback()
def text_commands() -> None:
    """Tajik text: repair it, identify languages, split sentences, put letters back."""


def open_input(path: Path) -> BinaryIO:
    """The bytes of a file, or of standard input for "-". Raises SoroError when the file cannot be read."""
    if path == STANDARD_INPUT:
        return sys.stdin.buffer
    if path.is_dir():
        raise SoroError(f"{path} is a folder; name the files in it")
    return path.open("rb")


def line_blocks(files: list[Path] | None) -> Iterator[list[str]]:
    """Lines of the files without their ends, in blocks of about a megabyte; bytes that are not UTF-8 become U+FFFD."""
    for path in files or [STANDARD_INPUT]:
        with open_input(path) as stream:
            while block := stream.readlines(BLOCK_BYTES):
                yield [line.decode("utf-8", "replace").rstrip("\r\n") for line in block]


def utf8_lines(files: list[Path] | None) -> Iterator[str]:
    """Lines of the files without their ends. Raises SoroError where one is not UTF-8, for commands that write text back."""
    for path in files or [STANDARD_INPUT]:
        with open_input(path) as stream:
            for number, line in enumerate(stream, 1):
                try:
                    yield line.decode().removesuffix("\n").removesuffix("\r")
                except UnicodeDecodeError as error:
                    raise SoroError(
                        f"{path}, line {number}: not UTF-8 (byte {error.start}); convert it, for example with iconv"
                    ) from error


def write_json(value: dict[str, object]) -> None:
    print(json.dumps(value, ensure_ascii=False))


@app.command("identify")
def identify_command(
    files: FilesArgument = None,
    as_json: JsonOption = False,
    document: Annotated[
        bool, typer.Option("--document", help="Judge each file as one document, with the share of each language.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the words that decided, beside the next likely language, on stderr.")
    ] = False,
) -> None:
    """Name the language of each line: language, script, score, separated by tabs."""
    from soro.tajik.languages import load_identifier

    if document and explain:
        raise SoroError("--explain shows the words of single lines; leave out --document")
    identifier = load_identifier()
    if document:
        identify_documents(identifier, files or [STANDARD_INPUT], as_json)
        return
    number = 0
    for lines in line_blocks(files):
        for line, guess in zip(lines, identifier.identify(lines), strict=True):
            number += 1
            if explain:
                explain_language(identifier, line, number)
            if as_json:
                write_json(asdict(guess))
            else:
                print(f"{guess.lang}\t{guess.script}\t{guess.score:.4f}")


def explain_language(identifier: "Identifier", line: str, number: int) -> None:
    """`line  tg, not ru  word +nats …` on stderr; a word below zero speaks for the other language."""
    from soro.tajik.language_evidence import evidence_of

    if evidence := evidence_of(identifier, line):
        words = " ".join(f"{word} {nats:+.1f}" for word, nats in evidence.words)
        say(f"{number}\t{evidence.best}, not {evidence.next}\t{words}")


def identify_documents(identifier: "Identifier", files: list[Path], as_json: bool) -> None:
    from soro.tajik.document_languages import identify_document

    for path in files:
        with open_input(path) as stream:
            guess = identify_document(identifier, stream.read().decode("utf-8", "replace"))
        if as_json:
            write_json({"file": str(path), **asdict(guess)})
        else:
            shares = " ".join(f"{lang}={share:.4f}" for lang, share in guess.shares.items())
            print(f"{path}\t{guess.lang}\t{guess.script}\t{guess.score:.4f}\t{shares}")


@app.command("sentences")
def sentences_command(
    files: FilesArgument = None,
    as_json: JsonOption = False,
    words: Annotated[bool, typer.Option("--words", help="Split the sentences into words and marks.")] = False,
) -> None:
    """Write one sentence a line; a line of the input is a paragraph."""
    from soro.tajik.sentences import sentences
    from soro.tajik.tokens import tokens

    for lines in line_blocks(files):
        for sentence in (sentence for line in lines for sentence in sentences(line)):
            if as_json:
                write_json({"text": sentence} | ({"words": tokens(sentence)} if words else {}))
            else:
                print(" ".join(tokens(sentence)) if words else sentence)


@app.command("restore")
def restore_command(
    files: FilesArgument = None,
    as_json: JsonOption = False,
    explain: ExplainOption = False,
) -> None:
    """Put the six letters that a Russian keyboard lacks back into Tajik, from context."""
    from soro.tajik.restore import RULES, restore_lines

    for number, line in enumerate(restore_lines(utf8_lines(files)), 1):
        if explain:
            for change in line.changes:
                say(f"{number}:{change.column + 1}\t{change.typed} → {change.restored}\t{RULES[change.rule]}")
        if as_json:
            write_json({"text": line.text, "changes": [change._asdict() for change in line.changes]})
        else:
            print(line.text)


@app.command("repair")
def repair_command(
    files: FilesArgument = None,
    as_json: JsonOption = False,
    explain: ExplainOption = False,
    by_line: Annotated[
        bool, typer.Option("--lines", help="Each line is a text of its own: as many lines come out as go in.")
    ] = False,
) -> None:
    """Mend Tajik text, each file as one: old fonts, look-alike letters, hyphens, broken words, footnotes, HTML, spaces."""
    from soro.tajik.repair import repair, repair_edits

    if by_line:
        texts = ((STANDARD_INPUT, line) for line in utf8_lines(files))
    else:
        texts = ((path, "\n".join(utf8_lines([path]))) for path in files or [STANDARD_INPUT])
    for number, (path, text) in enumerate(texts, 1):
        if not (as_json or explain):
            write_repaired(repair(text), by_line)
            continue
        found = repair_edits(text)
        if explain:
            explain_repair(found, text, number if by_line else None)
        if as_json:
            file = {} if by_line else {"file": str(path)}
            write_json(file | {"text": found.text, "changes": [edit._asdict() for edit in found.edits]})
        else:
            write_repaired(found.text, by_line)


def write_repaired(text: str, by_line: bool) -> None:
    """Nothing for a text of which nothing is left; one line always where lines are texts."""
    if by_line:
        print(text.replace("\n", " "))
    elif text:
        print(text)


def explain_repair(found: "Repaired", text: str, line: int | None) -> None:
    """Each change as `line:column  old → new  rule`; `line`: where the whole text is one line of the input."""
    from soro.tajik.repair import explanation

    number, start = line or 1, 0  # of the line that the last change was in, and where it begins
    for edit in found.edits:
        if (num_ends := text.count("\n", start, edit.start)) and line is None:
            number, start = number + num_ends, text.rindex("\n", start, edit.start) + 1
        say(f"{number}:{edit.start - start + 1}\t{explanation(edit)}")
