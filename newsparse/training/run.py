"""Training from beginning to end: a pipeline and annotated articles → a pipeline that knows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import spacy

import newsparse
from newsparse.annotation.article import AnnotatedArticle
from newsparse.errors import PipelineError, TrainingError
from newsparse.evaluation.counts import Figures
from newsparse.training.heads import HEADS, Head
from newsparse.training.labels import with_labels
from newsparse.training.learning import Epoch, Learned, learn

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from newsparse.pipeline.encoder.spans import SpanTagger

SHOWN_LABELS = 5


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train.

    Attributes:
        epochs: how often each article is seen.
        seed: decides the order of the articles; the same seed gives the same pipeline.
        add_labels: let heads learn labels that they do not know.
    """

    epochs: int = 20
    seed: int = 0
    add_labels: bool = False


def _ignore(*_: object) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who wants to know how it goes on.

    Attributes:
        encoded: called with the number of articles read by the encoder so far.
        epoch: called with a head and each of its states.
        left_alone: called with a head and the labels that no article uses.
    """

    encoded: Callable[[int], None] = _ignore
    epoch: Callable[[Head, Epoch], None] = _ignore
    left_alone: Callable[[Head, Sequence[str]], None] = _ignore


@dataclass(slots=True)
class Trained:
    """A pipeline after training, and what became of its heads."""

    nlp: Language
    learned: dict[str, Learned] = field(default_factory=dict)
    labels: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def better(self) -> bool:
        """Whether a state other than the one before was kept."""
        return any(learned.kept.number > 0 for learned in self.learned.values())


def load_trainable(name: str) -> Language:
    """A pipeline with heads that can learn.

    Raises:
        PipelineError: it is not installed, or has no such head.
    """
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise PipelineError(f"the spaCy pipeline {name!r} is neither installed nor a folder with a pipeline") from error
    if not _heads(nlp):
        factories = ", ".join(head.factory for head in HEADS)
        raise PipelineError(
            f"the pipeline {name!r} has no part that 'newsparse train' can teach ({factories}); leave out --pipeline, "
            "or train a pipeline of spaCy's own kind with 'python -m spacy train'"
        )
    return nlp


def train(
    nlp: Language,
    articles: Sequence[AnnotatedArticle],
    held_out: Sequence[AnnotatedArticle],
    settings: Settings | None = None,
    watch: Watch | None = None,
) -> Trained:
    """Let the heads of a pipeline learn from articles; measured on those held out, each ends in its best state.

    Args:
        nlp: from :func:`load_trainable`; it is changed.
        articles: what to learn from.
        held_out: what to measure on; without any, the last state is kept.
        settings: how to train.
        watch: who is told.

    Raises:
        TrainingError: the articles have nothing to learn, or labels that a head does not know.
    """
    settings, watch = settings or Settings(), watch or Watch()
    trained = Trained(nlp)
    everything = [*articles, *held_out]
    teachable = [(name, head, head.labels(everything)) for name, head in _heads(nlp)]
    if not any(labels for *_, labels in teachable):
        wanted = ", ".join(head.name for _, head, _ in teachable)
        raise TrainingError(
            f"the articles have no {wanted} to learn from; see docs/training.md on how to annotate them"
        )
    for name, head, labels in teachable:
        _check_labels(nlp, name, head, everything, settings.add_labels)
        trained.labels[head.name] = dict(sorted(labels.items()))
    # What is made within the zone is forgotten behind it, so that no words of the articles get into the folder.
    with nlp.memory_zone():
        docs = _encoded(nlp, everything, watch)
        parts = (docs[: len(articles)], docs[len(articles) :])
        for name, head, labels in teachable:
            if labels:
                component = _component(nlp, name)
                unused = [label for label in component.labels if label not in labels]
                if unused:
                    watch.left_alone(head, unused)
                trained.learned[head.name] = _teach(
                    component, head, parts, (articles, held_out), frozenset(labels), settings, watch
                )
    return trained


def _teach(
    component: SpanTagger,
    head: Head,
    docs: tuple[Sequence[Doc], Sequence[Doc]],
    articles: tuple[Sequence[AnnotatedArticle], Sequence[AnnotatedArticle]],
    labels: frozenset[str],
    settings: Settings,
    watch: Watch,
) -> Learned:
    known, unseen = (
        head.examples(component, some, annotated, labels) for some, annotated in zip(docs, articles, strict=True)
    )

    def measure() -> Figures:
        return head.score(component, unseen)

    def tell(epoch: Epoch) -> None:
        watch.epoch(head, epoch)

    return learn(component, known, measure if unseen else None, settings.epochs, settings.seed, tell)


def _heads(nlp: Language) -> list[tuple[str, Head]]:
    """The components that can learn, by name, in the order of ``HEADS``."""
    return [
        (name, head) for head in HEADS for name in nlp.pipe_names if nlp.get_pipe_meta(name).factory == head.factory
    ]


def _component(nlp: Language, name: str) -> SpanTagger:
    return cast("SpanTagger", nlp.get_pipe(name))


def _check_labels(nlp: Language, name: str, head: Head, articles: Sequence[AnnotatedArticle], add_labels: bool) -> None:
    """Refuse labels that a head does not know, or let it know them."""
    component = _component(nlp, name)
    new = {label: count for label, count in head.labels(articles).items() if label not in component.labels}
    if not new:
        return
    if add_labels:
        for label in sorted(new):
            nlp.vocab.strings.add(label)
        with_labels(nlp, name, sorted(new))
        return
    shown = ", ".join(f"{label} ({count})" for label, count in sorted(new.items())[:SHOWN_LABELS])
    first = min(annotated.place for annotated in articles if head.labels([annotated]).keys() & new.keys())
    raise TrainingError(
        f"the articles have {head.name} of types that the pipeline does not know: {shown}, first in {first}. "
        f"It knows {', '.join(component.labels)}. Correct the types, or add them with --add-labels, for which some "
        "hundred mentions of each are needed"
    )


def _encoded(nlp: Language, articles: Sequence[AnnotatedArticle], watch: Watch) -> list[Doc]:
    """The articles as documents with the tensor that the heads read."""
    encoders = [pipe for name, pipe in nlp.pipeline if "doc.tensor" in nlp.get_pipe_meta(name).assigns]
    docs = []
    for number, annotated in enumerate(articles, 1):
        if len(annotated.article.text) > nlp.max_length:
            raise TrainingError(
                f"{annotated.place}: the text has {len(annotated.article.text):,} characters, the pipeline takes "
                f"{nlp.max_length:,}; split it"
            )
        doc = nlp.make_doc(annotated.article.text)
        for encoder in encoders:
            doc = encoder(doc)
        docs.append(doc)
        watch.encoded(number)
    return docs


def summary(
    trained: Trained, base: str, articles: Sequence[AnnotatedArticle], held_out: Sequence[AnnotatedArticle], seed: int
) -> dict[str, Any]:
    """What a pipeline learned from and with what result, in numbers, for its ``meta.json``."""
    heads = {
        name: {
            "labels": trained.labels[name],
            "epochs": learned.kept.number,
            "before": _shares(learned.before),
            "after": _shares(learned.kept),
        }
        for name, learned in trained.learned.items()
    }
    return {
        "newsparse": newsparse.__version__,
        "base": base,
        "articles": len(articles),
        "held_out": len(held_out),
        "seed": seed,
        "heads": heads,
    }


def _shares(epoch: Epoch) -> dict[str, dict[str, int | float]] | None:
    if epoch.figures is None:
        return None
    return {name: count.as_dict() for name, count in sorted(epoch.figures.items())}
