"""``newsparse fetch`` and the web, of which 127.0.0.1 is all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from local_web import PROSE, Reply, Web


def test_url_to_article(run: Any, web: Web) -> None:
    result = run("fetch", "--allow-private", web.reply("/story", Reply()))
    assert result.code == 0, result.err
    article = json.loads(result.out)
    assert article["title"] == "Council ends contract"
    assert article["published"] == "2016-02-22"
    assert article["text"].startswith(PROSE)
    assert article["retrieved"].endswith("Z")
    assert run("fetch", stdin=result.out).out == result.out


def test_failures_carry_the_status_and_can_be_tried_again(run: Any, web: Web, tmp_path: Path) -> None:
    good, bad = web.reply("/story", Reply()), web.url("/gone")
    result = run("fetch", "--allow-private", "-", "--errors", "failed.jsonl", stdin=f"# today\n{bad}\n\n{good}\n")
    assert result.code == 1
    assert len(result.out.splitlines()) == 1
    error = json.loads((tmp_path / "failed.jsonl").read_text())
    assert (error["source"], error["stage"], error["status"]) == (bad, "fetch", 404)


def test_private_addresses_are_refused(run: Any, web: Web) -> None:
    result = run("fetch", web.reply("/story", Reply()))
    assert result.code == 1
    assert result.out == ""
    assert "private" in result.err
    assert web.requests == []
