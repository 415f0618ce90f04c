"""The ending -и (izofat) or -ӣ: which words may have either, and what their own uses say."""

import math
from collections.abc import Mapping

from soro.tajik.restore.features import rare_keys

SHARE_OF_OWN = 0.3  # of endings that are ӣ among words of which nothing is known
PRIOR_USES = 0.5  # uses that this share is worth beside the counts
SENTENCE_STARTS = frozenset('¶.!?"«:—-–')  # tokens after which a capital letter says nothing

Uses = tuple[float, float]  # with -и, with -ӣ
NO_USES: Uses = (0.0, 0.0)


def has_open_ending(base: str) -> bool:
    """Whether the word without its letters may end in -и or -ӣ; the few words of two letters are spellings."""
    return len(base) > 2 and base.endswith("и")


def ending_odds(uses: Uses) -> float:
    """Log odds that the ending is ӣ."""
    return math.log((uses[1] + PRIOR_USES * SHARE_OF_OWN) / (uses[0] + PRIOR_USES * (1 - SHARE_OF_OWN)))


def unseen_ending(base: str, contexts: Mapping[str, float]) -> float:
    """Log odds that the ending of a word without uses is ӣ."""
    return ending_odds(NO_USES) + sum(contexts.get(key, 0.0) for key in rare_keys(base))
