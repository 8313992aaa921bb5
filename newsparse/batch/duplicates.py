"""Near-duplicates across a run, such as wire copies: which article is a copy of which earlier one.

Candidates share a band of their signatures (locality-sensitive hashing: Leskovec, Rajaraman, Ullman, "Mining of Massive
Datasets", chapter 3). Bands are sorted one at a time instead of being kept in tables, so that a million articles take
some 140 MB (measured on 300,000, a tenth of them copies).
Whether a candidate is a copy is decided by the whole signatures, against the first article of each group,
not from copy to copy: what drifts away from the original does not pull others along.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsparse.batch.folder import RunFolder
from newsparse.batch.merge import shard_lines
from newsparse.batch.parts import Part
from newsparse.batch.signature import HASHES, from_text
from newsparse.errors import BatchError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIMILARITY = 0.7
"""Jaccard similarity of five-word shingles from which an article is a copy: one word in 26 changed, or three tenths
cut off."""

BANDS = 16
"""Of four numbers each: articles of similarity 0.7 share one with a probability of 0.99, those of 0.3 with 0.12."""

_FILE = "duplicates.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that is a copy of an earlier one.

    Attributes:
        article: its number in the run, from 0.
        duplicate_of: id of the first article of its group.
        similarity: of the two, from 0 to 1.
        same_as: id of an event → id of the same event in the first article; events that it does not have are left out.
    """

    article: int
    duplicate_of: str
    similarity: float
    same_as: Mapping[str, str]


def find(folder: RunFolder, threshold: float = SIMILARITY) -> int:
    """Find the copies of a run and write them down in its folder.

    Args:
        folder: the run; all its shards must be done.
        threshold: similarity from which an article is a copy.

    Returns:
        how many copies there are.

    Raises:
        BatchError: shards are left, or a file is damaged.
    """
    articles = _articles(folder)
    with tempfile.NamedTemporaryFile(dir=folder.path, prefix=".signatures.", suffix=".tmp") as file:
        signatures, known = _signatures(folder, Path(file.name), articles)
        leaders = _leaders(signatures, known, threshold)
    copies = list(leaders)
    part = Part(folder.path / _FILE, "event")
    try:
        part.write(_line({"articles": articles, "similarity": threshold, "copies": len(copies)}))
        for copy in _described(folder, leaders):
            part.write(
                _line(
                    {
                        "article": copy.article,
                        "duplicate_of": copy.duplicate_of,
                        "similarity": copy.similarity,
                        "same_as": copy.same_as,
                    }
                )
            )
        part.complete()
        part.put_in_place()
    finally:
        part.drop()
    return len(copies)


def load(folder: RunFolder) -> Iterator[Copy] | None:
    """The copies that were found, in the order of the input; None if nobody has looked for them yet.

    Raises:
        BatchError: the run has gone on since.
    """
    path = folder.path / _FILE
    if not path.exists():
        return None
    rows = map(json.loads, shard_lines(path))
    if next(rows)["articles"] != _articles(folder):
        raise BatchError(
            f"{path} is of an earlier state of the run; make it anew: newsparse batch duplicates {folder.path}"
        )
    return (Copy(**row) for row in rows)


def index_rows(folder: RunFolder) -> Iterator[dict[str, Any]]:
    """What the run remembers of its articles, in the order of the input.

    Raises:
        BatchError: a file is damaged.
    """
    for number in sorted(folder.done()):
        yield from map(json.loads, shard_lines(folder.file(number, "index")))


def _articles(folder: RunFolder) -> int:
    return sum(done.articles for done in folder.done().values())


def _signatures(folder: RunFolder, path: Path, count: int) -> tuple[NDArray[np.uint16], NDArray[np.intp]]:
    """The signatures of all articles, in a file that is mapped into memory, and which articles have one."""
    import numpy as np

    signatures = np.memmap(path, dtype="<u2", mode="w+", shape=(max(count, 1), HASHES))
    known = np.zeros(count, dtype=bool)
    for number, row in enumerate(index_rows(folder)):
        if row["signature"] is not None:
            signatures[number] = from_text(row["signature"])
            known[number] = True
    return signatures, np.flatnonzero(known)


def _leaders(signatures: NDArray[np.uint16], known: NDArray[np.intp], threshold: float) -> dict[int, tuple[int, float]]:
    """Number of each copy → number of the first article of its group, and their similarity."""
    leaders: dict[int, tuple[int, float]] = {}
    for article, candidates in _candidates(signatures, known):
        firsts = sorted({leaders.get(candidate, (candidate, 1.0))[0] for candidate in candidates})
        equal = (signatures[firsts] == signatures[article]).mean(axis=1)
        best = int(equal.argmax())  # of equals the first
        if equal[best] >= threshold:
            leaders[article] = (firsts[best], round(float(equal[best]), 4))
    return leaders


def _candidates(signatures: NDArray[np.uint16], known: NDArray[np.intp]) -> Iterator[tuple[int, Sequence[int]]]:
    """Each article that shares a band with earlier ones, with the first and the last of these of every band."""
    import numpy as np

    pairs = [np.zeros((0, 2), dtype=np.uint32)]
    for band in range(BANDS):
        width = HASHES // BANDS
        keys = np.ascontiguousarray(signatures[known, band * width : (band + 1) * width]).view(np.uint64).ravel()
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        new = np.concatenate([[True], keys[1:] != keys[:-1]]) if len(keys) else np.zeros(0, dtype=bool)
        starts = np.flatnonzero(new)
        first = np.repeat(starts, np.diff(np.append(starts, len(keys))))
        later = np.flatnonzero(~new)
        pairs += [
            np.stack([known[order[later]], known[order[earlier]]], axis=1).astype(np.uint32)
            for earlier in (first[later], later - 1)
        ]
    found = np.unique(np.concatenate(pairs), axis=0)
    if not len(found):
        return
    bounds = np.flatnonzero(np.append(True, found[1:, 0] != found[:-1, 0])).tolist()
    for start, stop in zip(bounds, [*bounds[1:], len(found)], strict=True):
        yield int(found[start, 0]), [int(candidate) for candidate in found[start:stop, 1]]


def _described(folder: RunFolder, leaders: Mapping[int, tuple[int, float]]) -> Iterator[Copy]:
    """The copies with ids; of all other articles only those that have copies are kept in memory."""
    originals = {leader for leader, _ in leaders.values()}
    kept: dict[int, dict[str, Any]] = {}
    for number, row in enumerate(index_rows(folder)):
        if number in leaders:
            leader, similarity = leaders[number]
            yield Copy(number, kept[leader]["id"], similarity, _same_events(row["events"], kept[leader]["events"]))
        elif number in originals:
            kept[number] = row


def _same_events(copies: Sequence[Mapping[str, Any]], originals: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Events of a copy → the same events of the original: of one type, and told in the most sentences of one wording.

    Where no sentence has the same words, an event is the same if either article has no other of its type.
    """
    found = {}
    for event in copies:
        same_type = [other for other in originals if other["type"] == event["type"]]
        shared = [len(set(event["sentences"]) & set(other["sentences"])) for other in same_type]
        alone = len(same_type) == 1 and sum(other["type"] == event["type"] for other in copies) == 1
        most = max(shared, default=0)
        if most or alone:
            found[event["id"]] = same_type[shared.index(most)]["id"]
    return found


def _line(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode()
