"""``newsparse fetch``: articles without extraction."""

from __future__ import annotations

import click

from newsparse.cli.command import command
from newsparse.cli.messages import Tally
from newsparse.cli.options import (
    InputOptions,
    MessageOptions,
    OutputOptions,
    input_options,
    message_options,
    output_options,
)
from newsparse.cli.run import open_run, read_articles, sources_or_stdin
from newsparse.sinks.plain import article_object

EXAMPLES = (
    "newsparse fetch https://example.org/story.html > article.jsonl",
    "newsparse fetch - -o articles.jsonl.gz < urls.txt",
    "newsparse fetch saved-pages/ | newsparse extract -",
)


@command(examples=EXAMPLES, short_help="Articles only: download, text, metadata.")
@click.argument("sources", nargs=-1, metavar="[URL]...", help="URL, or whatever 'newsparse extract' reads.")
@input_options
@output_options
@message_options
@click.pass_context
def fetch(
    ctx: click.Context,
    sources: tuple[str, ...],
    inputs: InputOptions,
    outputs: OutputOptions,
    messages: MessageOptions,
) -> None:
    """Download articles and take their text and metadata out of the page, no more.

    The articles come as JSON Lines that 'newsparse extract' reads: same ids, same text.
    """
    sources = sources_or_stdin(ctx, sources)
    with open_run(outputs, messages, Tally()) as run:
        for article in read_articles(run, sources, inputs):
            source = article.url or article.id
            run.messages.detail(source)
            for warning in article.warnings:
                run.messages.detail(f"{source}: {warning}")
            run.write(source, [article_object(article)])
    ctx.exit(run.tally.exit_code)
