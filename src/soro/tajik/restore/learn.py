"""Logistic regression over named features: small, deterministic, for training only (needs scipy)."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from soro.core.errors import SoroError

MIN_WEIGHT = 0.05  # in log odds; weaker features are not kept


class Example(NamedTuple):
    """`keys` of the features that are present, `target` between 0 and 1, `weight` of the example, `offset` in log odds
    known beforehand."""

    keys: Sequence[str]
    target: float
    weight: float
    offset: float


def learn_weights(examples: Sequence[Example], *, penalty: float, min_uses: int, max_steps: int) -> dict[str, float]:
    """Weights in log odds by feature, fitted by L-BFGS with an L2 `penalty`; features of fewer than `min_uses` examples
    are left out. Raises SoroError where scipy is missing."""
    try:
        from scipy.optimize import minimize
    except ImportError as error:
        raise SoroError("scipy is not installed; training needs it, run: pip install scipy") from error
    matrix, names = feature_matrix(examples, min_uses)
    transposed = matrix.T.tocsr()
    target = np.array([example.target for example in examples])
    weight = np.array([example.weight for example in examples])
    offset = np.array([example.offset for example in examples])

    def loss(weights: Any) -> tuple[float, Any]:
        odds = matrix @ weights + offset
        entropy = np.logaddexp(0.0, odds) - target * odds
        slope = weight * (0.5 * (1.0 + np.tanh(0.5 * odds)) - target)
        return float(weight @ entropy + 0.5 * penalty * weights @ weights), transposed @ slope + penalty * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": max_steps}).x
    return {name: float(value) for name, value in zip(names, found, strict=True) if abs(value) >= MIN_WEIGHT}


def feature_matrix(examples: Sequence[Example], min_uses: int) -> tuple[Any, list[str]]:
    """(examples by features, sparse, ones where present; names of the features)."""
    from scipy.sparse import csr_matrix

    names: dict[str, int] = {}
    columns = [names.setdefault(key, len(names)) for example in examples for key in example.keys]
    starts = np.cumsum([0, *(len(example.keys) for example in examples)])
    matrix = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(examples), len(names)))
    used = np.asarray(matrix.sum(axis=0)).ravel() >= min_uses
    return matrix[:, used].tocsr(), [name for name, is_used in zip(names, used, strict=True) if is_used]
