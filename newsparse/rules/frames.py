"""Event rules: event types, their triggers, and frames that say which grammatical function fills which role.

A rule file maps event types to ``description``, ``plover``, ``frame``, ``fillers`` and ``triggers``; the user
guide (``docs/rules.md``) describes every key. Files given by a user have the same format: a new type is added,
triggers of a known type are added, those with a known id replaced, frames and fillers overridden.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from newsparse.errors import RulesError
from newsparse.rules.inflection import inflections
from newsparse.rules.lexicon import lexicon, word_classes
from newsparse.rules.reader import Node, read_yaml

ROLES = frozenset({"agent", "target", "object", "place"})
FUNCTIONS = frozenset({"subject", "object", "iobject", "clause", "poss", "compound", "amod"})
PARTS_OF_SPEECH = frozenset({"verb", "noun", "adj", "any"})
STATUSES = frozenset({"actual", "planned", "proposed", "alleged", "hypothetical", "negated"})
ACTOR_TYPES = frozenset({"PERSON", "ORG", "GPE", "NORP", "GROUP"})
ENTITY_TYPES = ACTOR_TYPES | {"LOC", "FAC", "LAW", "AGREEMENT", "DATABASE", "PRODUCT", "EVENT", "WORK"}
BUILT_IN_CLASSES = frozenset({"ACTOR", "amount", "pronoun", "any", "none"})
DEFAULT_WEIGHT = 0.6

_TYPE_KEYS = frozenset(
    {"description", "plover", "frame", "fillers", "triggers", "absorbs", "voiced", "opposite", "negated_as"}
)
_TRIGGER_KEYS = frozenset({"id", "lemmas", "pos", "when", "unless", "near", "frame", "weight", "status"})

Frame = Mapping[str, tuple[str, ...]]
"""Role → grammatical functions in the order in which they are tried."""

Fillers = Mapping[str, frozenset[str]]
"""Role → entity types and word classes that may fill it; a role not named takes anything."""


DEFAULT_FRAME: Frame = {"place": ("in", "at", "near", "outside", "across")}
DEFAULT_FILLERS: Fillers = {"place": frozenset({"GPE", "LOC", "FAC"})}


@dataclass(frozen=True, slots=True)
class Condition:
    """One of ``functions`` is filled by something of one of ``classes``."""

    functions: tuple[str, ...]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """A word or phrase that expresses an event when its conditions hold.

    ``words`` are lemmas, the head first. ``weight`` is the expected precision of the trigger under its
    conditions. ``given`` tells a rule of the user from a built-in one.
    """

    id: str
    type: str
    words: tuple[str, ...]
    pos: str
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    near: frozenset[str]
    frame: Frame
    fillers: Fillers
    weight: float
    status: str | None
    given: bool

    @property
    def specificity(self) -> tuple[int, int, float]:
        """Sort key: more words beat more conditions, which beat a higher weight."""
        return len(self.words), len(self.when) + bool(self.near), self.weight


@dataclass(frozen=True, slots=True)
class EventType:
    """An event type with its frame and what may fill its roles.

    ``voiced`` says that who is quoted with the words performs the act, as in a demand or a denial.
    ``absorbs`` says that acts told in its object are no events of their own: the act asked for in a demand.
    ``opposite`` is the type of an act that ends this one: to ``no longer let`` is to revoke access;
    ``negated_as`` the type of one that is told by its negation: ``not to renew`` is to end.
    """

    name: str
    description: str
    plover: str | None
    frame: Frame
    fillers: Fillers
    voiced: bool = False
    absorbs: bool = False
    opposite: str | None = None
    negated_as: str | None = None


@dataclass(frozen=True, slots=True)
class EventRules:
    """All event rules in force; ``digest`` is a hash of them and of all other data of this package.

    ``triggers`` maps a head lemma to its rules, the most specific first; ``verb_forms`` maps inflected forms of
    the verbs among them to their lemmas.
    """

    types: Mapping[str, EventType]
    triggers: Mapping[str, tuple[TriggerRule, ...]]
    verb_forms: Mapping[str, str]
    digest: str


@dataclass(slots=True)
class _Collection:
    """Rules while they are read: files later in the order add to or replace what earlier ones said."""

    types: dict[str, EventType] = field(default_factory=dict)
    rules: dict[str, TriggerRule] = field(default_factory=dict)
    here: set[str] = field(default_factory=set)
    given: bool = False
    """Ids of the rules of the file that is being read: a later file may replace a rule, the same file may not."""


@cache
def load_event_rules(paths: tuple[Path, ...] = ()) -> EventRules:
    """The built-in event rules with those of the user.

    Args:
        paths: rule files of the user, later ones win.

    Raises:
        RulesError: a file cannot be read or is wrong; file, line, fault and what is allowed are named.
    """
    collection = _Collection()
    given = list(_given(paths))
    built_in = list(_built_in())
    for number, (label, text) in enumerate([*built_in, *given]):
        collection.here.clear()
        collection.given = number >= len(built_in)
        for name, node in read_yaml(text, label).items():
            _read_type(collection, name, node)
    _check_turns(collection)
    by_lemma: dict[str, list[TriggerRule]] = {}
    for rule in collection.rules.values():
        by_lemma.setdefault(rule.words[0], []).append(_resolved(rule, collection.types[rule.type]))
    triggers = {
        lemma: tuple(sorted(rules, key=lambda rule: rule.specificity, reverse=True))
        for lemma, rules in by_lemma.items()
    }
    verbs = sorted({rule.words[0] for rule in collection.rules.values() if rule.pos == "verb"})
    verb_forms = {form: verb for verb in verbs for form in inflections(verb)}
    return EventRules(collection.types, triggers, verb_forms, _digest(text for _, text in given))


def _digest(given: Iterable[str]) -> str:
    """A hash of all that decides: every data file of this package, and the user's rules."""
    digest = hashlib.sha256()
    for text in (*_texts(files("newsparse.rules")), *given):
        digest.update(text.encode())
    return f"sha256:{digest.hexdigest()[:16]}"


