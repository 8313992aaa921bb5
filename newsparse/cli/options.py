"""Groups of options that several commands share, each handed to the command as one value."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsparse.cli.command import debug_option, option
from newsparse.defaults import DEFAULT_MIN_CONFIDENCE, DEFAULT_PIPELINE

if TYPE_CHECKING:
    from newsparse.extractor import Extractor
    from newsparse.sources import ReadOptions

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class IsoDate(click.ParamType[str]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the day and give it back."""
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            self.fail(f"{value!r} is no day like 2018-07-27.", param, ctx)


@dataclass(frozen=True, slots=True)
class InputOptions:
    """What to read and how."""

    kind: str | None
    published: str | None
    limit: int | None
    timeout: float | None
    allow_private: bool

    def read_options(self) -> ReadOptions:
        """The options as the readers take them; what is not given keeps the readers' default."""
        from newsparse.sources import ReadOptions

        given: dict[str, Any] = {"published": self.published, "timeout": self.timeout}
        return ReadOptions(
            allow_private=self.allow_private, **{name: value for name, value in given.items() if value is not None}
        )


@dataclass(frozen=True, slots=True)
class ExtractionOptions:
    """How to extract."""

    pipeline: str
    rules: tuple[Path, ...]
    min_confidence: float
    explain: bool = False

    def extractor(self) -> Extractor:
        """Load the pipeline, which takes a second or two."""
        from newsparse.extractor import Extractor

        return Extractor(self.pipeline, self.rules, min_confidence=self.min_confidence, explain=self.explain)


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """Where results and failures go."""

    output: str
    force: bool
    errors: str | None
    fail_fast: bool

    def check(self) -> None:
        """Refuse to write records and failures to the same place.

        Raises:
            click.UsageError: if they would go to the same place.
        """
        if self.errors == self.output:
            raise click.UsageError(f"--errors and --output both name {self.output!r}; give each its own file.")


@dataclass(frozen=True, slots=True)
class MessageOptions:
    """How much to tell on stderr."""

    quiet: bool
    verbose: int
    color: str
    progress: bool | None = None


def collected(name: str, kind: type[Any], options: Sequence[Decorator]) -> Decorator:
    """Decorator that adds the options and hands their values over as one ``kind`` named ``name``."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def collect(**values: Any) -> Any:
            given = {field.name: values.pop(field.name) for field in fields(kind) if field.name in values}
            return function(**{name: kind(**given)}, **values)

        decorated: Callable[..., Any] = collect
        for add in reversed(options):
            decorated = add(decorated)
        return decorated

    return decorate


input_options = collected(
    "inputs",
    InputOptions,
    [
        option(
            "--from",
            "kind",
            section="Input",
            type=click.Choice(["url", "html", "text", "jsonl", "csv", "warc", "parquet", "zip"]),
            help="What a SOURCE is, where it should not be told from its name and first bytes.",
        ),
        option(
            "--published",
            section="Input",
            type=IsoDate(),
            metavar="DATE",
            help="Publication date of articles that give none; relative dates count from it.",
        ),
        option(
            "--limit",
            section="Input",
            type=click.IntRange(min=1),
            metavar="N",
            help="Stop after N articles.",
        ),
        option(
            "--timeout",
            section="Input",
            type=click.FloatRange(min=0, min_open=True),
            metavar="SECONDS",
            help="How long to wait for a web server.",
        ),
        option(
            "--allow-private",
            section="Input",
            is_flag=True,
            help="Fetch from private and local addresses too.",
        ),
    ],
)

pipeline_option = option(
    "--pipeline",
    section="Extraction",
    default=DEFAULT_PIPELINE,
    show_default=True,
    metavar="NAME",
    help="spaCy pipeline, by name or folder.",
)
_extraction = [
    pipeline_option,
    option(
        "--rules",
        section="Extraction",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="FILE",
        help="Rules of your own, added to the built-in ones; more than once for more files.",
    ),
    option(
        "--min-confidence",
        section="Extraction",
        type=click.FloatRange(0, 1),
        default=DEFAULT_MIN_CONFIDENCE,
        show_default=True,
        metavar="FROM 0 TO 1",
        help="Leave out events below this confidence.",
    ),
]
_explain = option(
    "--explain",
    section="Extraction",
    is_flag=True,
    help="Say in each event which rules fired, on which words.",
)

extraction_options = collected("extraction", ExtractionOptions, [*_extraction, _explain])
measured_extraction_options = collected("extraction", ExtractionOptions, _extraction)

output_options = collected(
    "outputs",
    OutputOptions,
    [
        option(
            "-o",
            "--output",
            section="Output",
            default="-",
            metavar="FILE",
            help="Write here instead of to stdout; appears whole or not at all, compressed if named .gz.",
        ),
        option("--force", section="Output", is_flag=True, help="Overwrite output files that exist."),
        option(
            "--errors",
            section="Output",
            metavar="FILE",
            help="Write failures here as well, one JSON object a line: source, stage, error, status.",
        ),
        option("--fail-fast", section="Output", is_flag=True, help="Stop at the first failure."),
    ],
)

_quiet = option("-q", "--quiet", section="Messages", is_flag=True, help="Tell of failures only.")
_verbose = option(
    "-v", "--verbose", section="Messages", count=True, help="Tell of every article; -vv: log of the libraries too."
)
color_option = option(
    "--color",
    section="Messages",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour; auto: on a terminal.",
)
_progress = option(
    "--progress/--no-progress",
    section="Messages",
    default=None,
    help="Count on stderr while running. Default: if stderr is a terminal.",
)

message_options = collected("messages", MessageOptions, [_quiet, _verbose, _progress, color_option, debug_option])
