"""The script over two small corpora, with the pipeline that ships."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import times

TEXT = "The council voted on Friday. It opened in May 2016 and met for three years."


def row(doc: str, *wrong: str) -> dict[str, Any]:
    """An article whose annotation is what should be found, but for the values of the words in ``wrong``."""
    values = {"Friday": ("DATE", "2018-07-27"), "May 2016": ("DATE", "2016-05"), "three years": ("DURATION", "P3Y")}
    timex = [
        [TEXT.index(words), TEXT.index(words) + len(words), type_, "XXXX" if words in wrong else value, ""]
        for words, (type_, value) in values.items()
    ]
    return {"doc": doc, "dct": "2018-07-28T10:00", "text": TEXT, "timex": timex}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "timex").mkdir()
    missed = row("b")
    missed["timex"].append([0, 11, "DATE", "PRESENT_REF", ""])
    corpora = {"aquaint": [row("a", "Friday")], "timebank": [missed, row("a"), row("c")]}
    for name, rows in corpora.items():
        with gzip.open(tmp_path / "timex" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(one) + "\n" for one in rows)
    return tmp_path


def test_halves_follow_the_order_of_the_names(data: Path) -> None:
    parts = {article.doc: article.part for article in times.read_corpus(data / "timex" / "timebank.jsonl.gz")}
    assert parts == {"a": "dev", "b": "test", "c": "dev"}
    assert {article.part for article in times.read_corpus(data / "timex" / "aquaint.jsonl.gz")} == {"dev"}


def test_figures_mistakes_and_floors(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = data / "floors.json"
    assert times.main([str(data), "--floors", str(floors), "--errors", "5"]) == 1
    shown = capsys.readouterr()
    lines = {line[:28].strip(): line[28:].split() for line in shown.out.splitlines()}
    assert lines["aquaint dev value"] == ["66.7", "66.7", "66.7", "3", "3", "2"]
    assert lines["timebank dev value"] == ["100.0", "100.0", "100.0", "6", "6", "6"]
    assert lines["all test extent"] == ["100.0", "75.0", "85.7", "4", "3", "3"]
    assert "a 2018-07-28 value XXXX: DATE 2018-07-27 The council voted on [Friday]" in " ".join(shown.out.split())
    assert "b 2018-07-28 missed: DATE PRESENT_REF [The council] voted" in " ".join(shown.out.split())
    assert "no floors" in shown.err
    assert times.main([str(data), "--floors", str(floors), "--update"]) == 0
    assert json.loads(floors.read_text())["times test"]["floors"] == {"extent": 85.7, "value": 85.7}
    assert times.main([str(data), "--floors", str(floors), "--part", "test"]) == 0


@pytest.mark.parametrize("arguments", [["nowhere"], ["nowhere", "--update"]])
def test_wrong_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        times.main(arguments)


def timex(start: int, end: int, value: str = "2018") -> times.Timex:
    return times.Timex(start, end, "DATE", value)


@pytest.mark.parametrize(
    ("gold", "found", "pairs"),
    [
        ([timex(0, 5)], [timex(4, 9)], 1),
        ([timex(0, 5)], [timex(5, 9)], 0),
        ([timex(0, 20)], [timex(0, 5), timex(6, 9)], 1),
        ([timex(0, 5), timex(6, 9)], [timex(0, 20)], 1),
    ],
)
def test_pairs_are_one_to_one(gold: list[times.Timex], found: list[times.Timex], pairs: int) -> None:
    assert len(times.paired(gold, found)) == pairs
