"""Time expressions and their values."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed import parsed
from spacy.tokens import Doc

from newsparse.errors import RulesError
from newsparse.pipeline.times.calendar_values import covered_days, easter
from newsparse.pipeline.times.component import Times, time_expressions
from newsparse.pipeline.times.direction import direction_of
from newsparse.pipeline.times.meaning import FUNCTIONS, FUTURE, PAST
from newsparse.pipeline.times.timex import grammar, read_grammar
from newsparse.rules.reader import read_yaml

FRIDAY = "2018-07-27"
_NLP = spacy.blank("en")


def times(text: str, published: str | None = FRIDAY) -> list[tuple[str, str, str | None]]:
    doc = _NLP.make_doc(text)
    if published:
        doc.user_data["newsparse_published"] = published
    return [(doc[t.start : t.end].text, t.type, t.value) for t in time_expressions(doc)]


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("July 27, 2018", "DATE", "2018-07-27"),
        ("27 July 2018", "DATE", "2018-07-27"),
        ("the 27th of July 2018", "DATE", "2018-07-27"),
        ("Friday, July 27, 2018", "DATE", "2018-07-27"),
        ("7/27/2018", "DATE", "2018-07-27"),
        ("27/7/2018", "DATE", "2018-07-27"),
        ("2018-07-27", "DATE", "2018-07-27"),
        ("Sept.11, 2001", "DATE", "2001-09-11"),
        ("9/11", "DATE", "2001-09-11"),
        ("Aug. 7 of last year", "DATE", "2017-08-07"),
        ("July 2018", "DATE", "2018-07"),
        ("late July of 2018", "DATE", "2018-07"),
        ("mid-March", "DATE", "2018-03"),
        ("last October", "DATE", "2017-10"),
        ("Friday", "DATE", "2018-07-27"),
        ("Monday", "DATE", "2018-07-23"),
        ("early Tuesday", "DATE", "2018-07-24"),
        ("Friday afternoon", "TIME", "2018-07-27TAF"),
        ("last Friday", "DATE", "2018-07-20"),
        ("next Friday", "DATE", "2018-08-03"),
        ("Tuesday of last week", "DATE", "2018-07-17"),
        ("today", "DATE", "2018-07-27"),
        ("yesterday morning", "TIME", "2018-07-26TMO"),
        ("tonight", "TIME", "2018-07-27TNI"),
        ("last night", "TIME", "2018-07-26TNI"),
        ("the day before yesterday", "DATE", "2018-07-25"),
        ("last week", "DATE", "2018-W29"),
        ("earlier this month", "DATE", "2018-07"),
        ("late last month", "DATE", "2018-06"),
        ("next month", "DATE", "2018-08"),
        ("this year", "DATE", "2018"),
        ("two weeks ago", "DATE", "2018-W28"),
        ("11 days ago", "DATE", "2018-07-16"),
        ("two decades ago", "DATE", "1998"),
        ("several years ago", "DATE", "PAST_REF"),
        ("since 2009", "DATE", "2009"),
        ("the 1990s", "DATE", "199"),
        ("the '90s", "DATE", "199"),
        ("the nineties", "DATE", "199"),
        ("the 20th century", "DATE", "19"),
        ("fiscal 2019", "DATE", "2019"),
        ("nineteen ninety-six", "DATE", "1996"),
        ("the third quarter", "DATE", "2018-Q3"),
        ("the first quarter of 2017", "DATE", "2017-Q1"),
        ("the latest period", "DATE", "2018-Q2"),
        ("the second half of 2017", "DATE", "2017-H2"),
        ("Monday through Thursday", "DATE", "2018-07-23"),
        ("mid-afternoon yesterday", "TIME", "2018-07-26TAF"),
        ("January nineteen ninety-seven", "DATE", "1997-01"),
        ("last fall", "DATE", "2017-FA"),
        ("summer 2016", "DATE", "2016-SU"),
        ("Thanksgiving Day", "DATE", "2018-11-22"),
        ("last Christmas", "DATE", "2017-12-25"),
        ("Easter 2018", "DATE", "2018-04-01"),
        ("Election Day 2016", "DATE", "2016-11-08"),
        ("3 p.m.", "TIME", "2018-07-27T15:00"),
        ("10:35 a.m. Wednesday", "TIME", "2018-07-25T10:35"),
        ("noon", "TIME", "2018-07-27T12:00"),
        ("12 a.m. today", "TIME", "2018-07-27T00:00"),
        ("three years", "DURATION", "P3Y"),
        ("a two-day visit", "DURATION", "P2D"),
        ("16-hour", "DURATION", "PT16H"),
        ("more than twenty four hours", "DURATION", "PT24H"),
        ("two and a half years", "DURATION", "P2.5Y"),
        ("about 5 1/2 hours", "DURATION", "PT5.5H"),
        ("two to six days", "DURATION", "P2D"),
        ("a day-long", "DURATION", "P1D"),
        ("a decade", "DURATION", "P10Y"),
        ("months", "DURATION", "PXM"),
        ("the past three months", "DURATION", "P3M"),
        ("every week", "SET", "P1W"),
        ("twice a month", "SET", "P1M"),
        ("every Friday", "SET", "XXXX-WXX-5"),
        ("annually", "SET", "P1Y"),
        ("recently", "DATE", "PAST_REF"),
        ("right now", "DATE", "PRESENT_REF"),
        ("soon", "DATE", "FUTURE_REF"),
    ],
)
def test_value(text: str, type_: str, value: str) -> None:
    found = times(f"It came {text} there .")
    assert [(t, v) for _, t, v in found] == [(type_, value)]


@pytest.mark.parametrize(
    "text",
    [
        "They may march in the fall of the house",
        "It cost $2000 and 3,000 people came",
        "a second term",
        "the sun sat low",
        "a 10-year-old boy, aged 12",
        "The stock began to fall",
        "three-quarters of them",
        "Section 2001 applies",
        "31/31/2018 and 99:99",
        "the previously announced quarterly dividend of a recent year-old firm and its future growth",
        "the minutes of a meeting only seconds apart",
        "February 31, 2018",
    ],
)
def test_traps(text: str) -> None:
    assert [t for t in times(text) if t[0] != "the fall"] == []


@pytest.mark.parametrize("text", ["Friday", "last week", "in May", "July 27", "two days ago", "tonight", "3 p.m."])
def test_no_day_is_invented_without_a_publication_date(text: str) -> None:
    assert [value for _, _, value in times(f"He came {text}.", published=None)] == [None]


def test_absolute_dates_need_no_publication_date() -> None:
    assert times("on July 27, 2018", published=None) == [("July 27, 2018", "DATE", "2018-07-27")]


@pytest.mark.parametrize("published", ["", "soon", "2018-13-45", "0001-01-01", "9999-12-31"])
def test_odd_publication_dates(published: str) -> None:
    texts = "last week, two centuries ago, in 900 years, next Friday, tomorrow, the weekend, last fall, Easter, 3 a.m."
    times(texts, published)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It happened on July 20, 2018. The next day he left", "2018-07-21"),
        ("It happened on July 20, 2018. Two days later he left", "2018-07-22"),
        ("It happened in May 2017. Later that month he left", "2017-05"),
        ("It exploded at 10:35 a.m. (0735 GMT) Wednesday", "2018-07-25"),
        ("It earned $2 million in the second quarter, up from $1 million a year ago", "2017-Q2"),
        ("It fell in the first quarter of 2018 from $1 million a year earlier", "2017-Q1"),
        ("It earned $2 million in the second quarter and less in the 2016 quarter", "2016-Q2"),
        ("It fell in the second quarter. It fell in the latest period from the year-ago period", "2017-Q2"),
        ("It fell in the second quarter. In nine months it rose from a year ago", "2017"),
        ("It fell in the second quarter from several years ago", "PAST_REF"),
    ],
)
def test_counted_from_what_was_mentioned(text: str, value: str) -> None:
    assert times(text)[-1][2] == value


def test_time_of_day_takes_the_day_that_follows() -> None:
    assert times("It exploded at 10:35 a.m. (0735 GMT) Wednesday")[0][2] == "2018-07-25T10:35"


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The council will vote Monday", "2018-07-30"),
        ("The council is scheduled to vote by Monday", "2018-07-30"),
        ("The council said Monday", "2018-07-23"),
        ("The talks will begin in October", "2018-10"),
        ("The mayor said in October", "2017-10"),
        ("The deadline is set for Jan. 14", "2019-01-14"),
        ("She said it could come as early as Monday", "2018-07-30"),
    ],
)
def test_tense_without_a_parse(sentence: str, value: str) -> None:
    assert times(sentence)[-1][2] == value


def test_tense_by_the_parse() -> None:
    past = parsed("""
        Kenney NNP PROPN nsubj 2
        said/say VBD VERB root 0
        Monday NNP PROPN obl:tmod 2
        it PRP PRON nsubj 6
        will MD AUX aux 6
        vote VB VERB ccomp 2
        Friday NNP PROPN obl:tmod 6
    """)
    assert direction_of(past[2:3], parsed=True) == PAST
    assert direction_of(past[6:7], parsed=True) == FUTURE


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        (
            """
            It PRP PRON nsubj 2
            extended/extend VBD VERB root 0
            the DT DET det 4
            deadline NN NOUN obj 2
            until IN ADP case 6
            Monday NNP PROPN obl 2
            """,
            FUTURE,
        ),
        (
            """
            It PRP PRON nsubj 2
            stayed/stay VBD VERB root 0
            open JJ ADJ xcomp 2
            all DT ADV advmod 6
            until IN ADP case 6
            Monday NNP PROPN obl 2
            """,
            PAST,
        ),
        (
            """
            They PRP PRON nsubj 2
            planned/plan VBD VERB root 0
            a DT DET det 4
            rally NN NOUN obj 2
            on IN ADP case 6
            Monday NNP PROPN obl 2
            """,
            FUTURE,
        ),
        (
            """
            She PRP PRON nsubj:pass 5
            could MD AUX aux 5
            not RB PART advmod 5
            be VB AUX aux:pass 5
            reached/reach VBN VERB root 0
            Monday NNP PROPN obl 5
            """,
            PAST,
        ),
    ],
)
def test_verbs_that_look_ahead(sentence: str, direction: int) -> None:
    doc = parsed(sentence)
    assert direction_of(doc[5:6], parsed=True) == direction


def test_names_are_no_times() -> None:
    doc = parsed("""
        Theresa NNP PROPN compound 2
        May NNP PROPN nsubj 3
        left/leave VBD VERB root 0
    """)
    assert list(time_expressions(doc)) == []


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2018-07-27TAF", ("2018-07-27", "2018-07-27")),
        ("2018-W30", ("2018-07-23", "2018-07-29")),
        ("2018-W30-WE", ("2018-07-28", "2018-07-29")),
        ("2018-02", ("2018-02-01", "2018-02-28")),
        ("2018-Q3", ("2018-07-01", "2018-09-30")),
        ("2018-H1", ("2018-01-01", "2018-06-30")),
        ("2018-WI", ("2018-12-01", "2019-02-28")),
        ("2018", ("2018-01-01", "2018-12-31")),
        ("199", ("1990-01-01", "1999-12-31")),
        ("19", ("1900-01-01", "1999-12-31")),
        ("P3Y", None),
        ("PAST_REF", None),
        ("2018-02-31", None),
        ("2018-W60", None),
        (None, None),
    ],
)
def test_covered_days(value: str | None, days: tuple[str, str] | None) -> None:
    expected = tuple(date.fromisoformat(day) for day in days) if days else None
    assert covered_days(value) == expected


def test_ranges_cover_their_days() -> None:
    doc = _NLP.make_doc("on March 17-18, 2017")
    (found,) = time_expressions(doc)
    assert (found.value, found.first_day, found.last_day) == ("2017-03-17", "2017-03-17", "2017-03-18")


def test_weekdays_cover_their_days() -> None:
    doc = _NLP.make_doc("Hearings were held Thursday to Monday")
    doc.user_data["newsparse_published"] = "2018-07-31"
    (found,) = time_expressions(doc)
    assert (found.first_day, found.last_day) == ("2018-07-26", "2018-07-30")


@pytest.mark.parametrize(("year", "day"), [(2000, (4, 23)), (2018, (4, 1)), (2038, (4, 25))])
def test_easter(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)


def test_every_pattern_has_its_function() -> None:
    assert {pattern.function for pattern in grammar().patterns} <= set(FUNCTIONS)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("NOSUCH", "times:6: bad pattern: 'unknown symbol NOSUCH'"),
        ("(DAY", "times:6: bad pattern: missing"),
        ("{LOOP}", "a macro that contains itself"),
    ],
)
def test_faults_in_the_grammar_are_named(pattern: str, message: str) -> None:
    text = "words: {DAY: {D: [day]}}\nshapes: []\ncapitalised: []\nmacros: {LOOP: '({LOOP})'}\npatterns:\n"
    with pytest.raises(RulesError, match=message.replace("(", r"\(")):
        read_grammar(read_yaml(text + f"  - {{value: year, pattern: '{pattern}'}}\n", "times"))


_WORDS = st.sampled_from(
    [
        *(
            "July",
            "May",
            "27",
            "2018",
            ",",
            ".",
            "-",
            "Friday",
            "the",
            "last",
            "next",
            "two",
            "weeks",
            "ago",
            "of",
            "0",
        ),
        *("99999999999999999999", "a.m.", "12", "13:59", "fall", "second", "quarter", "'90s", "1/2/3", "half", "a"),
        *("hundred", "thousand", "centuries", "from", "now", "\n", "in", "this", "Easter", "end", "year", "later"),
    ]
)


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(_WORDS, max_size=12), st.sampled_from([None, FRIDAY, "0001-01-01", "9999-12-31"]))
def test_any_words_give_spans_in_order(words: list[str], published: str | None) -> None:
    doc = _NLP.make_doc(" ".join(words))
    doc.user_data["newsparse_published"] = published
    found = list(time_expressions(doc))
    assert all(0 <= t.start < t.end <= len(doc) for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    times(text)


def test_component_keeps_plain_data() -> None:
    doc = _NLP.make_doc("It ended Friday.")
    doc.user_data["newsparse_published"] = FRIDAY
    again = Doc(_NLP.vocab).from_bytes(Times()(doc).to_bytes())
    assert [t.value for t in again._.newsparse_times] == [FRIDAY]
    assert [(span.text, span.label_, span.id_) for span in again.spans["newsparse_times"]] == [
        ("Friday", "DATE", FRIDAY)
    ]
