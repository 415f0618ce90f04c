"""Draws the pairs of every phenomenon and writes them as JSON Lines, the same bytes for the same seed."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from soro.bench.pairs.template import Phenomenon, Slot, Template, fill, load_phenomena
from soro.core.errors import SoroError

SEED = 1
MAX_TRIES = 2_000  # draws in a row that all repeat a sentence; then the template is taken to be used up
PAIRS_FOLDER = Path(__file__).parent.parent / "items" / "language" / "pairs"

Pair = dict[str, str]


def deal(slot: Slot, rng: Random) -> Iterator[tuple[str, ...]]:
    """The rows of a slot without end, each as often as the others: shuffled anew after every round."""
    while True:
        yield from rng.sample(slot.rows, len(slot.rows))


def draw(template: Template, seed: int, seen: set[str]) -> Iterator[tuple[str, str]]:
    """Good and bad sentences of a template, no good one twice; adds them to `seen`.

    Raises SoroError when the slots do not give the pairs that the template asks for.
    """
    rng = Random(f"{template.where} {seed}")
    decks = [(slot.names, deal(slot, rng)) for slot in template.slots]
    found = tries = 0
    while found < template.pairs:
        filling = {name: word for names, deck in decks for name, word in zip(names, next(deck), strict=True)}
        good, bad = (fill(pattern, filling, template.where) for pattern in (template.good, template.bad))
        if good == bad or good in seen or bad in seen:
            tries += 1
            if tries == MAX_TRIES:
                raise SoroError(f"{template.where}: its slots give {found} pairs, {template.pairs} are asked for; "
                                "add fillings or ask for fewer")  # fmt: skip
            continue
        tries = 0
        found += 1
        seen |= {good, bad}
        yield good, bad


def pairs_of(phenomenon: Phenomenon, seed: int, seen: set[str]) -> list[Pair]:
    """The pairs of one phenomenon, without sentences that are in `seen`; adds theirs to it."""
    drawn = [(t.name, good, bad) for t in phenomenon.templates for good, bad in draw(t, seed, seen)]
    return [
        {
            "id": f"pairs-{phenomenon.name}-{number:03d}",
            "phenomenon": phenomenon.name,
            "good": good,
            "bad": bad,
            "template": name,
            "review": phenomenon.review,
        }
        for number, (name, good, bad) in enumerate(drawn, 1)
    ]


def generated_files(seed: int = SEED) -> dict[str, str]:
    """The text of every file by its name; no sentence stands in two pairs."""
    seen: set[str] = set()
    files = {}
    for phenomenon in load_phenomena():
        lines = [json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs_of(phenomenon, seed, seen)]
        files[f"{phenomenon.name}.jsonl"] = "".join(lines)
    return files


def write_pairs(folder: Path = PAIRS_FOLDER, seed: int = SEED) -> int:
    """Writes the files, removes those of phenomena that are gone, and gives the number of pairs."""
    files = generated_files(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for path in set(folder.glob("*.jsonl")) - {folder / name for name in files}:
        path.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sum(text.count("\n") for text in files.values())
