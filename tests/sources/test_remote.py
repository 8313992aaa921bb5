from __future__ import annotations

import sys
from collections import Counter

import pytest
from web_archives import compressed, record

from newsparse.batch.inputs import find
from newsparse.errors import SourceError
from newsparse.sources import ReadOptions, warc

fsspec = pytest.importorskip("fsspec")


def test_remote_archives_are_found_and_read_in_ranges() -> None:
    files = fsspec.filesystem("memory")
    for name in "ab":
        files.pipe(
            f"/news/{name}.warc.gz", compressed([record(f"https://courier.example/{name}{n}") for n in range(3)])
        )
    inputs = find(["memory://news/*.warc.gz"])
    assert [(item.kind, item.location.rpartition("/")[2]) for item in inputs] == [
        ("warc", "a.warc.gz"),
        ("warc", "b.warc.gz"),
    ]
    extents = list(warc.cut(inputs[0].location, inputs[0].bytes // 3))
    entries = [entry for extent in extents for entry in warc.entries(extent, ReadOptions(), Counter())]
    assert (len(extents), len(entries)) == (3, 3)


def test_fsspec_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(SourceError, match=r"pip install 'newsparse\[remote\]'"):
        find(["s3://bucket/a.warc.gz"])
