"""Everything that rules can find wrong with the items."""

from pathlib import Path

from soro.bench.suite.balance import balance_findings
from soro.bench.suite.items import ITEMS_FOLDER, Finding, read_items
from soro.bench.suite.repeats import repeat_findings, training_findings
from soro.bench.suite.reviews import review_findings
from soro.bench.suite.rules import rule_findings


def lint(folder: Path = ITEMS_FOLDER, training: Path | None = None) -> list[Finding]:
    """All findings, in the order of files and lines; `training` is a folder of text that no item may stand in."""
    items, findings = read_items(folder)
    findings += rule_findings(items)
    findings += repeat_findings(items)
    findings += balance_findings(items)
    findings += review_findings(items)
    if training is not None:
        findings += training_findings(items, training)
    return findings
