"""Measures the quality of the records against annotated articles.

    python benchmarks/quality.py                                            the sample articles
    python benchmarks/quality.py DATA --split dev --errors 20               DATA/events/dev.jsonl
    python benchmarks/quality.py DATA --floors benchmarks/floors.json       fail if a figure fell below its floor
    python benchmarks/quality.py DATA --floors benchmarks/floors.json --update

Exit code 0: done; 1: a figure is below its floor, or an article failed; 2: wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import samples
from floors import check_floors, digest

from newsparse.annotation.article import AnnotatedArticle
from newsparse.annotation.read import read_annotated
from newsparse.evaluation import score
from newsparse.evaluation.differences import differing_events
from newsparse.extractor import Extractor
from newsparse.records import ArticleRecord
from newsparse.report.figures import table

SAMPLES = "samples"

Scored = tuple[AnnotatedArticle, ArticleRecord | None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, check or update the floors."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.update and options.floors is None:
        parser.error("--update needs --floors FILE")
    name, files = _files(options.data, options.split)
    missing = [path for path in files if not path.exists()]
    if missing:
        parser.error(f"no such file: {missing[0]}")
    scored = list(extracted(_articles(options.data, files), options.pipeline))
    figures = score(scored)
    print(table(figures))
    if options.output:
        _write_records(options.output, scored)
    for difference in differing_events(scored, options.errors):
        print(difference)
    failed = [gold.article.id for gold, record in scored if record is None]
    if failed:
        print(f"no record of {', '.join(failed)}", file=sys.stderr)
    fallen = bool(options.floors) and check_floors(
        options.floors, name, digest(files), figures, options.update, options.allow_regression
    )
    return int(fallen or bool(failed))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, help="folder of the corpora; without it, the sample articles")
    parser.add_argument("--split", default="dev", help="which articles of DATA/events (default: dev)")
    parser.add_argument("--pipeline", default="en_newsparse", help="name or path of the spaCy pipeline")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show so many missed and invented events")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the article records too")
    parser.add_argument("--floors", type=Path, metavar="FILE", help="fail if a figure is below its floor in FILE")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--allow-regression", action="store_true", help="with --update, lower floors as well")
    return parser


def _files(data: Path | None, split: str) -> tuple[str, list[Path]]:
    """Name of the set of articles and the files with its annotations."""
    if data is None:
        return SAMPLES, [samples.annotation_file(slug) for slug in samples.SLUGS]
    return split, [data / "events" / f"{split}.jsonl"]


def _articles(data: Path | None, files: Sequence[Path]) -> Iterable[AnnotatedArticle]:
    if data is None:
        return map(samples.gold, samples.SLUGS)
    return read_annotated(files)


def extracted(articles: Iterable[AnnotatedArticle], pipeline: str) -> Iterator[Scored]:
    """Each article with its record, or None where extraction failed."""
    extractor = Extractor(pipeline)
    for gold in articles:
        record = extractor.extract_one(gold.article)
        yield gold, record if isinstance(record, ArticleRecord) else None


def _write_records(path: Path, scored: Iterable[Scored]) -> None:
    lines = [record.to_json() + "\n" for _, record in scored if record is not None]
    path.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
