"""The command on the sample articles, as a user runs it, with the pipeline that ships."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import golden
import pytest
import samples

import newsparse

SOME = ("philadelphia-arrest-database", "odd-quotes-windows-1252", "town-hall-ransomware-iso-8859-1")
PAGES = tuple(str(samples.page(slug)) for slug in SOME)
WITHOUT_ARTICLE = {
    "empty.html": "empty",
    "german.html": "language",
    "navigation-only.html": "no-article",
    "not-html.html": "no-article",
}
"""Page without an article → the code of its failure."""


def run(*args: str | Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "newsparse", *map(str, args)]
    path = str(Path(newsparse.__file__).parents[1])
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NEWSPARSE")}
    return subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env=clean | {"PYTHONPATH": path} | environment,
        timeout=120,
        check=False,
    )


def rows(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture(scope="module")
def events() -> str:
    """What the command prints for some samples."""
    done = run("extract", *PAGES)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_prints_what_the_library_gives(events: str) -> None:
    assert events == "".join(f"{line}\n" for slug in SOME for line in golden.lines(slug))


def test_same_bytes_in_every_run(events: str) -> None:
    assert run("extract", *PAGES, PYTHONHASHSEED="7").stdout == events


def test_fetched_articles_give_the_same_events(events: str) -> None:
    assert run("extract", "-", stdin=run("fetch", *PAGES).stdout).stdout == events


def test_explained_article_records(events: str) -> None:
    done = run("extract", "--records", "article", "--explain", *PAGES)
    assert done.returncode == 0, done.stderr
    records = rows(done.stdout)
    assert [record["article"]["url"] for record in records] == [samples.annotation(slug)["url"] for slug in SOME]
    found = [event for record in records for event in record["events"]]
    assert all({step["step"] for step in event.pop("explain")} >= {"trigger", "status"} for event in found)
    alone = [{key: row[key] for key in row if key not in ("schema", "article", "extractor")} for row in rows(events)]
    assert found == alone
    assert run("validate", "-", stdin=done.stdout).returncode == 0


def test_event_records_are_valid(events: str) -> None:
    done = run("validate", "-", stdin=events)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_pages_without_article(tmp_path: Path) -> None:
    pages = [samples.FOLDER / "pages-without-article" / name for name in WITHOUT_ARTICLE]
    one = samples.page("river-accord-signed")
    done = run("extract", *pages[:3], one, *pages[3:], "--errors", tmp_path / "failed.jsonl")
    assert done.returncode == 1, done.stderr
    assert {row["article"]["url"] for row in rows(done.stdout)} == {samples.annotation("river-accord-signed")["url"]}
    failed = rows((tmp_path / "failed.jsonl").read_text(encoding="utf-8"))
    found = {Path(row["source"]).name: (row["stage"], row["error"]["code"]) for row in failed}
    assert found == {name: ("extract", code) for name, code in WITHOUT_ARTICLE.items()}


def test_cookie_wall() -> None:
    done = run("fetch", samples.FOLDER / "pages-without-article" / "cookie-wall.html")
    assert (done.returncode, done.stdout) == (1, "")
    assert "(extract, no-article)" in done.stderr
