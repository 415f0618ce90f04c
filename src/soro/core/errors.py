"""The one exception that is written for people: what, which value, where, what to do."""


class SoroError(Exception):
    """A failure the user can mend. The command line prints its text alone and exits with 1."""


def missing_extra(package: str, extra: str) -> SoroError:
    """The error for an optional dependency that is not installed, with the line that installs it."""
    return SoroError(f"the package {package!r} is not installed; run: pip install 'soro[{extra}]'")
