"""Personal and relative pronouns.

The antecedent is the most salient fitting mention before the pronoun, in the manner of Lappin and Leass (1994):
salience falls with every sentence and is higher for subjects; gender, number and the clause rule candidates out.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from newsparse.pipeline.annotations import Mention
from newsparse.pipeline.coref.clusters import Cluster
from newsparse.pipeline.coref.discourse import Discourse, Place
from newsparse.pipeline.grammar import relation
from newsparse.rules.lexicon import lexicon

_KIND = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
    "it": "thing", "its": "thing", "itself": "thing",
    "they": "plural", "them": "plural", "their": "plural", "theirs": "plural", "themselves": "plural",
}  # fmt: skip
_RELATIVE = frozenset({"who", "whom", "whose", "which"})
_BODIES = frozenset({"ORG", "GPE"})
_THINGS = frozenset({"AGREEMENT", "DATABASE", "LAW", "PRODUCT", "FAC", "EVENT", "WORK"})
_SENTENCES_BACK = {"male": 4, "female": 4, "thing": 2, "plural": 3}
_PARAGRAPHS_BACK = 2
_SENTENCE_COST = 30.0
_LEAST_SCORE = -70.0
_OWN_CLAUSE = 15.0
"""What speaks for the subject of its clause as the owner a possessive refers to; about one grade of salience."""


def pronoun_kind(token: Token) -> str | None:
    """male, female, thing, plural or relative; None for other words and pronouns of the first and second person."""
    if token.lower_ in _RELATIVE and token.tag_ in {"WP", "WP$", "WDT", ""} and token.pos_ in {"PRON", "DET", ""}:
        return "relative"
    kind = _KIND.get(token.lower_)
    return None if kind == "thing" and token.lower_ == "it" and _is_empty(token) else kind


def resolve_pronoun(token: Token, kind: str, discourse: Discourse) -> Cluster | None:
    """The cluster a pronoun refers to; the mention is added to it. None where nothing fits."""
    cluster = _relative_antecedent(token, discourse) if kind == "relative" else _most_salient(token, kind, discourse)
    if cluster is None:
        return None
    mention = Mention(token.i, token.i + 1, "pronoun")
    cluster.add(mention)
    if kind in {"male", "female"} and cluster.type == "PERSON" and cluster.gender is None:
        cluster.gender = kind
    discourse.mentioned(token, mention, cluster)
    return cluster


def gender_of(doc: Doc, mention: Mention) -> str | None:
    """The gender that a person's first name or the title before it tells; None where neither does."""
    before = doc[mention.start - 1].lower_ if mention.start else ""
    titled = lexicon("gendered_titles").get(before)
    if titled or mention.end - mention.start < 2:
        return titled
    return lexicon("first_names").get(doc[mention.start].lower_)


def _is_empty(token: Token) -> bool:
    """Whether ``it`` only fills a place: ``it is clear that``, ``it was raining``."""
    doc, i = token.doc, token.i + 1
    while i < len(doc) and doc[i].pos_ in {"AUX", "ADV", "PART"}:
        i += 1
    if i >= len(doc) or doc[i].pos_ not in {"ADJ", "NOUN"} or i == token.i + 1:
        return i < len(doc) and doc[i].lower_ in _EMPTY_VERBS
    return any(doc[j].lower_ in _CLAUSE_WORDS for j in range(i + 1, min(i + 4, len(doc))))


_EMPTY_VERBS = frozenset({"seems", "appears", "seemed", "appeared", "rains", "rained", "raining", "snowed", "snowing"})
_CLAUSE_WORDS = frozenset({"that", "to", "whether", "how", "for"})


