"""Golden records: what ``newsparse extract`` must print for each sample article."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import samples
import shipped

from newsparse.sinks.jsonl import encode


def path(slug: str) -> Path:
    """The file with the expected event records of a sample."""
    return samples.FOLDER / f"{slug}.expected.jsonl"


def lines(slug: str) -> list[str]:
    """The event records of a sample as ``newsparse extract`` prints them, line by line."""
    return [encode(event) for event in shipped.record(slug).event_records()]


def expected(slug: str) -> list[str]:
    """The golden lines; none if there is no file yet."""
    return path(slug).read_text(encoding="utf-8").splitlines() if path(slug).exists() else []


def without_extractor(line: str) -> str:
    """A line without the versions that made it.

    They hold a hash of all rules: with it, every edit of a rule would change every line of every file.
    """
    row: dict[str, Any] = json.loads(line)
    del row["extractor"]
    return json.dumps(row, ensure_ascii=False)
