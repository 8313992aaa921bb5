"""The best dependency tree for scores of heads (Chu & Liu 1965, Edmonds 1967)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Heads = NDArray[np.intp]

# Worth more than any tree: as many arcs from the root as there must be, which is one.
_ROOT_COST = 1e6


def best_tree(scores: NDArray[np.float32]) -> Heads:
    """Return the head of each token in the best tree with one root.

    Args:
        scores: (dependents, heads); the diagonal scores the token as root.

    Returns:
        Positions of heads; the root is its own head.
    """
    heads: Heads = scores.argmax(1)
    if (heads == np.arange(len(heads))).sum() == 1 and not _cycle(heads):
        return heads
    size = len(scores)
    weights = np.full((size + 1, size + 1), -np.inf)
    weights[1:, 1:] = scores
    weights[1:, 0] = scores.diagonal() - _ROOT_COST
    np.fill_diagonal(weights, -np.inf)
    best = _arborescence(weights)[1:] - 1
    tree: Heads = np.where(best < 0, np.arange(size), best)
    return tree


def _cycle(heads: Heads) -> list[int]:
    """Return a cycle of more than one token, or nothing; a token that is its own head is a root."""
    state = [0] * len(heads)
    for start in range(len(heads)):
        path = []
        node = start
        while not state[node]:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1 and heads[node] != node:
            return path[path.index(node) :]
        for visited in path:
            state[visited] = 2
    return []


def _arborescence(weights: NDArray[np.float64]) -> Heads:
    """Return the heads of the best tree below node 0; ``weights`` are (dependents, heads)."""
    heads: Heads = weights.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.array(cycle)
    outside = np.array([node for node in range(len(weights)) if node not in set(cycle)])
    # One node, the last, stands for the cycle: arcs into it break it where they cost the least.
    kept = weights[inside, heads[inside]]
    into = weights[np.ix_(inside, outside)] - kept[:, None]
    out_of = weights[np.ix_(outside, inside)]
    smaller = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    smaller[:-1, :-1] = weights[np.ix_(outside, outside)]
    smaller[-1, :-1] = into.max(0)
    smaller[:-1, -1] = out_of.max(1)
    found = _arborescence(smaller)
    entry = found[-1]
    broken = inside[into[:, entry].argmax()]
    heads[broken] = outside[entry]
    for position, node in enumerate(outside[1:], start=1):
        head = found[position]
        heads[node] = inside[out_of[position].argmax()] if head == len(outside) else outside[head]
    return heads
