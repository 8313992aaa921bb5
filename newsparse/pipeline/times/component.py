"""``newsparse_times``: time expressions with their TIMEX3 value against the publication date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from newsparse.pipeline.annotations import TIMES, TimeExpression
from newsparse.pipeline.times.direction import direction_of
from newsparse.pipeline.times.meaning import Context, Meaning
from newsparse.pipeline.times.timex import Found, grammar
from newsparse.pipeline.times.values import FUNCTIONS
from newsparse.rules.lexicon import lexicon

PUBLISHED = "newsparse_published"
"""Key in ``doc.user_data``: the day of publication as an ISO date."""

_BARE = frozenset({"month", "weekday", "bare_season", "season", "holiday", "year"})
"""Rules whose match can be (part of) a name: ``Theresa May``, ``Black Friday``, ``Windows 2000``."""
_NAME_TYPES = frozenset({"PERSON", "ORG", "FAC", "PRODUCT", "WORK", "WORK_OF_ART", "GPE", "LOC"})
_DAY_RULES = frozenset({"weekday", "month_day", "deictic_day", "week_day"})
_UNREMEMBERED = frozenset({"later", "year_ago"})
"""Rules that count from a time mentioned; nothing counts from their result, or ``a year earlier`` would pile up."""
_QUARTERS = frozenset({"quarter", "rel_quarter"})
_OTHER_REPORTS = frozenset({"duration", "rel_span"})
"""Rules of what is reported on besides a quarter: ``the first nine months``, ``the year ended June 30``."""
_CLOCK_WORDS = 6
"""A day so many words after a time of day belongs to it: ``10:35 a.m. (0735 GMT) Friday``."""
_AMOUNT_WORDS = frozenset({"million", "billion", "trillion", "percent", "dollars", "euros", "pounds", "times", "%"})


@Language.factory("newsparse_times", assigns=["doc._.newsparse_times", "doc.spans"])
def make_times(nlp: Language, name: str) -> Times:
    """Make the component that fills ``doc._.newsparse_times`` and ``doc.spans["newsparse_times"]``."""
    return Times()


class Times:
    """Writes the time expressions of a document to ``doc._.newsparse_times``, in the order of the text.

    The same stand in ``doc.spans["newsparse_times"]``; a span's label is the TIMEX3 type, its ``id_`` the value. The
    publication date is ``doc.user_data["newsparse_published"]``, an ISO date; values that need it stay None without it.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document."""
        times = list(time_expressions(doc))
        doc._.newsparse_times = times
        doc.spans[TIMES] = [Span(doc, t.start, t.end, label=t.type, span_id=t.value or "") for t in times]
        return doc


@dataclass(slots=True)
class _Memory:
    """The last time and the last day mentioned in the text so far, and the quarter that is being reported on."""

    time: date | None = None
    day: date | None = None
    quarter: date | None = None

    def remember(self, rule: str, meaning: Meaning, published: date | None) -> None:
        """Note what later expressions such as ``the next day`` or ``a year earlier`` count from."""
        days = meaning.covered() if meaning.type in {"DATE", "TIME"} else None
        if days:
            self.time = days[0]
            if days[0] == days[1]:
                self.day = days[0]
        if rule in _QUARTERS and days and published and days[1] < published:
            self.quarter = max(self.quarter or days[0], days[0])
        elif rule in _OTHER_REPORTS and (meaning.value or "").endswith(("M", "Y")):
            self.quarter = None


def time_expressions(doc: Doc) -> Iterator[TimeExpression]:
    """The time expressions of a document with their values, in the order of the text."""
    published = publication_day(doc)
    parsed = doc.has_annotation("DEP")
    memory = _Memory()
    spans = [(found, _tokens(doc, found)) for found in grammar().find(doc.text)]
    places = {id(found): span for found, span in spans}

    def context(day: date | None) -> Context:
        return Context(published, memory.time, day, memory.quarter, lambda f: direction_of(places[id(f)], parsed))

    end = 0
    for number, (found, span) in enumerate(spans):
        if span.start < end or is_trap(found, span):
            continue
        day = memory.day
        if found.rule == "clock" and number + 1 < len(spans):
            day = _following_day(found, spans[number + 1][0], context(day)) or day
        meaning = FUNCTIONS[found.rule](found, context(day))
        if meaning is None:
            continue
        if _is_rate(found, span):
            meaning = replace(meaning, type="SET")
        if found.rule not in _UNREMEMBERED:
            memory.remember(found.rule, meaning, published)
        end = span.end
        days = meaning.covered()
        first, last = (days[0].isoformat(), days[1].isoformat()) if days else (None, None)
        yield TimeExpression(span.start, span.end, meaning.type, meaning.value, first, last)


def publication_day(doc: Doc) -> date | None:
    """The document's day of publication, None if it is unknown or no ISO date."""
    value = doc.user_data.get(PUBLISHED)
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _tokens(doc: Doc, found: Found) -> Span:
    """The tokens that the match touches."""
    return cast(Span, doc.char_span(found.start, found.end, alignment_mode="expand"))


def _following_day(found: Found, following: Found, context: Context) -> date | None:
    """The day named right after a time of day."""
    if following.rule not in _DAY_RULES or following.first - found.last > _CLOCK_WORDS:
        return None
    meaning = FUNCTIONS[following.rule](following, context)
    days = meaning.covered() if meaning else None
    return days[0] if days else None


def is_trap(found: Found, span: Span) -> bool:
    """Whether a match is a name, a verb or a quantity: ``Theresa May``, ``may``, ``2000 people``."""
    if found.rule not in _BARE:
        return False
    if found.rule == "year":
        return _is_quantity(span)
    if found.rule in {"season", "bare_season"} and any(token.pos_ == "VERB" for token in span):
        return True
    if any(token.ent_type_ in _NAME_TYPES for token in span) and len(found.words) == 1:
        return True
    return found.rule == "month" and len(span) == 1 and _is_no_month(span[0])


def _is_no_month(token: Token) -> bool:
    """Whether ``May``, ``March`` … is a verb or part of a name."""
    if token.lower_ not in lexicon("time_traps"):
        return False
    if token.pos_ in {"AUX", "VERB"} or token.tag_ == "MD":
        return True
    if not token.pos_ and token.lower_ == "may" and token.is_sent_start:
        return True
    before = token.nbor(-1) if token.i else None
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if before is not None and after is not None and before.pos_ != "ADP" and after.lower_ in {"for", "of", "to"}:
        return True
    return bool(before is not None and before.is_title and before.pos_ == "PROPN")


def _is_quantity(span: Span) -> bool:
    """Whether a number that could be a year counts or labels something: ``2000 people``, ``Section 2001``."""
    doc = span.doc
    before = doc[span.start - 1] if span.start else None
    after = doc[span.end] if span.end < len(doc) else None
    if before is not None and lexicon("time_traps").get(before.lower_) == "number_label":
        return True
    plural = after is not None and after.tag_ == "NNS"
    return plural and (before is None or before.pos_ not in {"ADP", "DET", "PRON", "PART"}) and len(span) == 1


def _is_rate(found: Found, span: Span) -> bool:
    """Whether ``a year`` says how often, as in ``$1 billion a year``."""
    if found.rule != "duration" or found.words.get("qty", "").lower() not in {"a", "an"} or span.start == 0:
        return False
    doc = span.doc
    before = doc[span.start - 1]
    if before.like_num or before.lower_ in _AMOUNT_WORDS:
        return True
    return span.start > 1 and before.pos_ == "NOUN" and doc[span.start - 2].like_num
