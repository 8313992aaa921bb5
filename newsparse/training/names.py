"""What annotated articles say to the head that finds names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc
from spacy.training import Example

from newsparse.annotation.article import AnnotatedArticle
from newsparse.annotation.names import names_of
from newsparse.evaluation.counts import Count, Figures
from newsparse.pipeline.encoder.spans import SpanTagger


def labels(articles: Iterable[AnnotatedArticle]) -> Counter[str]:
    """How many names of which type the articles have."""
    return Counter(label for annotated in articles for *_, label in names_of(annotated).spans)


def examples(
    component: SpanTagger, docs: Sequence[Doc], articles: Sequence[AnnotatedArticle], used: frozenset[str]
) -> list[Example]:
    """Documents with the names that the articles have.

    Undecided, so that they count neither way, are mentions that fit no tokens, and names that the component finds now
    of a type that is not ``used`` anywhere: who annotates persons only does not say that there are no places.
    """
    component.set_annotations(docs, component.predict(docs))
    return [Example(doc, _reference(doc, article, used)) for doc, article in zip(docs, articles, strict=True)]


def _reference(doc: Doc, annotated: AnnotatedArticle, used: frozenset[str]) -> Doc:
    reference = Doc(doc.vocab, words=[token.text for token in doc], spaces=[bool(token.whitespace_) for token in doc])
    names = names_of(annotated)
    spans = [(start, end, reference.char_span(start, end, label=label)) for start, end, label in names.spans]
    fitting = [span for *_, span in spans if span is not None]
    taken = {token.i for span in fitting for token in span}
    loose = [(start, end) for start, end, span in spans if span is None]
    loose += names.undecided
    loose += [(entity.start_char, entity.end_char) for entity in doc.ents if entity.label_ not in used]
    undecided = {
        token.i
        for start, end in loose
        if (span := reference.char_span(start, end, alignment_mode="expand")) is not None
        for token in span
    }
    missing = [reference[i : i + 1] for i in sorted(undecided - taken)]
    reference.set_ents(fitting, missing=missing, default="outside")
    return reference


def score(component: SpanTagger, examples: Sequence[Example]) -> Figures:
    """Names found exactly, all and by type; what is undecided does not count."""
    docs = [example.predicted for example in examples]
    component.set_annotations(docs, component.predict(docs))
    figures: Figures = defaultdict(Count, name=Count())
    for example in examples:
        known = [token.ent_iob != 0 for token in example.reference]
        wanted = {(entity.start, entity.end, entity.label_) for entity in example.reference.ents}
        found = {
            (entity.start, entity.end, entity.label_)
            for entity in example.predicted.ents
            if all(known[entity.start : entity.end])
        }
        _count(figures, wanted, found)
    return dict(figures)


def _count(figures: Figures, wanted: set[tuple[int, int, str]], found: set[tuple[int, int, str]]) -> None:
    for names, key in ((wanted, "gold"), (found, "predicted"), (wanted & found, "right")):
        for _, _, label in sorted(names):
            figures["name"].add(**{key: 1})
            figures[f"name/{label}"].add(**{key: 1})
