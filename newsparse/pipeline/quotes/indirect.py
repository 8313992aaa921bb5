"""Reported speech without quotation marks: ``the mayor said that …``, ``…, according to the report``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from newsparse.pipeline.annotations import Quote
from newsparse.pipeline.grammar import clause, functions, relation
from newsparse.pipeline.quotes.speakers import Mentions, Speaker, according_to, speaker_of
from newsparse.rules.lexicon import lexicon

_MIN_WORDS = 3
_GOVERNING = frozenset({"content", "finding"})
_LONGEST = 60
_PREDICATES = frozenset({"VERB", "AUX", "ADJ", "NOUN", "PROPN"})


def indirect_quotes(doc: Doc, mentions: Mentions, direct: Sequence[Quote]) -> Iterator[Quote]:
    """Clauses that a reporting verb governs, and sentences with ``according to``; not what is in marks already."""
    quoted = _covered(direct)
    end = 0
    for token in doc:
        span = _content(token)
        if span is None or span[1] - span[0] < _MIN_WORDS or span[0] < end:
            continue
        if sum(i in quoted for i in range(*span)) * 2 > span[1] - span[0] or token.i in quoted:
            continue
        speaker = _speaker(token, mentions)
        end = span[1]
        yield Quote(span[0], span[1], False, speaker.entity, speaker.mention, speaker.cue)


def _speaker(token: Token, mentions: Mentions) -> Speaker:
    """The speaker that the subject of a verb or ``according to`` names."""
    if token.lower_ != "according":
        return speaker_of(token, mentions)
    head = according_to(token.doc, token.i, token.i + 1)
    found = mentions.of(head) if head is not None else None
    entity, mention = (found[0].id, found[1]) if found else (None, None)
    return Speaker(entity, mention, (token.i, token.i + 2))


def _covered(direct: Sequence[Quote]) -> frozenset[int]:
    return frozenset(i for quote in direct for i in range(quote.start, quote.end))


def _content(token: Token) -> tuple[int, int] | None:
    """What a token reports: the complement clause of a reporting verb, the sentence of ``according to``."""
    if token.pos_ == "VERB" and lexicon("reporting_verbs").get(token.lemma_.lower()) in _GOVERNING:
        complements = [c for c in functions(token).get("clause", []) if c.pos_ in _PREDICATES]
        if complements and complements[0].i != token.i and _is_finite(complements[0]):
            return clause(complements[0], _LONGEST)
        if relation(token) == "parataxis" and token.head.i < token.i:
            start = max(token.head.left_edge.i, token.i - _LONGEST)
            return start, token.left_edge.i
    elif token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to":
        return _sentence_without(token)
    return None


def _is_finite(predicate: Token) -> bool:
    """Whether a clause is finite; ``promised to leave`` is an act, not a report of one."""
    return not any(child.lower_ == "to" and child.pos_ == "PART" for child in predicate.lefts)


def _sentence_without(token: Token) -> tuple[int, int] | None:
    """The sentence around ``according to X``, before it or after it."""
    sent = token.sent
    if token.i - sent.start >= _MIN_WORDS:
        return max(sent.start, token.i - _LONGEST), token.i
    for i in range(token.i, min(sent.end, token.i + 20)):
        if token.doc[i].text == ",":
            return i + 1, min(sent.end, i + _LONGEST)
    return None
