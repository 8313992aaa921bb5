"""Who speaks: the cue of a quotation and the entity that its subject refers to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from newsparse.pipeline.annotations import Entity, Mention
from newsparse.pipeline.grammar import functions, relation, subjects
from newsparse.rules.lexicon import lexicon

_SPEAKING = frozenset({"PERSON", "ORG", "GPE", "GROUP", "NORP"})
_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_PHRASE = 8
_OFFICE_WORDS = 6
_OFFICE_PARTS = frozenset({"PROPN", "NOUN", "ADJ", "PART", "ADP"})
_UNNAMED = frozenset({"GROUP"})
_REACH = 150
"""How many tokens back the person behind a pronoun is looked for where coreference does not tell."""
_NAMED_SPEAKERS = frozenset({"PERSON", "ORG", "GROUP"})
_WINDOW = 40
"""How many tokens around a quotation its cue is looked for, within the sentence."""
_SENTENCE_END = frozenset(".!?")
_MARKS = frozenset({".", '"', "”", "“", "''", "``"})
_CLIMB = 4
"""How many clauses up the subject of ``adding``, ``saying`` is looked for."""
_OPENING = frozenset({"“", "``", "„", "«"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """The entity that speaks, the words that name it, and the tokens of the cue."""

    entity: str | None
    mention: Mention | None
    cue: tuple[int, int] | None


class Mentions:
    """Which entity the words at a token refer to."""

    def __init__(self, doc: Doc, entities: Sequence[Entity]) -> None:
        self._doc = doc
        self._at: dict[int, tuple[Entity, Mention]] = {}
        self._named: dict[int, tuple[Entity, Mention]] = {}
        for entity in entities:
            for mention in entity.mentions:
                _index(self._at, entity, mention)
                if mention.kind == "name" and entity.type in _NAMED:
                    _index(self._named, entity, mention)

    def at(self, token: int) -> tuple[Entity, Mention] | None:
        """The entity whose mention covers a token; who can speak first, the longest mention first."""
        return self._at.get(token)

    def latest(self, before: int, first: int, types: frozenset[str]) -> tuple[Entity, Mention] | None:
        """The entity of one of the types that is named last before a token, not before ``first``."""
        for i in range(before - 1, max(-1, before - _REACH, first - 1), -1):
            found = self._named.get(i)
            if found and found[0].type in types:
                return found
        return None

    def of(self, head: Token) -> tuple[Entity, Mention] | None:
        """The speaker that a noun phrase names: its head, or the body for which ``a spokesman`` speaks."""
        found = self.at(head.i)
        if found and found[0].type not in _SPEAKING:
            found = None
        if found and found[1].kind == "pronoun":
            return found
        if found and found[0].type not in _UNNAMED:
            return found if found[0].type == "PERSON" else self._office_holder(found[1].end) or found
        inside = self._person_in(range(found[1].end - 1, found[1].start - 1, -1)) if found else None
        return inside or self._apposition(head) or self._body(head, found) or found

    def _person_in(self, tokens: range) -> tuple[Entity, Mention] | None:
        """The first person named among the tokens."""
        named = (self._named.get(i) for i in tokens)
        return next((found for found in named if found and found[0].type == "PERSON"), None)

    def _office_holder(self, start: int) -> tuple[Entity, Mention] | None:
        """The person whose office a body's name begins: ``White House Press Secretary Stephanie Grisham``."""
        for i in range(start, min(len(self._doc), start + _OFFICE_WORDS)):
            found = self._person_in(range(i, i + 1))
            if found or (self._doc[i].pos_ not in _OFFICE_PARTS and self._doc[i].text != ","):
                return found
        return None

    def _apposition(self, head: Token) -> tuple[Entity, Mention] | None:
        """The person whom an apposition names: ``the firm's president, Brad Smith``."""
        for child in head.rights:
            named = self._person_in(range(child.i, child.i + 1))
            if named and relation(child) in {"apposition", "name_part", "compound"}:
                return named
        return None

    def _body(self, head: Token, found: tuple[Entity, Mention] | None) -> tuple[Entity, Mention] | None:
        """The body for which a spokesperson speaks, named in the phrase or at an earlier mention of them."""
        if lexicon("speech_words").get(head.lower_) != "spokesperson":
            return None
        named = self._named_in(head)
        if named is None and found is not None:
            earlier = (self._doc[mention.end - 1] for mention in found[0].mentions if mention.end <= head.i)
            named = next((body for noun in earlier if (body := self._named_in(noun))), None)
        return named

    def _named_in(self, head: Token) -> tuple[Entity, Mention] | None:
        """The first entity named in the phrase of ``head``, what follows it first."""
        first, last = max(head.left_edge.i, head.i - 12), min(head.right_edge.i, head.i + 12)
        for i in (*range(head.i + 1, last + 1), *range(head.i - 1, first - 1, -1)):
            if found := self._named.get(i):
                return found
        return None


def _index(known: dict[int, tuple[Entity, Mention]], entity: Entity, mention: Mention) -> None:
    for i in range(mention.start, mention.end):
        if i not in known or _rank(entity, mention) < _rank(*known[i]):
            known[i] = (entity, mention)


def _rank(entity: Entity, mention: Mention) -> tuple[bool, bool, int]:
    return (entity.type not in _SPEAKING, mention.kind == "nominal", mention.start - mention.end)


