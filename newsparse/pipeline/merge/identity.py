"""How likely a mention is one more of an event that was mentioned before: a logistic model.

Its features are few and can be read: whether the same word expresses them, who takes part in both and who contradicts,
how far apart they stand, time and status. Their weights are data (``rules/identity.yaml``), fitted by
``benchmarks/identity.py`` on annotated articles.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Token

from newsparse.pipeline.annotations import Argument, Entity, Event, TimeExpression, Trigger
from newsparse.pipeline.events.headline import title_tokens
from newsparse.pipeline.reference import reference
from newsparse.rules.reader import read_yaml

THRESHOLD = 0.5
"""How likely one event a mention and an earlier event have to be."""

_ROLES = ("agent", "target", "object", "place")
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_STEM = 4
"""Letters that ``arrest`` and ``arrested``, ``decide`` and ``decision`` have in common."""
_LEAD = 2
"""The sentences after a headline that most often tell its event again."""


@dataclass(frozen=True, slots=True)
class Discourse:
    """What bears on the identity of a document's events.

    Attributes:
        doc: the document.
        title_end: how many tokens the title has.
        sentence: the number of the sentence of each token.
        entities: the ids of the entities in each sentence.
        times: the time expressions.
    """

    doc: Doc
    title_end: int
    sentence: Sequence[int]
    entities: Mapping[int, set[str]]
    times: Sequence[TimeExpression]

    @classmethod
    def of(cls, doc: Doc) -> Discourse:
        """Index a document with sentences, entities and times."""
        sentence = [number for number, span in enumerate(doc.sents) for _ in span]
        entities: dict[int, set[str]] = {}
        found: list[Entity] = doc._.newsparse_entities
        for entity in found:
            for mention in entity.mentions:
                entities.setdefault(sentence[mention.start], set()).add(entity.id)
        return cls(doc, title_tokens(doc), sentence, entities, doc._.newsparse_times)

    def head(self, trigger: Trigger) -> Token:
        """The head of a trigger."""
        return self.doc[trigger.start : trigger.end].root

    def in_title(self, trigger: Trigger) -> bool:
        """Whether a trigger stands in the headline."""
        return trigger.end <= self.title_end


def probability(event: Event, mention: Event, discourse: Discourse) -> float:
    """How likely a mention with one trigger, later than those of an event of its type, is one more of it."""
    weights = load_weights()
    score = sum(weights.get(name, 0.0) * value for name, value in features(event, mention, discourse).items())
    return 1 / (1 + math.exp(-score))


def features(event: Event, mention: Event, discourse: Discourse) -> dict[str, float]:
    """Name and value of everything that bears on whether a mention is one more of an event."""
    names = [
        "bias",
        f"type {mention.type}",
        *_wording(event, mention, discourse),
        *_headline(event, mention, discourse),
        *_time(event, mention, discourse.times),
        *_status(event, mention),
    ]
    for role in _ROLES:
        names += _role(role, event, mention, discourse.doc)
    return dict.fromkeys(names, 1.0) | _distance(event, mention, discourse)


def _wording(event: Event, mention: Event, discourse: Discourse) -> Iterator[str]:
    """Whether the words are the same, and how a noun refers."""
    head = discourse.head(mention.triggers[0])
    word, known = head.lemma_.lower(), {discourse.head(trigger).lemma_.lower() for trigger in event.triggers}
    if word in known:
        yield "same word"
    elif word[:_STEM] in {other[:_STEM] for other in known}:
        yield "same stem"
    referring = reference(head)
    if referring is not None:
        yield f"noun of something {referring}"


def _headline(event: Event, mention: Event, discourse: Discourse) -> Iterator[str]:
    """Whether the event is that of the headline, which the text tells again."""
    first = mention.triggers[0]
    if discourse.in_title(first) or not discourse.in_title(event.triggers[0]):
        return
    if not all(map(discourse.in_title, event.triggers)):
        yield "told in headline and text"
        return
    yield "told in headline"
    if discourse.sentence[first.start] - discourse.sentence[discourse.title_end - 1] <= _LEAD:
        yield "told in headline, now in lead"


def _time(event: Event, mention: Event, times: Sequence[TimeExpression]) -> Iterator[str]:
    """Whether their times are the same, overlap or contradict each other."""
    if event.time is None or mention.time is None:
        return
    ours, theirs = times[event.time], times[mention.time]
    if ours.value == theirs.value:
        yield "same time"
    elif ours.first_day and ours.last_day and theirs.first_day and theirs.last_day:
        overlap = ours.first_day <= theirs.last_day and theirs.first_day <= ours.last_day
        yield "times overlap" if overlap else "times contradict"


def _status(event: Event, mention: Event) -> Iterator[str]:
    if event.status == mention.status:
        yield "same status"
    elif "negated" in (event.status, mention.status):
        yield "one negated"


def _role(role: str, event: Event, mention: Event, doc: Doc) -> Iterator[str]:
    """Whether both have the same in a role, contradict each other in it, or only one has it."""
    ours, theirs = _arguments(event, role), _arguments(mention, role)
    if not ours or not theirs:
        if ours or theirs:
            yield f"{role} of one"
    elif _fillers(ours, doc) & _fillers(theirs, doc):
        yield f"same {role}"
    elif role == "object" and _content(ours, doc) & _content(theirs, doc):
        yield "object of shared words"
    else:
        yield f"other {role}"


def _arguments(event: Event, role: str) -> list[Argument]:
    return [argument for argument in event.arguments if argument.role == role]


def _fillers(arguments: Sequence[Argument], doc: Doc) -> set[str]:
    """Who or what arguments are: ids of entities, or else lemmas of the phrases' heads."""
    return {argument.entity or doc[argument.start : argument.end].root.lemma_.lower() for argument in arguments}


def _content(arguments: Sequence[Argument], doc: Doc) -> set[str]:
    words = (token for argument in arguments for token in doc[argument.start : argument.end])
    return {token.lemma_.lower() for token in words if token.pos_ in _CONTENT}


def _distance(event: Event, mention: Event, discourse: Discourse) -> dict[str, float]:
    """How near they stand, and how much their sentences speak of the same."""
    head, here = discourse.head(mention.triggers[0]), discourse.sentence[mention.triggers[0].start]
    sentences = {discourse.sentence[trigger.start] for trigger in event.triggers}
    apart = max(here - max(sentences), 0)
    heads = [discourse.head(trigger) for trigger in event.triggers]
    told = discourse.entities.get(here, set())
    shared = told.intersection(*[set().union(*(discourse.entities.get(number, set()) for number in sentences))])
    return {
        "same sentence": float(apart == 0),
        "next sentence": float(apart == 1),
        "sentences apart": math.log1p(apart),
        "one governs the other": float(any(head.head == other or other.head == head for other in heads)),
        "entities shared": len(shared) / len(told) if told else 0.0,
    }


@cache
def load_weights() -> Mapping[str, float]:
    """The weight of every feature.

    Raises:
        RulesError: the file is wrong; line and fault are named.
    """
    text = files("newsparse.rules").joinpath("identity.yaml").read_text(encoding="utf-8")
    return {name: weight.number() for name, weight in read_yaml(text, "identity.yaml").items()}
