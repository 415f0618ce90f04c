"""Bootstrap intervals against formulas with a known answer."""

import numpy as np
import pytest

from soro.bench.intervals import difference, estimate


def test_an_accuracy_has_the_binomial_interval() -> None:
    scores = [1.0] * 300 + [0.0] * 100
    found = estimate(scores, [1] * 400, [""] * 400, seed=1)
    stderr = (0.75 * 0.25 / 400) ** 0.5
    assert found.value == 0.75
    assert found.stderr == pytest.approx(stderr, rel=0.05)
    assert (found.low, found.high) == pytest.approx((0.75 - 1.96 * stderr, 0.75 + 1.96 * stderr), abs=0.004)


def test_a_ratio_weighs_by_characters() -> None:
    found = estimate([10.0, 90.0], [10, 30], ["", ""], seed=1)
    assert found.value == 2.5 and (found.low, found.high) == (1.0, 3.0)


def test_groups_are_drawn_apart() -> None:
    rng = np.random.default_rng(0)
    scores = [*rng.normal(1, 0.01, 50), *rng.normal(3, 0.01, 50)]
    apart = estimate(scores, [1] * 100, ["a"] * 50 + ["b"] * 50, seed=1)
    together = estimate(scores, [1] * 100, [""] * 100, seed=1)
    assert apart.stderr == pytest.approx(0.001, rel=0.2)
    assert together.stderr == pytest.approx(0.1, rel=0.1)


def test_a_paired_difference_is_narrower_than_the_scores() -> None:
    rng = np.random.default_rng(0)
    a = rng.normal(2, 1, 200)
    b = a - 0.1 + rng.normal(0, 0.05, 200)
    found = difference(a, b, [1] * 200, [""] * 200, seed=1)
    assert found.value == pytest.approx(np.mean(b - a), abs=1e-5)
    assert found.stderr == pytest.approx(np.std(b - a) / 200**0.5, rel=0.05)
    assert found == difference(a, b, [1] * 200, [""] * 200, seed=1)
