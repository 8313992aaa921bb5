"""What agreements and databases are like: kind and parties, operator and contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from spacy.tokens import Doc, Token

from newsparse.pipeline.annotations import Entity, Mention
from newsparse.pipeline.coref.discourse import head_of
from newsparse.pipeline.entities.nominal_rules import NominalRules, nominal_rules
from newsparse.pipeline.entities.nominals import lemma
from newsparse.pipeline.grammar import coordinated, is_negated, noun_phrase, objects, relation

_PARTIES = frozenset({"ORG", "GPE", "PERSON", "NORP", "GROUP"})
_OPERATORS = frozenset({"ORG", "GPE", "GROUP"})
_GENERAL_KINDS = frozenset({"agreement", "scheme", "compromise"})
_CONTENT_VERBS = frozenset({"include", "contain", "hold", "list", "store", "comprise", "record", "keep"})
_PARTY_PREPOSITIONS = frozenset({"with", "between", "among"})
_MAX_CONTENTS = 8

Owners = Mapping[int, str]
"""Head token of a mention → id of its entity."""


def describe(doc: Doc, entities: list[Entity], owners: Owners) -> None:
    """Fill ``kind``, ``parties``, ``operator`` and ``contents`` of agreements, databases and laws, in place."""
    types = {entity.id: entity.type for entity in entities}
    for entity in entities:
        entity.kind = _kind(doc, entity)
        if entity.type == "AGREEMENT":
            entity.parties = _unique(owner for head in _heads(doc, entity) for owner in _parties(head, owners, types))
        elif entity.type == "DATABASE":
            operators = [owner for head in _heads(doc, entity) for owner in _operators(head, owners, types)]
            entity.operator = operators[0] if operators else None
            contents = (text for mention in entity.mentions for text in _contents(mention_head(doc, mention)))
            entity.contents = _unique(contents)[:_MAX_CONTENTS]


def mention_head(doc: Doc, mention: Mention) -> Token:
    """The head of a mention."""
    return head_of(doc[mention.start : mention.end])


def _heads(doc: Doc, entity: Entity) -> list[Token]:
    """Heads of the mentions that are no pronouns."""
    return [mention_head(doc, mention) for mention in entity.mentions if mention.kind != "pronoun"]


def _kind(doc: Doc, entity: Entity) -> str | None:
    """The kind that the head nouns of an entity tell; a specific one before a general one."""
    rules = next((rules for rules in nominal_rules() if rules.type == entity.type), None)
    if rules is None:
        return None
    kinds: list[str] = []
    for mention in entity.mentions:
        if mention.kind != "pronoun":
            kinds += _kinds(rules, doc[mention.start : mention.end].text.lower(), mention_head(doc, mention))
    specific = [kind for kind in kinds if kind not in _GENERAL_KINDS]
    return next(iter(specific or kinds), None)


def _kinds(rules: NominalRules, phrase: str, head: Token) -> list[str]:
    """Kinds by a noun of more than one word in the phrase, else by its head."""
    longer = [kind for noun, kind in rules.nouns.items() if " " in noun and noun in phrase]
    return longer or [rules.nouns[word] for word in (lemma(head), head.lower_) if word in rules.nouns][:1]


def _unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))


def _parties(head: Token, owners: Owners, types: Mapping[str, str]) -> Iterator[str]:
    """Possessor and modifiers of the agreement, and what follows ``with`` or ``between``."""
    heads: set[Token] = set()
    for child in head.children:
        if child.i < head.i and relation(child) in {"possessive", "compound"}:
            heads.update(coordinated(child))
        elif child.i > head.i and child.left_edge.lower_ in _PARTY_PREPOSITIONS:
            for top in (child, *child.children):
                heads.update(coordinated(top))
    for token in sorted(heads, key=lambda token: token.i):
        owner = owners.get(token.i)
        if owner and types[owner] in _PARTIES:
            yield owner


def _operators(head: Token, owners: Owners, types: Mapping[str, str]) -> Iterator[str]:
    """Possessor of the database, else an organisation or place that modifies it."""
    for child in sorted(head.lefts, key=lambda child: relation(child) != "possessive"):
        owner = owners.get(child.i)
        if owner and relation(child) in {"possessive", "compound"} and types[owner] in _OPERATORS:
            yield owner


def _contents(head: Token) -> Iterator[str]:
    """Objects of ``include``, ``contain`` and the like with the database as subject."""
    if relation(head) != "subject":
        return
    verb = head.head
    for predicate in (verb, *(child for child in verb.children if relation(child) == "conjunct")):
        if lemma(predicate) in _CONTENT_VERBS and not is_negated(predicate):
            for item in objects(predicate):
                start, end = noun_phrase(item, longest=6)
                yield head.doc[start:end].text
