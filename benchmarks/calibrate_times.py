"""Fits the weights of the model that chooses the time of an event, on annotated articles.

usage: python benchmarks/calibrate_times.py DATA

DATA holds ``events/train.jsonl``. An observation is a time expression in the sentence of an annotated trigger; it is
right if it has the annotated value. Prints precision, recall and F1 of the times of annotated events at several
thresholds, by cross-validation over articles, then writes ``newsparse/rules/event_time.yaml``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

import click
import numpy as np
from logistic import Matrix, fit, probability
from spacy.tokens import Doc, Span

from newsparse.annotation.article import AnnotatedArticle
from newsparse.annotation.read import read_annotated
from newsparse.evaluation.counts import Count
from newsparse.evaluation.scoring import time_agrees
from newsparse.pipeline import COMPONENTS, load
from newsparse.pipeline.events.circumstances import Circumstances
from newsparse.pipeline.events.timing import FILE, distance, features
from newsparse.pipeline.times.component import PUBLISHED

OUTPUT = Path(__file__).parents[1] / "newsparse" / "rules" / FILE
HEADER = """\
# The logistic model that chooses the time of an event, fitted by benchmarks/calibrate_times.py on annotated articles.
# The features are explained in newsparse/pipeline/events/timing.py. Times below the threshold are left out.
"""
THRESHOLD = 0.45
PENALTY = 2.0
FEWEST = 8
"""Features of fewer observations have no weight."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Observation:
    """A time expression in the sentence of a trigger; ``article`` and ``event`` are numbers."""

    article: int
    event: int
    features: dict[str, float]
    right: bool


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(data: Path) -> None:
    """Fit the model on DATA/events/train.jsonl."""
    articles = read_annotated([data / "events" / "train.jsonl"])
    calibrate(zip(articles, annotated_docs(articles), strict=True))


def annotated_docs(articles: Sequence[AnnotatedArticle]) -> Iterator[Doc]:
    """The articles with a parse and time expressions."""
    nlp = load()
    with nlp.select_pipes(disable=[name for name in COMPONENTS if name != "newsparse_times"]):
        for gold in articles:
            doc = nlp.make_doc(gold.article.text)
            doc.user_data[PUBLISHED] = gold.article.published
            yield nlp(doc)


def calibrate(annotated: Iterable[tuple[AnnotatedArticle, Doc]], output: Path = OUTPUT) -> None:
    """Fit the model on articles and their documents, print what it is worth, write it."""
    found: list[Observation] = []
    timed = 0
    for number, (gold, doc) in enumerate(annotated):
        found += observations(number, gold, doc)
        timed += sum(event.time is not None for event in gold.events)
    counts = Counter(name for one in found for name in one.features)
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    values = np.array([[one.features.get(name, 0.0) for name in names] for one in found])
    right = np.array([float(one.right) for one in found])
    folds = np.array([one.article % FOLDS for one in found])
    held_out = np.zeros(len(found))
    for fold in set(folds):
        inside = folds == fold
        held_out[inside] = probability(values[inside], fit(values[~inside], right[~inside], PENALTY))
    _report(found, held_out, timed)
    fitted = zip(names, fit(values, right, PENALTY), strict=True)
    lines = [f"threshold: {THRESHOLD}\n", "weights:\n", *(f"  {name}: {weight:.2f}\n" for name, weight in fitted)]
    output.write_text(HEADER + "".join(lines), encoding="utf-8")


def observations(number: int, gold: AnnotatedArticle, doc: Doc) -> Iterator[Observation]:
    """The time expressions around the triggers of an article's annotated events."""
    circumstances = Circumstances.of(doc)
    for event_number, event in enumerate(gold.events):
        for start, end in event.triggers:
            trigger = cast(Span, doc.char_span(start, end, alignment_mode="expand")).root
            candidates = [circumstances.times[i] for i in circumstances.by_sentence.get(trigger.sent.start, ())]
            candidates.sort(key=partial(distance, trigger))
            for time in candidates:
                right = bool(event.time and time.value and time_agrees(event.time, time.value))
                yield Observation(number, event_number, features(trigger, time, candidates[0]), right)


def _report(found: Sequence[Observation], likely: Matrix, timed: int) -> None:
    """Print what each threshold would give, the most likely time of each event being its time."""
    best: dict[tuple[int, int], tuple[float, bool]] = defaultdict(lambda: (0.0, False))
    for one, chance in zip(found, likely, strict=True):
        key = (one.article, one.event)
        best[key] = max(best[key], (float(chance), one.right))
    click.echo("threshold     P     R    F1")
    for threshold in np.arange(0.3, 0.65, 0.05):
        given = [right for chance, right in best.values() if chance >= threshold]
        count = Count(right=sum(given), gold=timed, predicted=len(given))
        click.echo(f"{threshold:9.2f} {count.precision:6.1%} {count.recall:6.1%} {count.f1:6.1%}")


if __name__ == "__main__":
    main()
