"""Logistic regression with a ridge penalty, by Newton's method."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

PENALTY = 3.0
"""Ridge penalty: keeps the weights of rare features near zero."""
STEPS = 30

Matrix = NDArray[np.float64]


def fit(values: Matrix, right: Matrix, penalty: float = PENALTY, steps: int = STEPS) -> Matrix:
    """The weights of the features, by the values (a row for each observation) and whether each was right (0 or 1)."""
    weights = np.zeros(values.shape[1])
    for _ in range(steps):
        likely = probability(values, weights)
        slope = values.T @ (likely - right) + penalty * weights
        curve = (values * (likely * (1 - likely))[:, None]).T @ values + penalty * np.eye(len(weights))
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def probability(values: Matrix, weights: Matrix) -> Matrix:
    """What each observation is given by the weights."""
    return np.asarray(1 / (1 + np.exp(-values @ weights)))
