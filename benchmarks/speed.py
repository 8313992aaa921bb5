"""Measures speed and memory on texts made of the sample articles.

    python benchmarks/speed.py [--words 30000] [--runs 5]

Each figure is the median of several runs. What is compared takes turns, so that a busy machine slows down both. The
texts repeat the samples; every repetition is an article of its own, and nothing is kept from one to the next.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

import samples
import spacy
from spacy.language import Language
from spacy.training import Example

from newsparse.article import Article
from newsparse.defaults import DEFAULT_PIPELINE
from newsparse.extractor import Extractor
from newsparse.pipeline import COMPONENTS
from newsparse.records import ArticleRecord
from newsparse.sinks.plain import article_object

PYTHON = sys.executable
NOTHING = (PYTHON, "-c", "pass")
HELP = (PYTHON, "-m", "newsparse", "--help")
LOAD = (PYTHON, "-c", f"import spacy; spacy.load({DEFAULT_PIPELINE!r}); print()")
EXTRACT = (PYTHON, "-m", "newsparse", "extract", "--quiet", "--records", "article")
PARSE = (
    PYTHON,
    "-c",
    "import json, sys, spacy\n"
    f"nlp = spacy.load({DEFAULT_PIPELINE!r})\n"
    "for line in open(sys.argv[1], encoding='utf-8'):\n"
    "    with nlp.memory_zone():\n"
    "        nlp(json.loads(line)['text'])\n",
)
"""The base pipeline over article JSONL, without newsparse."""

PEAK_MEMORY_OF = (
    PYTHON,
    "-c",
    "import resource, subprocess, sys\n"
    "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)\n"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n",
)
"""Runs the command that follows. A process of its own, since Linux counts to a child what its parent held."""

FEW = 5
"""Articles from which the pipeline that is compared takes its labels."""

MAXRSS_PER_MIB = 1 << 20 if sys.platform == "darwin" else 1 << 10
"""Linux tells the peak memory of a process in KiB, macOS in bytes."""

Action = Callable[[], float]
"""Does something and returns what was measured."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=30_000, help="length of the texts together (default: 30000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each measurement (default: 5)")
    options = parser.parse_args(arguments)
    articles = corpus(options.words)
    print(f"{len(articles)} articles, {total_words(articles):,} words; medians of {options.runs} runs\n")
    for measure in (throughput, components, startup, memory):
        for row in measure(articles, options.runs):
            print(row, flush=True)
        print()
    return 0


def corpus(words: int) -> list[Article]:
    """The sample articles, over and over until they have so many words."""
    articles: list[Article] = []
    for article in cycle([samples.article(slug) for slug in samples.SLUGS]):
        if total_words(articles) >= words:
            break
        articles.append(article)
    return articles


def total_words(articles: Sequence[Article]) -> int:
    """Words as a reader counts them: what stands between white space."""
    return sum(len(article.text.split()) for article in articles)


def medians(actions: Mapping[str, Action], runs: int) -> dict[str, float]:
    """The median of what each action returns; the actions take turns."""
    measured: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(runs):
        for name, action in actions.items():
            measured[name].append(action())
    return {name: statistics.median(values) for name, values in measured.items()}


def throughput(articles: Sequence[Article], runs: int) -> Iterator[str]:
    """Words a second of the base pipeline alone and of the whole way from text to lines of JSON."""
    extractor = Extractor()
    usual = usual_architecture(articles)
    actions = {
        "base": lambda: _parse(extractor.nlp, articles),
        "usual": lambda: _parse(usual, articles),
        "whole": lambda: _extract(extractor, articles),
    }
    seconds = medians({**actions, "read": _read_pages}, runs)
    words = total_words(articles)
    yield _row("base pipeline alone", words / seconds["base"], "words/s")
    yield _row("spaCy's small architecture", words / seconds["usual"], "words/s")
    yield _row("base pipeline / small architecture", seconds["base"] / seconds["usual"], "times the time", digits=2)
    yield _row("text to records", words / seconds["whole"], "words/s")
    yield _row("text to records / base alone", seconds["whole"] / seconds["base"], "times the time", digits=2)
    yield _row("page to article", 1000 * seconds["read"] / len(samples.SLUGS), "ms a page", digits=1)


def usual_architecture(articles: Sequence[Article]) -> Language:
    """What most people run: spaCy's small convolutional pipeline with random weights, to tell a speed by.

    Its labels are those of our pipeline's output on a few articles; its annotations mean nothing.
    """
    teacher = Extractor().nlp
    nlp = spacy.blank("en")
    for name in ("tok2vec", "tagger", "parser", "ner"):
        nlp.add_pipe(name, config=_small(name))
    with teacher.select_pipes(disable=list(COMPONENTS)):
        docs = [teacher(article.text) for article in articles[:FEW]]
    nlp.initialize(lambda: [Example(nlp.make_doc(doc.text), doc) for doc in docs])
    return nlp


def _small(name: str) -> dict[str, Any]:
    """The configuration with which ``spacy init config`` begins, of the size of the published small pipelines."""
    if name == "tok2vec":
        embed = {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 96,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
            "rows": [5000, 1000, 2500, 2500, 50, 50],
            "include_static_vectors": False,
        }
        encode = {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 96,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        }
        return {"model": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}}
    if name == "ner":  # has a stack of its own in the published pipelines
        return {"model": {"tok2vec": _small("tok2vec")["model"]}}
    return {"model": {"tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}}}


def _parse(nlp: Language, articles: Sequence[Article]) -> float:
    with nlp.select_pipes(disable=[name for name in COMPONENTS if name in nlp.pipe_names]):
        start = time.perf_counter()
        for article in articles:
            with nlp.memory_zone():
                nlp(article.text)
        return time.perf_counter() - start


def _extract(extractor: Extractor, articles: Sequence[Article]) -> float:
    start = time.perf_counter()
    for record in extractor.extract(articles):
        if not isinstance(record, ArticleRecord):
            raise RuntimeError(record.message)
        record.to_json()
    return time.perf_counter() - start


def _read_pages() -> float:
    start = time.perf_counter()
    for slug in samples.SLUGS:
        samples.article(slug)
    return time.perf_counter() - start


def components(articles: Sequence[Article], runs: int) -> Iterator[str]:
    """Time of each part of the pipeline."""
    extractor = Extractor()
    measured = [_component_seconds(extractor, articles) for _ in range(runs)]
    per_word = 1_000_000 / total_words(articles)
    for name in measured[0]:
        yield _row(name, per_word * statistics.median(run[name] for run in measured), "µs a word", digits=1)


def _component_seconds(extractor: Extractor, articles: Sequence[Article]) -> dict[str, float]:
    seconds = dict.fromkeys(extractor.nlp.pipe_names, 0.0)
    for article in articles:
        with extractor.nlp.memory_zone():
            doc = extractor.nlp.make_doc(article.text)
            doc.user_data["newsparse_published"] = article.published
            doc.user_data["newsparse_title_end"] = article.title_end
            for name, component in extractor.nlp.pipeline:
                start = time.perf_counter()
                doc = component(doc)
                seconds[name] += time.perf_counter() - start
    return seconds


def startup(_: Sequence[Article], runs: int) -> Iterator[str]:
    """Time until something appears, with everything still to be loaded."""
    one = str(samples.page(samples.SLUGS[0]))
    commands = {"nothing": NOTHING, "help": HELP, "load": LOAD, "first": (*EXTRACT, one)}
    seconds = medians({name: until_first_line(command) for name, command in commands.items()}, runs)
    yield _row("python -c pass", 1000 * seconds["nothing"], "ms")
    yield _row("newsparse --help", 1000 * seconds["help"], "ms")
    yield _row("spacy.load", 1000 * seconds["load"], "ms")
    yield _row("newsparse extract, first record", 1000 * seconds["first"], "ms")


def until_first_line(command: Sequence[str]) -> Action:
    """Seconds until a command writes its first line."""

    def measure() -> float:
        start = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout is not None
            process.stdout.readline()
            seconds = time.perf_counter() - start
            process.stdout.read()
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        return seconds

    return measure


def memory(articles: Sequence[Article], runs: int) -> Iterator[str]:
    """Peak memory of a process over all the articles, which must not depend on how many there are."""
    with _as_jsonl(articles) as many, _as_jsonl(articles[: len(samples.SLUGS)]) as few:
        commands = {"base": (*PARSE, many), "few": (*EXTRACT, few), "many": (*EXTRACT, many)}
        mib = medians({name: _peak_memory(command) for name, command in commands.items()}, min(runs, 3))
    yield _row("peak memory, base alone", mib["base"], "MiB")
    yield _row(f"extract, {len(samples.SLUGS)} articles", mib["few"], "MiB")
    yield _row(f"extract, {len(articles)} articles", mib["many"], "MiB")


def _peak_memory(command: Sequence[str]) -> Action:
    def measure() -> float:
        done = subprocess.run([*PEAK_MEMORY_OF, *command], capture_output=True, text=True, check=True)
        return int(done.stdout) / MAXRSS_PER_MIB

    return measure


@contextmanager
def _as_jsonl(articles: Sequence[Article]) -> Iterator[str]:
    """A file with the articles as ``newsparse extract`` reads them, each under an id of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        rows = [dict(article_object(article)) | {"id": str(number)} for number, article in enumerate(articles)]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        yield str(path)


def _row(name: str, value: float, unit: str, digits: int = 0) -> str:
    return f"{name:34} {value:10,.{digits}f} {unit}"


if __name__ == "__main__":
    sys.exit(main())
