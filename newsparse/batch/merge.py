"""The results of a run as one stream, in the order of the input."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsparse.batch.folder import RunFolder
from newsparse.errors import BatchError
from newsparse.sinks.parquet import read_lines

if TYPE_CHECKING:
    from newsparse.batch.duplicates import Copy


def missing(folder: RunFolder) -> list[int]:
    """The shards that are not done.

    Raises:
        BatchError: there is no run.
    """
    done = folder.done()
    return [shard.number for shard in folder.manifest().shards if shard.number not in done]


def marked_records(folder: RunFolder, copies: Iterator[Copy], unique: bool) -> Iterator[bytes]:
    """The records of all shards that are done, with ``duplicate_of`` and ``same_as``.

    Args:
        folder: the run.
        copies: its copies, in the order of the input.
        unique: leave the records of copies out.

    Raises:
        BatchError: a file is damaged.
    """
    number = -1
    copy = next(copies, None)
    whole = folder.manifest().identity["options"]["records"] == "article"
    for shard in sorted(folder.done()):
        records = shard_lines(folder.file(shard, "records"))
        for line in shard_lines(folder.file(shard, "index")):
            number += 1
            count = 1 if whole else len(json.loads(line)["events"])
            found = copy if copy is not None and copy.article == number else None
            for record in islice(records, count):
                if not (found and unique):
                    yield _marked(record, found)
            if found is not None:
                copy = next(copies, None)


def _marked(line: bytes, copy: Copy | None) -> bytes:
    """A record that says what it is a copy of; the keys are there, with null, also where it is none."""
    record = json.loads(line)
    record["article"] = _inserted(record["article"], "retrieved", "duplicate_of", copy.duplicate_of if copy else None)
    same = copy.same_as if copy else {}
    if "events" in record:
        record["events"] = [_inserted(event, "quotes", "same_as", same.get(event["id"])) for event in record["events"]]
    else:
        record = _inserted(record, "quotes", "same_as", same.get(record["id"]))
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def _inserted(row: Mapping[str, Any], after: str, key: str, value: str | None) -> dict[str, Any]:
    """The object with one more key behind another one."""
    found: dict[str, Any] = {}
    for name, content in row.items():
        found[name] = content
        if name == after:
            found[key] = value
    return found


def lines(folder: RunFolder, kind: str = "records") -> Iterator[bytes]:
    """The lines of all shards that are done, without line ends.

    Args:
        folder: the run.
        kind: ``records`` or ``errors``.

    Raises:
        BatchError: a file is damaged.
    """
    for number in sorted(folder.done()):
        yield from shard_lines(folder.file(number, kind))


def shard_lines(path: Path) -> Iterator[bytes]:
    """The lines of one file of a shard.

    Raises:
        BatchError: it is damaged.
    """
    try:
        if path.suffix == ".parquet":
            yield from read_lines(path)
            return
        with gzip.open(path, "rb") as file:
            for line in file:
                yield line.rstrip(b"\n")
    except (OSError, EOFError, zlib.error) as error:
        raise BatchError(f"{path} is damaged ({error}); delete it and start the run again") from error
