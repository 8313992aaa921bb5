"""Articles with marks in their text."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from newsparse.annotation.marked import STATUSES, TYPES, read_marked
from newsparse.annotation.problems import InvalidAnnotationError
from newsparse.annotation.rows import from_row
from newsparse.rules import frames

ROOT = Path(__file__).parents[2]
HEAD = "date: 2021-03-09\nsource: Harrow Courier\n\n"
TEXT = """\
[e2:Harrow] {x1:ends} [e3:jail contract]

Mayor [e1:Dana Whitlow] of [e4:[e2:Harrow] Town Council] said she would {x1:let} it {x1:lapse}. “It is a bad deal,” \
[e1:Whitlow] said.
"""
BELOW = """\
====
entities
e1 PERSON
e2 GPE
e3 AGREEMENT
e4 ORG
events
x1 agreement.end planned main agent=e1,e2 object=e3 time=2021-03-09 reason="a bad deal"
quotes
"It is a" e1
"""


def test_article() -> None:
    row = read_marked("a1", HEAD + TEXT + BELOW)
    text = row["full"]
    assert text.startswith("Harrow ends jail contract\n\nMayor Dana Whitlow of Harrow Town Council said")
    assert (row["doc"], row["title"], row["date"], row["source"]) == (
        "a1",
        "Harrow ends jail contract",
        "2021-03-09",
        "Harrow Courier",
    )
    names = {entity["id"]: [text[slice(*place)] for place in entity["mentions"]] for entity in row["entities"]}
    assert names == {
        "e1": ["Dana Whitlow", "Whitlow"],
        "e2": ["Harrow", "Harrow"],
        "e3": ["jail contract"],
        "e4": ["Harrow Town Council"],
    }
    (event,) = row["events"]
    assert [text[slice(*place)] for place in event["triggers"]] == ["ends", "let", "lapse"]
    assert (event["agent"], event["object"], event["time"]) == (
        ["e1", "e2"],
        [{"entity": "e3"}],
        {"value": "2021-03-09"},
    )
    assert text[slice(*event["reason"]["span"])] == "a bad deal"
    assert [(text[quote["start"] :][:7], quote["speaker"]) for quote in row["quotes"]] == [("It is a", "e1")]


def test_line_ends_of_windows_and_byte_order_mark() -> None:
    plain = HEAD + TEXT + BELOW
    assert read_marked("a1", "\ufeff" + plain.replace("\n", "\r\n")) == read_marked("a1", plain)


def test_words_are_found_next_to_their_trigger() -> None:
    text = "Town acts\n\nThe road is long. It {x1:paved} the road.\n"
    row = read_marked("a", f'{HEAD}{text}====\nevents\nx1 money.fund actual object="road"\n')
    assert row["events"][0]["object"][0]["span"][0] == row["full"].rindex("road")


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("====", "===", "", "no line ===="),
        ("date: 2021-03-09", "date 2021", "line 1", "no 'key: value'"),
        ("source: Harrow Courier\n", "", "line 1", "lacks 'source: …'"),
        ("2021-03-09\nsource", "9 March\nsource", "line 1", "no day like 2018-07-27"),
        ("contract]\n\n", "contract]\n", "line 5", "needs an empty line"),
        ("{x1:lapse}", "{x1:lapse", "line 6", "never closed: {x1:"),
        ("[e1:Dana Whitlow]", "Dana Whitlow]", "line 6", "] closes nothing: …"),
        ("{x1:ends}", "{x1:ends]", "line 4", "] closes nothing"),
        ("e1 PERSON", "e1 PERSN", "line 9", "unknown entity type PERSN; there are PERSON, ORG"),
        ("e1 PERSON", "e1", "line 9", "unknown entity type (none)"),
        ("e4 ORG", "e4 ORG\ne5 ORG", "line 13", "[e5:…] stands nowhere in the text"),
        ("e4 ORG", "e4 ORG\ne4 ORG", "line 13", "e4 is listed twice"),
        ("e4 ORG\n", "", "", "entity marked but not listed under entities: e4"),
        ("x1 agreement.end", "x2 agreement.end", "line 14", "{x2:…} stands nowhere"),
        ("agreement.end planned", "ending planned", "line 14", "no event type like agreement.end: ending"),
        ("planned", "plannned", "line 14", "unknown status plannned; there are actual, planned"),
        ("agent=", "actor=", "line 14", "unknown field actor; there are main, agent="),
        ("agent=e1,e2", "agent=e1,e9", "line 14", "unknown entity e9"),
        ('reason="a bad deal"', 'reason="no such words"', "line 14", "not in the text, letter for letter"),
        ('reason="a bad deal"', 'reason="a bad', "line 14", "No closing quotation"),
        ("entities\n", "things\n", "line 8", "one of entities, events, quotes must come before 'things'"),
        ('"It is a" e1', '"It was a" e1', "line 16", "no quotation in the text begins so"),
        ('"It is a" e1', '"It is a"', "line 16", 'no quote like "first words" e1'),
    ],
)
def test_mistakes(old: str, new: str, place: str, message: str) -> None:
    content = (HEAD + TEXT + BELOW).replace(old, new, 1)
    with pytest.raises(InvalidAnnotationError) as found:
        read_marked("a1", content)
    assert any(problem.path == place and message in problem.message for problem in found.value.problems), found.value


def test_every_mistake_is_told_with_its_line() -> None:
    content = HEAD + TEXT + BELOW.replace("PERSON", "PERSN").replace("planned", "soon").replace("It is a", "It was")
    with pytest.raises(InvalidAnnotationError) as found:
        read_marked("a1", content)
    places = [line.split(" ")[0] for line in found.value.told("a.txt").splitlines()]
    assert places == ["a.txt:9:", "a.txt:14:", "a.txt:16:"]


def test_types_of_ones_own_are_named_in_the_head() -> None:
    content = f"types: VESSEL, CROP\n{HEAD}{TEXT}{BELOW}".replace("e4 ORG", "e4 VESSEL")
    assert {entity["type"] for entity in read_marked("a1", content)["entities"]} >= {"VESSEL"}


def test_types_and_statuses_are_those_of_the_codebook() -> None:
    assert set(TYPES) == frames.ENTITY_TYPES
    assert set(STATUSES) == frames.STATUSES


def test_example_of_the_guide() -> None:
    page = (ROOT / "docs" / "training.md").read_text(encoding="utf-8")
    example = re.findall(r"^```text\n(.*?)^```", page, re.DOTALL | re.MULTILINE)[0]
    annotated = from_row(read_marked("example", example))
    assert (len(annotated.entities), len(annotated.events), len(annotated.quotes)) == (5, 2, 1)
    assert [argument.text for argument in annotated.events[1].arguments] == ["tenants' union", "Harrow", "the step"]


def test_checker_of_the_shipped_articles_needs_nothing_but_python(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(HEAD + TEXT + BELOW)
    (tmp_path / "wrong.txt").write_text(HEAD + TEXT + BELOW.replace("PERSON", "PERSN"))
    command = [sys.executable, "-S", str(ROOT / "models" / "corpus.py"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[0].startswith(f"{tmp_path / 'wrong.txt'}:9: unknown entity type PERSN")
    assert done.stdout.splitlines()[1] == "2 articles, 1 with mistakes"
