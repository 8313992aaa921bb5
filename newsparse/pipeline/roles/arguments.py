"""How likely an argument is right: a logistic model of what the rules say and of what was learned.

Its features are few and can be read. Their weights are data (``rules/arguments.yaml``), fitted by
``benchmarks/calibrate.py`` on annotated articles that the network did not learn from.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsparse.pipeline.annotations import Argument, Event
from newsparse.pipeline.roles.likelihoods import Likelihoods
from newsparse.rules.reader import read_yaml

LEARNED = "learned"
"""The rule of an argument that no rule found."""
_LEAST_LIKELY = 0.05
"""Below it, what was learned proposes nothing."""
_LEAST, _MOST = 0.01, 0.99


@dataclass(frozen=True, slots=True)
class Candidate:
    """An argument that may be right, and what speaks for and against it."""

    argument: Argument
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class Scene:
    """The tokens of a trigger's sentence, whose words it stands in, and whether such an act is done by words."""

    sentence: range
    speaker: str | None
    voiced: bool


def candidates(event: Event, likely: Likelihoods, scene: Scene) -> list[Candidate]:
    """Return the arguments of the rules and the likely ones that they missed, each with its features."""
    return [
        Candidate(argument, features(argument, event, likely, scene))
        for argument in (*event.arguments, *_missed(event, likely, scene))
    ]


def _missed(event: Event, likely: Likelihoods, scene: Scene) -> Iterator[Argument]:
    """Yield what only examples speak for. Whose words tell of an act is its source, unless grammar says otherwise."""
    known = {(argument.role, argument.entity) for argument in event.arguments}
    for (role, entity), (value, mention) in likely.items():
        tells = entity == scene.speaker and not scene.voiced and role != "source"
        if value >= _LEAST_LIKELY and (role, entity) not in known and not tells:
            yield Argument(role, mention.start, mention.end, entity, mention.kind, LEARNED)


def features(argument: Argument, event: Event, likely: Likelihoods, scene: Scene) -> dict[str, float]:
    """Name and value of everything that bears on whether an argument is right."""
    role, by_rule = argument.role, argument.rule != LEARNED
    value = _logit(likely[role, argument.entity][0]) if (role, argument.entity) in likely else _logit(0.0)
    elsewhere = [p for (r, entity), (p, _) in likely.items() if entity == argument.entity and r != role]
    rivals = [p for (r, entity), (p, _) in likely.items() if r == role and entity != argument.entity]
    filled = any(other.role == role and other is not argument for other in event.arguments)
    found = {
        f"{role}": 1.0,
        f"{role}, likely": 0.0 if argument.entity is None else value,
        "in another role": max(elsewhere, default=0.0),
        f"{role}, rival": max(rivals, default=0.0),
        "beyond the sentence": float(argument.start not in scene.sentence),
        f"kind {argument.kind}": 1.0,
    }
    if by_rule:
        found |= {f"{role}, by rule": 1.0, f"rule {argument.rule}": 1.0}
        found[f"{role}, by rule and likely"] = 0.0 if argument.entity is None else value
    elif filled:
        found[f"{role}, filled by rule"] = 1.0
    if argument.entity is None:
        found[f"{role}, phrase"] = 1.0
    elif argument.entity == scene.speaker:
        found[f"{role}, speaker of a voiced act" if scene.voiced else f"{role}, speaker"] = 1.0
    return found


def probability(candidate: Candidate) -> float:
    """How likely the argument is right, if the event is."""
    weights = load_weights()
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in candidate.features.items())))


def _logit(likelihood: float) -> float:
    bounded = min(max(likelihood, _LEAST), _MOST)
    return math.log(bounded / (1 - bounded))


@cache
def load_weights() -> dict[str, float]:
    """The weight of every feature.

    Raises:
        RulesError: the file is wrong; line and fault are named.
    """
    text = files("newsparse.rules").joinpath("arguments.yaml").read_text(encoding="utf-8")
    return {name: weight.number() for name, weight in read_yaml(text, "arguments.yaml").items()}
