"""Measures `newsparse batch` against its bounds, on a WARC of pages and article JSONL.

    python benchmarks/batch.py DATA [--only path,workers,dask,memory,start,kills] [--pages 200] [--articles 12000]

DATA holds html/justice-2000.warc.gz and text/justice.jsonl.gz. Each ratio compares what was measured in turns in this
very run, so that a busy machine slows both sides down. The exit code is 1 if a bound is not kept.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import samples
from speed import EXTRACT, HELP, LOAD, NOTHING, PYTHON, Action, medians, until_first_line

from newsparse.article import Article
from newsparse.batch import cluster, local
from newsparse.batch.folder import RunFolder
from newsparse.batch.run import Engine, Selection, prepare, work
from newsparse.batch.settings import Settings, extractor_names
from newsparse.batch.shard import Job
from newsparse.batch.supervisor import Supervisor
from newsparse.defaults import DEFAULT_MIN_CONFIDENCE, DEFAULT_PIPELINE
from newsparse.extractor import Extractor
from newsparse.pipeline import COMPONENTS
from newsparse.sources import ReadOptions, warc
from newsparse.sources.base import Extent

SETTINGS = Settings(DEFAULT_PIPELINE, (), DEFAULT_MIN_CONFIDENCE, False, "event", "jsonl", ReadOptions())
SECONDS, MEMORY = 300.0, 2_000_000_000
SHARD_MB = 0.25
"""Small shards: the last ones of two workers end at about the same time."""

KILLS = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A figure, and the bound it has to keep: at most ``most`` or at least ``least``."""

    name: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the bound is kept."""
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    def __str__(self) -> str:
        bound = f"at most {self.most:g}" if self.most is not None else f"at least {self.least}"
        told = "" if self.most is self.least is None else f"  ({bound}{'' if self.kept else ': NOT KEPT'})"
        return f"{self.name:44} {self.value:12,.3f} {self.unit}{told}"


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is measured on."""

    pages: Path
    articles: Path
    page_count: int
    article_count: int
    runs: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with html/ and text/")
    parser.add_argument("--only", default=",".join(MEASURES), help="what to measure, separated by commas")
    parser.add_argument("--pages", type=int, default=200, help="pages for comparisons of speed (default: 200)")
    parser.add_argument("--articles", type=int, default=12_000, help="articles for memory (default: 12000)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each measurement (default: 3)")
    options = parser.parse_args(arguments)
    pages, articles = options.data / "html/justice-2000.warc.gz", options.data / "text/justice.jsonl.gz"
    corpus = Corpus(pages, articles, options.pages, options.articles, options.runs)
    kept = True
    for name in options.only.split(","):
        for row in MEASURES[name](corpus):
            print(row, flush=True)
            kept &= row.kept
    return 0 if kept else 1


def path(corpus: Corpus) -> Iterator[Row]:
    """The whole way from page to records against trafilatura and the base pipeline alone on the same pages."""
    from trafilatura import bare_extraction

    extractor = Extractor()
    entries = list(islice(warc.entries(Extent(str(corpus.pages)), ReadOptions(), Counter()), corpus.page_count))
    texts = [item.text for item in (entry.make() for entry in entries) if isinstance(item, Article)]
    bodies = [entry.make.args[1].decode("utf-8", "replace") for entry in entries if isinstance(entry.make, partial)]

    def whole() -> None:
        for entry in entries:
            item = entry.make()
            record = extractor.extract_one(item) if isinstance(item, Article) else item
            [event.to_json() for event in getattr(record, "event_records", list)()]

    def floor() -> None:
        for body in bodies:
            bare_extraction(body, with_metadata=True)
        with extractor.nlp.select_pipes(disable=[name for name in COMPONENTS if name in extractor.nlp.pipe_names]):
            for text in texts:
                with extractor.nlp.memory_zone():
                    extractor.nlp(text)

    seconds = medians({"whole": timed(whole), "floor": timed(floor)}, corpus.runs)
    yield Row("page to records", len(entries) / seconds["whole"], "pages/s")
    yield Row("trafilatura + base pipeline", len(entries) / seconds["floor"], "pages/s")
    yield Row("page to records / floor", seconds["whole"] / seconds["floor"], "times the time", most=1.35)


def workers(corpus: Corpus) -> Iterator[Row]:
    """Two workers against one."""
    yield from _compared(
        corpus, "two workers / one", 1.85, partial(local.run, workers=2), partial(local.run, workers=1)
    )


def dask(corpus: Corpus) -> Iterator[Row]:
    """Dask with two workers against local processes."""
    yield from _compared(
        corpus, "Dask / local, two workers each", 0.95, partial(cluster.run, workers=2), partial(local.run, workers=2)
    )


def _compared(corpus: Corpus, name: str, least: float, engine: Engine, other: Engine) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        pages = _excerpt(corpus, Path(folder))
        actions = {"engine": _run_of(pages, Path(folder), engine), "other": _run_of(pages, Path(folder), other)}
        seconds = medians(actions, corpus.runs)
    yield Row(f"{name}: first", corpus.page_count / seconds["engine"], "pages/s")
    yield Row(f"{name}: second", corpus.page_count / seconds["other"], "pages/s")
    yield Row(name, seconds["other"] / seconds["engine"], "times the speed", least=least)


