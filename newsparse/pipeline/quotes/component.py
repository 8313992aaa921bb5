"""``newsparse_quotes``: direct and indirect speech, its speaker and its cue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Token

from newsparse.pipeline.annotations import Entity, Quote
from newsparse.pipeline.quotes.indirect import indirect_quotes
from newsparse.pipeline.quotes.marks import find_marked
from newsparse.pipeline.quotes.speakers import (
    Mentions,
    Speaker,
    according_to,
    cue_after,
    cue_before,
    speaker_of,
    subject_word,
)
from newsparse.rules.lexicon import lexicon

_FULL_WORDS = 5
"""So many words within marks need no reporting verb to be speech (see ``is_speech``)."""
_SMALL_WORD = 3
"""Words no longer than this may be lower-case in titles: of, the, and."""
_TITLE_END = "newsparse_title_end"
_PERSON = frozenset({"PERSON"})
_BODY = frozenset({"ORG"})
_PERSONAL = frozenset({"he", "she"})
_END = frozenset(".,!?…;-—")


@Language.factory("newsparse_quotes", assigns=["doc._.newsparse_quotes"])
def make_quotes(nlp: Language, name: str) -> Quotes:
    """Make the component that fills ``doc._.newsparse_quotes``."""
    return Quotes()


class Quotes:
    """Writes the quotations of a document to ``doc._.newsparse_quotes``, in the order of the text.

    It reads ``doc._.newsparse_entities``: speakers are entities.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document."""
        doc._.newsparse_quotes = find_quotes(doc)
        return doc


def find_quotes(doc: Doc) -> list[Quote]:
    """The direct and indirect quotations of a document, in the order of the text."""
    entities: list[Entity] = doc._.newsparse_entities
    mentions = Mentions(doc, entities)
    direct = direct_quotes(doc, mentions)
    indirect = indirect_quotes(doc, mentions, direct) if doc.has_annotation("DEP") else []
    return sorted([*direct, *indirect], key=lambda quote: (quote.start, quote.end))


@dataclass(slots=True)
class _Passage:
    """Tokens within quotation marks.

    ``floor`` is where the passage before ends, ``paragraph`` counts line breaks, ``explicit`` tells that a cue
    names the speaker.
    """

    start: int
    end: int
    floor: int
    paragraph: int
    closed: bool
    explicit: bool = False
    speaker: Speaker = field(default_factory=lambda: Speaker(None, None, None))


def direct_quotes(doc: Doc, mentions: Mentions) -> list[Quote]:
    """Quotations within marks; scare quotes, titles and nicknames stay out as far as they can be told."""
    last: Speaker | None = None
    last_paragraph = -2
    passages = []
    for passage in _passages(doc):
        cued = _cued_speaker(doc, passage, mentions)
        if not is_speech(doc, passage, cued is not None):
            continue
        passage.explicit = cued is not None and cued.entity is not None
        if cued is None or cued.entity is None:
            near = last is not None and passage.paragraph - last_paragraph <= 1
            cued = _uncued_speaker(doc, passage, mentions, cued, last if near else None)
        passage.speaker = cued
        passages.append(passage)
        if cued.entity is not None:
            last, last_paragraph = cued, passage.paragraph
    _look_ahead(passages)
    return [Quote(p.start, p.end, True, p.speaker.entity, p.speaker.mention, p.speaker.cue) for p in passages]


def _look_ahead(passages: list[_Passage]) -> None:
    """Give a quotation of several paragraphs to whom its last paragraph names, in place.

    The same holds for one without a cue that the next one in its paragraph explains.
    """
    for passage, following in zip(reversed(passages[:-1]), reversed(passages[1:]), strict=True):
        goes_on = not passage.closed and following.paragraph == passage.paragraph + 1
        if following.explicit and passage.speaker.cue is None and goes_on:
            passage.speaker = Speaker(following.speaker.entity, following.speaker.mention, None)
            passage.explicit = True


def _uncued_speaker(
    doc: Doc, passage: _Passage, mentions: Mentions, cued: Speaker | None, last: Speaker | None
) -> Speaker:
    """The speaker where no cue names one: who spoke before, or who is named in the words before the passage."""
    cue = cued.cue if cued else None
    if cue is not None and last is None and subject_word(doc[cue[0]]) in _PERSONAL:
        found = mentions.latest(cue[0], 0, _PERSON)
        return Speaker(found[0].id, found[1], cue) if found else Speaker(None, None, cue)
    carried = last or _introduced_speaker(doc, passage, mentions)
    return Speaker(carried.entity, carried.mention, cue)


def _introduced_speaker(doc: Doc, passage: _Passage, mentions: Mentions) -> Speaker:
    """Without a cue: the person, else the body named last in the paragraph that leads to the passage."""
    first = passage.start - 1
    while first > passage.floor and (doc[first].is_space or doc[first].is_punct):
        first -= 1
    while first > passage.floor and "\n" not in doc[first].text:
        first -= 1
    found = mentions.latest(passage.start, first, _PERSON) or mentions.latest(passage.start, first, _BODY)
    return Speaker(found[0].id, found[1], None) if found else Speaker(None, None, None)


def _passages(doc: Doc) -> Iterator[_Passage]:
    """The marked passages of a document in tokens."""
    text, previous, paragraph, position = doc.text, 0, 0, 0
    for marked in find_marked(text):
        span = doc.char_span(marked.start, marked.end, alignment_mode="contract")
        paragraph += text.count("\n", position, marked.start)
        position = marked.start
        if span is None or not len(span):
            continue
        start, end = span.start, span.end
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if start < end:
            yield _Passage(start, end, previous, paragraph, marked.closed)
            previous = end


def is_speech(doc: Doc, passage: _Passage, cued: bool) -> bool:
    """Whether words within marks are a quotation rather than a title, a nickname or a scare quote."""
    start, end = passage.start, passage.end
    words = [token for token in doc[start:end] if token.is_alpha or token.like_num]
    if not words:
        return False
    before = doc[start - 2] if start > 1 else None
    if before is not None and len(words) <= _FULL_WORDS and lexicon("speech_words").get(before.lower_) == "naming":
        return False
    if doc[start].idx < doc.user_data.get(_TITLE_END, 0):
        return True
    ends = doc[end - 1].text[-1] in _END
    if len(words) > 1 and not ends and _is_title(words):
        return False
    if cued:
        return True
    return len(words) >= _FULL_WORDS or (len(words) > 1 and doc[end - 1].text in {".", "!", "?", ","})


def _is_title(words: list[Token]) -> bool:
    """Whether all words that carry meaning are capitalised."""
    telling = [word for word in words if len(word) > _SMALL_WORD or word.i == words[0].i]
    return all(word.text[0].isupper() or word.text[0].isdigit() for word in telling)


def _cued_speaker(doc: Doc, passage: _Passage, mentions: Mentions) -> Speaker | None:
    """The speaker that a reporting verb or ``according to`` around the passage names; None without a cue."""
    after = cue_after(doc, passage.end)
    before = cue_before(doc, passage.start, passage.floor)
    closing = doc[passage.end - 1].text in {",", "?", "!"} or (
        passage.end + 1 < len(doc) and doc[passage.end + 1].text == ","
    )
    introduced = passage.start > 1 and doc[passage.start - 2].text in {",", ":", "that"}
    first, second = (after, before) if closing and not introduced else (before, after)
    if second is not None and (first is None):
        first = second if (second is before or closing) else None
    if first is not None:
        return speaker_of(first, mentions, (passage.start, passage.end))
    before_start = max(passage.floor, passage.start - 12)
    head = according_to(doc, passage.end, passage.end + 6) or according_to(doc, before_start, passage.start)
    if head is None:
        return None
    found = mentions.of(head)
    return Speaker(found[0].id if found else None, found[1] if found else None, (head.i, head.i + 1))
