"""What reviewers said of an item: {reviewer, verdict, note, wording}, where `wording` is the item's hash when they read it."""

from collections.abc import Iterator, Sequence

from soro.bench.suite.items import Finding, Item

GOOD, REVIEWED = "good", "reviewed by a speaker"
VERDICTS = (GOOD, "mend", "drop")


def review_findings(items: Sequence[Item]) -> Iterator[Finding]:
    """Items that a reviewer wants mended or dropped, and a state that no review of the present wording bears out."""
    for item in items:
        valid = [review for review in item.row.get("reviews", []) if review["wording"] == item.wording]
        for review in valid:
            if review["verdict"] != GOOD:
                yield Finding(item.where, f"{item.id}: {review['reviewer']} says {review['verdict']}: {review['note']}")
        if (item.row["review"] == REVIEWED) != accepted(valid):
            state = "" if item.row["review"] == REVIEWED else "not "
            yield Finding(
                item.where, f"{item.id}: is {state}marked {REVIEWED!r}, but the reviews of this wording say otherwise"
            )


def accepted(reviews: Sequence[dict[str, str]]) -> bool:
    return bool(reviews) and all(review["verdict"] == GOOD for review in reviews)
