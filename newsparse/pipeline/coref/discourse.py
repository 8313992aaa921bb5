"""The state of one document while its mentions are resolved from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Doc, Span, Token

from newsparse.pipeline.annotations import Mention
from newsparse.pipeline.coref.clusters import Cluster
from newsparse.pipeline.grammar import relation

WINDOW = 60
"""How many mentions back an antecedent is looked for: it keeps the search linear in the length of the article."""

MOST_CLUSTERS = 20
"""How many clusters of a type are compared with a noun phrase, for the same reason."""

_FUNCTION_WEIGHT = {
    "subject": 25.0,
    "passive_subject": 22.0,
    "object": 10.0,
    "iobject": 10.0,
    "possessive": 6.0,
    "agent": 12.0,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention stands: its head and tokens, sentence and paragraph (from 0), and its grammatical weight."""

    head: int
    start: int
    end: int
    sentence: int
    paragraph: int
    weight: float


class Discourse:
    """Which clusters have been mentioned where, most recent last."""

    def __init__(self, doc: Doc, title_end: int) -> None:
        self.doc = doc
        self.title_end = title_end
        self.clusters: list[Cluster] = []
        self._recent: list[tuple[Place, Cluster]] = []
        self._of_type: dict[str, dict[int, Cluster]] = {}
        self._sentence, self._paragraph = _counted(doc)

    def place(self, head: Token, start: int, end: int) -> Place:
        """The place of the mention from token ``start`` to ``end``."""
        return Place(head.i, start, end, self._sentence[head.i], self._paragraph[head.i], _weight(head))

    def mentioned(self, head: Token, mention: Mention, cluster: Cluster) -> None:
        """Note a mention."""
        self._recent.append((self.place(head, mention.start, mention.end), cluster))
        latest = self._of_type.setdefault(cluster.type, {})
        latest.pop(id(cluster), None)
        latest[id(cluster)] = cluster
        if not self.in_title(head):
            cluster.in_title_only = False

    def in_title(self, token: Token) -> bool:
        """Whether a token belongs to the headline."""
        return token.idx < self.title_end

    def replace(self, old: Cluster, new: Cluster) -> None:
        """Let the latest mentions of one cluster count as mentions of another."""
        self._of_type.get(old.type, {}).pop(id(old), None)
        for index in range(max(len(self._recent) - WINDOW, 0), len(self._recent)):
            place, cluster = self._recent[index]
            if cluster is old:
                self._recent[index] = place, new

    def latest(self, label: str) -> Iterator[Cluster]:
        """The clusters of a type, the one mentioned last first; not more than ``MOST_CLUSTERS``."""
        return islice(reversed(self._of_type.get(label, {}).values()), MOST_CLUSTERS)

    def recent(self) -> Iterator[tuple[Place, Cluster]]:
        """Places and clusters of the latest mentions, latest first."""
        for index in range(len(self._recent) - 1, max(len(self._recent) - WINDOW, 0) - 1, -1):
            yield self._recent[index]


def head_of(span: Span) -> Token:
    """The head of a mention; its last token where the document is not parsed."""
    return span.root if span[-1].dep else span[-1]


def _weight(head: Token) -> float:
    while relation(head) in {"conjunct", "name_part"} and head.head != head:
        head = head.head
    return _FUNCTION_WEIGHT.get(relation(head), 0.0)


def _counted(doc: Doc) -> tuple[list[int], list[int]]:
    """Number of the sentence and of the paragraph of each token."""
    parsed = doc.has_annotation("SENT_START")
    sentences, paragraphs = [], []
    sentence = paragraph = 0
    broken = False
    for token in doc:
        if token.i and (broken or (parsed and token.is_sent_start)):
            sentence += 1
        paragraph += broken and token.i > 0
        broken = "\n" in token.text
        sentences.append(sentence)
        paragraphs.append(paragraph)
    return sentences, paragraphs
