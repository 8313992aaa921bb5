"""Names of the same thing, found over the whole document: full, short and abbreviated names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from newsparse.pipeline.annotations import Mention
from newsparse.pipeline.entities.names import initials_match, is_acronym
from newsparse.pipeline.grammar import relation
from newsparse.rules.lexicon import lexicon


@dataclass(slots=True, eq=False)
class Cluster:
    """An entity in the making.

    ``words`` are head lemmas and modifiers of its nominal mentions; ``gender`` is male, female or None,
    ``plural`` None where unknown; ``org_class`` a class of the lexicon ``org_names``.
    """

    type: str
    mentions: list[Mention] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    gender: str | None = None
    plural: bool | None = None
    org_class: str | None = None
    title: str | None = None
    in_title_only: bool = True
    absorbed: bool = False

    def add(self, mention: Mention, name: str | None = None) -> None:
        """Add a mention and, if it is a name, its normalised form."""
        self.mentions.append(mention)
        if name and name not in self.names:
            self.names.append(name)


_CORPORATE = frozenset({
    "inc", "inc.", "corp", "corp.", "corporation", "co", "co.", "company", "ltd", "ltd.", "llc", "plc", "llp", "gmbh",
    "ag", "nv", "n.v.", "sa", "s.a.", ",",
})  # fmt: skip
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_PLACE_PREFIX = re.compile(r"^(?:city|state|county|commonwealth|republic|kingdom|town) of ")
_PARTIAL_TYPES = ("ORG", "FAC", "LAW", "DATABASE", "AGREEMENT", "EVENT", "PRODUCT", "LOC", "WORK")
_GENERIC = frozenset({
    "national", "american", "federal", "united", "states", "new", "north", "south", "east", "west", "international",
    "first", "royal", "department", "office", "university", "bank", "state", "city", "county", "house", "court",
    "police", "act", "law", "bill",
})  # fmt: skip


def normal(text: str) -> str:
    """A name in lower case, without determiner, possessive mark and doubled spaces."""
    text = re.sub(r"\s+", " ", text.strip()).replace("’", "'")
    text = re.sub(r"^(?:the|The)\s+", "", text)
    return re.sub(r"'s?$", "", text).lower()


def cluster_names(doc: Doc, spans: Iterable[Span]) -> tuple[list[Cluster], dict[tuple[int, int], Cluster]]:
    """Group the named mentions of a document.

    Returns:
        the clusters in order of their first mention, and the cluster at each span of tokens.
    """
    spans = list(spans)
    groups: dict[tuple[str, str], list[Span]] = {}
    for span in spans:
        groups.setdefault((span.label_, _key(span)), []).append(span)
    linked = _Links(groups)
    for same in (_acronyms, _persons, _short_names, _countries):
        same(doc, linked)
    clusters: dict[tuple[str, str], Cluster] = {}
    at: dict[tuple[int, int], Cluster] = {}
    for span in spans:
        root = linked.root((span.label_, _key(span)))
        cluster = clusters.setdefault(root, Cluster(root[0]))
        cluster.add(Mention(span.start, span.end, "name"), span.text)
        at[span.start, span.end] = cluster
    return list(clusters.values()), at


def org_class(names: Iterable[str]) -> str | None:
    """The class of an organisation by the words of its names, the last word first."""
    classes = lexicon("org_names")
    for name in names:
        for word in reversed(name.lower().split()):
            if word in classes:
                return classes[word]
    return None


def is_same_person(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether the words of a name fit those of a fuller one: last name, or last name and first name or initial."""
    short, full = _without_suffix(short), _without_suffix(full)
    if not short or not full or short[-1] != full[-1]:
        return False
    if len(short) == 1:
        return len(full) > 1
    first, other = short[0], full[0]
    return first == other or (first[0] == other[0] and "." in first[-1] + other[-1])


def _without_suffix(words: Sequence[str]) -> Sequence[str]:
    return words[:-1] if len(words) > 1 and words[-1] in _SUFFIXES else words


def _key(span: Span) -> str:
    text = normal(span.text)
    if span.label_ == "ORG":
        words = text.split()
        while len(words) > 1 and words[-1] in _CORPORATE:
            words.pop()
        text = " ".join(words).rstrip(",")
    elif span.label_ == "GPE":
        text = _PLACE_PREFIX.sub("", text)
        text = lexicon("us_states").get(text, lexicon("countries").get(text, text)).lower()
    return text.replace(".", "") if is_acronym(span.text) and span.label_ != "GPE" else text