def _texts(folder: Traversable) -> Iterator[str]:
    """The data files of a folder and of those in it, in alphabetical order."""
    for resource in sorted(folder.iterdir(), key=lambda item: item.name):
        if resource.is_dir():
            yield from _texts(resource)
        elif resource.name.endswith(".yaml"):
            yield resource.read_text(encoding="utf-8")


def _resolved(rule: TriggerRule, event_type: EventType) -> TriggerRule:
    """A rule with the frame and the fillers of its type where it has none of its own."""
    return replace(rule, frame={**event_type.frame, **rule.frame}, fillers=event_type.fillers)


def _check_turns(collection: _Collection) -> None:
    """Check that the types into which events turn exist."""
    for event_type in collection.types.values():
        for turned in (event_type.opposite, event_type.negated_as):
            if turned is not None and turned not in collection.types:
                raise RulesError(f"{event_type.name}: {turned!r}, into which it may turn, is no event type")


def _built_in() -> Iterator[tuple[str, str]]:
    """Name and text of every built-in rule file, in alphabetical order."""
    for resource in sorted(files("newsparse.rules").joinpath("events").iterdir(), key=lambda item: item.name):
        if resource.name.endswith(".yaml"):
            yield f"events/{resource.name}", resource.read_text(encoding="utf-8")


