"""``newsparse_ner``: names from ``doc.tensor``, by one softmax layer and the best well-formed sequence of its tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.vocab import Vocab
from thinc.api import Model
from thinc.types import Floats2d

from newsparse.pipeline.encoder.spans import OUTSIDE, SOFTMAX, SpanTagger
from newsparse.pipeline.ner.decode import Decoder


class NameRecognizer(SpanTagger):
    """Sets ``doc.ents``."""

    parts = "BILU"

    def __init__(self, vocab: Vocab, model: Model[list[Doc], list[Floats2d]], name: str) -> None:
        """Take a model that gives (tokens, tags) probabilities for each document."""
        super().__init__(vocab, model, name)
        self._decoder = Decoder((OUTSIDE,))

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Return precision, recall and F of exact names, as spaCy's own ``ner`` does."""
        return dict(get_ner_prf(list(examples)))

    def truth(self, example: Example) -> Sequence[str | None]:
        """Return the BILUO tag of each predicted token, ``None`` where it is not known."""
        tags: Sequence[str | None] = example.get_aligned_ner()
        return tags

    def labels_of(self, example: Example) -> Iterable[str]:
        """Return the labels of the names of an example."""
        return {entity.label_ for entity in example.reference.ents}

    def set_annotations(self, docs: Iterable[Doc], scores: list[Floats2d]) -> None:
        """Set the entities; white space is in none."""
        if self._decoder.tags != self.tags:
            self._decoder = Decoder(self.tags)
        for doc, rows in zip(docs, scores, strict=True):
            probabilities = np.array(rows, dtype=np.float32)
            probabilities[[token.i for token in doc if token.is_space]] = np.eye(1, len(self.tags), dtype=np.float32)
            doc.set_ents([Span(doc, start, end, label) for start, end, label in self._decoder.spans(probabilities)])


@Language.factory(
    "newsparse_ner",
    requires=["doc.tensor"],
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={"model": SOFTMAX},
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
)
def make_ner(nlp: Language, name: str, model: Model[list[Doc], list[Floats2d]]) -> NameRecognizer:
    """Make a recognizer without labels."""
    return NameRecognizer(nlp.vocab, model, name)
