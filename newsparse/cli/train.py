"""``newsparse train``: a pipeline that learned from annotated articles."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsparse.cli.command import command, option
from newsparse.cli.messages import Messages, Tally, counted, open_messages
from newsparse.cli.options import MessageOptions, message_options
from newsparse.cli.streams import use_color
from newsparse.defaults import DEFAULT_PIPELINE

if TYPE_CHECKING:
    from newsparse.annotation.article import AnnotatedArticle
    from newsparse.training.heads import Head
    from newsparse.training.learning import Epoch
    from newsparse.training.run import Settings, Trained, Watch

EXAMPLES = (
    "newsparse train my-articles/ --out my-pipeline",
    "newsparse train my-articles/ more.jsonl --out my-pipeline --dev set-aside/",
    "newsparse train corrected.jsonl --pipeline my-pipeline --out my-pipeline-2 --epochs 40",
    "newsparse extract story.html --pipeline my-pipeline",
)

EXIT_CODES = (
    ("0", "the pipeline was written"),
    ("1", "no epoch was better than the pipeline as it is; nothing was written"),
    ("2", "wrong usage, a mistake in the annotation, a folder that exists"),
    ("130", "interrupted"),
)

HELD_OUT = 0.2
EPOCHS = 20


@command(examples=EXAMPLES, exit_codes=EXIT_CODES, short_help="Teach the pipeline your own annotated articles.")
@click.argument(
    "articles",
    nargs=-1,
    required=True,
    metavar="ARTICLES...",
    help="Annotated articles: files, folders, or - for JSONL on stdin.",
)
@option(
    "--pipeline",
    section="Training",
    default=DEFAULT_PIPELINE,
    show_default=True,
    metavar="NAME",
    help="Pipeline to start from, by name or folder.",
)
@option("--dev", section="Training", multiple=True, metavar="ARTICLES", help="Measure on these; learn from all others.")
@option(
    "--held-out",
    section="Training",
    type=click.FloatRange(0, 0.9),
    default=HELD_OUT,
    show_default=True,
    metavar="SHARE",
    help="Measure on this share of the articles, chosen by chance. 0: learn from all, measure nothing.",
)
@option(
    "--epochs",
    section="Training",
    type=click.IntRange(min=1),
    default=EPOCHS,
    show_default=True,
    metavar="N",
    help="Go over the articles N times; the best state on the measured articles is kept.",
)
@option(
    "--seed",
    section="Training",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="N",
    help="Decides all that is left to chance: the same seed gives the same pipeline.",
)
@option(
    "--add-labels",
    section="Training",
    is_flag=True,
    help="Learn entity types that the pipeline does not know, beside those it knows.",
)
@option(
    "--out", section="Output", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder to write."
)
@option("--force", section="Output", is_flag=True, help="Replace a pipeline that is in the folder.")
@message_options
@click.pass_context
def train(
    ctx: click.Context,
    articles: tuple[str, ...],
    pipeline: str,
    dev: tuple[str, ...],
    held_out: float,
    epochs: int,
    seed: int,
    add_labels: bool,
    out: Path,
    force: bool,
    messages: MessageOptions,
) -> None:
    """Teach a pipeline from annotated articles and write it to a folder.

    What finds the names learns; the encoder below it, and all that parses, stays as it is. The folder serves wherever
    a pipeline is named: 'newsparse extract --pipeline DIR'. How articles are annotated: docs/training.md.
    """
    from newsparse.training.run import Settings

    if dev and ctx.get_parameter_source("held_out") is click.core.ParameterSource.COMMANDLINE:
        raise click.UsageError("--dev names the articles to measure on, --held-out chooses some; give one of the two.")
    known, unseen = _articles(articles, dev, held_out, seed, out, force)
    settings = Settings(epochs, seed, add_labels)
    with open_messages(messages, to_stdout=False) as told:
        trained = _train(pipeline, known, unseen, settings, out, told)
    _print(trained, messages)
    ctx.exit(0 if trained.better else 1)


def _articles(
    locations: Sequence[str], dev: Sequence[str], share: float, seed: int, out: Path, force: bool
) -> tuple[list[AnnotatedArticle], list[AnnotatedArticle]]:
    """The articles to learn from and to measure on; what would stop the run later stops it here."""
    from newsparse.annotation.read import read_annotated
    from newsparse.training.division import divide, refuse_shared, shuffled
    from newsparse.training.folder import check_folder

    check_folder(out, force)
    articles = read_annotated(locations)
    if not dev:
        return divide(articles, share, seed)
    unseen = read_annotated(dev)
    refuse_shared(articles, unseen)
    return shuffled(articles, seed), unseen


def _train(
    pipeline: str,
    articles: Sequence[AnnotatedArticle],
    held_out: Sequence[AnnotatedArticle],
    settings: Settings,
    out: Path,
    told: Messages,
) -> Trained:
    from newsparse.training.folder import describe, write_folder
    from newsparse.training.run import load_trainable, summary, train

    nlp = load_trainable(pipeline)
    base = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
    measured = f"measured on {len(held_out)} others" if held_out else "and nothing is measured"
    told.tell(f"{base} learns from {counted(len(articles), 'article')}, {measured}")
    trained = train(nlp, articles, held_out, settings, _watch(told))
    if trained.better:
        describe(nlp, out, summary(trained, base, articles, held_out, settings.seed))
        write_folder(nlp, out)
        told.tell(f"newsparse: {out} is written; use it with --pipeline {out}")
    else:
        told.tell("newsparse: no epoch was better than the pipeline as it is, so nothing is written; annotate more")
    return trained


def _watch(told: Messages) -> Watch:
    from newsparse.training.run import Watch

    tally = Tally()

    def encoded(number: int) -> None:
        tally.articles = number
        told.count(tally)

    def epoch(head: Head, state: Epoch) -> None:
        told.close()
        if state.number or state.figures:
            told.tell(_line(head, state))

    def left_alone(head: Head, labels: Sequence[str]) -> None:
        told.close()
        told.tell(f"no article has {head.name} of type {', '.join(labels)}; what is known of them is left alone")

    return Watch(encoded, epoch, left_alone)


def _line(head: Head, state: Epoch) -> str:
    place = f"epoch {state.number:3}" if state.number else "before   "
    parts = [f"{head.name}, {place}"]
    if state.loss is not None:
        parts.append(f"loss {state.loss:9.1f}")
    if state.figures:
        count = next(iter(state.figures.values()))
        shares = (("P", count.precision), ("R", count.recall), ("F1", count.f1))
        parts.append("  ".join(f"{name} {100 * share:5.1f}" for name, share in shares))
    return "  ".join(parts)


def _print(trained: Trained, messages: MessageOptions) -> None:
    """The figures before and after, on stdout."""
    from newsparse.report.figures import comparison

    color = use_color(messages.color, sys.stdout)
    for learned in trained.learned.values():
        if learned.before.figures and learned.kept.figures:
            click.echo(comparison(learned.before.figures, learned.kept.figures, color), color=color)
