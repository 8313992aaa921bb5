"""``newsparse_triggers``: how likely each token expresses an event of each type, from ``doc.tensor``.

The events component weighs these likelihoods together with the rules, which know words and grammar.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Model
from thinc.types import Floats2d

from newsparse.pipeline.annotations import TriggerScore
from newsparse.pipeline.encoder.spans import OUTSIDE, SOFTMAX, SpanTagger

LEAST = 0.02
"""Likelihoods below it are not kept."""
SPANS = "newsparse_triggers"
"""Key in ``doc.spans`` of the annotated triggers that the component learns from; a span's label is its type."""

TYPES = "newsparse_trigger_types"
"""Key in ``doc.user_data`` of the event types that the component has learned."""


class TriggerTagger(SpanTagger):
    """Sets ``doc._.newsparse_trigger_scores``."""

    parts = "BI"

    def truth(self, example: Example) -> Sequence[str | None]:
        """Return the tag of each predicted token."""
        tags: list[str | None] = [OUTSIDE] * len(example.predicted)
        for span in example.get_aligned_spans_y2x(list(example.reference.spans.get(SPANS, ()))):
            tags[span.start : span.end] = [f"B-{span.label_}", *[f"I-{span.label_}"] * (len(span) - 1)]
        return tags

    def labels_of(self, example: Example) -> Iterable[str]:
        """Return the types of the triggers of an example."""
        return {span.label_ for span in example.reference.spans.get(SPANS, ())}

    def set_annotations(self, docs: Iterable[Doc], scores: list[Floats2d]) -> None:
        """Keep what is not negligible."""
        for doc, rows in zip(docs, scores, strict=True):
            doc.user_data[TYPES] = list(self.labels)
            begins, continues = rows[:, 1::2], rows[:, 2::2]
            either = np.asarray(begins + continues)
            doc._.newsparse_trigger_scores = [
                TriggerScore(
                    token=int(token),
                    type=self.labels[kind],
                    probability=round(float(either[token, kind]), 4),
                    begins=bool(begins[token, kind] >= continues[token, kind]),
                )
                for token, kind in np.argwhere(either >= LEAST)
            ]


def learned_spans(scores: Sequence[TriggerScore], least: float) -> list[tuple[int, int, str, float]]:
    """Return (start, end, type, probability) of triggers whose first token is likely enough.

    Args:
        scores: in the order of tokens.
        least: the least likelihood of a trigger's type.
    """
    best: dict[int, TriggerScore] = {}
    for score in scores:
        if score.probability >= least and (
            score.token not in best or best[score.token].probability < score.probability
        ):
            best[score.token] = score
    spans: list[tuple[int, int, str, float]] = []
    before: TriggerScore | None = None
    for score in best.values():
        follows = before is not None and before.token + 1 == score.token and before.type == score.type
        if follows and not score.begins:
            start, _, kind, probability = spans[-1]
            spans[-1] = (start, score.token + 1, kind, probability)
        else:
            spans.append((score.token, score.token + 1, score.type, score.probability))
        before = score
    return spans


@Language.factory(
    "newsparse_triggers",
    requires=["doc.tensor"],
    assigns=["doc._.newsparse_trigger_scores"],
    default_config={"model": SOFTMAX},
)
def make_triggers(nlp: Language, name: str, model: Model[list[Doc], list[Floats2d]]) -> TriggerTagger:
    """Make a tagger without labels."""
    return TriggerTagger(nlp.vocab, model, name)
