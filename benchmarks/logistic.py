"""Logistic regression with a ridge penalty, for the models whose weights are rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
FOLDS = 5
PENALTY = 3.0
"""Of the squared weights: keeps those of rare features near zero."""
_STEPS = 30


def fit(values: Matrix, right: Matrix, penalty: float = PENALTY) -> Matrix:
    """Fit weights by Newton's method.

    Args:
        values: (examples, features).
        right: (examples,), 1.0 for what holds and 0.0 for what does not.
        penalty: of the squared weights; keeps those of rare features near zero.
    """
    weights = np.zeros(values.shape[1])
    for _ in range(_STEPS):
        likely = probability(values, weights)
        slope = values.T @ (likely - right) + penalty * weights
        curve = (values * (likely * (1 - likely))[:, None]).T @ values + penalty * np.eye(len(weights))
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def probability(values: Matrix, weights: Matrix) -> Matrix:
    """How likely each example holds."""
    return np.asarray(1 / (1 + np.exp(-values @ weights)))


def cross_validated(values: Matrix, right: Matrix, groups: Matrix, penalty: float = PENALTY) -> Matrix:
    """How likely each example holds by weights fitted without its group; groups are numbered from 0."""
    likely = np.zeros(len(right))
    for fold in range(FOLDS):
        unseen = groups % FOLDS == fold
        likely[unseen] = probability(values[unseen], fit(values[~unseen], right[~unseen], penalty))
    return likely


def matrix(examples: Sequence[Mapping[str, float]]) -> tuple[list[str], Matrix]:
    """The names of all features, sorted, and (examples, features) their values."""
    names = sorted({name for example in examples for name in example})
    return names, np.array([[example.get(name, 0.0) for name in names] for example in examples])


def write(path: Path, header: str, weights: Mapping[str, float]) -> None:
    """Write weights as a rule file."""
    path.write_text(header + "".join(f"{name}: {weight:.3f}\n" for name, weight in weights.items()), encoding="utf-8")