def is_cue(token: Token) -> bool:
    """Whether a token is a verb that reports speech."""
    return token.pos_ in {"VERB", "AUX"} and token.lemma_.lower() in lexicon("reporting_verbs")


def cue_after(doc: Doc, end: int) -> Token | None:
    """The reporting verb that follows a quotation in its sentence: ``"…," the mayor said``."""
    words = 0
    for i in range(end, min(len(doc), end + _WINDOW)):
        token = doc[i]
        if token.text in _OPENING or (token.text == '"' and i > end + 1) or "\n" in token.text:
            return None
        if words and token.text in _SENTENCE_END:
            return None
        words += token.is_alpha
        if is_cue(token):
            return token
    return None


def cue_before(doc: Doc, start: int, floor: int) -> Token | None:
    """The reporting verb before a quotation in its sentence: ``Erdogan said, "…``.

    Verbs that govern reported speech come before those that only go with partial quotations
    (``said that he had ordered "…"``), near ones before distant ones.
    """
    nearest: Token | None = None
    for i in range(start - 1, max(floor, start - _WINDOW) - 1, -1):
        token = doc[i]
        if "\n" in token.text or (token.text in _SENTENCE_END and i < start - 2):
            break
        if is_cue(token):
            if lexicon("reporting_verbs")[token.lemma_.lower()] == "content":
                return token
            nearest = nearest or token
    return nearest


def according_to(doc: Doc, start: int, end: int) -> Token | None:
    """The head of ``X`` in ``according to X`` among the tokens ``start`` to ``end``."""
    for i in range(start, min(end, len(doc) - 2)):
        if doc[i].lower_ == "according" and doc[i + 1].lower_ == "to":
            return _phrase_head(doc, i + 2)
    return None


def _phrase_head(doc: Doc, start: int) -> Token | None:
    """The head of the noun phrase that begins at ``start``."""
    if start >= len(doc):
        return None
    token = doc[start]
    while token.head.i > token.i and token.head.i - start < _PHRASE and token.head.pos_ in _NOUNS:
        token = token.head
    return token


def speaker_of(verb: Token, mentions: Mentions, quoted: tuple[int, int] | None = None) -> Speaker:
    """The speaker that the subject of a reporting verb names; the words next to the verb where the parse fails.

    Args:
        verb: the cue.
        mentions: the entities of the document.
        quoted: the quotation, if there are marks: nobody in it speaks it, and a verb after it may stand before
            its subject.
    """
    cue = (verb.i, verb.i + 1)
    inside = range(*quoted) if quoted else range(0)
    closing = _closing(verb, mentions)
    if closing:
        return Speaker(closing[0].id, closing[1], cue)
    named = [token for token in _subjects(verb, inside) if token.i not in inside]
    for subject in named:
        found = mentions.of(subject)
        if found:
            return Speaker(found[0].id, found[1], cue)
    if not named:
        for token in _neighbours(verb, quoted is not None and verb.i >= quoted[1]):
            found = mentions.at(token.i)
            if found and found[0].type in _NAMED_SPEAKERS:
                return Speaker(found[0].id, found[1], cue)
    return Speaker(None, None, cue)


def _closing(verb: Token, mentions: Mentions) -> tuple[Entity, Mention] | None:
    """Who stands between a comma and a verb: ``…, Mayor Jim Kenney said``, which parsers hang elsewhere."""
    doc = verb.doc
    found = mentions.at(verb.i - 1) if verb.i else None
    if found is None or found[0].type != "PERSON" or found[1].end != verb.i or found[1].kind != "name":
        return None
    start = found[1].start
    while start > max(0, verb.i - _OFFICE_WORDS) and doc[start - 1].pos_ == "PROPN":
        start -= 1
    return found if start and doc[start - 1].text == "," else None


def subject_word(verb: Token) -> str:
    """The head of the verb's subject, lower-cased, or ""."""
    named = _subjects(verb)
    return named[0].lower_ if named else ""


def _subjects(verb: Token, inside: range = range(0)) -> list[Token]:
    """The subjects of a verb, or of the nearest clause above it that has one: ``resigned, citing "…"``."""
    for _ in range(_CLIMB):
        if lexicon("reporting_verbs").get(verb.lemma_.lower()) == "quoting":
            return functions(verb).get("object", [])
        found = subjects(verb)
        if found or verb.head is verb or verb.head.i in inside:
            return found
        verb = verb.head
    return []


def _neighbours(verb: Token, inverted: bool) -> Iterator[Token]:
    """The tokens after a verb that follows a quotation, then those from the start of its sentence up to it."""
    doc = verb.doc
    if inverted and (verb.i == 0 or not doc[verb.i - 1].is_alpha):
        yield from _after(verb)
    first = verb.i
    while first > max(0, verb.i - _WINDOW) and doc[first - 1].text not in _MARKS and "\n" not in doc[first - 1].text:
        first -= 1
    yield from doc[first : verb.i]
    if inverted:
        yield from _after(verb)


def _after(verb: Token) -> Iterator[Token]:
    """The tokens right after a verb, up to the end of its sentence."""
    doc = verb.doc
    for i in range(verb.i + 1, min(len(doc), verb.i + 8)):
        if doc[i].text in _MARKS or "\n" in doc[i].text:
            return
        yield doc[i]
