"""``newsparse evaluate``: how good records are, against annotated articles."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from newsparse.cli.command import command, option
from newsparse.cli.messages import Messages, Tally, counted, open_messages
from newsparse.cli.options import (
    ExtractionOptions,
    MessageOptions,
    measured_extraction_options,
    message_options,
)
from newsparse.cli.streams import use_color
from newsparse.report.printable import printable

if TYPE_CHECKING:
    from newsparse.annotation.article import AnnotatedArticle
    from newsparse.evaluation import Figures, Measured

EXAMPLES = (
    "newsparse evaluate fixtures",
    "newsparse evaluate gold.jsonl records.jsonl",
    "newsparse evaluate my-articles/ --pipeline my-pipeline --rules my.yaml",
    "newsparse evaluate gold.jsonl --show 20",
    "newsparse evaluate gold.jsonl --format json | jq .figures.event.f1",
)

EXIT_CODES = (
    ("0", "measured"),
    ("1", "measured, but some articles have no record"),
    ("2", "wrong usage, or a mistake in the annotation"),
    ("130", "interrupted"),
)

_EXTRACTION = ("pipeline", "rules", "min_confidence")
_SHOWN_IDS = 5


@command(examples=EXAMPLES, exit_codes=EXIT_CODES, short_help="Measure records against annotated articles.")
@click.argument("gold", help="Annotated articles: a file, a folder, or - for JSONL on stdin.")
@click.argument(
    "predicted", required=False, help="Article records (.jsonl, .gz or not); without them the articles are extracted."
)
@measured_extraction_options
@option(
    "--format",
    "form",
    section="Output",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="A table in per cent, or JSON with counts and shares.",
)
@option(
    "--show",
    section="Output",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Show so many missed and invented events as well, each with its words.",
)
@message_options
@click.pass_context
def evaluate(
    ctx: click.Context,
    gold: str,
    predicted: str | None,
    extraction: ExtractionOptions,
    form: str,
    show: int,
    messages: MessageOptions,
) -> None:
    """Measure records against articles that a person annotated.

    Without PREDICTED, the annotated articles are extracted as 'newsparse extract' would; with it, its records are
    measured, matched to the articles by their text. How articles are annotated: docs/training.md; what counts as
    right: docs/quality.md.
    """
    from newsparse.annotation.read import read_annotated
    from newsparse.evaluation import score

    _refuse_extraction_of_records(ctx, predicted)
    articles = read_annotated([gold])
    with open_messages(messages, to_stdout=False) as told:
        measured = _given(articles, predicted) if predicted else _extracted(articles, extraction, told)
        figures = score(measured.pairs)
        _tell(measured, told)
    if form == "json":
        click.echo(_json(figures, measured, show))
    else:
        _print(figures, measured, show, messages)
    ctx.exit(1 if measured.missing else 0)


def _refuse_extraction_of_records(ctx: click.Context, predicted: str | None) -> None:
    given = (name for name in _EXTRACTION if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE)
    if predicted and (name := next(given, None)):
        option_name = f"--{name.replace('_', '-')}"
        raise click.UsageError(
            f"{option_name} says how to extract, but {predicted} is measured as it stands; leave out one of the two."
        )


def _given(articles: Sequence[AnnotatedArticle], predicted: str) -> Measured:
    from newsparse.evaluation.predicted import matched, read_predicted

    return matched(articles, read_predicted(predicted))


def _extracted(articles: Sequence[AnnotatedArticle], extraction: ExtractionOptions, told: Messages) -> Measured:
    from newsparse.evaluation import Measured
    from newsparse.sources import Failure

    extractor = extraction.extractor()
    told.detail(f"pipeline {extractor.info.pipeline}, rules {extractor.info.rules}")
    tally, measured = Tally(), Measured()
    for annotated in articles:
        record = extractor.extract_one(annotated.article)
        if isinstance(record, Failure):
            tally.failed += 1
            told.failure(record)
            measured.pairs.append((annotated, None))
        else:
            tally.articles += 1
            measured.pairs.append((annotated, record))
        told.count(tally)
    told.close()
    return measured


def _tell(measured: Measured, told: Messages) -> None:
    told.tell(f"newsparse: {counted(len(measured.pairs), 'annotated article')}")
    if missing := measured.missing:
        ids = ", ".join(annotated.article.id for annotated in missing[:_SHOWN_IDS])
        more = " …" if len(missing) > _SHOWN_IDS else ""
        told.tell(f"newsparse: no record of {len(missing)} of them, which count as empty: {ids}{more}")
    if measured.unused:
        told.tell(f"newsparse: {counted(len(measured.unused), 'record')} of other articles left out")


def _print(figures: Figures, measured: Measured, show: int, messages: MessageOptions) -> None:
    from newsparse.evaluation.differences import differing_events
    from newsparse.report.figures import table

    color = use_color(messages.color, sys.stdout)
    click.echo(table(figures, color), color=color)
    lines = [str(difference) for difference in differing_events(measured.pairs, show)]
    for line in ["", *lines] if lines else []:
        click.echo(printable(line))


def _json(figures: Figures, measured: Measured, show: int) -> str:
    from newsparse.evaluation.differences import differing_events

    result: dict[str, Any] = {
        "articles": len(measured.pairs),
        "without_record": [annotated.article.id for annotated in measured.missing],
        "figures": {name: count.as_dict() for name, count in figures.items()},
    }
    if show:
        result["differences"] = [difference.as_dict() for difference in differing_events(measured.pairs, show)]
    return json.dumps(result, ensure_ascii=False, indent=1)
