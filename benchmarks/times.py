"""Measures time expressions and their values against TimeML corpora.

    python benchmarks/times.py DATA                                         DATA/timex/*.jsonl.gz
    python benchmarks/times.py DATA --part dev --errors 40                  what goes wrong, on the part to learn from
    python benchmarks/times.py DATA --floors benchmarks/floors.json         fail if a figure fell below its floor
    python benchmarks/times.py DATA --floors benchmarks/floors.json --update

Each line of a corpus is an article: ``{"doc", "dct": publication, "text", "timex": [[start, end, type, value, mod]]}``.
It is counted as in TempEval-3 (UzZaman et al. 2013): *extent*, expressions that overlap an annotated one; *type* and
*value*, those of them that also have its type and its value, letter by letter. Rules are written looking at the part
``dev``: all of AQUAINT and every second article of TimeBank, beginning with the first, in the order of their names.
What is reported is ``test``, the rest.

Exit code 0: done; 1: a figure is below its floor; 2: wrong usage.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from floors import check_floors, digest
from spacy.language import Language

from newsparse.defaults import DEFAULT_PIPELINE
from newsparse.evaluation.counts import Count, Figures
from newsparse.pipeline import COMPONENTS, load
from newsparse.pipeline.times.component import PUBLISHED

CORPORA = ("aquaint", "timebank")
HALVED = "timebank"
FIGURES = ("extent", "type", "value")
PARTS = ("dev", "test")
TIMES = "newsparse_times"


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: code points ``start`` to ``end``, TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str | None

    def overlaps(self, other: Timex) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class TimedArticle:
    """An article of a corpus with its annotated time expressions; ``part`` is dev or test."""

    corpus: str
    part: str
    doc: str
    published: str
    text: str
    times: tuple[Timex, ...]


Scored = tuple[TimedArticle, Sequence[Timex]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, check or update the floors."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.update and options.floors is None:
        parser.error("--update needs --floors FILE")
    files = [options.data / "timex" / f"{corpus}.jsonl.gz" for corpus in CORPORA]
    missing = [path for path in files if not path.exists()]
    if missing:
        parser.error(f"no such file: {missing[0]}")
    articles = [article for path in files for article in read_corpus(path)]
    chosen = [article for article in articles if options.part in (None, article.part)]
    scored = list(predicted(chosen, options.pipeline))
    rows = figures(scored)
    print("\n".join(table(rows)))
    for line in list(errors(scored))[: options.errors]:
        print(line)
    if options.floors is None:
        return 0
    gold = digest(files)
    fallen = [
        check_floors(
            options.floors, f"times {part}", gold, of_part(rows, part), options.update, options.allow_regression
        )
        for part in PARTS
        if options.part in (None, part)
    ]
    return int(any(fallen))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of the corpora")
    parser.add_argument("--part", choices=PARTS, help="only this part of the articles")
    parser.add_argument("--pipeline", default=DEFAULT_PIPELINE, help="name or path of the spaCy pipeline")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show so many mistakes")
    parser.add_argument("--floors", type=Path, metavar="FILE", help="fail if a figure is below its floor in FILE")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--allow-regression", action="store_true", help="with --update, lower floors as well")
    return parser


def read_corpus(path: Path) -> Iterator[TimedArticle]:
    """The articles of a corpus in the order of their names."""
    corpus = path.name.partition(".")[0]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = sorted((json.loads(line) for line in lines), key=lambda row: str(row["doc"]))
    for number, row in enumerate(rows):
        part = PARTS[number % 2] if corpus == HALVED else "dev"
        times = tuple(Timex(start, end, type_, value) for start, end, type_, value, _ in row["timex"])
        yield TimedArticle(corpus, part, row["doc"], row["dct"], row["text"], times)


def predicted(articles: Iterable[TimedArticle], pipeline: str) -> Iterator[Scored]:
    """Each article with the time expressions that are found in it."""
    nlp = load(pipeline)
    with nlp.select_pipes(disable=[name for name in COMPONENTS if name != TIMES]):
        for article in articles:
            yield article, _times(nlp, article)


def _times(nlp: Language, article: TimedArticle) -> list[Timex]:
    doc = nlp.make_doc(article.text)
    doc.user_data[PUBLISHED] = article.published
    doc = nlp(doc)
    spans = [(doc[time.start : time.end], time) for time in doc._.newsparse_times]
    return [Timex(span.start_char, span.end_char, time.type, time.value) for span, time in spans]


def figures(scored: Iterable[Scored]) -> Figures:
    """What was counted, by ``corpus part figure``; the parts together are those of ``all``."""
    found: Figures = {}
    for article, times in scored:
        pairs = paired(article.times, times)
        right = {
            "extent": len(pairs),
            "type": sum(gold.type == time.type for gold, time in pairs),
            "value": sum(gold.value == time.value for gold, time in pairs),
        }
        for group in (f"{article.corpus} {article.part}", f"all {article.part}", "all"):
            for figure in FIGURES:
                count = found.setdefault(f"{group} {figure}", Count())
                count.add(right[figure], len(article.times), len(times))
    return found


def of_part(rows: Figures, part: str) -> Figures:
    """The figures of both corpora together, of one part."""
    return {figure: rows[f"all {part} {figure}"] for figure in FIGURES if f"all {part} {figure}" in rows}


def paired(gold: Sequence[Timex], times: Sequence[Timex]) -> list[tuple[Timex, Timex]]:
    """Each annotated expression with the first one found that overlaps it, one to one."""
    free = list(times)
    pairs = []
    for wanted in gold:
        match = next((time for time in free if wanted.overlaps(time)), None)
        if match is not None:
            free.remove(match)
            pairs.append((wanted, match))
    return pairs


def table(rows: Figures) -> Iterator[str]:
    """The figures in per cent, a line each."""
    yield f"{'':28}     P     R    F1  annotated  found  right"
    for name, count in sorted(rows.items()):
        shares = "".join(f"{100 * share:6.1f}" for share in (count.precision, count.recall, count.f1))
        yield f"{name:28}{shares}{count.gold:11}{count.predicted:7}{count.right:7}"


def errors(scored: Iterable[Scored]) -> Iterator[str]:
    """What was missed, invented, or given another value, with the words around it."""
    for article, times in scored:
        pairs = paired(article.times, times)
        hit, right = {gold for gold, _ in pairs}, {time for _, time in pairs}
        yield from (_shown(article, "missed", time) for time in article.times if time not in hit)
        yield from (_shown(article, "invented", time) for time in times if time not in right)
        yield from (_shown(article, f"value {gold.value}", time) for gold, time in pairs if gold.value != time.value)


def _shown(article: TimedArticle, fault: str, time: Timex) -> str:
    before, after = article.text[max(0, time.start - 60) : time.start], article.text[time.end : time.end + 30]
    words = " ".join(f"{before}[{article.text[time.start : time.end]}]{after}".split())
    return f"{article.doc} {article.published[:10]} {fault}: {time.type} {time.value}  {words}"


if __name__ == "__main__":
    sys.exit(main())
