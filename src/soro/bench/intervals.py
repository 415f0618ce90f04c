"""Intervals by bootstrap: the items are drawn again with replacement, and the score computed each time.

Items of one group (the source of a passage) are drawn among themselves, because the groups are chosen and only the items
in them are chance; unless a group has fewer than five items, then all are drawn together.
Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapters 6 and 13 (percentile interval).
Shapes: R resamples, N items.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

NUM_RESAMPLES = 5000
MIN_GROUP_ITEMS = 5


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A value, its standard error, and the 95 % interval around it."""

    value: float
    stderr: float
    low: float
    high: float


def estimate(scores: Sequence[float], weights: Sequence[float], groups: Sequence[str], seed: int) -> Estimate:
    """All scores over all weights (accuracy: weights of 1; bits per character: bits over characters)."""
    score_N, weight_N = np.asarray(scores, float), np.asarray(weights, float)
    draws_RN = resamples(groups, seed)
    return summary(score_N.sum() / weight_N.sum(), ratio(score_N, weight_N, draws_RN))


def difference(
    a: Sequence[float], b: Sequence[float], weights: Sequence[float], groups: Sequence[str], seed: int
) -> Estimate:
    """The value of `b` less that of `a` on the same items, drawn together."""
    score_N, weight_N = np.asarray(b, float) - np.asarray(a, float), np.asarray(weights, float)
    draws_RN = resamples(groups, seed)
    return summary(score_N.sum() / weight_N.sum(), ratio(score_N, weight_N, draws_RN))


def resamples(groups: Sequence[str], seed: int) -> np.ndarray:
    """Item numbers of each resample, shape RN."""
    rng = np.random.default_rng(seed)
    names, group_N = np.unique(np.asarray(groups, str), return_inverse=True)
    if np.bincount(group_N).min() < MIN_GROUP_ITEMS:
        names, group_N = names[:1], np.zeros_like(group_N)
    members = [np.flatnonzero(group_N == number) for number in range(len(names))]
    return np.concatenate([rng.choice(m, (NUM_RESAMPLES, len(m))) for m in members], axis=1)


def ratio(score_N: np.ndarray, weight_N: np.ndarray, draws_RN: np.ndarray) -> np.ndarray:
    return score_N[draws_RN].sum(1) / weight_N[draws_RN].sum(1)


def summary(value: float, value_R: np.ndarray) -> Estimate:
    low, high = np.quantile(value_R, [0.025, 0.975])
    numbers = {"value": value, "stderr": value_R.std(), "low": low, "high": high}
    return Estimate(**{name: round(float(number), 5) for name, number in numbers.items()})
