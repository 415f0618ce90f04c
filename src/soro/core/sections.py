"""Plain TOML tables into frozen dataclasses: every key known, every value of its declared type."""

import dataclasses
import types
import typing
from typing import Any

from soro.core.errors import SoroError

Dataclass = typing.TypeVar("Dataclass")


def parse_section(cls: type[Dataclass], table: Any, where: str) -> Dataclass:
    """Build `cls` (a keyword-only dataclass) from a TOML table; `where` names the table in errors.

    Raises SoroError for an unknown key, a missing key, a value of another type, or what `cls` itself refuses.
    """
    if not isinstance(table, dict):
        raise SoroError(f"{where} is {table!r}, must be a table")
    fields = {f.name: f for f in dataclasses.fields(cls)}  # type: ignore[arg-type]
    for key in table:
        if key not in fields:
            raise SoroError(f"{where}.{key} is not a key; known are {', '.join(fields)}")
    hints = typing.get_type_hints(cls)
    values = {key: convert(hints[key], value, f"{where}.{key}") for key, value in table.items()}
    missing = [name for name, f in fields.items() if name not in table and _is_required(f)]
    if missing:
        raise SoroError(f"{where}.{missing[0]} is missing; add it to the recipe")
    try:
        return cls(**values)
    except ValueError as error:
        raise SoroError(f"{where}.{error}") from error


def _is_required(field: Any) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def convert(hint: Any, value: Any, where: str) -> Any:
    """`value` as the type `hint`: scalars, Literal, optional, tuples, dicts and nested dataclasses."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if dataclasses.is_dataclass(hint):
        return parse_section(typing.cast(type, hint), value, where)
    if origin is typing.Literal:
        if value not in arguments:
            raise SoroError(f"{where} is {value!r}, must be one of {', '.join(map(repr, arguments))}")
        return value
    if origin in (typing.Union, types.UnionType):
        return convert(next(a for a in arguments if a is not type(None)), value, where)
    if origin is tuple:
        _require(value, list, where)
        return tuple(convert(arguments[0], item, f"{where}[{i}]") for i, item in enumerate(value))
    if origin is dict:
        _require(value, dict, where)
        return {key: convert(arguments[1], item, f"{where}.{key}") for key, item in value.items()}
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    _require(value, hint, where)
    return value


def _require(value: Any, expected: type, where: str) -> None:
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
        raise SoroError(f"{where} is {value!r}, must be of type {expected.__name__}")


def check_at_least_1(section: Any, *keys: str) -> None:
    """Raise ValueError for the first key whose number is below 1."""
    for key in keys:
        if getattr(section, key) < 1:
            raise ValueError(f"{key} is {getattr(section, key)}, must be at least 1")
