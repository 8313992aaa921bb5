"""How sure an event is: a logistic model of what goes with being right, fitted on annotated articles.

The features are few and can be read: the expected precision of the rules that fired, which roles are filled,
where the event stands, its status and type. Their weights are data (``rules/confidence.yaml``), fitted by
``benchmarks/calibrate.py``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from newsparse.pipeline.annotations import Event
from newsparse.rules.reader import read_yaml

_LEAST, _MOST = 0.02, 0.98
"""Bounds of what a rule or the learned component expects; nothing is certain."""


def confidence(event: Event, title_end: int, length: int) -> float:
    """The probability that an annotator would list a document-level event, rounded to two places.

    Args:
        event: the event, whose ``confidence`` is still that of its rules.
        title_end: how many tokens the title has.
        length: how many tokens the document has.
    """
    weights = load_weights()["rules" if event.learned is None else "rules and learned"]
    score = sum(weights.get(name, 0.0) * value for name, value in features(event, title_end, length).items())
    return round(1 / (1 + math.exp(-score)), 2)


def features(event: Event, title_end: int, length: int) -> dict[str, float]:
    """Name and value of everything that bears on the confidence of an event."""
    roles = {argument.role for argument in event.arguments}
    first = event.triggers[0].start
    ruled = event.confidence > 0
    return {
        "bias": 1.0,
        "rules": _logit(event.confidence) if ruled else 0.0,
        "no rule": float(not ruled),
        "learned": _logit(event.learned) if event.learned is not None else 0.0,
        "learned and no rule": _logit(event.learned) if event.learned is not None and not ruled else 0.0,
        "rival": event.rival,
        "mentions": math.log(len(event.triggers)),
        "agent": float("agent" in roles),
        "target": float("target" in roles),
        "object": float("object" in roles),
        "entity as object": float(any(a.role == "object" and a.entity is not None for a in event.arguments)),
        "time": float(event.time is not None),
        "headline": float(first < title_end),
        "position": first / max(length, 1),
        f"status {event.status}": 1.0,
        f"type {event.type}": 1.0,
    }


def _logit(likelihood: float) -> float:
    bounded = min(max(likelihood, _LEAST), _MOST)
    return math.log(bounded / (1 - bounded))


@cache
def load_weights() -> Mapping[str, Mapping[str, float]]:
    """The weight of every feature, for events of which the rules alone know and of those with a learned likelihood.

    Raises:
        RulesError: the file is wrong; line and fault are named.
    """
    text = files("newsparse.rules").joinpath("confidence.yaml").read_text(encoding="utf-8")
    return {
        kind: {name: weight.number() for name, weight in node.items()}
        for kind, node in read_yaml(text, "confidence.yaml").items()
    }
