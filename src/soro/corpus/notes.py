"""What readers had to say about documents that they read: the encoding found, the pages that OCR read, what was left out."""

import re
from dataclasses import dataclass

NOTES_FILE = "notes.jsonl"
NUMBERS = re.compile(r"(?<![\w-])\d+(?:(?:\.|,\s?|–|-|\s)\d+)*(?![\w-])")  # not the one in windows-1251


@dataclass(frozen=True, kw_only=True)
class Note:
    """A note on one document, whether it was kept or dropped."""

    id: str
    source: str
    note: str


def kind_of_note(note: str) -> str:
    """What is the same in notes of one kind: `pages 3, 4 read by OCR` -> `pages N read by OCR`."""
    return NUMBERS.sub("N", note)
