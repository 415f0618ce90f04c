"""Items that ask the same, among themselves and in the training text."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from soro.bench.suite.items import Finding, Item
from soro.core.errors import SoroError
from soro.core.files import read_jsonl
from soro.tajik.contamination import BenchmarkIndex, compared_words

MIN_SHARED_WORDS = 0.8  # Jaccard of the words of two items: nearly the same item
MIN_SHARED_IN_TEMPLATE = 1.0  # pairs of one template are alike on purpose


def repeat_findings(items: Sequence[Item]) -> Iterator[Finding]:
    """Ids used twice, the same question with the same answer, and items that share nearly all their words."""
    for what, key in (("has the id of", lambda item: item.id), ("asks and answers the same as", asked)):
        for first, second in twins(items, key):
            yield Finding(second.where, f"{second.id}: {what} {first.id} ({first.where})")
    yield from near_repeats(items)


def twins(items: Sequence[Item], key: Any) -> Iterator[tuple[Item, Item]]:
    seen: dict[Any, Item] = {}
    for item in items:
        first = seen.setdefault(key(item), item)
        if first is not item:
            yield first, item


def asked(item: Item) -> tuple[str, ...]:
    """What an item asks and what it takes for right; a question about a passage stands with its passage."""
    row = item.row
    if item.kind == "pair":
        return (plain(row["good"]), plain(row["bad"]))
    if item.kind == "open":
        return (plain(row["question"]),)
    choices = () if len(plain(item.right)) > 1 else sorted(row["choices"])  # right answers such as "?" say little
    return (row.get("passage_id", ""), plain(row["question"]), plain(item.right) or item.right, *choices)


def plain(text: str) -> str:
    return " ".join(compared_words(text))


def near_repeats(items: Sequence[Item]) -> Iterator[Finding]:
    """Pairs of items of the same kind that share MIN_SHARED_WORDS of their words, found through their rarest words."""
    words = [frozenset(words_compared(item)) for item in items]
    holders: dict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(words):
        for word in found:
            holders[word].append(number)
    for number, found in enumerate(words):
        # Two sets with a Jaccard of at least J share one of the (1 - J) * n + 1 rarest words of either.
        rarest = sorted(found, key=lambda word: (len(holders[word]), word))
        prefix = rarest[: int((1 - MIN_SHARED_WORDS) * len(found)) + 1]
        others = {other for word in prefix for other in holders[word] if other < number}
        for other in sorted(others):
            if items[other].kind == items[number].kind != "pair":
                share = len(found & words[other]) / len(found | words[other])
                if share >= MIN_SHARED_WORDS and asked(items[other]) != asked(items[number]):
                    text = f"{items[number].id}: shares {share:.0%} of its words with {items[other].id} ({items[other].where})"
                    yield Finding(items[number].where, text)


def words_compared(item: Item) -> list[str]:
    texts = [item.row.get("passage_id", ""), item.row.get("question", ""), *item.row.get("choices", [])]
    return compared_words(" ".join(texts))


def training_findings(items: Sequence[Item], folder: Path) -> Iterator[Finding]:
    """Items whose question stands, wholly or nearly, in a dialogue or text of `folder` (JSONL with `messages`, Markdown).

    Raises SoroError when the folder holds neither.
    """
    by_id = {item.id: item for item in items if "question" in item.row}
    index = BenchmarkIndex((name, item.row["question"]) for name, item in by_id.items())
    files = sorted([*folder.rglob("*.jsonl"), *folder.rglob("*.md")])
    if not files:
        raise SoroError(f"{folder} holds no .jsonl or .md file; name the folder of the training text with --training")
    for path in files:
        for place, text in training_texts(path):
            for found in index.find(text):
                item = by_id[found.item]
                name = f"{path.relative_to(folder.parent).as_posix()}{place}"
                yield Finding(
                    item.where,
                    f"{item.id}: the question is in the training text {name} ({found.rule} {found.share:.2f})",
                )


def training_texts(path: Path) -> Iterator[tuple[str, str]]:
    """(place, text) of each message of a file of dialogues, or of a whole text."""
    if path.suffix == ".md":
        yield "", path.read_text(encoding="utf-8")
        return
    for number, row in read_jsonl(path):
        yield from ((f":{number}", message["content"]) for message in row["messages"])
