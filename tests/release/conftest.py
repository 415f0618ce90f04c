"""Releases built from the made artifacts of made.py."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.release.made import Made, made_recipe, make


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Artifacts of a model made from Gemma."""
    return make(tmp_path / "build", made_recipe())


@pytest.fixture
def made_random(tmp_path: Path) -> Made:
    """Artifacts of a model that began with random numbers."""
    return make(tmp_path / "build", made_recipe(from_gemma=False))


@pytest.fixture
def released(made: Made, tmp_path: Path) -> Path:
    return made.release(tmp_path / "release")


@pytest.fixture
def remake(tmp_path: Path) -> Callable[..., Path]:
    """Builds a release from other numbers and gives its folder."""

    def build(name: str, **numbers: Any) -> Path:
        made = make(tmp_path / name, replace(made_recipe(), name=name), **numbers)
        return made.release(tmp_path / f"{name}-release")

    return build
