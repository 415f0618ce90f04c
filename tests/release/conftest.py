"""Releases built from the made artifacts of made.py."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.release.made import Made, made_recipe, make


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "build"
    make(folder, made_recipe())
    return folder


@pytest.fixture(scope="session")
def released_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Made(recipe=made_recipe(), folder=made_once).release(tmp_path_factory.mktemp("released") / "release")


@pytest.fixture
def made(made_once: Path, tmp_path: Path) -> Made:
    """Artifacts of a model made from Gemma."""
    return Made(recipe=made_recipe(), folder=Path(shutil.copytree(made_once, tmp_path / "build")))


@pytest.fixture
def released(released_once: Path, tmp_path: Path) -> Path:
    """The release of `made`, for a test to look at or to tamper with."""
    return Path(shutil.copytree(released_once, tmp_path / "release"))


@pytest.fixture
def made_random(tmp_path: Path) -> Made:
    """Artifacts of a model that began with random numbers."""
    return make(tmp_path / "random", made_recipe(from_gemma=False))


@pytest.fixture
def remake(tmp_path: Path) -> Callable[..., Path]:
    """Builds a release from other numbers and gives its folder."""

    def build(name: str, **numbers: Any) -> Path:
        made = make(tmp_path / name, replace(made_recipe(), name=name), **numbers)
        return made.release(tmp_path / f"{name}-release")

    return build
