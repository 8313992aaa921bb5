"""Triggers: words that express an event, recognised by the event rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from newsparse.pipeline.events.fillers import Referents
from newsparse.pipeline.events.headline import headline_functions
from newsparse.pipeline.grammar import Functions, functions
from newsparse.rules.frames import Condition, EventRules, TriggerRule

_POS = {
    "verb": frozenset({"VERB", "AUX"}),
    "noun": frozenset({"NOUN", "PROPN"}),
    "adj": frozenset({"ADJ"}),
    "any": frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ", "ADV"}),
}
_REACH = 5
"""How many tokens after its head the next word of a multiword trigger may stand."""


@dataclass(frozen=True, slots=True)
class TriggerMatch:
    """A rule that fired: the trigger's head, its tokens ``start`` to ``end``, and the functions around it."""

    head: Token
    start: int
    end: int
    rule: TriggerRule
    functions: Functions


@dataclass(frozen=True, slots=True)
class Candidate:
    """A token that may be a trigger, with the lemma and part of speech under which rules are looked up."""

    token: Token
    lemma: str
    pos: str


def find_triggers(
    doc: Doc, rules: EventRules, referents: Referents, min_weight: float, title_end: int
) -> Iterator[TriggerMatch]:
    """All triggers of a document in the order of the text; each token takes part in one at most.

    Args:
        doc: the parsed document.
        rules: the event rules.
        referents: its entities.
        min_weight: triggers of rules with a lower expected precision are passed over.
        title_end: how many tokens the headline has.
    """
    taken = -1
    for token in doc:
        if token.i <= taken or _in_name(token):
            continue
        candidate = _candidate(token, rules, token.i < title_end)
        match = _match(candidate, rules, referents, title_end) if candidate else None
        if match and match.rule.weight >= min_weight:
            taken = match.end - 1
            yield match


def _in_name(token: Token) -> bool:
    """Whether a token is part of a name, such as ``Enforcement`` in the name of an agency."""
    return token.ent_type_ != "" and token.pos_ == "PROPN"


def _candidate(token: Token, rules: EventRules, in_title: bool) -> Candidate | None:
    """How to look a token up; in a headline an inflected verb is one whatever the tagger made of it."""
    if in_title and token.pos_ != "VERB" and not token.ent_type_ and token.lower_ in rules.verb_forms:
        return Candidate(token, rules.verb_forms[token.lower_], "VERB")
    lemma = token.lemma_.lower()
    return Candidate(token, lemma, token.pos_) if lemma in rules.triggers else None


def _match(candidate: Candidate, rules: EventRules, referents: Referents, title_end: int) -> TriggerMatch | None:
    """The most specific rule that holds for a candidate."""
    token = candidate.token
    around: Functions | None = None
    for rule in rules.triggers.get(candidate.lemma, ()):
        if candidate.pos not in _POS[rule.pos]:
            continue
        end = _words_end(token, rule.words)
        if end is None:
            continue
        if around is None:
            around = _functions(candidate, referents, title_end)
        if _holds(rule, token.sent, around, referents):
            return TriggerMatch(token, token.i, end, rule, around)
    return None


def _functions(candidate: Candidate, referents: Referents, title_end: int) -> Functions:
    """The functions around a candidate by the parse; those of a verb in a headline by word order where it has none."""
    token = candidate.token
    parsed = functions(token) if token.pos_ == candidate.pos else {}
    if candidate.pos != "VERB" or token.i >= title_end:
        return parsed
    return {**headline_functions(token, title_end, referents), **parsed}


def _words_end(head: Token, words: tuple[str, ...]) -> int | None:
    """Where a trigger ends whose further words follow its head; None if they do not.

    Words that do not follow at once must depend on the head; they are then not part of the span.
    """
    doc, end, position = head.doc, head.i + 1, head.i
    for word in words[1:]:
        for i in range(position + 1, min(position + 1 + _REACH, len(doc))):
            token = doc[i]
            if token.is_sent_start:
                return None
            if word in (token.lower_, token.lemma_.lower()) and (i == position + 1 or head.is_ancestor(token)):
                end = i + 1 if i == end else end
                position = i
                break
        else:
            return None
    return end


def _holds(rule: TriggerRule, sentence: Span, around: Functions, referents: Referents) -> bool:
    """Whether all conditions of a rule hold and none of its exceptions."""
    if rule.near and not any(token.lemma_.lower() in rule.near for token in sentence):
        return False
    if not all(_satisfied(condition, around, referents) for condition in rule.when):
        return False
    return not any(_satisfied(condition, around, referents) for condition in rule.unless)


def fillers_of(around: Functions, path: str) -> list[Token]:
    """Heads of what fills a function; ``object.poss`` is the possessor of what fills ``object``."""
    name, _, inner = path.partition(".")
    heads = around.get(name, [])
    return [filler for head in heads for filler in fillers_of(functions(head), inner)] if inner else heads


def _satisfied(condition: Condition, around: Functions, referents: Referents) -> bool:
    """Whether one of the functions of a condition is filled as it asks."""
    heads = [head for name in condition.functions for head in fillers_of(around, name)]
    if "none" in condition.classes and not heads:
        return True
    return any(referents.classes(head) & condition.classes for head in heads)
