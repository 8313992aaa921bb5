"""``newsparse extract``: articles in, records out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newsparse.cli.command import command, option
from newsparse.cli.messages import Tally, counted
from newsparse.cli.options import (
    ExtractionOptions,
    InputOptions,
    MessageOptions,
    OutputOptions,
    extraction_options,
    input_options,
    message_options,
    output_options,
)
from newsparse.cli.run import Run, open_run, read_articles, sources_or_stdin

if TYPE_CHECKING:
    from newsparse.records import ArticleRecord

EXAMPLES = (
    "newsparse extract https://example.org/story.html",
    "newsparse extract saved-pages/ notes.txt articles.jsonl.gz -o events.jsonl",
    "cat urls.txt | newsparse extract - --errors failed.jsonl > events.jsonl",
    "newsparse extract articles.jsonl | jq -c 'select(.type == \"data.breach\")'",
    "newsparse extract page.html --records article --published 2018-07-27",
)


@command(examples=EXAMPLES, short_help="Articles in, event records out.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", help="URL, file, folder, or - for URLs or JSONL on stdin.")
@input_options
@option(
    "--records",
    section="Extraction",
    type=click.Choice(["event", "article"]),
    default="event",
    show_default=True,
    help="One record for each event, or one for each article with all that was found in it.",
)
@extraction_options
@output_options
@message_options
@click.pass_context
def extract(
    ctx: click.Context,
    sources: tuple[str, ...],
    records: str,
    inputs: InputOptions,
    extraction: ExtractionOptions,
    outputs: OutputOptions,
    messages: MessageOptions,
) -> None:
    """Extract event records from articles.

    Records go to stdout as JSON Lines, everything else to stderr. 'jq -r .source failed.jsonl' gives back
    the sources that failed, one a line.
    """
    sources = sources_or_stdin(ctx, sources)
    with open_run(outputs, messages, Tally(events=0)) as run:
        extractor = extraction.extractor()
        run.messages.detail(f"pipeline {extractor.info.pipeline}, rules {extractor.info.rules}")
        for record in run.passing(extractor.extract(read_articles(run, sources, inputs))):
            _write(run, record, whole=records == "article")
    ctx.exit(run.tally.exit_code)


def _write(run: Run, record: ArticleRecord, whole: bool) -> None:
    source = record.article.url or record.article.id
    run.messages.detail(f"{source}: {counted(len(record.events), 'event')}")
    for warning in record.warnings:
        run.messages.detail(f"{source}: {warning}")
    run.write(source, [record] if whole else record.event_records(), events=len(record.events))
