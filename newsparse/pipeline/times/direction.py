"""Whether what is said of a time lies in the past or the future: ``said Monday`` or ``will vote Monday``."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from newsparse.pipeline.times.meaning import FUTURE, PAST, UNKNOWN
from newsparse.rules.lexicon import lexicon

_TITLE_END = "newsparse_title_end"
_CLIMB = 6
"""How many heads up a verb is looked for."""
_FUTURE_HELPERS = frozenset({"future_auxiliary", "future_unless_negated"})
_AHEAD = frozenset({"future_verb", "plan_verb"})
_WINDOW = 12
"""How many words back a verb is looked for without a parse."""


def direction_of(span: Span, parsed: bool) -> int:
    """PAST, FUTURE or UNKNOWN for a time expression, by what governs it.

    Args:
        span: the time expression.
        parsed: whether the document has a parse, which takes a look at all of it to know.
    """
    if span.end < len(span.doc) and span.doc[span.end].tag_ == "POS":
        return UNKNOWN
    kind = _opening(span)
    if kind == "past_preposition":
        return PAST
    if kind == "future_phrase":
        return FUTURE
    if kind == "future_preposition":
        direction = _verb_direction(span, parsed)
        return FUTURE if direction != PAST or (parsed and _deadline(span.root)) else PAST
    return _verb_direction(span, parsed)


def _opening(span: Span) -> str:
    """The class of the words right before the expression."""
    words = lexicon("time_direction")
    before = [token.lower_ for token in span.doc[max(0, span.start - 2) : span.start]]
    return words.get(" ".join(before)) or words.get(before[-1], "") if before else ""


def _deadline(token: Token) -> bool:
    """Whether the next verb above puts something off: ``extended the deadline until Tuesday``."""
    verb = next((above for above in _governors(token) if above.pos_ == "VERB"), None)
    return verb is not None and _kind(verb) in {"deadline_verb", *_AHEAD}


def _verb_direction(span: Span, parsed: bool) -> int:
    if not parsed:
        return _by_words(span)
    for token in _governors(span.root):
        if token.pos_ in {"VERB", "AUX"}:
            direction = _tense(token)
            if direction != UNKNOWN:
                return direction
        elif token.pos_ == "ADJ" and _kind(token) in _AHEAD:
            return FUTURE
    return UNKNOWN


def _governors(token: Token) -> Iterator[Token]:
    """The heads above a token, the nearest first."""
    for _ in range(_CLIMB):
        if token.head == token:
            return
        token = token.head
        yield token


def _kind(token: Token) -> str:
    words = lexicon("time_direction")
    return words.get(token.lemma_.lower()) or words.get(token.lower_) or ""


def _tense(verb: Token) -> int:
    """The direction that a verb with its auxiliaries gives."""
    helpers = [child for child in verb.lefts if child.pos_ in {"AUX", "PART"}]
    words = {child.lower_ for child in helpers}
    kinds = {lexicon("time_direction").get(word) for word in words}
    if "future_unless_negated" in kinds and "negation" in kinds:
        return PAST
    if kinds & _FUTURE_HELPERS and "have" not in words:
        return FUTURE
    if "to" in words and "have" not in words and verb.tag_ == "VBN":
        return FUTURE
    finite = [child for child in helpers if child.tag_ in {"VBD", "VBZ", "VBP"}]
    if verb.tag_ == "VBN" or finite:
        return _compound_tense(verb, finite, words)
    if verb.tag_ == "VBD":
        return FUTURE if _kind(verb) == "plan_verb" else PAST
    if verb.tag_ == "VB":
        return FUTURE if "to" in words else UNKNOWN
    if verb.tag_ in {"VBZ", "VBP"}:
        return PAST if _in_title(verb) or _kind(verb) == "reporting" else FUTURE
    return UNKNOWN


def _compound_tense(verb: Token, finite: list[Token], words: set[str]) -> int:
    if _kind(verb) in _AHEAD and not any(child.tag_ == "VBD" for child in finite):
        return FUTURE
    if any(child.tag_ == "VBD" for child in finite) or words & {"has", "have", "had", "'ve", "’ve"}:
        return PAST
    if verb.tag_ == "VBN":
        return PAST if not finite or _in_title(verb) else UNKNOWN
    return FUTURE


def _in_title(token: Token) -> bool:
    end = token.doc.user_data.get(_TITLE_END, 0)
    return isinstance(end, int) and token.idx < end


def _by_words(span: Span) -> int:
    """Without a parse: the nearest telling word before the expression in its sentence."""
    doc = span.doc
    known = lexicon("time_direction")
    for i in range(span.start - 1, max(-1, span.start - 1 - _WINDOW), -1):
        token = doc[i]
        if token.text in {".", "?", "!", ";"} or "\n" in token.text:
            break
        if known.get(token.lower_) in _FUTURE_HELPERS | _AHEAD:
            return FUTURE
        if token.tag_ == "VBD" or token.lower_ == "said":
            return PAST
        if token.tag_ == "MD":
            return FUTURE
    return UNKNOWN
