"""What stands behind the head of a filler: its entity, its word classes, its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from newsparse.pipeline.annotations import Entity, Mention
from newsparse.pipeline.grammar import relation
from newsparse.rules.frames import ACTOR_TYPES
from newsparse.rules.lexicon import word_classes

_SEPARATORS = frozenset({",", "and", "or", "&", "plus"})
_CURRENCY = frozenset("$£€¥")
_PERSONAL = {
    "he": "PERSON", "she": "PERSON", "him": "PERSON", "her": "PERSON", "who": "PERSON", "whom": "PERSON",
    "i": "PERSON", "me": "PERSON", "you": "PERSON", "we": "GROUP", "us": "GROUP", "they": "GROUP", "them": "GROUP",
}  # fmt: skip


@dataclass(slots=True)
class Referents:
    """The entities of a document, found by the head token of their mentions.

    Nested mentions share tokens but not heads, so the head tells them apart.
    """

    entities: Mapping[str, Entity]
    by_head: dict[int, tuple[Entity, Mention]] = field(default_factory=dict)
    by_token: dict[int, tuple[Entity, Mention]] = field(default_factory=dict)
    by_start: dict[int, tuple[Entity, Mention]] = field(default_factory=dict)
    times: set[int] = field(default_factory=set)
    """Tokens of time expressions, which fill no role."""

    @classmethod
    def of(cls, doc: Doc) -> Referents:
        """Index ``doc._.newsparse_entities``; for tokens in several mentions the shortest one counts."""
        entities: list[Entity] = doc._.newsparse_entities
        found = cls({entity.id: entity for entity in entities})
        mentions = [(entity, mention) for entity in entities for mention in entity.mentions]
        mentions.sort(key=lambda pair: pair[1].start - pair[1].end)
        for entity, mention in mentions:
            found.by_start.setdefault(mention.start, (entity, mention))
            found.by_head[doc[mention.start : mention.end].root.i] = (entity, mention)
            for i in range(mention.start, mention.end):
                found.by_token[i] = (entity, mention)
        found.times.update(i for time in doc._.newsparse_times for i in range(time.start, time.end))
        return found

    def resolve(self, head: Token) -> tuple[Entity, Mention] | None:
        """The entity named by the noun phrase of ``head``: by the head itself, or by the name it is a title of."""
        found = self.by_head.get(head.i)
        if found:
            return found
        if head.i in self.times:
            return self._before_time(head)
        for child in head.children:
            kind = relation(child)
            named = kind in {"name_part", "apposition"} or (kind == "compound" and child.pos_ == "PROPN")
            if named and child.i in self.by_head:
                return self.by_head[child.i]
        return self.by_token.get(head.i)

    def _before_time(self, head: Token) -> tuple[Entity, Mention] | None:
        """The mention that a parser took for part of a time: ``with [ICE] Friday afternoon``."""
        before = range(head.i - 1, head.left_edge.i - 1, -1)
        return next((self.by_head[i] for i in before if i in self.by_head), None)

    def listed_with(self, mention: Mention, doc: Doc) -> list[tuple[Entity, Mention]]:
        """The mentions after this one in a list such as ``the FBI, the IRS and the Secret Service``.

        Long lists of names are where small parsers lose the coordination, so words are looked at, not syntax.
        A list without ``and`` or ``or`` before its last item is no list but an apposition.
        """
        found: list[tuple[Entity, Mention]] = []
        position, closed = mention.end, False
        while not closed:
            start = position
            while start < len(doc) and doc[start].lower_ in _SEPARATORS:
                closed = closed or doc[start].lower_ != ","
                start += 1
            if start == position:
                return []
            start += start < len(doc) and doc[start].pos_ == "DET"
            following = self.by_start.get(start)
            if following is None or following[0].type not in ACTOR_TYPES:
                return []
            found.append(following)
            position = following[1].end
        return found

    def classes(self, head: Token) -> frozenset[str]:
        """Entity types and word classes of what ``head`` stands for."""
        found = {"any", *word_classes().get(head.lemma_.lower(), ())}
        referent = self.resolve(head)
        if referent:
            found.add(referent[0].type)
        elif head.lower_ in _PERSONAL:
            found |= {_PERSONAL[head.lower_], "pronoun"}
        elif head.pos_ == "PRON":
            found.add("pronoun")
        if any(token.like_num or token.text in _CURRENCY for token in (head, *head.children)):
            found.add("amount")
        return frozenset(found)
