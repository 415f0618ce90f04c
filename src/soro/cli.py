"""Every command. Stages are imported when called, so that `soro serve` never touches torch."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from soro import __version__
from soro.bench_cli import app as bench_app
from soro.core.errors import SoroError
from soro.core.files import disk_error
from soro.core.progress import say
from soro.stage_cli import (
    BuildOption,
    DataOption,
    DryRunOption,
    ForceOption,
    OutOption,
    RecipeArgument,
    interruptible,
    run_stage,
)
from soro.text_cli import app as text_app
from soro.vocab_cli import app as vocab_app

app = typer.Typer(help="Build, measure and serve Tajik language models.", no_args_is_help=True, add_completion=False)
app.add_typer(text_app, name="text")
app.add_typer(bench_app, name="bench")
app.add_typer(vocab_app, name="vocab")

ModelArgument = Annotated[
    Path | None,
    typer.Argument(metavar="[MODEL]", help="A .gguf file or a release folder [default: the shipped model]."),
]


def add_stage_command(stage: str, text: str) -> None:
    """`soro STAGE RECIPE`: one stage of a recipe, its inputs taken from the build folder."""

    @app.command(stage, help=text)
    def command(
        recipe: RecipeArgument,
        build: BuildOption = None,
        out: OutOption = None,
        data: DataOption = None,
        force: ForceOption = False,
        dry_run: DryRunOption = False,
    ) -> None:
        run_stage(stage, recipe, build, out, data, force, dry_run)


add_stage_command("base", "Fetch the checkpoint a recipe starts from.")
add_stage_command("pretrain", "Continue pretraining on the corpus.")
add_stage_command("tune", "Tune on dialogues.")
add_stage_command("quantize", "Write GGUF, FP8 and INT4, each checked against the original.")


@app.command("build")
def build_command(
    recipe: RecipeArgument,
    build: BuildOption = None,
    data: DataOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Run every stage of a recipe in order; what is done is skipped, what was stopped goes on."""
    from soro.journey import STAGES, open_journey

    journey = open_journey(recipe, folder=build, data_root=data, force=force)
    for stage in STAGES:
        if dry_run:
            print(journey.preview(stage))
            continue
        with interruptible():
            journey.build(stage)
    if not dry_run:
        print(journey.path("release"))


@app.command("corpus")
def corpus_command(
    recipe: Annotated[
        Path | None, typer.Argument(metavar="[RECIPE]", help="The recipe whose text is cleaned and deduplicated.")
    ] = None,
    build: BuildOption = None,
    out: OutOption = None,
    data: DataOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    report: Annotated[
        Path | None,
        typer.Option("--report", help="A finished corpus: write its report anew, to --out or its report.html."),
    ] = None,
    tokenizer: Annotated[
        list[Path] | None,
        typer.Option(
            "--tokenizer", help="With --report: a tokenizer.json or its folder to count tokens with; repeat it."
        ),
    ] = None,
) -> None:
    """Clean and deduplicate the text of a recipe, or write the report of a corpus with --report."""
    if report is not None:
        from soro.corpus.report.build import report_on

        print(report_on(report, out, tokenizer or []))
    elif recipe is None:
        raise typer.BadParameter("give a RECIPE, or --report FOLDER")
    elif tokenizer:
        raise typer.BadParameter("--tokenizer goes with --report FOLDER")
    else:
        run_stage("corpus", recipe, build, out, data, force, dry_run)


@app.command("release")
def release_command(
    recipe: Annotated[Path | None, typer.Argument(metavar="[RECIPE]", help="The recipe to release.")] = None,
    build: BuildOption = None,
    out: OutOption = None,
    data: DataOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    check: Annotated[
        Path | None, typer.Option("--check", help="Verify a release folder instead of making one.")
    ] = None,
) -> None:
    """Make the folder people download, or verify one with --check."""
    if check is not None:
        from soro.release.check import check_release

        for line in check_release(check):
            print(line)
    elif recipe is None:
        raise typer.BadParameter("give a RECIPE, or --check FOLDER")
    else:
        run_stage("release", recipe, build, out, data, force, dry_run)


@app.command("show")
def show_command(folder: Annotated[Path, typer.Argument(help="The folder of an artifact.")]) -> None:
    """Print an artifact's story: what made it, from what, with which counts and scores."""
    from soro.core.story import story

    print(story(folder))


@app.command("counts")
def counts_command(
    recipe: Annotated[
        Path, typer.Argument(metavar="SOURCES", help="A TOML file like recipes/counts-tgk.toml, or en, ru.")
    ],
    out: Annotated[Path, typer.Option("--out", help="The counts file to write, .tsv.gz.")],
    data: DataOption = None,
    num_words: Annotated[int, typer.Option("--num-words", help="Length of a wordfreq list.")] = 150_000,
) -> None:
    """Count the words of sources, or take a wordfreq list, for the vocabulary."""
    from soro.core.counts import write_counts
    from soro.core.recipe import project_root
    from soro.corpus.counts import build_counts, wordfreq_counts

    if recipe.suffix == ".toml":
        build_counts(recipe, out, data_root=data, project_root=project_root(recipe))
    else:
        write_counts(out, wordfreq_counts(str(recipe), num_words))


def default_model() -> Path:
    """SORO_MODEL, else the model shipped in this checkout. Raises SoroError when there is none."""
    named = os.environ.get("SORO_MODEL")
    for folder in (
        [Path(named)] if named else [Path("models/soro-270m"), Path(__file__).parents[2] / "models/soro-270m"]
    ):
        if folder.exists():
            return folder
    raise SoroError("no model is here; name a .gguf file or a release folder, or set SORO_MODEL")


@app.command("serve")
def serve_command(
    model: ModelArgument = None,
    host: Annotated[
        str, typer.Option(envvar="HOST", help="Address to listen on; 0.0.0.0 opens it to the network.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=0, max=65535, help="Port to listen on.")] = 8080,
    context_tokens: Annotated[int, typer.Option(help="Longest conversation, in tokens.")] = 2048,
    num_threads: Annotated[int, typer.Option(help="Threads; 0 takes one for each core.")] = 0,
) -> None:
    """Serve the chat page and the OpenAI-compatible API."""
    from soro.serve.app import serve

    serve(model or default_model(), host=host, port=port, context_tokens=context_tokens, num_threads=num_threads)


@app.command("chat")
def chat_command(
    model: ModelArgument = None,
    context_tokens: Annotated[int, typer.Option(help="Longest conversation, in tokens.")] = 2048,
    num_threads: Annotated[int, typer.Option(help="Threads; 0 takes one for each core.")] = 0,
) -> None:
    """Chat in the terminal; /new starts again, /exit ends."""
    from soro.serve.terminal import chat

    chat(model or default_model(), context_tokens=context_tokens, num_threads=num_threads)


@app.callback(invoke_without_command=True)
def options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    if version:
        print(__version__)
        raise typer.Exit()


def main() -> None:
    """The command line: exit code 0 done, 1 failed, 2 misuse, 130 interrupted."""
    try:
        app()
    except (SoroError, OSError) as error:
        if "--debug" in sys.argv:
            raise
        cause = disk_error(error, Path(error.filename or "a file")) if isinstance(error, OSError) else error
        say(f"soro: {cause}")
        sys.exit(1)


if __name__ == "__main__":
    main()
