"""A run over many sources: what fails is told and counted, the rest goes on to the sink."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import click

from newsparse.cli.command import Command
from newsparse.cli.messages import Messages, Tally, open_messages
from newsparse.cli.options import InputOptions, MessageOptions, OutputOptions
from newsparse.cli.streams import is_terminal
from newsparse.sinks import STDOUT, JsonRecord, Sink, open_sink
from newsparse.sinks.plain import failure_object

if TYPE_CHECKING:
    from newsparse.article import Article
    from newsparse.sources import Failure, ReadOptions

T = TypeVar("T")


class StoppedError(Exception):
    """Something failed and ``--fail-fast`` was given: the output is not whole and shall not appear."""


class Run:
    """One call of a command that reads sources and writes records."""

    def __init__(self, sink: Sink, errors: Sink | None, messages: Messages, tally: Tally, fail_fast: bool) -> None:
        self.messages = messages
        self.tally = tally
        self._sink = sink
        self._errors = errors
        self._fail_fast = fail_fast

    @property
    def stopped(self) -> bool:
        """True once something failed that is to stop the run."""
        return self._fail_fast and self.tally.failed > 0

    def passing(self, items: Iterable[T | Failure]) -> Iterator[T]:
        """Let through what did not fail, up to the failure that stops the run."""
        from newsparse.sources import Failure

        for item in items:
            if isinstance(item, Failure):
                self.fail(item)
            else:
                yield item
            if self.stopped:
                return

    def fail(self, failure: Failure) -> None:
        """Count, tell and record a failure."""
        self.tally.failed += 1
        self.messages.failure(failure)
        self.messages.count(self.tally)
        if self._errors is not None:
            self._errors.write(failure_object(failure))

    def write(self, source: str, records: Sequence[JsonRecord | Mapping[str, Any]], events: int = 0) -> None:
        """Write what came of one article, with so many events. What cannot be written makes the article fail."""
        from newsparse.sources import Failure

        try:
            for record in records:
                self._sink.write(record)
        except ValueError as error:
            self.fail(Failure(source=source, stage="write", code="not-writable", message=str(error)))
        else:
            self.tally.articles += 1
            if self.tally.events is not None:
                self.tally.events += events
            self.messages.count(self.tally)


@contextmanager
def open_run(outputs: OutputOptions, options: MessageOptions, tally: Tally) -> Iterator[Run]:
    """A run from the opening of its outputs to its summary.

    After ``--fail-fast`` the file of failures appears, since it says what happened, but no output file.

    Raises:
        OutputError: if an output exists already or cannot be made.
    """
    outputs.check()
    with ExitStack() as stack:
        errors = stack.enter_context(open_sink(outputs.errors, force=outputs.force)) if outputs.errors else None
        messages = stack.enter_context(open_messages(options, to_stdout=outputs.output == STDOUT))
        with suppress(StoppedError), open_sink(outputs.output, force=outputs.force) as sink:
            run = Run(sink, errors, messages, tally, outputs.fail_fast)
            yield run
            if run.stopped:
                raise StoppedError
        messages.close()
        messages.summary(tally.summary())


def sources_or_stdin(ctx: click.Context, sources: tuple[str, ...]) -> tuple[str, ...]:
    """The sources given, or stdin if something is piped in; else short help and exit code 2."""
    if sources:
        return sources
    if sys.stdin is None or is_terminal(sys.stdin):
        assert isinstance(ctx.command, Command)
        click.echo(ctx.command.short_help_page(ctx), err=True)
        ctx.exit(2)
    return ("-",)


def read_articles(run: Run, sources: Iterable[str], inputs: InputOptions) -> Iterator[Article]:
    """The articles of all sources, up to the limit."""
    items = read_sources(sources, inputs.kind, inputs.read_options())
    return islice(run.passing(items), inputs.limit)


def read_sources(arguments: Iterable[str], kind: str | None, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read sources one after the other; one that cannot be found does not stop the next."""
    from newsparse.errors import SourceError
    from newsparse.sources import Failure, read, resolve

    for argument in arguments:
        try:
            for source in resolve(argument, kind):
                yield from read(source, options)
        except SourceError as error:
            yield Failure(source=argument, stage="read", code="source", message=str(error))
