"""``newsparse_status``: whether an event happened, is planned, proposed, alleged, hypothetical or negated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Token

from newsparse.pipeline.annotations import Event
from newsparse.pipeline.events.headline import title_tokens
from newsparse.pipeline.grammar import governor, is_infinitive, phrase_opening, relation
from newsparse.pipeline.reference import reference
from newsparse.rules.cues import ENDED, Cue, load_cues
from newsparse.rules.frames import EventRules, load_event_rules
from newsparse.rules.lexicon import lexicon

_VERBAL = frozenset({"VERB", "AUX"})
_LEVELS = 4
"""How many predicates up a cue still bears on the trigger."""

_TURNING = frozenset({ENDED, "negated"})
"""What may turn an event into one of another type: to ``no longer let`` is to revoke, ``not to renew`` is to end."""

_MODIFYING = frozenset({"adverb", "determiner", "adjective", "case", "mark"})
_SUBJECTS = frozenset({"subject", "passive_subject"})
_ARGUMENTS = frozenset({"subject", "passive_subject", "object"})
_EMBEDDING = frozenset({"complement", "clause_of_noun", "object", "passive_subject", "subject"})
_CIRCUMSTANTIAL = frozenset({"adverbial", "oblique"})
"""They are embedded if a word opens them, and none of circumstance: participles stand alone."""


@Language.factory(
    "newsparse_status",
    default_config={"rules": []},
    requires=["doc._.newsparse_events"],
    assigns=["doc._.newsparse_events"],
)
def make_status(nlp: Language, name: str, rules: list[str]) -> StatusComponent:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: name of the component.
        rules: paths of rule files to add to the built-in ones; opposites of event types are read from them.
    """
    return StatusComponent(load_cues(), load_event_rules(tuple(Path(path) for path in rules)))


class Sign(NamedTuple):
    """A word that may be a cue, and where it stands to the trigger."""

    place: str
    word: str
    token: int


class Finding(NamedTuple):
    """A status, the cue that gave it, and the token on which the cue fired."""

    status: str
    rule: str
    token: int


