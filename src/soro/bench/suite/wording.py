"""The Tajik words of the suite's tools, out of wording.toml beside this file."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def wording(section: str) -> dict[str, Any]:
    """A section of wording.toml: "items" or "sheet"."""
    values: dict[str, Any] = tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))[
        section
    ]
    return values