class _Links:
    """Union of groups of equal names; the root is the group that was linked to."""

    def __init__(self, groups: dict[tuple[str, str], list[Span]]) -> None:
        self.groups = groups
        self._parent: dict[tuple[str, str], tuple[str, str]] = {}

    def root(self, key: tuple[str, str]) -> tuple[str, str]:
        while key in self._parent:
            key = self._parent[key]
        return key

    def link(self, key: tuple[str, str], to: tuple[str, str]) -> None:
        key, to = self.root(key), self.root(to)
        if key != to:
            self._parent[key] = to

    def of_type(self, label: str) -> list[tuple[str, str]]:
        return [key for key in self.groups if key[0] == label]


def _acronyms(doc: Doc, links: _Links) -> None:
    """Link an acronym to the long form it stands behind in parentheses, else to the one whose initials it has."""
    ends = {span.end: key for key, spans in links.groups.items() for span in spans}
    by_initial: dict[str, list[tuple[str, str]]] = {}
    for key in links.groups:
        if " " in key[1]:
            by_initial.setdefault(key[1][0], []).append(key)
    for key, spans in links.groups.items():
        beside = _beside(doc, spans, ends, _LAW_LINKS if key[0] == "LAW" else _LINKS)
        if beside is not None and beside != key and key[0] == beside[0] == "LAW":
            links.link(key, beside)
        if not is_acronym(spans[0].text):
            continue
        if beside is not None and beside != key and initials_match(spans[0].text, links.groups[beside][0].text.split()):
            links.link(key, beside)
            continue
        fitting = [
            long for long in by_initial.get(key[1][0], [])
            if long[0] == key[0] and initials_match(spans[0].text, links.groups[long][0].text.split())
        ]  # fmt: skip
        if len({links.root(long) for long in fitting}) == 1:
            links.link(key, fitting[0])


_LINKS = (["("], ["(", "the"], [",", "or"], ["or"])
_LAW_LINKS = (*_LINKS, [","], [",", "the"])


def _beside(
    doc: Doc, spans: Sequence[Span], ends: dict[int, tuple[str, str]], links: Sequence[list[str]]
) -> tuple[str, str] | None:
    """The name before one of the spans if only ``(``, ``, or`` and the like stand between them."""
    places = ((at, span.start) for span in spans for at in (span.start - 1, span.start - 2))
    return next((ends[at] for at, start in places if at in ends and [t.lower_ for t in doc[at:start]] in links), None)


def _persons(doc: Doc, links: _Links) -> None:
    """Link a person's short names to the full name that stands closest before, else to the first after."""
    people = [key for key in links.of_type("PERSON") if key[1].split()]  # of a stray 's nothing is left
    by_last: dict[str, list[tuple[str, str]]] = {}
    by_first: dict[str, list[tuple[str, str]]] = {}
    for key in people:
        words = _without_suffix(key[1].split())
        if len(words) > 1:
            by_last.setdefault(words[-1], []).append(key)
            by_first.setdefault(words[0], []).append(key)
    for key in people:
        words = key[1].split()
        core = _without_suffix(words)
        longer = (full for full in by_last.get(core[-1], []) if full != key and len(full[1].split()) >= len(words))
        options = [full for full in longer if is_same_person(words, full[1].split())]
        if not options and len(core) == 1:
            options = by_first.get(core[0], [])
            options = options if len({links.root(option) for option in options}) == 1 else []
        if options:
            best = _closest(options, links, links.groups[key][0].start)
            if links.root(best) != key:
                links.link(key, best)


def _closest(options: Sequence[tuple[str, str]], links: _Links, place: int) -> tuple[str, str]:
    """The option last introduced before a place, else the first."""
    before = [option for option in options if links.groups[option][0].start <= place]
    return max(before, key=lambda option: links.groups[option][0].start) if before else options[0]


def _short_names(doc: Doc, links: _Links) -> None:
    """Link a name to the only longer name of its type that starts or ends with it."""
    for label in _PARTIAL_TYPES:
        edges: dict[str, list[tuple[str, str]]] = {}
        keys = links.of_type(label)
        for key in keys:
            words = key[1].split()
            for size in range(1, len(words)):
                for part in {" ".join(words[:size]), " ".join(words[-size:])}:
                    edges.setdefault(part, []).append(key)
        for key in keys:
            if key[1] in _GENERIC:
                continue
            roots = {links.root(long) for long in edges.get(key[1], [])} - {links.root(key)}
            if len(roots) == 1:
                links.link(key, roots.pop())


def _countries(doc: Doc, links: _Links) -> None:
    """Link a capital that acts (``Washington said``) to its country if the country is named as well."""
    capitals = lexicon("capitals")
    for key in links.of_type("GPE"):
        country = ("GPE", capitals.get(key[1], "").lower())
        if country in links.groups and country != key and all(_acts(span) for span in links.groups[key]):
            links.link(key, country)


def _acts(span: Span) -> bool:
    return relation(span.root) in {"subject", "possessive"}
