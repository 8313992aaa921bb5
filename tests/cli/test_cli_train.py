"""``newsparse train``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import spacy
from toy_pipeline import toy, write_articles

COMMAND = [sys.executable, str(Path(__file__).with_name("with_toy_pipeline.py"))]
FIXTURES = Path(__file__).parents[2] / "fixtures"
ESCAPE = "\x1b"


@pytest.fixture
def train(run: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    toy().to_disk(tmp_path / "toy")
    return partial(run, "train", "--pipeline", "toy", "--out", "out", command=COMMAND)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles", 24)


def test_from_articles_to_a_pipeline(train: Any, articles: Path, tmp_path: Path) -> None:
    result = train("articles", "--epochs", "12")
    assert result.code == 0, result.err
    lines = result.err.splitlines()
    assert lines[0] == "en_toy 1.2.0 learns from 19 articles, measured on 5 others"
    assert lines[1] == "no article has names of type ORG; what is known of them is left alone"
    assert lines[2].startswith("names, before     P ")
    assert [line.split()[2] for line in lines[3:15]] == list(map(str, range(1, 13)))
    assert lines[-1] == "newsparse: out is written; use it with --pipeline out"
    rows = [line.split() for line in result.out.splitlines()]
    assert [row[0] for row in rows[2:]] == ["name", "GPE", "ORG", "PERSON"]
    assert float(rows[2][-1]) > float(rows[2][4]) == 0
    doc = spacy.load(tmp_path / "out")("Mayor Ortiz of Harwick said so.")
    assert ("Harwick", "GPE") in {(entity.text, entity.label_) for entity in doc.ents}
    meta = json.loads((tmp_path / "out" / "meta.json").read_text())
    assert (meta["name"], meta["version"], meta["newsparse_training"][0]["articles"]) == ("out", "1.2.0+train.1", 19)


def test_twice_the_same(train: Any, articles: Path, tmp_path: Path) -> None:
    assert train("articles", "--epochs", "3", "--seed", "5").code == 0
    first = (tmp_path / "out" / "ner" / "model").read_bytes()
    assert train("articles", "--epochs", "3", "--seed", "5", "--force").code == 0
    assert (tmp_path / "out" / "ner" / "model").read_bytes() == first


def test_articles_to_measure_on(train: Any, articles: Path, tmp_path: Path) -> None:
    write_articles(tmp_path / "others", 5, first=40)
    result = train("articles", "--dev", "others", "--epochs", "2", "-q")
    assert result.err == ""
    assert result.code == 0
    meta = json.loads((tmp_path / "out" / "meta.json").read_text())
    assert (meta["newsparse_training"][0]["articles"], meta["newsparse_training"][0]["held_out"]) == (24, 5)


def test_nothing_held_out(train: Any, articles: Path) -> None:
    result = train("articles", "--held-out", "0", "--epochs", "2")
    assert (result.code, result.out) == (0, "")
    assert "P " not in result.err


def test_nothing_gained(train: Any, articles: Path, tmp_path: Path) -> None:
    assert train("articles", "--epochs", "30").code == 0
    result = train("articles", "--pipeline", "out", "--out", "again", "--epochs", "1")
    assert result.code == 1
    assert "no epoch was better than the pipeline as it is, so nothing is written" in result.err
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["articles", "--dev", "articles"], "is the same article as"),
        (["articles", "--dev", "articles", "--held-out", "0.1"], "give one of the two"),
        (["articles/a000.txt"], "too few annotated articles, 1"),
        (["missing"], "no such file: missing"),
        (["toy"], "toy holds no annotated articles"),
        (["articles", "--out", "articles"], "holds something else than a pipeline"),
        (["articles", "--out", "toy"], "toy is not empty; --force replaces"),
        (["articles", "--pipeline", "missing"], "'missing' is neither installed nor a folder"),
        ([], "Missing argument 'ARTICLES...'"),
    ],
)
def test_what_is_refused(args: list[str], message: str, train: Any, articles: Path) -> None:
    result = train(*args)
    assert result.code == 2
    assert message in result.err
    assert result.out == ""
    assert "Traceback" not in result.err


def test_mistakes_have_file_and_line(train: Any, articles: Path) -> None:
    file = articles / "a003.txt"
    file.write_text(file.read_text().replace("e1 GPE", "e1 TOWN"))
    result = train("articles")
    assert result.code == 2
    assert "articles/a003.txt:10: unknown entity type TOWN; there are PERSON" in result.err


def test_new_types(train: Any, tmp_path: Path) -> None:
    write_articles(tmp_path / "buildings", 12, kind="BUILDING")
    refused = train("buildings")
    assert refused.code == 2
    assert "types that the pipeline does not know: BUILDING (24)" in refused.err
    result = train("buildings", "--add-labels", "--epochs", "30")
    assert result.code == 0, result.err
    assert "BUILDING" in result.out


def test_colour(train: Any, articles: Path) -> None:
    assert ESCAPE not in train("articles", "--epochs", "1").out
    assert ESCAPE in train("articles", "--epochs", "1", "--force", "--color", "always").out


def test_the_pipeline_that_ships(run: Any, tmp_path: Path) -> None:
    samples = [FIXTURES / f"{name}.gold.json" for name in ("bus-drivers-strike", "river-accord-signed")]
    result = run("train", *samples, "--out", "mine", "--held-out", "0", "--epochs", "2")
    assert result.code == 0, result.err
    page = FIXTURES / "river-accord-signed.html"
    record = json.loads(run("extract", page, "--pipeline", "mine", "--records", "article").out)
    assert record["extractor"]["pipeline"].startswith("en_mine ")
    assert "Costa Rica" in {entity["name"] for entity in record["entities"]}
