"""Fits the weights by which event mentions are taken for one event, on annotated articles.

usage: python benchmarks/identity.py DATA

DATA holds ``events/train.jsonl``. An example is a mention with a trigger that is annotated, and an event of its type
mentioned before; it holds if the annotation takes both for one. Prints by cross-validation over articles how many are
told rightly, and how many of each feature are one event, then writes ``newsparse/rules/identity.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import logistic
import numpy as np
from spacy.tokens import Doc

from newsparse.annotation.article import AnnotatedArticle
from newsparse.annotation.read import read_annotated
from newsparse.evaluation.scoring import overlaps
from newsparse.extractor import Extractor
from newsparse.pipeline.annotations import Event
from newsparse.pipeline.merge.attribution import attribute
from newsparse.pipeline.merge.component import WINDOW, absorb
from newsparse.pipeline.merge.identity import Discourse, features
from newsparse.rules.frames import load_event_rules

OUTPUT = Path(__file__).parent.parent / "newsparse" / "rules" / "identity.yaml"
HEADER = """\
# Weights of the logistic model that takes two event mentions for one event, fitted by benchmarks/identity.py on
# annotated articles. What the features are stands in newsparse/pipeline/merge/identity.py.
"""
PENALTY = 3.0


@dataclass(frozen=True, slots=True)
class Example:
    """A mention against an earlier event: the number of the article, the features, whether they are one."""

    article: int
    features: dict[str, float]
    same: bool


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(data: Path) -> None:
    """Fit the weights on DATA/events/train.jsonl."""
    articles = read_annotated([data / "events" / "train.jsonl"])
    extractor = Extractor()
    extractor.nlp.remove_pipe("newsparse_merge")
    report_and_write(list(examples((gold, extractor.annotate(gold.article)) for gold in articles)))


def examples(documents: Iterable[tuple[AnnotatedArticle, Doc]]) -> Iterator[Example]:
    """Yield the examples of documents whose event mentions are not merged yet."""
    for number, (gold, doc) in enumerate(documents):
        mentions: list[Event] = doc._.newsparse_events
        attribute(mentions, doc._.newsparse_quotes, load_event_rules().types)
        discourse = Discourse.of(doc)
        known: dict[str, dict[int, Event]] = {}
        for mention in mentions:
            annotated = _annotated(mention, doc, gold)
            if annotated is None:
                continue
            earlier = known.setdefault(mention.type, {})
            for other, event in list(earlier.items())[-WINDOW:]:
                yield Example(number, features(event, mention, discourse), other == annotated)
            if annotated in earlier:
                absorb(earlier[annotated], mention, discourse.title_end)
            else:
                earlier[annotated] = mention


def _annotated(mention: Event, doc: Doc, gold: AnnotatedArticle) -> int | None:
    """The annotated event that a mention is one of: by its trigger, else the only one of its type in the sentence."""
    span = doc[mention.triggers[0].start : mention.triggers[0].end]
    words = (span.start_char, span.end_char)
    of_type = [(i, event) for i, event in enumerate(gold.events) if event.type == mention.type]
    hits = [i for i, event in of_type if any(overlaps(words, trigger) for trigger in event.triggers)]
    if hits:
        return hits[0]
    sentence = next((s for s in gold.sentences if overlaps(words, s)), None)
    near = [i for i, event in of_type if sentence and any(overlaps(sentence, trigger) for trigger in event.triggers)]
    return near[0] if len(near) == 1 else None


def report_and_write(found: list[Example]) -> None:
    """Print what the model is worth, fit it on all examples, write its weights."""
    names, values = logistic.matrix([example.features for example in found])
    same = np.array([float(example.same) for example in found])
    groups = np.array([example.article for example in found])
    likely = logistic.cross_validated(values, same, groups, PENALTY)
    loss = -np.log(np.where(same > 0, likely, 1 - likely)).mean()
    click.echo(f"{len(found)} pairs, {same.mean():.1%} one event; log loss {loss:.3f}")
    click.echo("threshold  right   P     R     F1")
    for threshold in np.arange(0.3, 0.75, 0.1):
        merged = likely >= threshold
        both = (merged & (same > 0)).sum()
        precision, recall = both / merged.sum(), both / same.sum()
        f1 = 2 * precision * recall / (precision + recall)
        click.echo(f"{threshold:9.1f} {(merged == same).mean():6.1%} {precision:5.1%} {recall:5.1%} {f1:5.1%}")
    for name, column in zip(names, values.T, strict=True):
        click.echo(f"{name}: {(column > 0).sum()} pairs, {same[column > 0].mean():.1%} one event")
    logistic.write(OUTPUT, HEADER, dict(zip(names, logistic.fit(values, same, PENALTY), strict=True)))


if __name__ == "__main__":
    main()
