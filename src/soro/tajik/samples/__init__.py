"""Texts of the project's own that measure a vocabulary and trained or shaped nothing."""

from importlib.resources import files


def mathematics() -> str:
    """Ten worked problems and some formulas: Tajik, then English; plain notation and LaTeX. About 500 words."""
    return files(__name__).joinpath("mathematics.md").read_text(encoding="utf-8")
