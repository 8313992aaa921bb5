"""Fits the weights of the confidence of events, and of their arguments, on annotated articles.

usage: python benchmarks/calibrate.py DATA

DATA holds ``events/train.jsonl``. The weights for events of rules alone are fitted on all its articles, those for
events with a learned likelihood on the articles from which ``models/prepare.py`` keeps the network. Prints the
calibration error and precision, recall and F1 at several thresholds, all by cross-validation over articles, then
writes ``newsparse/rules/confidence.yaml``. Before that, the weights of arguments are fitted on the latter articles, on
the events that are found, and written to ``newsparse/rules/arguments.yaml``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
import numpy as np
from logistic import Matrix, cross_validated, fit, matrix, write
from spacy.tokens import Doc

from newsparse.annotation.article import AnnotatedArticle, AnnotatedEvent
from newsparse.annotation.read import read_annotated
from newsparse.assemble import assemble
from newsparse.evaluation.scoring import PredictedArgument, argument_agrees, overlaps, pair_events
from newsparse.extractor import Extractor
from newsparse.pipeline.annotations import Argument, Entity, Event
from newsparse.pipeline.events.headline import title_tokens
from newsparse.pipeline.merge.component import document_events
from newsparse.pipeline.merge.confidence import features
from newsparse.pipeline.roles.arguments import load_weights as load_argument_weights
from newsparse.pipeline.roles.component import RolesComponent

sys.path.insert(0, str(Path(__file__).parents[1] / "models"))  # its scripts import each other as modules of one folder

import prepare

RULES = Path(__file__).parent.parent / "newsparse" / "rules"
HEADER = """\
# Weights of the logistic model behind the confidence of events, fitted by benchmarks/calibrate.py on annotated
# articles. What the features are stands in newsparse/pipeline/merge/confidence.py.
"""
ARGUMENTS_HEADER = """\
# Weights of the logistic model of what arguments are right, fitted by benchmarks/calibrate.py on annotated articles.
# What the features are stands in newsparse/pipeline/roles/arguments.py.
"""
Row = tuple[int, dict[str, float], bool]
"""Number of the article, features, whether it is right."""


LEARNED_COMPONENTS = ("newsparse_triggers", "newsparse_roles")


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(data: Path) -> None:
    """Fit the confidence model on DATA/events/train.jsonl."""
    path = data / "events" / "train.jsonl"
    articles = read_annotated([path])
    held_out = prepare.held_out_names(data)
    unseen = [article for article in articles if article.article.id in held_out]
    write(RULES / "arguments.yaml", ARGUMENTS_HEADER, _fitted(list(_argument_rows(unseen)), "arguments"))
    load_argument_weights.cache_clear()
    weights = {
        "rules": _weights_of(_rules_alone(), articles),
        "rules and learned": _weights_of(Extractor(), unseen),
    }
    lines = [
        line
        for kind, fitted in weights.items()
        for line in (f"{kind}:\n", *(f"  {name}: {weight:.3f}\n" for name, weight in fitted.items()))
    ]
    (RULES / "confidence.yaml").write_text(HEADER + "".join(lines), encoding="utf-8")


def _rules_alone() -> Extractor:
    extractor = Extractor()
    for component in LEARNED_COMPONENTS:
        extractor.nlp.remove_pipe(component)
    return extractor


def _weights_of(extractor: Extractor, articles: list[AnnotatedArticle]) -> dict[str, float]:
    """Fit the weights of the features on articles, and report what they are worth by cross-validation."""
    total = sum(len(article.events) for article in articles)
    return _fitted(list(_rows(extractor, articles)), "events", total)


def _fitted(rows: Sequence[Row], what: str, total: int | None = None) -> dict[str, float]:
    """Fit weights to rows of article, features and rightness; of ``total`` right ones some may be in no row."""
    names, values = matrix([found for _, found, _ in rows])
    right = np.array([float(hit) for _, _, hit in rows])
    articles = np.array([float(number) for number, _, _ in rows])
    _report(cross_validated(values, right, articles), right, what, total or int(right.sum()))
    return dict(zip(names, fit(values, right), strict=True))


def _argument_rows(articles: Sequence[AnnotatedArticle]) -> Iterator[Row]:
    """Number of the article, features and rightness of every candidate for an argument of an event that is found."""
    extractor = Extractor()
    roles = extractor.nlp.get_pipe("newsparse_roles")
    if not isinstance(roles, RolesComponent):
        raise click.ClickException(f"{extractor.info.pipeline} has no learned roles")
    for name in ("newsparse_roles", "newsparse_status", "newsparse_merge"):
        extractor.nlp.remove_pipe(name)
    for number, gold in enumerate(articles):
        doc = extractor.annotate(gold.article)
        entities = {entity.id: entity for entity in doc._.newsparse_entities}
        events = doc._.newsparse_events
        for event, found in zip(events, roles.candidates(doc, events), strict=True):
            wanted = _annotated(event, doc, gold)
            if wanted is None:
                continue
            for candidate in found:
                argument = _as_scored(candidate.argument, doc, entities)
                yield number, candidate.features, any(argument_agrees(other, argument) for other in wanted.arguments)


def _annotated(event: Event, doc: Doc, gold: AnnotatedArticle) -> AnnotatedEvent | None:
    """Return the annotated event that a mention expresses."""
    trigger = event.triggers[0]
    span = doc[trigger.start : trigger.end]
    place = (span.start_char, span.end_char)
    return next(
        (e for e in gold.events if e.type == event.type and any(overlaps(place, other) for other in e.triggers)), None
    )


def _as_scored(argument: Argument, doc: Doc, entities: Mapping[str, Entity]) -> PredictedArgument:
    span = doc[argument.start : argument.end]
    name = entities[argument.entity].name if argument.entity else None
    return PredictedArgument(argument.role, span.text, (span.start_char, span.end_char), name)


def _rows(extractor: Extractor, articles: list[AnnotatedArticle]) -> Iterator[Row]:
    """Number of the article, features and rightness of every event."""
    extractor.nlp.remove_pipe("newsparse_merge")
    for number, gold in enumerate(articles):
        article = gold.article
        doc = extractor.annotate(article)
        title_end = title_tokens(doc)
        events = document_events(doc, extractor.rules.types)
        doc._.newsparse_events = events
        record = assemble(article, doc, extractor.rules, extractor.info)
        found = {pair.predicted for pair in pair_events(gold, record.events)}
        for i, event in enumerate(events):
            yield number, features(event, title_end, len(doc)), i in found


def _report(likely: Matrix, right: Matrix, what: str, gold: int) -> None:
    """Print the expected calibration error over ten bins, and what each threshold would give."""
    bins = np.minimum((likely * 10).astype(int), 9)
    parts = [(bins == b) for b in range(10) if (bins == b).any()]
    error = sum(part.mean() * abs(right[part].mean() - likely[part].mean()) for part in parts)
    click.echo(f"{len(right)} {what}, {right.mean():.1%} right; expected calibration error {error:.1%}")
    click.echo("threshold   P     R     F1")
    for threshold in np.arange(0.1, 0.8, 0.05):
        kept = likely >= threshold
        precision, recall = right[kept].mean(), right[kept].sum() / gold
        click.echo(
            f"{threshold:9.2f} {precision:5.1%} {recall:5.1%} {2 * precision * recall / (precision + recall):5.1%}"
        )


if __name__ == "__main__":
    main()