def _given(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Name and text of every rule file of the user."""
    for path in paths:
        try:
            yield str(path), path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RulesError(f"{path}: cannot read the rule file: {error}") from error


def _read_type(collection: _Collection, name: str, node: Node) -> None:
    """Read one event type with its triggers into the collection."""
    if name.count(".") != 1 or not all(part.isidentifier() for part in name.split(".")):
        raise node.error(f"event type {name!r} should be family.action, e.g. agreement.end")
    fields = node.fields(_TYPE_KEYS)
    known = collection.types.get(name)
    if known is None and "description" not in fields:
        raise node.error(f"the new event type {name!r} needs a description")
    base = known or EventType(name, "", None, DEFAULT_FRAME, DEFAULT_FILLERS)
    event_type = replace(
        base,
        description=fields["description"].string() if "description" in fields else base.description,
        plover=fields["plover"].string() if "plover" in fields else base.plover,
        frame={**base.frame, **_frame(fields.get("frame"))},
        fillers={**base.fillers, **_fillers(fields.get("fillers"))},
        opposite=fields["opposite"].string() if "opposite" in fields else base.opposite,
        negated_as=fields["negated_as"].string() if "negated_as" in fields else base.negated_as,
        voiced=fields["voiced"].flag() if "voiced" in fields else base.voiced,
        absorbs=fields["absorbs"].flag() if "absorbs" in fields else base.absorbs,
    )
    collection.types[name] = event_type
    if "triggers" in fields:
        for entry in fields["triggers"].elements():
            for rule in _trigger_rules(event_type, entry, collection.given):
                if rule.id in collection.here:
                    raise entry.error(f"the rule {rule.id} stands twice in this file; tell them apart by an id")
                collection.here.add(rule.id)
                collection.rules[rule.id] = rule


def _trigger_rules(event_type: EventType, entry: Node, given: bool) -> Iterator[TriggerRule]:
    """The rules of one entry of ``triggers``, one for each of its lemmas."""
    fields = entry.fields(_TRIGGER_KEYS)
    if "lemmas" not in fields:
        raise entry.error("a trigger needs lemmas, e.g. lemmas: [terminate, cancel]")
    pos = fields["pos"].choice(PARTS_OF_SPEECH, "part of speech") if "pos" in fields else "verb"
    suffix = fields["id"].string() if "id" in fields else None
    rule = TriggerRule(
        id="",
        type=event_type.name,
        words=(),
        pos=pos,
        when=_conditions(fields.get("when")),
        unless=_conditions(fields.get("unless")),
        near=frozenset(fields["near"].strings()) if "near" in fields else frozenset(),
        frame=_frame(fields.get("frame")),
        fillers={},
        weight=_weight(fields.get("weight")),
        status=fields["status"].choice(STATUSES, "status") if "status" in fields else None,
        given=given,
    )
    for lemma in fields["lemmas"].elements():
        words = tuple(lemma.string().split())
        if not words:
            raise lemma.error("an empty lemma")
        name = f"{'-'.join(words)}.{pos}" + (f".{suffix}" if suffix else _condition_name(rule))
        yield replace(rule, id=f"{event_type.name}/{name}", words=words)


def _condition_name(rule: TriggerRule) -> str:
    """Tells apart rules of one lemma by their conditions: ``.object=AGREEMENT``."""
    parts = [_told(condition) for condition in rule.when]
    parts += [f"not-{_told(condition)}" for condition in rule.unless]
    parts += [f"near={'|'.join(sorted(rule.near))}"] if rule.near else []
    return "".join(f".{part}" for part in parts)


def _told(condition: Condition) -> str:
    classes = condition.classes if "ACTOR" not in condition.classes else condition.classes - ACTOR_TYPES
    return f"{'|'.join(condition.functions)}={'|'.join(sorted(classes))}"


def _weight(node: Node | None) -> float:
    if node is None:
        return DEFAULT_WEIGHT
    weight = node.number()
    if not 0 <= weight <= 1:
        raise node.error(f"weight {weight:g} is not between 0 and 1")
    return weight


def _frame(node: Node | None) -> dict[str, tuple[str, ...]]:
    if node is None:
        return {}
    return {role: _functions(value, value.strings()) for role, value in _roles(node)}


def _fillers(node: Node | None) -> dict[str, frozenset[str]]:
    if node is None:
        return {}
    return {role: _classes(value) for role, value in _roles(node)}


def _roles(node: Node) -> Iterator[tuple[str, Node]]:
    for role, value in node.items():
        if role not in ROLES:
            raise value.error(f"unknown role {role!r}; allowed: {', '.join(sorted(ROLES))}")
        yield role, value


def _conditions(node: Node | None) -> tuple[Condition, ...]:
    if node is None:
        return ()
    return tuple(Condition(_functions(value, key.split("|")), _classes(value)) for key, value in node.items())


def _functions(node: Node, paths: Iterable[str]) -> tuple[str, ...]:
    """Grammatical functions and paths of them, checked: ``object.poss``."""
    allowed = FUNCTIONS | lexicon("prepositions").keys()
    found = tuple(paths)
    for name in (name for path in found for name in path.split(".")):
        if name not in allowed:
            raise node.error(f"unknown function {name!r}; allowed: {', '.join(sorted(FUNCTIONS))} and prepositions")
    return found


def _classes(node: Node) -> frozenset[str]:
    """Classes of a condition or filler, checked; ``ACTOR`` stands for all types that act."""
    allowed = (ENTITY_TYPES | BUILT_IN_CLASSES).union(*word_classes().values())
    names = node.strings()
    for name in names:
        if name not in allowed:
            raise node.error(f"unknown class {name!r}; allowed: {', '.join(sorted(allowed))}")
    return frozenset(names) | (ACTOR_TYPES if "ACTOR" in names else frozenset())
