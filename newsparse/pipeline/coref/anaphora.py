"""Noun phrases that take up what was mentioned before: ``the agency``, ``the contract``, ``the mayor``."""

from __future__ import annotations

from spacy.tokens import Span, Token

from newsparse.pipeline.annotations import Mention
from newsparse.pipeline.coref.clusters import Cluster
from newsparse.pipeline.coref.discourse import Discourse, head_of
from newsparse.pipeline.entities.nominal_rules import nominal_rules
from newsparse.pipeline.entities.nominals import is_anaphor, lemma
from newsparse.pipeline.grammar import relation
from newsparse.rules.lexicon import lexicon

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "said", "such"})
_POSSESSIVE = frozenset({"its", "their", "his", "her", "our", "my", "your"})
_NEW = frozenset({
    "another", "other", "new", "separate", "similar", "second", "third", "previous", "earlier", "different", "several",
    "many", "two", "three", "old", "next", "original", "existing",
})  # fmt: skip
_PERSON_TITLES = frozenset({"office", "law", "rank"})
_UNTITLED = frozenset(
    {"former", "ex", "then", "deputy", "vice", "acting", "assistant", "future", "new", "next", "previous"}
)
_LEAST_SHARE = 0.5


def resolve_nominal(span: Span, discourse: Discourse) -> Cluster | None:
    """The cluster a noun phrase belongs to, an old one or a new one; the mention is added to it.

    None for a phrase that can only take up something mentioned before, where there is no such thing.
    """
    head = head_of(span)
    cluster = _predicated(span.label_, head, discourse)
    if cluster is None:
        antecedent = _group_antecedent if span.label_ == "GROUP" else _thing_antecedent
        cluster = antecedent(span, head, discourse)
    if cluster is None:
        if _only_anaphoric(span, head):
            return None
        cluster = Cluster(span.label_)
        discourse.clusters.append(cluster)
    mention = Mention(span.start, span.end, "nominal")
    cluster.add(mention)
    cluster.heads.add(lemma(head))
    cluster.words |= _content(span, head)
    if cluster.plural is None and cluster.type != "PERSON":
        cluster.plural = is_plural(head)
    discourse.mentioned(head, mention, cluster)
    return cluster


def _only_anaphoric(span: Span, head: Token) -> bool:
    rules = next((rules for rules in nominal_rules() if rules.type == span.label_), None)
    if rules is None or not is_anaphor(head, span.start, rules):
        return False
    forms = {lemma(head), head.lower_}
    return forms.isdisjoint(rules.nouns) or not forms.isdisjoint(rules.weak)


def _predicated(label: str, head: Token, discourse: Discourse) -> Cluster | None:
    """The cluster of which the phrase is predicated: ``the database is a list of arrests``."""
    if not any(relation(child) == "copula" for child in head.children):
        return None
    subject = next((child for child in head.children if relation(child) == "subject"), None)
    for place, cluster in discourse.recent():
        if subject is None or place.head < subject.i:
            break
        if place.head == subject.i:
            fits = cluster.type in _PREDICABLE if label == "GROUP" else cluster.type == label
            return cluster if fits else None
    return None


_PREDICABLE = frozenset({"PERSON", "ORG", "GROUP"})


def absorb_unnamed(named: Cluster, discourse: Discourse) -> None:
    """Take over the mentions of the one thing that was described before it was named.

    News describes first (``a key law enforcement database``) and names later (``the Preliminary Arraignment
    Reporting System``).
    """
    if named.type not in _ABSORBING or named.absorbed:
        return
    named.absorbed = True
    unnamed = [cluster for cluster in discourse.latest(named.type) if not cluster.names and not cluster.plural]
    if len(unnamed) == 1:
        cluster = unnamed[0]
        named.mentions += cluster.mentions
        named.heads |= cluster.heads
        named.words |= cluster.words
        cluster.mentions = []
        discourse.replace(cluster, named)


_ABSORBING = frozenset({"DATABASE", "LAW"})


def is_plural(head: Token) -> bool:
    """Whether a noun is plural, by its tag or morphology."""
    if head.tag_ in {"NNS", "NNPS"} or "Number=Plur" in str(head.morph):
        return True
    return lexicon("group_nouns").get(head.lower_) == "plural"


def is_definite(span: Span) -> bool:
    """Whether a determiner of the known or a possessor stands before or in the phrase."""
    before = _before(span)
    return before in _DEFINITE | _POSSESSIVE or any(token.lower_ in {"'s", "’s"} for token in span)


def _before(span: Span) -> str:
    return span.doc[span.start - 1].lower_ if span.start else ""


def _content(span: Span, head: Token) -> set[str]:
    """Lemmas of the modifiers of a phrase."""
    return {lemma(token) for token in span if token.i < head.i and token.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}}


