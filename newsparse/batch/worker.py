"""A worker: a process with one loaded pipeline that turns items into records, one after the other.

It may die at any moment without harm: it owns no file, and whoever started it knows which item it was at.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from newsparse.article import Article
from newsparse.batch.index import index_row
from newsparse.batch.plan import Shard
from newsparse.batch.protocol import Begun, Broken, Finished, Outcome, Ready, Refused, Setup, Task, receive, send
from newsparse.batch.settings import Settings
from newsparse.errors import NewsparseError
from newsparse.sources.archives import ARCHIVES
from newsparse.sources.base import Entry, Failure, Item, ReadOptions, Skipped

if TYPE_CHECKING:
    from newsparse.extractor import Extractor


def main() -> NoReturn:
    """Answer tasks from stdin on stdout until stdin ends."""
    try:
        _serve()
    except BaseException:  # whatever it is, its last line is told to the user
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    # Not by the interpreter's own end, which fails while the listening thread waits for stdin.
    os._exit(0)


def _serve() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the run, which then ends its workers
    answers = _take_stdout()
    tasks: queue.SimpleQueue[Setup | Task] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(tasks,), daemon=True).start()
    setup = tasks.get()
    assert isinstance(setup, Setup)
    _limit_memory(setup.memory_limit)
    try:
        extractor = _load(setup.settings)
    except NewsparseError as error:
        send(answers, Refused(str(error)))
        return
    send(answers, Ready(extractor.info.model_dump()))
    while True:
        task = tasks.get()
        assert isinstance(task, Task)
        for answer in work(task, extractor, setup.settings):
            send(answers, answer)


def _take_stdout() -> BinaryIO:
    """The stream for answers; what libraries print goes to stderr."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _listen(tasks: queue.SimpleQueue[Setup | Task]) -> None:
    """Pass on what arrives. When nobody is left to send anything, end at once, in the middle of whatever it is."""
    for message in receive(sys.stdin.buffer):
        tasks.put(message)
    os._exit(0)


def _limit_memory(limit: int | None) -> None:
    """Make requests for memory beyond the limit fail, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    if limit is not None:
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _load(settings: Settings) -> Extractor:
    from pathlib import Path

    from newsparse.extractor import Extractor

    return Extractor(settings.pipeline, tuple(map(Path, settings.rules)), settings.min_confidence, settings.explain)


def work(task: Task, extractor: Extractor, settings: Settings) -> Iterator[Begun | Outcome | Finished | Broken]:
    """Work the items of a shard off, in their order, each told before it is begun."""
    skipped: Skipped = Counter()
    try:
        for number, entry in enumerate(entries(task.shard, settings.read, skipped)):
            if number < task.first:
                continue
            yield Begun(number, entry.place)
            yield replace(outcome(entry, extractor, settings), number=number)
    except Exception as error:  # a fault of a reader costs the shard, which is told, and not the run
        yield Broken(f"{type(error).__name__}: {error}")
    else:
        yield Finished(dict(sorted(skipped.items())))


def entries(shard: Shard, options: ReadOptions, skipped: Skipped) -> Iterator[Entry]:
    """The items of all pieces of a shard."""
    for piece in shard.pieces:
        yield from ARCHIVES[piece.kind].entries(piece.extent, options, skipped)


def outcome(entry: Entry, extractor: Extractor, settings: Settings) -> Outcome:
    """What becomes of an item: records, or a failure that says where it was."""
    item = _made(entry)
    result = extractor.extract_one(item) if isinstance(item, Article) else item
    if isinstance(result, Failure):
        return Outcome(0, failure=_placed(result, entry.place))
    assert isinstance(item, Article)
    written = [result] if settings.records == "article" else result.event_records()
    try:
        lines = tuple(record.to_json().encode() for record in written)
    except ValueError as error:
        return Outcome(0, failure=Failure(entry.place, "write", "not-writable", str(error)))
    return Outcome(0, lines, index_row(item, result), len(result.events))


def _made(entry: Entry) -> Item:
    try:
        return entry.make()
    except Exception as error:  # one bad item must never stop the others
        return Failure(entry.place, "extract", "crash", f"{type(error).__name__}: {error}")


def _placed(failure: Failure, place: str) -> Failure:
    """The failure under the place of its item in the archive; a lack of memory by its name."""
    if failure.code == "crash" and failure.message.startswith("MemoryError"):
        message = "the article needs more memory than a worker may have; give more with --memory-limit"
        failure = replace(failure, code="memory", message=message)
    if failure.source == place:
        return failure
    about = "" if failure.source in failure.message else f"{failure.source}: "
    return replace(failure, source=place, message=f"{about}{failure.message}")


if __name__ == "__main__":
    main()
