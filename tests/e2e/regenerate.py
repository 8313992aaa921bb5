"""Writes the golden records of the sample articles anew and tells what changed, for review by eye.

    python tests/e2e/regenerate.py [SLUG]… [--check]

A file whose events are the same is left alone, whatever versions made it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

import golden  # noqa: E402
import samples  # noqa: E402

Row = Mapping[str, Any]


def main() -> int:
    """Regenerate the files of the named samples, or of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="samples; without any, all")
    parser.add_argument("--check", action="store_true", help="write nothing, exit with 1 if something would change")
    options = parser.parse_args()
    unknown = set(options.slugs) - set(samples.SLUGS)
    if unknown:
        parser.error(f"no sample {', '.join(sorted(unknown))}; there are: {', '.join(samples.SLUGS)}")
    changed = 0
    for slug in options.slugs or samples.SLUGS:
        old, new = golden.expected(slug), golden.lines(slug)
        stale = list(map(golden.without_extractor, old)) != list(map(golden.without_extractor, new))
        if stale or not golden.path(slug).exists():
            changed += 1
            print("\n".join([f"{slug}: {len(old)} → {len(new)} events", *differences(old, new)]))
            if not options.check:
                golden.path(slug).write_text("".join(f"{line}\n" for line in new), encoding="utf-8")
    print(f"{changed} {'would change' if options.check else 'changed'}")
    return int(options.check and changed > 0)


def differences(old: list[str], new: list[str]) -> Iterator[str]:
    """A line for every event that came, went or changed; events are the same if their ids are."""
    before, after = ({row["id"]: row for row in map(json.loads, lines)} for lines in (old, new))
    for name in [*after, *(name for name in before if name not in after)]:
        if name not in before:
            yield f"  + {described(after[name])}"
        elif name not in after:
            yield f"  - {described(before[name])}"
        else:
            yield from changes(before[name], after[name])


def changes(before: Row, after: Row) -> Iterator[str]:
    """The keys in which two records of one event differ."""
    parts = [
        f"      {key}: {shown(before[key])} → {shown(after[key])}"
        for key in after
        if key not in ("extractor", "explain") and before.get(key) != after[key]
    ]
    if parts:
        yield f"  ~ {described(after)}"
        yield from parts


def described(event: Row) -> str:
    """An event in one line: what a reviewer compares with the article."""
    first = event["mentions"][0]
    main = " MAIN" if event["main"] else ""
    time = f" @{event['time']['value']}" if event["time"] else ""
    sentence = " ".join(first["sentence"]["text"].split())
    words = f"[{first['text']}] in: {sentence}"
    return f"{event['type']} {event['status']}{main} {event['confidence']:.2f}{time}: {event['summary']}\n      {words}"


def shown(value: Any) -> str:
    """A value short enough to read: of spans the words, of entities the names."""
    if isinstance(value, list):
        return "[" + ", ".join(map(shown, value)) + "]"
    if isinstance(value, dict):
        words = value.get("text") or value.get("name") or ""
        notes = [str(value[key]) for key in ("role", "name", "value", "kind") if value.get(key) not in (None, words)]
        return f"{words!r}" + (f" ({', '.join(notes)})" if notes else "")
    return repr(value)


if __name__ == "__main__":
    sys.exit(main())
