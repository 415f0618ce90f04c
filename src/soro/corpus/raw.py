"""A document as it comes out of its file, and the one way a reader says that a file gives none."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Raw:
    """A document as it stands in its file; `ref` names it within its source. `error` is set where it cannot be read.

    `note` says what a reader of the corpus should know about the reading, such as the encoding that was found.
    """

    ref: str
    text: str = ""
    title: str = ""
    url: str = ""
    error: str = ""
    note: str = ""


class Unreadable(Exception):
    """A file, page or record gives no text; the message is the reason that is listed. It costs that document only."""


def megabytes(num_bytes: int) -> str:
    """`52428800` -> `50.0 MB` (MB of 1024 * 1024 bytes)."""
    return f"{num_bytes / (1 << 20):.1f} MB"


def os_reason(error: OSError) -> str:
    """Why the system refused, without the path; libraries that raise OSError themselves leave `strerror` empty."""
    return error.strerror or ("No such file or directory" if isinstance(error, FileNotFoundError) else str(error))