def _thing_antecedent(span: Span, head: Token, discourse: Discourse) -> Cluster | None:
    """The agreement, database or law that the phrase takes up."""
    word, words = lemma(head), _content(span, head)
    known = is_definite(span) or discourse.in_title(head)
    fresh = _before(span) in _NEW or bool(words & _NEW)
    best: tuple[float, Cluster] | None = None
    for cluster in discourse.latest(span.label_):
        if cluster.in_title_only and not discourse.in_title(head):
            score = 3.0 + (1.0 if word in cluster.heads else 0.0)
        else:
            score = _likeness(word, words, cluster, is_plural(head)) + (1.0 if known else 0.0) - (1.5 if fresh else 0.0)
        if score >= _LEAST_LIKENESS and (best is None or score > best[0]):
            best = score, cluster
    return best[1] if best else None


_LEAST_LIKENESS = 1.5


def _likeness(word: str, words: set[str], cluster: Cluster, plural: bool) -> float:
    """How well a phrase fits a cluster by head, modifiers and number."""
    score = 1.0 if word in cluster.heads else 0.0
    known = cluster.words | {part for name in cluster.names for part in name.lower().split()}
    if words:
        shared = len(words & known) / len(words)
        score += 1.5 * shared - (1.0 if shared < _LEAST_SHARE and cluster.words else 0.0)
    else:
        score += 1.0
    if cluster.plural is not None and cluster.plural != plural:
        score -= 1.5
    return score


def _group_antecedent(span: Span, head: Token, discourse: Discourse) -> Cluster | None:
    """The person, organisation, place or group that the phrase takes up."""
    apposed = _apposed_name(span, head, discourse)
    if apposed is not None:
        return apposed
    word = lemma(head)
    owned = any(token.lower_ in {"'s", "’s", "'", "’"} for token in span)
    modified = owned or span.end > head.i + 1 or any(token.ent_type_ for token in span) or len(_content(span, head)) > 1
    if is_definite(span) and not modified and not is_plural(head):
        cluster = _titled(span, word, discourse) or _by_class(word, discourse)
        if cluster is not None:
            return cluster
    return _same_group(span, head, word, discourse)


def _apposed_name(span: Span, head: Token, discourse: Discourse) -> Cluster | None:
    """The name to which the phrase is an apposition: ``Jim Kenney, the mayor``."""
    if relation(head) != "apposition" or _before(span) in _POSSESSIVE:
        return None
    person = lexicon("group_nouns").get(lemma(head)) == "person"
    for place, cluster in discourse.recent():
        if place.head < head.i - 25:
            break
        if place.start <= head.head.i < place.end:
            return cluster if cluster.type == ("PERSON" if person else "ORG") else None
    return None


def _titled(span: Span, word: str, discourse: Discourse) -> Cluster | None:
    """The person who has the office: ``the mayor`` after ``Mayor Jim Kenney``."""
    if lexicon("titles").get(word) not in _PERSON_TITLES or any(token.lower_ in _UNTITLED for token in span):
        return None
    for cluster in discourse.latest("PERSON"):
        if cluster.title and word in _title_words(cluster.title):
            return cluster
    return None


def _title_words(title: str) -> set[str]:
    """The words by which a title can be taken up: its last word, abbreviations in full."""
    last = title.lower().split()[-1]
    return {last, lexicon("title_abbreviations").get(last, last)}


def _by_class(word: str, discourse: Discourse) -> Cluster | None:
    """The organisation or place of the class that the noun names: near, often mentioned, rather of a known class."""
    places, classes = lexicon("place_nouns"), lexicon("org_nouns")
    best: tuple[float, Cluster] | None = None
    here: int | None = None
    for place, cluster in discourse.recent():
        here = place.sentence if here is None else here
        if word in places and cluster.type == "GPE" and place_class(cluster) == places[word]:
            score = 0.0
        elif word in classes and cluster.type == "ORG" and cluster.org_class == classes[word]:
            score = 3.0
        elif word in classes and cluster.type == "ORG" and cluster.org_class is None and classes[word] in _OPEN_CLASSES:
            score = 0.0
        else:
            continue
        score += 0.5 * min(len(cluster.mentions), 6) - 0.7 * (here - place.sentence)
        if best is None or score > best[0]:
            best = score, cluster
    return best[1] if best else None


_OPEN_CLASSES = frozenset({"company", "organization", "agency"})


def place_class(cluster: Cluster) -> str:
    """country, state, county or city, by the gazetteers and the name."""
    names = [name.lower() for name in cluster.names]
    if any(name in lexicon("countries") for name in names):
        return "country"
    if any(name in lexicon("us_states") for name in names):
        return "state"
    return "county" if any("county" in name for name in names) else "city"


def _same_group(span: Span, head: Token, word: str, discourse: Discourse) -> Cluster | None:
    """The group mentioned before with the same head, unless the modifiers differ."""
    words = _content(span, head)
    for _, cluster in discourse.recent():
        if cluster.type != "GROUP" or word not in cluster.heads or cluster.plural != is_plural(head):
            continue
        if words == cluster.words or (words <= cluster.words and is_definite(span)):
            return cluster
    return None
