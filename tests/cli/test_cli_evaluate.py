"""``newsparse evaluate``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures"
ESCAPE = "\x1b"


def rows(text: str) -> dict[str, list[str]]:
    """The figures of a table by name."""
    return {line[:20].strip(): line[20:].split() for line in text.splitlines() if line.strip()}


def test_records_against_themselves(run: Any, articles: Path) -> None:
    result = run("evaluate", articles, articles)
    assert (result.code, result.err) == (0, "newsparse: 1 annotated article\n")
    assert rows(result.out)["event"] == ["100.0", "100.0", "100.0", "3", "3", "3"]
    assert ESCAPE not in result.out


def test_json(run: Any, articles: Path) -> None:
    result = run("evaluate", "-", articles, "--format", "json", "--show", "5", "-q", stdin=articles.read_bytes())
    assert (result.code, result.err) == (0, "")
    found = json.loads(result.out)
    assert (found["articles"], found["without_record"], found["differences"]) == (1, [], [])
    assert found["figures"]["event"] == {
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "gold": 3,
        "predicted": 3,
        "right": 3,
    }


def test_missing_records_count_as_empty(run: Any, articles: Path, tmp_path: Path) -> None:
    other = json.loads(articles.read_text())
    other["article"] |= {"id": "other", "text": "Another text.", "title": None}
    (tmp_path / "gold.jsonl").write_text(articles.read_text())
    (tmp_path / "records.jsonl").write_text(
        json.dumps(other | {"entities": [], "events": [], "quotes": [], "times": []}) + "\n"
    )
    result = run("evaluate", "gold.jsonl", "records.jsonl", "--show", "2")
    assert result.code == 1
    assert "no record of 1 of them, which count as empty: " in result.err
    assert "1 record of other articles left out" in result.err
    assert rows(result.out)["event"][1:4] == ["0.0", "0.0", "3"]
    assert [line.split()[0] for line in result.out.splitlines()[-2:]] == ["missed", "missed"]


def test_extracts_without_records(run: Any) -> None:
    page = FIXTURES / "philadelphia-arrest-database.gold.json"
    result = run("evaluate", page)
    assert result.code == 0, result.err
    assert float(rows(result.out)["event"][0]) > 30
    cautious = run("evaluate", page, "--min-confidence", "1")
    assert rows(cautious.out)["event"][4] == "0"


def test_colour_on_a_terminal(run_on_terminal: Any, articles: Path) -> None:
    assert ESCAPE in run_on_terminal("evaluate", articles, articles).out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["missing.jsonl"], "no such file: missing.jsonl"),
        (["{articles}", "{events}"], "events.jsonl:1: an event record"),
        (["{events}"], "events.jsonl:1: schema: must be newsparse/article/1"),
        (["{articles}", "{articles}", "--pipeline", "x"], "--pipeline says how to extract"),
        (["{articles}", "--pipeline", "no_such_pipeline"], "'no_such_pipeline' is not installed"),
        ([], "Missing argument 'GOLD'"),
    ],
)
def test_what_is_refused(args: list[str], message: str, run: Any, articles: Path, events: Path) -> None:
    result = run("evaluate", *(arg.format(articles=articles, events=events) for arg in args))
    assert result.code == 2
    assert message in result.err
    assert "Traceback" not in result.err
