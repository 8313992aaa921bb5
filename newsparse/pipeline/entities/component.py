"""Component ``newsparse_entities``: candidate mentions, named and nominal, in ``doc.spans``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from newsparse.pipeline.annotations import MENTIONS
from newsparse.pipeline.entities.names import find_names
from newsparse.pipeline.entities.nominals import find_nominals


class EntityFinder:
    """Writes names and noun phrases that may stand for an entity to ``doc.spans[MENTIONS]``.

    A span's label is the entity type, its ``id_`` the kind: ``name`` or ``nominal``. Spans may nest. All noun
    phrases for people and bodies are there as GROUP; whether one matters is for the events to say.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Add the mentions and return the document."""
        doc.spans[MENTIONS] = SpanGroup(doc, name=MENTIONS, spans=find_mentions(doc))
        return doc


def find_mentions(doc: Doc) -> list[Span]:
    """Candidate mentions of a document in order of their start, longer ones first."""
    names = find_names(doc)
    spans = [Span(doc, start, end, label=label, span_id="name") for start, end, label in names]
    spans += [
        Span(doc, start, end, label=label, span_id="nominal") for start, end, label, _ in find_nominals(doc, names)
    ]
    return sorted(spans, key=lambda span: (span.start, -span.end))


@Language.factory("newsparse_entities", requires=["doc.ents"], assigns=["doc.spans"])
def make_entities(nlp: Language, name: str) -> EntityFinder:
    """Make the component."""
    return EntityFinder()
