"""When an event happens: which time expression of the sentence belongs to a trigger, if any.

A logistic model over what can be read off the tree: how far up from the trigger and how far down again the expression
stands, what governs it, its preposition, its grain. The weights are data (``rules/event_time.yaml``), fitted on
annotated articles by ``benchmarks/calibrate_times.py``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from spacy.tokens import Doc, Token

from newsparse.pipeline.annotations import TimeExpression
from newsparse.pipeline.grammar import relation
from newsparse.pipeline.times.component import publication_day
from newsparse.rules.lexicon import lexicon
from newsparse.rules.reader import read_yaml

FILE = "event_time.yaml"
_FARTHEST = 40
"""So many tokens between trigger and time are looked at."""
_CLIMB = 20
"""How many heads up from a token are looked at."""
_MOST = 3
"""Numbers of clauses or verbs beyond it are taken for it."""
_OPENING = 3
"""An expression among the first tokens of a sentence is set before all of it: ``On Monday, the council …``."""
_PREDICATES = frozenset({"VERB", "AUX"})
_GRAINS = (
    ("time", re.compile(r".*T.*")),
    ("day", re.compile(r"\d{4}-\d\d-\d\d")),
    ("week", re.compile(r"\d{4}-W\d\d(-WE)?")),
    ("month", re.compile(r"\d{4}-\d\d")),
    ("part of year", re.compile(r"\d{4}-(Q|H|S|F|W).*")),
    ("year", re.compile(r"\d{4}")),
    ("longer", re.compile(r"\d{2,3}")),
)
Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class TimingModel:
    """The weight of every feature, and the probability from which a time is given."""

    threshold: float
    weights: Mapping[str, float]


def likelihood(trigger: Token, time: TimeExpression, nearest: TimeExpression) -> float:
    """The probability that an event happens at a time.

    Args:
        trigger: head of the words that express the event.
        time: an expression in the trigger's sentence.
        nearest: of the expressions of that sentence the nearest to the trigger.
    """
    weights = load_model().weights
    score = sum(weights.get(name, 0.0) * value for name, value in features(trigger, time, nearest).items())
    return 1 / (1 + math.exp(-score))


def features(trigger: Token, time: TimeExpression, nearest: TimeExpression) -> Features:
    """Name and value of all that bears on whether a time is that of an event; arguments as for ``likelihood``."""
    doc, sentence = trigger.doc, trigger.sent
    root = doc[time.start : time.end].root
    before = doc[time.start - 1].lower_ if time.start > sentence.start else ""
    first, last = sorted((trigger.i, time.start))
    between = islice(doc[first + 1 : last], _FARTHEST) if last > first + 1 else ()
    found = {
        "bias": 1.0,
        f"as {relation(root)}": 1.0,
        f"after {before if before in lexicon('prepositions') else 'no preposition'}": 1.0,
        f"grain {_grain(time.value)}": 1.0,
        "distance": math.log1p(distance(trigger, time)),
        "precedes": float(time.start < trigger.i),
        "opens sentence": float(time.start - sentence.start < _OPENING),
        "verbs between": float(min(_MOST, sum(token.pos_ == "VERB" for token in between))),
        "another is nearer": float(distance(trigger, nearest) < distance(trigger, time)),
        f"trigger {trigger.pos_}": 1.0,
        f"{'ahead' if _is_ahead(doc, time) else 'not ahead'} {trigger.tag_}": 1.0,
    }
    return found | _path(trigger, root)


def distance(trigger: Token, time: TimeExpression) -> int:
    """How many tokens a time expression is away."""
    return min(abs(time.start - trigger.i), abs(time.end - 1 - trigger.i))


def _is_ahead(doc: Doc, time: TimeExpression) -> bool:
    """Whether a time lies after the publication, at which ``signed`` is not said of it."""
    published = publication_day(doc)
    return published is not None and time.first_day is not None and time.first_day > published.isoformat()


def _grain(value: str | None) -> str:
    return next((name for name, pattern in _GRAINS if pattern.fullmatch(value or "")), "vague")


def _path(trigger: Token, time: Token) -> Features:
    """The way in the tree from the trigger up to what holds both, and down to the time."""
    above, below = _chain(trigger), _chain(time)
    positions = {token.i: n for n, token in enumerate(above)}
    down = next((n for n, token in enumerate(below) if token.i in positions), None)
    if down is None:
        return {"apart": 1.0}
    up = positions[below[down].i]
    clauses = min(_MOST, sum(token.pos_ in _PREDICATES for token in below[1:down]))
    found = {f"path {min(up, _MOST)} up {clauses} down": 1.0}
    if up:
        found[f"trigger as {relation(above[up - 1])}"] = 1.0
        found["verbs above"] = float(sum(token.pos_ in _PREDICATES for token in above[1 : up + 1]))
        found["reported"] = float(lexicon("time_direction").get(below[down].lemma_.lower()) == "reporting")
    if down:
        found[f"branch {relation(below[down - 1])}"] = 1.0
    return found


def _chain(token: Token) -> list[Token]:
    """A token and the heads above it."""
    chain = [token]
    while chain[-1].head != chain[-1] and len(chain) < _CLIMB:
        chain.append(chain[-1].head)
    return chain


@cache
def load_model() -> TimingModel:
    """The model that was fitted.

    Raises:
        RulesError: the file is wrong; line and fault are named.
    """
    text = files("newsparse.rules").joinpath(FILE).read_text(encoding="utf-8")
    root = read_yaml(text, FILE).fields(frozenset({"threshold", "weights"}))
    weights = {name: weight.number() for name, weight in root["weights"].items()}
    return TimingModel(root["threshold"].number(), weights)
