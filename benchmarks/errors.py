"""Counts what goes wrong with events and arguments, by cause, so that the next step is chosen by figures.

python benchmarks/errors.py DATA                        the articles of DATA that no network learned from
python benchmarks/errors.py DATA --split dev            DATA/events/dev.jsonl
python benchmarks/errors.py DATA --show "wrong type"    with the words of each case
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from newsparse.annotation.article import AnnotatedArticle
from newsparse.annotation.read import read_annotated
from newsparse.evaluation.causes import Case, argument_cases, event_cases
from newsparse.extractor import Extractor
from newsparse.sources.base import Failure

sys.path.insert(0, str(Path(__file__).parents[1] / "models"))  # its scripts import each other as modules of one folder

import prepare


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--split", default="held-out", help="dev, train, or held-out: the part of train that no network saw.")
@click.option("--show", default="", help="Print the cases whose cause holds these words.")
def main(data: Path, split: str, show: str) -> None:
    """Extract the articles of DATA and count the errors by cause."""
    path = data / "events" / f"{'train' if split == 'held-out' else split}.jsonl"
    articles = read_annotated([path])
    if split == "held-out":
        unseen = prepare.held_out_names(data)
        articles = [article for article in articles if article.article.id in unseen]
    cases = list(_cases(articles))
    counts = Counter((case.kind, case.cause) for case in cases)
    for kind in sorted({case.kind for case in cases}):
        total = sum(count for (k, _), count in counts.items() if k == kind)
        click.echo(f"{kind}: {total}")
        for (k, cause), count in counts.most_common():
            if k == kind:
                click.echo(f"  {count:5} {count / total:6.1%}  {cause}")
    for case in cases:
        if show and show in f"{case.kind} {case.cause}":
            click.echo(f"{case.kind}, {case.cause}: {case.words}")


def _cases(articles: Sequence[AnnotatedArticle]) -> Iterator[Case]:
    sure, all_events = Extractor(), Extractor(min_confidence=0.0)
    for gold in articles:
        record, unsure = sure.extract_one(gold.article), all_events.extract_one(gold.article)
        if isinstance(record, Failure) or isinstance(unsure, Failure):
            raise click.ClickException(f"{gold.article.id}: {record}")
        yield from event_cases(gold, record, unsure.events)
        yield from argument_cases(gold, record)


if __name__ == "__main__":
    main()