def _excerpt(corpus: Corpus, folder: Path) -> Path:
    """The first pages of the archive."""
    entries = list(islice(warc.entries(Extent(str(corpus.pages)), ReadOptions(), Counter()), corpus.page_count + 1))
    end = int(entries[-1].place.rpartition(":")[2]) if len(entries) > corpus.page_count else None
    target = folder / "pages.warc.gz"
    target.write_bytes(corpus.pages.read_bytes()[:end])
    return target


def _run_of(pages: Path, folder: Path, engine: Engine) -> Action:
    """A whole run in a new folder: seconds, with the start of the workers."""

    def action() -> float:
        with tempfile.TemporaryDirectory(dir=folder) as name:
            return _seconds_of_run(RunFolder(Path(name) / "run"), pages, engine)

    return action


def _seconds_of_run(folder: RunFolder, pages: Path, engine: Engine) -> float:
    with folder.lock():
        manifest = prepare(folder, SETTINGS, Selection([str(pages)], None, SHARD_MB))
        job = Job(folder.path, SETTINGS, extractor_names(manifest.identity), SECONDS, MEMORY)
        start = time.perf_counter()
        for _ in work(folder, manifest, job, engine):
            pass
        return time.perf_counter() - start


def memory(corpus: Corpus) -> Iterator[Row]:
    """Resident memory of a worker after many articles against after a twelfth of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = RunFolder(Path(name))
        manifest = prepare(folder, SETTINGS, Selection([str(corpus.articles)], None, 1000))
        supervisor = Supervisor(SETTINGS, extractor_names(manifest.identity), SECONDS, MEMORY)
        megabytes: dict[int, float] = {}
        marks = (corpus.article_count // 12, corpus.article_count)
        for number, _ in enumerate(islice(supervisor.outcomes(manifest.shards[0]), corpus.article_count), 1):
            if number in marks and supervisor.pid is not None:
                megabytes[number] = _resident_mb(supervisor.pid)
        supervisor.close()
    for count in marks:
        yield Row(f"resident memory after {count:,} articles", megabytes[count], "MB", most=1000)
    yield Row("memory, last / first", megabytes[marks[1]] / megabytes[marks[0]], "times", most=1.05)


def _resident_mb(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def start(corpus: Corpus) -> Iterator[Row]:
    """A first record from one saved page, with everything still to be loaded; and the help."""
    page = str(samples.page(samples.SLUGS[0]))
    commands = {"nothing": NOTHING, "help": HELP, "load": LOAD, "first": (*EXTRACT, page)}
    seconds = medians({name: until_first_line(command) for name, command in commands.items()}, max(corpus.runs, 5))
    yield Row("import spacy and load", seconds["load"], "s")
    yield Row("first record of a page", seconds["first"], "s")
    yield Row("first record / import and load", seconds["first"] / seconds["load"], "times the time", most=1.6)
    yield Row("newsparse --help - python -c pass", seconds["help"] - seconds["nothing"], "s", most=0.2)


def kills(corpus: Corpus) -> Iterator[Row]:
    """Runs over all pages in which workers and the run itself are killed at random, for each engine."""
    with tempfile.TemporaryDirectory() as name:
        undisturbed = Path(name) / "undisturbed"
        _seconds_of_run(RunFolder(undisturbed), corpus.pages, partial(local.run, workers=2))
        for engine in ("local", "dask"):
            folder = Path(name) / engine
            killed = _killed_run(corpus, folder, engine)
            yield Row(f"{engine}: processes killed", killed, "kills", least=KILLS)
            yield Row(f"{engine}: files that differ", _different(undisturbed, folder), "files", most=0)


def _killed_run(corpus: Corpus, folder: Path, engine: str) -> int:
    """Start the run until it is done, and kill one of its processes again and again; says how often."""
    command = [PYTHON, "-m", "newsparse", "batch", str(corpus.pages), "-o", str(folder), "--engine", engine]
    command += ["--workers", "2", "--shard-size", str(SHARD_MB), "--quiet"]
    chance, killed = random.Random(0), 0
    while True:
        process = subprocess.Popen(command)
        while process.poll() is None:
            time.sleep(chance.uniform(1, 20))
            # Dask's scheduler lives in the run itself, its workers are children, ours their children.
            victims = [process.pid, *_descendants(process.pid)]
            if killed < KILLS and process.poll() is None:
                os.kill(chance.choice(victims), signal.SIGKILL)
                killed += 1
        if process.returncode in (0, 1) and killed >= KILLS:
            return killed
        if process.returncode in (0, 1):
            raise RuntimeError(f"the run ended after {killed} kills; take more pages")


def _descendants(pid: int) -> list[int]:
    found = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            direct = [int(child) for child in children.read_text().split()]
        except OSError:  # it has ended
            continue
        found += [pid for child in direct for pid in (child, *_descendants(child))]
    return found


def _different(one: Path, other: Path) -> int:
    names = {str(path.relative_to(one)) for path in one.rglob("*") if path.is_file()}
    names |= {str(path.relative_to(other)) for path in other.rglob("*") if path.is_file()}
    names -= {"log.jsonl", ".lock"}
    return sum(not _same(one / name, other / name) for name in names)


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()


def timed(action: Callable[[], None]) -> Action:
    """The action, measured in seconds."""

    def measure() -> float:
        begin = time.perf_counter()
        action()
        return time.perf_counter() - begin

    return measure


MEASURES: Mapping[str, Callable[[Corpus], Iterator[Row]]] = {
    "path": path,
    "workers": workers,
    "dask": dask,
    "memory": memory,
    "start": start,
    "kills": kills,
}

if __name__ == "__main__":
    sys.exit(main())
