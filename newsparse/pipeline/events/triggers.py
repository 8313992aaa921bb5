"""Triggers: words that express an event, recognised by the event rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from newsparse.pipeline.events.fillers import Referents
from newsparse.pipeline.events.headline import headline_functions
from newsparse.pipeline.grammar import Functions, functions, relation
from newsparse.rules.frames import Condition, EventRules, TriggerRule

_POS = {
    "verb": frozenset({"VERB", "AUX"}),
    "noun": frozenset({"NOUN", "PROPN"}),
    "adj": frozenset({"ADJ"}),
    "any": frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ", "ADV"}),
}
_WINDOW = 80
"""How many tokens to each side of a trigger the words of ``near`` may stand."""

_NEAR, _FAR = 5, 15
"""How many tokens after the previous word of a trigger a particle, a complement may stand: names may be long."""


@dataclass(frozen=True, slots=True)
class TriggerMatch:
    """A rule that fired: the trigger's head, the tokens of its words, and the functions around it."""

    head: Token
    positions: list[int]
    rule: TriggerRule
    functions: Functions

    @property
    def start(self) -> int:
        """The first token of the trigger."""
        return self.positions[0]

    @property
    def end(self) -> int:
        """The end of the trigger: its words as far as they stand next to each other."""
        end = self.start + 1
        for position in self.positions[1:]:
            if position != end:
                break
            end += 1
        return end


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
    taken: set[int] = set()
    for token in doc:
        if token.i in taken or in_name(token) or describes_database(token, referents):
            continue
        candidate = _candidate(token, rules, token.i < title_end)
        match = _match(candidate, rules, referents, title_end) if candidate else None
        if match and match.rule.weight >= min_weight:
            taken.update(match.positions)
            yield match


def in_name(token: Token) -> bool:
    """Whether a token is part of a name, such as ``Enforcement`` in the name of an agency."""
    return token.ent_type_ != "" and token.pos_ == "PROPN"


def describes_database(token: Token, referents: Referents) -> bool:
    """Whether a noun only says what a database holds, as in ``arrest database``."""
    referent = referents.by_token.get(token.i)
    return referent is not None and referent[0].type == "DATABASE" and relation(token) in {"compound", "adjective"}


def _candidate(token: Token, rules: EventRules, in_title: bool) -> Candidate | None:
    """How to look a token up: by its lemma, else as the inflected verb it looks like.

    That mends wrong lemmas; in a headline it holds whatever part of speech the tagger saw.
    """
    lemma, form = token.lemma_.lower(), rules.verb_forms.get(token.lower_)
    if form and not token.ent_type_ and (lemma not in rules.triggers if token.pos_ == "VERB" else in_title):
        return Candidate(token, form, "VERB")
    return Candidate(token, lemma, token.pos_) if lemma in rules.triggers else None


def _match(candidate: Candidate, rules: EventRules, referents: Referents, title_end: int) -> TriggerMatch | None:
    """The most specific rule that holds for a candidate."""
    token = candidate.token
    around: Functions | None = None
    near = _near(token)
    for rule in rules.triggers.get(candidate.lemma, ()):
        if candidate.pos not in _POS[rule.pos]:
            continue
        positions = _words(token, rule.words)
        if positions is None:
            continue
        if around is None:
            around = _functions(candidate, referents, title_end)
        if _holds(rule, near, around, referents):
            return TriggerMatch(token, positions, rule, around)
    return None


def _functions(candidate: Candidate, referents: Referents, title_end: int) -> Functions:
    """The functions around a candidate by the parse; those of a verb in a headline by word order where it has none."""
    token = candidate.token
    parsed = functions(token) if token.pos_ == candidate.pos else {}
    if candidate.pos != "VERB" or token.i >= title_end:
        return parsed
    return {**headline_functions(token, title_end, referents), **parsed}


def _words(head: Token, words: tuple[str, ...]) -> list[int] | None:
    """Where the words of a trigger stand, the head first; None if they do not all follow it."""
    doc, found = head.doc, [head.i]
    for word in words[1:]:
        for i in range(found[-1] + 1, min(found[-1] + 1 + _FAR, len(doc))):
            token = doc[i]
            if token.is_sent_start:
                return None
            if word in (token.lower_, token.lemma_.lower()) and _goes_with(token, found[-1], head):
                found.append(i)
                break
        else:
            return None
    return found


def _goes_with(word: Token, previous: int, head: Token) -> bool:
    """Whether a word belongs to a trigger: next to the previous one, near and under the head, or its complement."""
    if word.i == previous + 1 or (word.i <= previous + _NEAR and head.is_ancestor(word)):
        return True
    return word.head == head and relation(word) in {"complement", "adverbial"}


def _near(token: Token) -> frozenset[str]:
    """Lemmas of the sentence around a token, within a window that keeps endless sentences linear."""
    sentence = token.sent
    window = token.doc[max(sentence.start, token.i - _WINDOW) : min(sentence.end, token.i + _WINDOW)]
    return frozenset(word.lemma_.lower() for word in window)


def _holds(rule: TriggerRule, near: frozenset[str], around: Functions, referents: Referents) -> bool:
    """Whether all conditions of a rule hold and none of its exceptions."""
    if rule.near and not rule.near & near:
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
