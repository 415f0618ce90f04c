"""The words of the chat page, its example questions, and the letters of its on-screen keys, from `interface.toml`."""

import tomllib
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, kw_only=True)
class Interface:
    """Words by their key; the letters a keyboard of another language lacks; questions with their subject."""

    words: dict[str, str]
    keys: list[str]
    examples: list[dict[str, str]]


def load_interface() -> Interface:
    text = resources.files("soro.tajik").joinpath("interface.toml").read_text(encoding="utf-8")
    return Interface(**tomllib.loads(text))
