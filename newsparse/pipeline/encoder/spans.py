"""What heads share that label spans: one softmax layer over tags on ``doc.tensor``, trained as spaCy trains."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline.trainable_pipe import TrainablePipe
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab
from thinc.api import Model, SequenceCategoricalCrossentropy, set_dropout_rate
from thinc.types import Floats2d

from newsparse.pipeline.encoder import layers  # noqa: F401  # registers newsparse.DocTensor.v1

OUTSIDE = "O"
SOFTMAX = {
    "@architectures": "spacy.Tagger.v2",
    "tok2vec": {"@architectures": "newsparse.DocTensor.v1", "width": 384},
    "normalize": True,
}
"""Configuration of the model: a softmax layer over the rows of the encoder."""


class SpanTagger(TrainablePipe, ABC):  # type: ignore[misc]  # spaCy's Cython classes have no types
    """Scores a tag for each token; the encoder in front of it stays as it is when it learns.

    A subclass says which ``parts`` of a span have tags of their own, what the spans of an example are, and what to
    make of the scores.
    """

    parts = ""

    def __init__(self, vocab: Vocab, model: Model[list[Doc], list[Floats2d]], name: str) -> None:
        """Take a model that gives (tokens, tags) probabilities for each document."""
        self.vocab, self.model, self.name = vocab, model, name
        self.cfg: dict[str, Any] = {"labels": []}

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of spans."""
        return tuple(self.cfg["labels"])

    @property
    def label_data(self) -> tuple[str, ...]:
        """The labels, as ``spacy init labels`` keeps them."""
        return self.labels

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags, in the order of the model's scores."""
        return (OUTSIDE, *(f"{part}-{label}" for label in self.labels for part in self.parts))

    def add_label(self, label: str) -> int:
        """Add a label before the model is initialised; return 1 if it is new.

        Raises:
            ValueError: the model has its size already.
        """
        if label in self.labels:
            return 0
        if self.model.has_dim("nO"):
            raise ValueError(f"cannot add {label!r}: the model is trained for {', '.join(self.labels)}")
        self.cfg["labels"].append(label)
        self.vocab.strings.add(label)
        return 1

    @abstractmethod
    def truth(self, example: Example) -> Sequence[str | None]:
        """Return the tag of each predicted token, ``None`` where it is not known."""

    @abstractmethod
    def labels_of(self, example: Example) -> Iterable[str]:
        """Return the labels that occur in an example."""

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,  # spaCy's interface
        labels: Iterable[str] | None = None,
    ) -> None:
        """Take the labels of the examples, or those given, and make the weights."""
        seen = {label for example in get_examples() for label in self.labels_of(example)}
        for label in labels if labels is not None else sorted(seen):
            self.add_label(label)
        doc = Doc(self.vocab, words=["word"])
        doc.tensor = np.zeros((1, self.model.get_ref("tok2vec").get_dim("nO")), dtype=np.float32)
        self.model.initialize(X=[doc], Y=[self.model.ops.alloc2f(1, len(self.tags))])

    def predict(self, docs: Iterable[Doc]) -> list[Floats2d]:
        """Return (tokens, tags) probabilities for each document."""
        docs = list(docs)
        if not any(len(doc) for doc in docs):
            return [self.model.ops.alloc2f(0, len(self.tags)) for _ in docs]
        return self.model.predict(docs)

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Any = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Learn from examples whose predicted documents have their tensor."""
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        examples = [example for example in examples if len(example.predicted)]
        if not examples:
            return losses
        set_dropout_rate(self.model, drop)
        scores, backprop = self.model.begin_update([example.predicted for example in examples])
        loss, gradient = self.get_loss(examples, scores)
        backprop(gradient)
        if sgd is not None:
            self.finish_update(sgd)
        losses[self.name] += loss
        return losses

    def get_loss(self, examples: Iterable[Example], scores: list[Floats2d]) -> tuple[float, list[Floats2d]]:
        """Return the cross entropy and its gradient; tokens whose tag is not known count for nothing."""
        loss = SequenceCategoricalCrossentropy(names=list(self.tags), normalize=False)
        known = set(self.tags)
        truths = [[tag if tag in known else None for tag in self.truth(example)] for example in examples]
        gradient, value = loss(scores, truths)  # type: ignore[arg-type]  # None is allowed, though Thinc's types do not say so
        return float(value), gradient
