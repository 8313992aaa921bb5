"""Records as a person reads them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from newsparse.records import ArticleRecord, EventRecord
from newsparse.report.printable import printable
from newsparse.report.terminal import TerminalView, stories

SAMPLES = Path(__file__).parents[1] / "records"

EXPECTED = """\
Harwick ends jail data deal with state police
courier.example · 2019-03-05 · Sam Field
https://courier.example/2019/03/05/jail-data
────────────────────────────────────────────────────────────────────────────────
agreement.end  planned  91%  headline
  Dana Ortiz (Mayor) and Harwick to end contract with Lakeland State Police
  who        Dana Ortiz (Mayor)
             Harwick
  to whom    Lakeland State Police
  agreement  its contract with the Lakeland State Police (contract, between
             Harwick and Lakeland State Police)
  where      Harwick
  when       Tuesday (2019-03-05)
  words      HARWICK — Mayor Dana Ortiz said Tuesday that the city will [end]
             its contract with the Lakeland State Police, cutting off the
             agency's access to the Jail Intake Registry, or JIR.
  quote      “We will not hand over people's records without a warrant,” — Dana
             Ortiz

data.revoke_access  planned  78%
  Harwick to cut off Lakeland State Police from Jail Intake Registry
  who        Harwick
  to whom    Lakeland State Police
  database   Jail Intake Registry (JIR, run by Harwick, holds names, birth
             dates)
  words      HARWICK — Mayor Dana Ortiz said Tuesday that the city will end its
             contract with the Lakeland State Police, [cutting off] the agency's
             access to the Jail Intake Registry, or JIR.

statement.demand  actual  55%
  Civil rights groups called for contract to be ended
  who        Civil rights groups
  what       the contract to be ended
  when       since 2017 (from 2017-01-01)
  why        saying that the police used it to track visitors
  words      Civil rights groups had [called for] the contract to be ended since
             2017, saying that the police used it to track visitors.

"""


def article_record(**changes: Any) -> ArticleRecord:
    record = json.loads((SAMPLES / "articles.jsonl").read_text())
    return ArticleRecord.model_validate(record | changes)


def event_records() -> list[EventRecord]:
    lines = (SAMPLES / "events.jsonl").read_text().splitlines()
    return [EventRecord.model_validate_json(line) for line in lines]


def shown(*records: EventRecord | ArticleRecord, width: int = 80, color: bool = False, **options: Any) -> str:
    view = TerminalView(width, color, **options)
    return "".join(view.render(story) for story in stories(records))


def without_escapes(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", text)


def test_article_record() -> None:
    assert shown(article_record()) == EXPECTED


def test_event_records_show_the_same_but_for_the_quotes() -> None:
    without_quote = EXPECTED.replace("  quote " + EXPECTED.partition("  quote ")[2].partition("\n\n")[0] + "\n", "")
    assert shown(*event_records()) == without_quote


def test_colour_changes_no_word() -> None:
    colored = shown(article_record(), color=True)
    assert "\x1b[1;4mend\x1b[0m" in colored
    plain = "\n".join(line.rstrip() for line in without_escapes(colored).splitlines())
    assert plain.split() == EXPECTED.replace("[", "").replace("]", "").split()


def test_every_mention() -> None:
    assert "words      Harwick [ends] jail" not in shown(article_record(), every_mention=True)
    event = article_record().events[0]
    again = event.model_copy(update={"mentions": [*event.mentions, *article_record().events[2].mentions]})
    record = article_record().model_copy(update={"events": [again]})
    assert "(and in 1 more sentence)" in shown(record)
    assert "[called for]" not in shown(record)
    assert "[called for]" in shown(record, every_mention=True)


def test_mention_in_the_headline_only() -> None:
    event = article_record().events[0]
    record = article_record().model_copy(update={"events": [event.model_copy(update={"mentions": event.mentions[:1]})]})
    assert "words      Harwick [ends] jail data deal" in shown(record)


def test_no_events() -> None:
    assert "no events" in shown(article_record(events=[]))


def test_events_are_grouped_by_article() -> None:
    first = event_records()
    second = [record.model_copy(update={"article": record.article.model_copy(update={"id": "b"})}) for record in first]
    assert [len(story.events) for story in stories([*first, *second])] == [3, 3]


def test_bare_article() -> None:
    nothing = dict.fromkeys(["url", "title", "published", "site", "language", "retrieved"])
    article = {**article_record().article.model_dump(), **nothing, "authors": []}
    assert shown(article_record(article=article, events=[])).splitlines()[:2] == ["ar-5e1d0c9b8a7f6e5d", "─" * 80]


def test_explanation() -> None:
    event = json.loads(article_record().events[1].to_json())
    word = {"text": "cutting off", "start": 0, "end": 11}
    event["explain"] = [{"step": "trigger", "rule": "data.revoke_access/cut_off", "words": [word], "confidence": None}]
    assert "  because    trigger: data.revoke_access/cut_off (cutting off)" in shown(article_record(events=[event]))


def test_terminal_is_safe_from_the_text() -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\u202e"
    event = article_record().events[1].model_copy(update={"summary": evil})
    text = shown(article_record().model_copy(update={"events": [event]}))
    assert not set("\x1b\x07\u202e") & set(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain “text”, naïve 😀", "plain “text”, naïve 😀"),
        ("a\tb\r\nc\u2028d", "a b  c d"),
        ("\x1b[31mred\x9b", "\ufffd[31mred\ufffd"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("soft\u00adhyphen", "soft\u00adhyphen"),
    ],
)
def test_printable_keeps_offsets(text: str, expected: str) -> None:
    assert printable(text) == expected
    assert len(printable(text)) == len(text)
