"""Arguments: who and what fills the roles of an event, read off the grammatical functions of its trigger."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from newsparse.pipeline.annotations import Argument
from newsparse.pipeline.events.fillers import Referents
from newsparse.pipeline.events.triggers import TriggerMatch, fillers_of
from newsparse.pipeline.grammar import clause, noun_phrase

_ORDER = ("agent", "target", "object", "place")
"""Roles in the order in which they choose their fillers; a filler serves one role only."""

_WINDOW = 80
"""How many tokens to each side of a trigger a place of its sentence may stand."""

_CLAUSAL = frozenset({"VERB", "AUX"})
_ACTING = frozenset({"agent", "target"})
_ENTITY_ONLY = frozenset({"agent", "target", "place"})
"""Roles that only entities fill; an object may be any words."""


def find_arguments(match: TriggerMatch, referents: Referents) -> list[Argument]:
    """The arguments of one trigger, in the order of the roles."""
    used: set[int] = {match.head.i}
    found: list[Argument] = []
    for role in _ORDER:
        for function in match.rule.frame.get(role, ()):
            heads = [head for head in fillers_of(match.functions, function) if head.i not in used]
            arguments = [argument for head in heads for argument in _argument(role, function, head, match, referents)]
            if arguments:
                used.update(head.i for head in heads)
                found += arguments
                break
    if not any(argument.role == "place" for argument in found):
        found += _place_of_sentence(match, referents)
    return _without_repetition(found)


def _place_of_sentence(match: TriggerMatch, referents: Referents) -> list[Argument]:
    """The nearest place after a preposition of place in the sentence of a trigger, however the parser attached it."""
    doc, sentence = match.head.doc, match.head.sent
    allowed = match.rule.fillers.get("place", frozenset())
    found = []
    first, last = match.head.i - _WINDOW, match.head.i + _WINDOW
    for i in range(max(sentence.start + 1, first), min(sentence.end, last)):
        referent = referents.by_start.get(i)
        if referent and referent[0].type in allowed and doc[i - 1].lower_ in match.rule.frame.get("place", ()):
            found.append(referent)
    if not found:
        return []
    entity, mention = min(found, key=lambda pair: abs(pair[1].start - match.head.i))
    return [Argument("place", mention.start, mention.end, entity.id, mention.kind, "sentence")]


def _argument(role: str, function: str, head: Token, match: TriggerMatch, referents: Referents) -> Iterator[Argument]:
    """The argument behind the head of a filler, if it may fill the role."""
    allowed = match.rule.fillers.get(role)
    if allowed is not None and not referents.classes(head) & allowed:
        return
    referent = referents.resolve(head)
    if referent:
        listed = referents.listed_with(referent[1], head.doc) if role in _ACTING else []
        for entity, mention in [referent, *listed]:
            yield Argument(role, mention.start, mention.end, entity.id, mention.kind, function)
    elif role not in _ENTITY_ONLY and head.pos_ != "PRON" and head.i not in referents.times:
        start, end = clause(head) if head.pos_ in _CLAUSAL else noun_phrase(head)
        yield Argument(role, start, end, None, "nominal", function)


def _without_repetition(arguments: list[Argument]) -> list[Argument]:
    """Each entity once in each role, and never both agent and target."""
    found: list[Argument] = []
    seen: set[tuple[str, str]] = set()
    for argument in arguments:
        if argument.entity is not None:
            other = "target" if argument.role == "agent" else "agent"
            if (argument.role, argument.entity) in seen or (other, argument.entity) in seen:
                continue
            seen.add((argument.role, argument.entity))
        found.append(argument)
    return found
