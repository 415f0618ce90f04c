"""Repair of what breaks in Tajik text.

    repair("Ин мак\\u00adтаби мо аст")  # the text
    repair_edits(text).edits            # each change: start, end, old, new, rule

A rule (`Rule`) finds what is broken and what belongs there; `text.py` lists them and carries them out. What is wrong in any
language (HTML, soft hyphens, private use, NFC, spaces) is mended everywhere; letters, footnotes, broken words and quotation
marks only in lines that `soro.tajik.languages` takes for Tajik.
"""

from soro.tajik.repair.edits import Edit
from soro.tajik.repair.text import RULES, Repaired, explanation, repair, repair_all, repair_edits, repair_letters

__all__ = ["RULES", "Edit", "Repaired", "explanation", "repair", "repair_all", "repair_edits", "repair_letters"]
