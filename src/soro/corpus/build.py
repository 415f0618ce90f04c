"""The corpus stage: sources of a recipe into train, held-out and dropped documents."""

from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from soro.core.artifact import WORK, Order, begin
from soro.core.errors import SoroError
from soro.core.files import read_json, write_json
from soro.core.progress import say
from soro.core.recipe import Recipe, Source
from soro.corpus.benchmarks import BenchmarkTally, benchmark_files
from soro.corpus.curate import curate, root_of
from soro.corpus.extract.hub import is_hub, parse_address
from soro.corpus.readers import existing
from soro.corpus.report.build import REPORT_FILE, write_report
from soro.corpus.writing import Tally, write_outcomes


def corpus_order(recipe: Recipe, out: Path, data_root: Path | None, project_root: Path) -> Order:
    """The order of a corpus; every source and group file is an input, a data set of the hub where a copy of it is there."""
    inputs = {}
    for source in recipe.corpus.sources:
        root = root_of(source, data_root, project_root)
        if not is_hub(source.path):
            inputs[source.name] = existing(root / source.path, source)
        elif (copy := root / parse_address(source.path).name).is_dir():
            inputs[source.name] = copy
        if source.group_file:
            inputs[f"{source.name}/groups"] = existing(root / source.group_file, source)
    for name, path in benchmark_files(recipe.corpus, data_root, project_root).items():
        inputs[f"benchmarks/{name}"] = path
    section = recipe.section("corpus")
    del section["engine"]  # where the work is done, not what comes out
    return Order(kind="corpus", out=out, section=section, seed=recipe.seed, inputs=inputs)


def build_corpus(
    recipe: Recipe,
    out: Path,
    *,
    data_root: Path | None,
    project_root: Path,
    force: bool = False,
    num_workers: int | None = None,
) -> Path:
    """Write train, held-out and dropped documents, `sources.json`, `notes.jsonl`, `contaminated.jsonl` and the report to `out`.

    An interrupted run goes on with the pieces in `out.partial/work`. The bytes are the same for any number of workers.
    Raises SoroError for a missing source or when nothing is left.
    """
    writer = begin(corpus_order(recipe, out, data_root, project_root), force=force)
    if writer is None:
        return out
    work = writer.path / WORK
    written = work / "written.json"
    if not written.exists():
        curated = curate(recipe.corpus, work, data_root, project_root, num_workers)
        found = write_outcomes(curated.outcomes(), writer.path)
        counts = {
            **counts_of(found.tallies, dict(sorted(found.reasons.items()))),
            "notes": dict(sorted(found.notes.items())),
            "benchmarks": {
                name: found.benchmarks.get(name, BenchmarkTally()).counts(num_items)
                for name, num_items in curated.num_items.items()
            },
        }
        check_enough(counts)
        cards = [source_card(source, found.tallies.get(source.name, Tally())) for source in recipe.corpus.sources]
        write_json(writer.path / "sources.json", cards)
        write_json(written, counts)
    counts = read_json(written)
    say(
        f"corpus: {counts['num_documents_in']} in, {counts['num_documents_train']} train, "
        f"{counts['num_documents_heldout']} held out, {counts['num_documents_dropped']} dropped"
    )
    write_report(writer.path, writer.path / REPORT_FILE, counts=counts, settings=recipe.section("corpus"))
    return writer.finish(counts=counts, packages=["pyarrow", "rensa"], volatile_files=[REPORT_FILE])


def counts_of(tallies: dict[str, Tally], reasons: dict[str, int]) -> dict[str, Any]:
    """The counts of the manifest; documents in train, held out and dropped add up to those that came in."""
    num_train = sum(tally.train["documents"] for tally in tallies.values())
    num_heldout = sum(tally.heldout["documents"] for tally in tallies.values())
    return {
        "num_documents_in": num_train + num_heldout + sum(reasons.values()),
        "num_documents_train": num_train,
        "num_documents_heldout": num_heldout,
        "num_documents_dropped": sum(reasons.values()),
        "dropped_by_reason": reasons,
        **dict(sorted(sum((tally.changes for tally in tallies.values()), Counter()).items())),
        "num_words_train": sum(tally.train["words"] for tally in tallies.values()),
        "num_chars_train": sum(tally.train["chars"] for tally in tallies.values()),
        "num_chars_heldout": sum(tally.heldout["chars"] for tally in tallies.values()),
    }


def check_enough(counts: dict[str, Any]) -> None:
    num_train, num_heldout = counts["num_documents_train"], counts["num_documents_heldout"]
    if not num_train or not num_heldout:
        raise SoroError(
            f"the corpus is too small: {counts['num_documents_in']} documents came in, {num_train} are left to train on and "
            f"{num_heldout} held out; add text or lower corpus.min_chars (reasons: {counts['dropped_by_reason']})"
        )


def source_card(source: Source, tally: Tally) -> dict[str, Any]:
    """One source with its licence and what it gave, for the data card of the release."""
    return {
        **asdict(source if is_hub(source.path) else replace(source, path=Path(source.path).name)),
        "num_documents_train": tally.train["documents"],
        "num_documents_heldout": tally.heldout["documents"],
        "num_words_train": tally.train["words"],
        "num_chars_train": tally.train["chars"],
    }