def _relative_antecedent(token: Token, discourse: Discourse) -> Cluster | None:
    """The entity of the noun that the relative clause modifies: the nearest one up the tree."""
    noun = next((a for a in token.ancestors if a.pos_ in {"NOUN", "PROPN"} and a.i < token.i), None)
    if noun is None:
        return None
    for place, cluster in discourse.recent():
        if place.head < noun.i - _LONGEST_NAME:
            break
        if place.start <= noun.i < place.end and (place.head == noun.i or cluster.type != "GROUP"):
            return cluster if token.lower_ == "which" or cluster.type in _WHO else None
    return None


_WHO = frozenset({"PERSON", "GROUP", "ORG", "NORP", "GPE"})
_LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a pronoun stands: what rules out or favours antecedents."""

    kind: str
    place: Place
    predicate: int
    possessive: bool
    verb: int | None
    """The verb of the clause in which a possessive stands."""


def _most_salient(token: Token, kind: str, discourse: Discourse) -> Cluster | None:
    possessive = relation(token) == "possessive"
    verb = next((above.i for above in token.ancestors if above.pos_ in {"VERB", "AUX"}), None) if possessive else None
    reading = _Reading(kind, discourse.place(token, token.i, token.i + 1), token.head.i, possessive, verb)
    best: tuple[float, Cluster] | None = None
    for place, cluster in discourse.recent():
        distance = reading.place.sentence - place.sentence
        if distance > _SENTENCES_BACK[kind] or reading.place.paragraph - place.paragraph > _PARAGRAPHS_BACK:
            break
        fit = _fit(cluster, kind)
        if fit is None or _same_clause(discourse, reading, place):
            continue
        score = fit + place.weight - _SENTENCE_COST * distance + min(len(cluster.mentions), 6) * 3.0
        score -= 0.2 * (reading.place.head - place.head)
        if reading.place.weight >= 22.0 and place.weight >= 22.0:
            score += 10.0
        if _owns(discourse, reading, place):
            score += _OWN_CLAUSE
        if score > _LEAST_SCORE and (best is None or score > best[0]):
            best = score, cluster
    return best[1] if best else None


def _same_clause(discourse: Discourse, reading: _Reading, place: Place) -> bool:
    """Whether the candidate and a personal pronoun depend on one verb, so that they cannot be the same."""
    candidate = discourse.doc[place.head]
    return candidate.head.i == reading.predicate and (not reading.possessive or relation(candidate) == "possessive")


def _owns(discourse: Discourse, reading: _Reading, place: Place) -> bool:
    """Whether the candidate is the subject of the clause of a possessive: ``the city records its arrests``."""
    candidate = discourse.doc[place.head]
    return candidate.head.i == reading.verb and relation(candidate) in {"subject", "passive_subject"}


def _fit(cluster: Cluster, kind: str) -> float | None:
    """How well a cluster suits a pronoun; None if not at all."""
    if kind in {"male", "female"}:
        if cluster.type == "PERSON":
            return None if cluster.gender not in {None, kind} else 20.0 + 10.0 * (cluster.gender == kind)
        return 0.0 if _is_group_of(cluster, "person") and not cluster.plural else None
    if kind == "thing":
        return _thing_fit(cluster)
    return _plural_fit(cluster)


def _thing_fit(cluster: Cluster) -> float | None:
    if cluster.plural:
        return None
    if cluster.type in _BODIES:
        return 10.0
    if cluster.type in _THINGS:
        return 0.0
    return 5.0 if _is_group_of(cluster, "body") else None


def _is_group_of(cluster: Cluster, what: str) -> bool:
    return cluster.type == "GROUP" and any(lexicon("group_nouns").get(head) == what for head in cluster.heads)


def _plural_fit(cluster: Cluster) -> float | None:
    if cluster.type == "GROUP":
        return 15.0 if cluster.plural else -10.0
    if cluster.type == "NORP":
        return 10.0 if cluster.plural else None
    if cluster.type in {"AGREEMENT", "DATABASE", "LAW"}:
        return 0.0 if cluster.plural else None
    return -20.0 if cluster.type == "ORG" else -30.0 if cluster.type == "PERSON" else None
