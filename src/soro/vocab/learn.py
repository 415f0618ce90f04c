"""Continued BPE: new merges learned on top of those that stay, so that kept words keep their spelling.

Training goes on from the segmentation the kept merges give, instead of joining two vocabularies that were trained apart,
so no learned piece is unreachable (the idea: Purason et al. 2025, "Teaching Old Tokenizers New Words").
"""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

MAX_PIECE_CHARS = 20


def learn_merges(
    spellings: Sequence[Sequence[str]],
    counts: Sequence[int],
    known: Mapping[str, int],
    num_new_pieces: int,
    min_count: int = 2,
) -> list[tuple[str, str]]:
    """Up to `num_new_pieces` merges, most frequent pair first, each making a piece that `known` does not hold.

    `spellings` are the words as pieces today, `counts` how often each is used. A pair whose joined form is already a
    piece is merged too, without counting as new. Ties go to the pair that sorts first.
    """
    words = [list(spelling) for spelling in spellings]
    pair_counts: dict[tuple[str, str], int] = defaultdict(int)
    where: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, (word, count) in enumerate(zip(words, counts, strict=True)):
        for pair in pairwise(word):
            pair_counts[pair] += count
            where[pair].add(number)
    heap = [(-count, pair) for pair, count in pair_counts.items()]
    heapq.heapify(heap)
    merges: list[tuple[str, str]] = []
    pieces, num_new = set(known), 0
    while heap and num_new < num_new_pieces:
        negative, pair = heapq.heappop(heap)
        count = pair_counts[pair]
        if -negative != count:  # counted anew since it was pushed
            if count >= min_count:
                heapq.heappush(heap, (-count, pair))
            continue
        if count < min_count:
            continue
        joined = pair[0] + pair[1]
        if len(joined) > MAX_PIECE_CHARS:
            continue
        merges.append(pair)
        num_new += joined not in pieces
        pieces.add(joined)
        for changed in apply_merge(pair, words, counts, pair_counts, where):
            heapq.heappush(heap, (-pair_counts[changed], changed))
    return list(dict.fromkeys(merges))


def apply_merge(
    pair: tuple[str, str],
    words: list[list[str]],
    counts: Sequence[int],
    pair_counts: dict[tuple[str, str], int],
    where: dict[tuple[str, str], set[int]],
) -> set[tuple[str, str]]:
    """Join `pair` in every word that holds it, keep the pair counts true, return the pairs that became more frequent."""
    grown: set[tuple[str, str]] = set()
    joined = pair[0] + pair[1]
    for number in sorted(where.pop(pair)):
        word, count = words[number], counts[number]
        for old in pairwise(word):
            pair_counts[old] -= count
        i = 0
        while i < len(word) - 1:
            if (word[i], word[i + 1]) == pair:
                word[i : i + 2] = [joined]
            i += 1
        for new in pairwise(word):
            pair_counts[new] += count
            where[new].add(number)
            if joined in new:
                grown.add(new)
    pair_counts.pop(pair, None)
    return {new for new in grown if new != pair}
