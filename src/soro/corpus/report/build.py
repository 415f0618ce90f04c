"""The report of a corpus: from the folder's files to one HTML file."""

import json
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from soro.core.artifact import read_manifest
from soro.core.files import read_json, read_jsonl, write_atomic
from soro.core.progress import say
from soro.corpus.benchmarks import CONTAMINATED_FILE, Contaminated
from soro.corpus.notes import NOTES_FILE, Note, kind_of_note
from soro.corpus.report.meanings import language
from soro.corpus.report.measures import language_shares, token_rates
from soro.corpus.report.page import MAX_MATCHES, Facts, page
from soro.corpus.report.survey import Survey, survey_corpus

REPORT_FILE = "report.html"


def report_on(folder: Path, out: Path | None = None, tokenizers: Sequence[Path] = ()) -> Path:
    """Write the report of a finished corpus to `out`, by default `report.html` in its folder, which no manifest pins.

    Raises SoroError when `folder` is no finished corpus or a tokenizer cannot be read.
    """
    manifest = read_manifest(folder, "corpus")
    path = out or folder / REPORT_FILE
    write_report(folder, path, counts=manifest["counts"], settings=manifest["section"], tokenizers=tokenizers)
    say(f"corpus: wrote {path}")
    return path


def write_report(
    folder: Path, out: Path, *, counts: Mapping[str, Any], settings: Mapping[str, Any], tokenizers: Sequence[Path] = ()
) -> None:
    """The page of the Parquet files, `sources.json`, `notes.jsonl` and `contaminated.jsonl` (where they are) of `folder`.

    The same files, counts, settings and tokenizers give the same bytes. Raises SoroError for a file that cannot be read.
    """
    survey = survey_corpus(folder)
    notes = folder / NOTES_FILE
    facts = Facts(
        survey=survey,
        cards=read_json(folder / "sources.json"),
        counts=counts,
        settings=json.loads(json.dumps(settings)),
        notes=notes_by_kind(notes) if notes.is_file() else None,
        contaminated=first_matches(folder / CONTAMINATED_FILE),
        languages=language_shares(language_groups(survey)),
        tokens=token_rates(tokenizers, token_groups(survey)),
    )
    write_atomic(out, page(facts))


def notes_by_kind(path: Path) -> dict[str, tuple[int, Note]]:
    """For each kind of note the number of documents and the first of them."""
    found: dict[str, tuple[int, Note]] = {}
    for _, row in read_jsonl(path):
        note = Note(**{name: str(row.get(name, "")) for name in ("id", "source", "note")})
        kind = kind_of_note(note.note)
        number, first = found.get(kind, (0, note))
        found[kind] = number + 1, first
    return found


def first_matches(path: Path) -> list[Contaminated]:
    """The first matches of benchmark items that a corpus lists, as many as the page shows."""
    return [Contaminated(**row) for _, row in islice(read_jsonl(path), MAX_MATCHES)] if path.is_file() else []


def language_groups(survey: Survey) -> dict[str, list[str]]:
    """The sampled texts by what the page calls their group; dropped ones last."""
    kept = {f"kept, {language(lang)}": texts for lang, texts in sampled(survey, "kept").items()}
    dropped = sampled(survey, "dropped")
    return {**kept, "dropped": dropped[""]} if dropped else kept


def token_groups(survey: Survey) -> dict[str, list[str]]:
    return sampled(survey, "heldout")


def sampled(survey: Survey, group: str) -> dict[str, list[str]]:
    """The texts of a group by language, larger samples first."""
    found = {lang: texts.items() for (name, lang), texts in survey.texts.items() if name == group}
    return dict(sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0])))