class StatusComponent:
    """Sets ``status``, ``status_rule`` and ``status_word`` of every event mention in ``doc._.newsparse_events``."""

    def __init__(self, cues: tuple[Cue, ...], rules: EventRules) -> None:
        self.cues = cues
        self.modal_cues = tuple(cue for cue in cues if cue.status not in _TURNING)
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a document in place and return it."""
        title_end = title_tokens(doc)
        events: list[Event] = doc._.newsparse_events
        for event in events:
            self._set(event, doc[event.triggers[0].start], title_end)
        doc._.newsparse_events = events
        return doc

    def _set(self, event: Event, trigger: Token, title_end: int) -> None:
        """Set the status of one event mention; an act that is over may become another type."""
        found = find_status(trigger, self.cues)
        if found and found.status in _TURNING:
            event_type = self.rules.types[event.type]
            turned = event_type.opposite if found.status == ENDED else event_type.negated_as
            if turned:
                event.type = turned
                found = find_status(trigger, self.modal_cues) or found._replace(status="actual")
            else:
                found = found._replace(status="negated")
        if found:
            event.status, event.status_rule, event.status_word = found
        elif trigger.i < title_end and is_infinitive(trigger):
            event.status, event.status_rule = "planned", "headline-infinitive/to"


def find_status(trigger: Token, cues: tuple[Cue, ...]) -> Finding | None:
    """The status that the words around a trigger give it.

    The trigger's own modifiers come first, then each predicate that governs it, the nearest first; at each
    of them the cues count in their order. None means that no cue stands there: the event is reported as a fact.
    """
    for signs in _levels(trigger):
        for cue in cues:
            for sign in signs:
                if cue.fires(sign.place, sign.word):
                    return Finding(cue.status, f"{cue.id}/{sign.word}", sign.token)
    return None


def _levels(trigger: Token) -> Iterator[list[Sign]]:
    """Signs around the trigger and around each predicate above it, the nearest level first.

    A noun that speaks of a known event presupposes it: ``the raid may have been a mistake`` doubts no raid.
    """
    yield _own(trigger)
    below, verbal = trigger, trigger.pos_ in _VERBAL
    presupposed = reference(trigger) == "known"
    for _ in range(_LEVELS):
        above = governor(below)
        if above is None or not _embedded(below):
            return
        presupposed = presupposed and above.lemma_.lower() not in lexicon("occurrence_verbs")
        shared = _shares_modality(below, above) and not presupposed
        yield _governing(above, verbal) + (_own(above) if shared else [])
        if presupposed:
            return
        verbal = verbal or above.pos_ in _VERBAL
        below = above


def _embedded(token: Token) -> bool:
    """Whether the status of what a token depends on bears on it; relative clauses and participles stand alone."""
    token = _first(token)
    embedding = relation(token)
    if embedding == "clause_of_noun" and token.pos_ in _VERBAL:
        return any(child.lower_ == "to" for child in token.lefts)
    if embedding in _CIRCUMSTANTIAL:
        opening = phrase_opening(token)
        return opening != token.lower_ and opening not in lexicon("circumstances")
    return embedding in _EMBEDDING


def _embedding(token: Token) -> str:
    return relation(_first(token))


def _first(token: Token) -> Token:
    """The first of what a token is coordinated with, which shows how all of them are embedded."""
    while relation(token) == "conjunct" and token.head != token:
        token = token.head
    return token


def _shares_modality(below: Token, above: Token) -> bool:
    """Whether negation and modality of the governing predicate bear on what it governs."""
    return above.pos_ in _VERBAL and _embedding(below) in {"complement", "object", "passive_subject", "subject"}


def _own(predicate: Token) -> list[Sign]:
    """Signs among the dependents of a predicate."""
    found = []
    for child in predicate.children:
        kind = relation(child)
        if kind in {"auxiliary", "passive_auxiliary", "copula"}:
            found += [Sign(place, child.lower_, child.i) for place in ("auxiliary", "modifier")]
            if _announced(predicate):
                found.append(Sign("auxiliary", f"announced {child.lower_}", child.i))
        elif kind in _MODIFYING:
            found += [Sign("modifier", word, child.i) for word in (child.lower_, child.lemma_.lower())]
        elif kind in _ARGUMENTS:
            found += [Sign("argument", word.lower_, word.i) for word in (child, *child.lefts)]
        if kind == "mark":
            found.append(Sign("mark", child.lower_, child.i))
            found += _before_infinitive(child)
    return found


def _announced(predicate: Token) -> bool:
    """Whether a clause tells what its subject says of itself: ``she said she would appeal``."""
    above = governor(predicate)
    if above is None or _embedding(predicate) != "complement":
        return False
    speaks = lexicon("reporting_verbs").get(above.lemma_.lower()) == "content"
    return speaks and any(child.pos_ == "PRON" for child in predicate.children if relation(child) in _SUBJECTS)


def _before_infinitive(mark: Token) -> list[Sign]:
    """The word before ``to`` governs the infinitive even where the parser attaches it elsewhere."""
    if mark.lower_ != "to" or mark.i == 0:
        return []
    before = mark.nbor(-1)
    if before.pos_ in _VERBAL:
        places = ["clause_verb", "verb"]
    else:
        places = ["noun", "clause_verb"] if before.pos_ == "NOUN" else ["adjective"]
    words = {before.lemma_.lower(), before.lower_, f"{before.lemma_.lower()} to"}
    return [Sign(place, word, before.i) for place in places for word in sorted(words)]


def _governing(above: Token, verbal: bool) -> list[Sign]:
    """Signs that the governing predicate itself gives."""
    if above.pos_ in _VERBAL:
        places = ["verb", "clause_verb"] if verbal else ["verb"]
    elif above.pos_ == "NOUN":
        places = ["noun"] if verbal else []
    else:
        places = ["adjective"]
    return [Sign(place, word, above.i) for place in places for word in sorted({above.lemma_.lower(), above.lower_})]
