"""``newsparse schema`` and ``newsparse validate``."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from newsparse.schema import json_schema


@pytest.mark.parametrize(("args", "record"), [([], "event"), (["event"], "event"), (["article"], "article")])
def test_schema(args: list[str], record: str, run: Any) -> None:
    result = run("schema", *args)
    assert result.code == 0
    assert json.loads(result.out) == json_schema(record)


def test_valid_files(run: Any, articles: Path, events: Path) -> None:
    result = run("validate", articles, events)
    assert (result.code, result.out, result.err) == (0, "", "newsparse: 4 records, 0 invalid\n")


def test_compressed_stdin(run: Any, events: Path, tmp_path: Path) -> None:
    packed = tmp_path / "events.gz"
    packed.write_bytes(gzip.compress(events.read_bytes(), mtime=0))
    assert run("validate", packed).err == "newsparse: 3 records, 0 invalid\n"
    assert run("validate", "--quiet", stdin=events.read_bytes()).err == ""


def test_invalid_file(run: Any, events: Path, tmp_path: Path) -> None:
    records = [json.loads(line) for line in events.read_text().splitlines()]
    del records[0]["status"]
    records[2]["mentions"][0]["start"] += 1
    broken = tmp_path / "broken.jsonl"
    broken.write_text("\n".join(map(json.dumps, records)))
    result = run("validate", broken)
    assert result.code == 1
    assert result.out.splitlines() == [
        f"{broken}:1: status: missing",
        f"{broken}:3: mentions[0]: text has 10 code points, start and end are 9 apart",
    ]
    assert result.err == "newsparse: 3 records, 2 invalid\n"
