"""Templates of minimal pairs: how a file of `templates/` is read and how one template is filled.

A template has a good and a bad pattern and slots. `{thing}` is what the slot `thing` was filled with, `{thing|plural}` its
plural, `{thing|plural|object}` the plural with the object suffix, `{deed|past:who}` the verb in the person of what
fills the slot `who`, `{deed|past:3pl}` in a named person; `not-past` negates. The first letter becomes a capital.
A slot lists its fillings or names a list of `lexicon.toml`; the slot `"thing deed"` fills two at once from rows.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soro.core.errors import SoroError
from soro.tajik import inflection

FOLDER = Path(__file__).parent
FIELD = re.compile(r"\{([^{}]+)\}")
FIRST_LETTER = re.compile(r"[^\W\d_]")

NOUN_FORMS: dict[str, Callable[[str], str]] = {
    "izofat": inflection.izofat,
    "object": inflection.object_marked,
    "indefinite": inflection.indefinite,
    "plural": inflection.plural,
    "people": inflection.plural_of_people,
    "joined": inflection.joined,
    "participle": inflection.participle,
    "past-stem": inflection.past_stem,
}
PERSONAL_FORMS: dict[str, Callable[..., str]] = {
    "possessed": inflection.possessed,
    "copula": inflection.copula,
    "past": inflection.past,
    "present": inflection.present,
    "imperfect": inflection.imperfect,
    "subjunctive": inflection.subjunctive,
    "perfect": inflection.perfect,
    "pluperfect": inflection.pluperfect,
    "progressive": inflection.progressive,
    "future": inflection.future,
    "imperative": inflection.imperative,
}


@dataclass(frozen=True)
class Slot:
    """Names that are filled together, and the rows that fill them."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Template:
    """`where` is its file and name for errors, `pairs` how many are drawn from it."""

    where: str
    name: str
    pairs: int
    good: str
    bad: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Phenomenon:
    name: str
    review: str
    templates: tuple[Template, ...]


def load_lexicon(path: Path = FOLDER / "lexicon.toml") -> dict[str, list[Any]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def load_phenomena(folder: Path = FOLDER / "templates") -> list[Phenomenon]:
    lexicon = load_lexicon()
    return [load_phenomenon(path, lexicon) for path in sorted(folder.glob("*.toml"))]


def load_phenomenon(path: Path, lexicon: Mapping[str, list[Any]]) -> Phenomenon:
    """Raises SoroError with file and template for a missing key or an unknown list."""
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    templates = []
    for row in read["template"]:
        where = f"{path.name}: template {row.get('name')!r}"
        if missing := {"name", "pairs", "good", "bad", "slots"} - set(row):
            raise SoroError(f"{where} lacks {', '.join(sorted(missing))}")
        slots = tuple(load_slot(name, rows, lexicon, where) for name, rows in row["slots"].items())
        templates.append(Template(where, row["name"], row["pairs"], row["good"], row["bad"], slots))
    return Phenomenon(path.stem, read["review"], tuple(templates))


def load_slot(key: str, rows: str | list[Any], lexicon: Mapping[str, list[Any]], where: str) -> Slot:
    names = tuple(key.split())
    if isinstance(rows, str):
        if rows not in lexicon:
            raise SoroError(f"{where}: slot {key!r} names the list {rows!r}, lexicon.toml has {', '.join(lexicon)}")
        rows = lexicon[rows]
    filled = tuple((row,) if isinstance(row, str) else tuple(row) for row in rows)
    for row in filled:
        if len(row) != len(names):
            raise SoroError(f"{where}: slot {key!r} needs rows of {len(names)}, one is {row!r}")
    return Slot(names, filled)


def fill(pattern: str, filling: Mapping[str, str], where: str) -> str:
    """The pattern with every field inflected. Raises SoroError for an unknown slot, form or person."""
    text = FIELD.sub(lambda match: field_text(match[1], filling, where), pattern)
    return FIRST_LETTER.sub(lambda match: match[0].upper(), text, count=1)


def field_text(field: str, filling: Mapping[str, str], where: str) -> str:
    slot, *forms = field.split("|")
    if slot not in filling:
        raise SoroError(f"{where}: {{{field}}} names the slot {slot!r}, there are {', '.join(filling)}")
    text = filling[slot]
    for form in forms:
        text = inflect(text, form, filling, where)
    return text


def inflect(text: str, form: str, filling: Mapping[str, str], where: str) -> str:
    name, _, person = form.partition(":")
    if name in NOUN_FORMS:
        return NOUN_FORMS[name](text)
    if person in filling:
        person = inflection.PERSON_OF.get(filling[person].lower(), "3sg")
    plain = name.removeprefix("not-")
    if plain not in PERSONAL_FORMS or person not in inflection.PERSONS:
        raise SoroError(f"{where}: the form {form!r} is not known; forms are {', '.join((*NOUN_FORMS, *PERSONAL_FORMS))}, "
                        f"persons {', '.join(inflection.PERSONS)} or a slot")  # fmt: skip
    if plain != name:
        return PERSONAL_FORMS[plain](text, person, inflection.NEGATION)
    return PERSONAL_FORMS[plain](text, person)
