"""What a file of items gives away as a whole: the place and the length of right answers, and what choices alone tell.

Intervals are Wilson's, 95 %. Source: Wilson 1927, Probable inference, the law of succession, and statistical inference.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from math import sqrt

from soro.bench.suite.items import NUM_CHOICES, Finding, Item
from soro.bench.suite.readers import READERS

CHANCE = 1 / NUM_CHOICES
MIN_ITEMS = 20  # fewer say nothing about a share
MAX_PLACE_GAP = 0.1  # of the items of a file, from a quarter
FAMILY_Z = 2.81  # 95 % for ten comparisons at once, five tasks by two readers (Bonferroni), where one alone has 1.96


def balance_findings(items: Sequence[Item]) -> Iterator[Finding]:
    choices = [item for item in items if "choices" in item.row]
    for file, members in grouped(choices, lambda item: item.file).items():
        yield from (Finding(file, problem) for problem in place_problems(members))
        yield from (Finding(file, problem) for problem in length_problems(members))
    for task, members in grouped(choices, lambda item: item.task).items():
        yield from (Finding(task, problem) for problem in [*length_problems(members), *reader_problems(members)])


def grouped(items: Sequence[Item], key: Callable[[Item], str]) -> dict[str, list[Item]]:
    groups = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def place_problems(items: Sequence[Item]) -> Iterator[str]:
    """Each place holds a quarter of the right answers, give or take MAX_PLACE_GAP (two items in a small file)."""
    for place in range(NUM_CHOICES):
        count = sum(item.row["answer"] == place for item in items)
        if abs(count - len(items) * CHANCE) > max(2, MAX_PLACE_GAP * len(items)):
            yield f"{count} of {len(items)} right answers are choice {place}; a quarter would be {len(items) * CHANCE:.0f}"


def length_problems(items: Sequence[Item]) -> Iterator[str]:
    """The right answer is the longest, and the shortest, neither more nor less often than chance; ties are shared."""
    for name, pick in (("longest", max), ("shortest", min)):
        score = sum(share_of(pick, item) for item in items)
        low, high = wilson(score, len(items))
        if len(items) >= MIN_ITEMS and not low <= CHANCE <= high:
            yield f"the right answer is the {name} in {score:.1f} of {len(items)} items; chance is {len(items) * CHANCE:.1f}"


def share_of(pick: Callable[[list[int]], int], item: Item) -> float:
    """1 where the right answer alone has the length that `pick` takes, less where others have it too, else 0."""
    lengths = [len(choice) for choice in item.row["choices"]]
    return (len(item.right) == pick(lengths)) / lengths.count(pick(lengths))


def reader_problems(items: Sequence[Item]) -> Iterator[str]:
    """A reader who does not know the answer scores no better than chance, within the interval of ten comparisons at once."""
    for name, score, _, _ in reader_scores(items) if len(items) >= MIN_ITEMS else []:
        low, high = wilson(score * len(items), len(items), FAMILY_Z)
        if low > CHANCE:
            yield f"{name} scores {score:.3f} [{low:.3f}, {high:.3f}] on {len(items)} items; chance is {CHANCE}"


def reader_scores(items: Sequence[Item]) -> list[tuple[str, float, float, float]]:
    """(reader, share of right answers, low, high) of each reader of readers.py."""
    scores = []
    for name, reader in READERS.items():
        hits = reader(items)
        scores.append((name, hits / len(items), *wilson(hits, len(items))))
    return scores


def wilson(hits: float, number: int, z: float = 1.96) -> tuple[float, float]:
    """The interval of a share; `z` is 1.96 for 95 %."""
    share = hits / number
    middle = (share + z * z / (2 * number)) / (1 + z * z / number)
    half = z / (1 + z * z / number) * sqrt(share * (1 - share) / number + z * z / (4 * number * number))
    return middle - half, middle + half
