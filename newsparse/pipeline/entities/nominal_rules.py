"""Rules for noun phrases that stand for agreements, databases and laws: ``newsparse/rules/nominals/*.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from newsparse.rules.reader import Node, read_yaml

_FIELDS = frozenset({"nouns", "weak", "modifiers", "verbs", "anaphors", "never"})


@dataclass(frozen=True, slots=True)
class NominalRules:
    """What makes a noun phrase stand for an entity of ``type``; all words are lower-case lemmas.

    ``nouns`` maps head nouns (also phrases) to their kind. Those in ``weak`` need support: a word of
    ``modifiers`` before them, a verb of ``verbs`` that governs them, or a named party. ``anaphors`` only take
    up, bare and definite, what was mentioned before. ``never`` are phrases that are no such thing,
    ``never_ends`` their last words.
    """

    type: str
    nouns: Mapping[str, str]
    weak: frozenset[str]
    modifiers: frozenset[str]
    verbs: frozenset[str]
    anaphors: frozenset[str]
    never: frozenset[str]
    never_ends: frozenset[str]


@cache
def nominal_rules() -> tuple[NominalRules, ...]:
    """The built-in rules of all types.

    Raises:
        RulesError: a rule file is malformed.
    """
    return tuple(_read(name) for name in ("agreement", "database", "law"))


def _read(name: str) -> NominalRules:
    resource = files("newsparse.rules").joinpath("nominals", f"{name}.yaml")
    fields = read_yaml(resource.read_text(encoding="utf-8"), f"nominals/{name}.yaml").fields(_FIELDS)
    nouns = _nouns(fields["nouns"])
    for word in fields["weak"].elements():
        if word.string() not in nouns:
            raise word.error(f"{word.string()!r} is weak, but does not stand in nouns")
    lists = {key: frozenset(fields[key].strings()) for key in _FIELDS - {"nouns"}}
    ends = frozenset(phrase.split()[-1] for phrase in lists["never"])
    return NominalRules(name.upper(), MappingProxyType(nouns), **lists, never_ends=ends)


def _nouns(node: Node) -> dict[str, str]:
    """Noun → kind."""
    nouns: dict[str, str] = {}
    for kind, words in node.items():
        for word in words.elements():
            noun = word.string()
            if noun in nouns:
                raise word.error(f"{noun!r} stands in {nouns[noun]!r} already")
            nouns[noun] = kind
    return nouns
