"""``newsparse batch``: archives in, a folder of records out; stopped and started again at will."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsparse.cli.command import command, option
from newsparse.cli.live import LiveLine
from newsparse.cli.messages import Messages, counted, open_messages
from newsparse.cli.options import (
    ExtractionOptions,
    IsoDate,
    MessageOptions,
    collected,
    extraction_options,
    message_options,
)
from newsparse.sinks import open_output

if TYPE_CHECKING:
    from newsparse.batch.folder import Manifest, RunFolder
    from newsparse.batch.progress import Progress
    from newsparse.batch.run import Engine, Selection
    from newsparse.batch.settings import Settings
    from newsparse.batch.shard import Job
    from newsparse.sources import ReadOptions

EXAMPLES = (
    "newsparse batch archive.warc.gz -o run",
    "newsparse batch '2024/*.warc.gz' articles.jsonl.gz -o run --workers 8",
    "newsparse batch -o run                             # go on after a stop",
    "newsparse batch s3://bucket/news/*.parquet -o run --text-field body --url-field link",
    "newsparse batch '*.warc.gz' -o run --engine dask --scheduler tcp://head:8786",
)

EXIT_CODES = (
    ("0", "all done; to find no event is no failure"),
    ("1", "some articles or shards failed, or all"),
    ("2", "wrong usage: an option, a rule file, a folder of another run"),
    ("130", "interrupted; the same command goes on"),
)


@dataclass(frozen=True, slots=True)
class ArchiveOptions:
    """What to read and how."""

    kind: str | None
    published: str | None
    fast: bool
    text_field: str | None
    html_field: str | None
    url_field: str | None
    shard_size: float | None

    def read_options(self) -> ReadOptions:
        """The options as the readers take them."""
        from newsparse.sources import ReadOptions

        return ReadOptions(
            published=self.published,
            fast=self.fast,
            text_field=self.text_field,
            html_field=self.html_field,
            url_field=self.url_field,
        )

    def selection(self, arguments: tuple[str, ...]) -> Selection:
        """The inputs as the run takes them."""
        from newsparse.batch.run import Selection

        return Selection(arguments, self.kind, self.shard_size)


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """Who does the work."""

    engine: str
    workers: int | None
    scheduler: str | None
    article_timeout: float
    memory_limit: float

    def check(self) -> None:
        """Refuse what does not go together.

        Raises:
            click.UsageError: it does not.
        """
        if self.scheduler and self.engine != "dask":
            raise click.UsageError("--scheduler names a Dask scheduler; add --engine dask.")
        if self.scheduler and self.workers:
            raise click.UsageError("--workers is for workers started here; the cluster at --scheduler has its own.")

    def start(self) -> Engine:
        """The engine."""
        if self.engine == "dask":
            from newsparse.batch import cluster

            return partial(cluster.run, workers=self.workers, scheduler=self.scheduler)
        from newsparse.batch import local

        return partial(local.run, workers=self.workers or os.cpu_count() or 1)

    def job(self, folder: Path, settings: Settings, extractor: Mapping[str, str]) -> Job:
        """What all shards have in common."""
        from newsparse.batch.shard import Job

        return Job(folder, settings, extractor, self.article_timeout, int(self.memory_limit * 1e9))


archive_options = collected(
    "archives",
    ArchiveOptions,
    [
        option(
            "--from",
            "kind",
            section="Input",
            type=click.Choice(["warc", "jsonl", "csv", "parquet", "zip", "html", "text"]),
            help="What the inputs are, where their names do not tell.",
        ),
        option(
            "--published",
            section="Input",
            type=IsoDate(),
            metavar="DATE",
            help="Publication date of articles that give none.",
        ),
        option("--fast", section="Input", is_flag=True, help="Read pages without the fallbacks for badly built ones."),
        option("--text-field", section="Input", metavar="NAME", help="Column or key with the text. Default: text."),
        option("--html-field", section="Input", metavar="NAME", help="Column or key with the page. Default: html."),
        option("--url-field", section="Input", metavar="NAME", help="Column or key with the URL. Default: url."),
        option(
            "--shard-size",
            section="Input",
            type=click.FloatRange(min=0, min_open=True),
            metavar="MB",
            help="Input in one shard. Default: about 128 shards of 1 to 256 MB.",
        ),
    ],
)

engine_options = collected(
    "engines",
    EngineOptions,
    [
        option(
            "--engine",
            section="Engine",
            type=click.Choice(["local", "dask"]),
            default="local",
            show_default=True,
            help="Processes of this machine, or a Dask cluster.",
        ),
        option(
            "--workers",
            section="Engine",
            type=click.IntRange(min=1),
            metavar="N",
            help="Worker processes to start. Default: one for each processor.",
        ),
        option("--scheduler", section="Engine", metavar="ADDRESS", help="Dask scheduler, instead of a cluster here."),
        option(
            "--article-timeout",
            section="Engine",
            type=click.FloatRange(min=0, min_open=True),
            default=300.0,
            show_default=True,
            metavar="SECONDS",
            help="Give an article up after so long.",
        ),
        option(
            "--memory-limit",
            section="Engine",
            type=click.FloatRange(min=0.5),
            default=2.0,
            show_default=True,
            metavar="GB",
            help="Memory of one worker; an article that needs more fails.",
        ),
    ],
)


@command(examples=EXAMPLES, exit_codes=EXIT_CODES, short_help="Archives in, records in a folder out; resumable.")
@click.argument("inputs", nargs=-1, metavar="[INPUT]...", help="Files, patterns, folders, URLs of files.")
@option("-o", "--output", "folder", section="Output", required=True, metavar="DIR", help="Folder of the run.")
@option(
    "--records",
    section="Output",
    type=click.Choice(["event", "article"]),
    default="event",
    show_default=True,
    help="One record for each event, or one for each article with all that was found in it.",
)
@option(
    "--format",
    "record_format",
    section="Output",
    type=click.Choice(["jsonl", "parquet"]),
    default="jsonl",
    show_default=True,
    help="How records are written: compressed JSON Lines or Parquet.",
)
@option("--report", section="Output", metavar="FILE", help="Write the figures of the run here, as JSON.")
@archive_options
@extraction_options
@engine_options
@message_options
@click.pass_context
def batch(
    ctx: click.Context,
    inputs: tuple[str, ...],
    folder: str,
    records: str,
    record_format: str,
    report: str | None,
    archives: ArchiveOptions,
    extraction: ExtractionOptions,
    engines: EngineOptions,
    messages: MessageOptions,
) -> None:
    """Extract records from archives of any size into a folder.

    The inputs are cut into shards; each gives a file of records and one of errors. Stopped in whatever way, the same
    command goes on with what is missing, and ends with the same bytes.
    """
    from newsparse.batch.folder import RunFolder
    from newsparse.batch.run import prepare
    from newsparse.batch.settings import Settings, extractor_names

    engines.check()
    settings = Settings(
        pipeline=extraction.pipeline,
        rules=tuple(str(path.absolute()) for path in extraction.rules),
        min_confidence=extraction.min_confidence,
        explain=extraction.explain,
        records=records,
        format=record_format,
        read=archives.read_options(),
    )
    run = RunFolder(Path(folder).absolute())
    # The live line takes the place of the count that other commands show.
    with open_messages(replace(messages, progress=False), to_stdout=False) as told, run.lock():
        manifest = prepare(run, settings, archives.selection(inputs))
        job = engines.job(run.path, settings, extractor_names(manifest.identity))
        live = LiveLine(False if messages.quiet else messages.progress)
        progress = _work(run, manifest, job, engines.start(), told, live)
        told.summary(progress.summary())
        if report:
            with open_output(report, force=True) as stream:
                stream.write(json.dumps(progress.figures(manifest.identity), indent=1) + "\n")
    ctx.exit(1 if progress.failures or progress.all.failed else 0)


def _work(run: RunFolder, manifest: Manifest, job: Job, engine: Engine, told: Messages, live: LiveLine) -> Progress:
    """Do what is left, telling how far it is."""
    from newsparse.batch.progress import Progress
    from newsparse.batch.run import work
    from newsparse.batch.shard import Failed

    progress = Progress(manifest.shards, run.done())
    if progress.shards_done:
        told.tell(f"{run.path}: of {counted(progress.shards, 'shard')} {progress.shards_done} done before")
    try:
        with closing(work(run, manifest, job, engine)) as events:
            for event in events:
                progress.note(event)
                if isinstance(event, Failed):
                    live.clear()
                    told.tell(f"shard {event.shard} failed and is left for the next start: {event.message}")
                if live.due():
                    live.show(progress.line())
    except OSError as error:
        stopped = f"{run.path}: {error.strerror or error}; what is done is kept, the same command goes on"
        raise click.ClickException(stopped) from error
    finally:
        live.clear()
    return progress
