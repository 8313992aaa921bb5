"""The way from articles to records in Python: load a pipeline once, pass articles through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spacy.tokens import Doc

import newsparse
from newsparse.article import Article
from newsparse.assemble import assemble
from newsparse.defaults import DEFAULT_MIN_CONFIDENCE, DEFAULT_PIPELINE
from newsparse.pipeline import load
from newsparse.records import ArticleRecord, ExtractorInfo
from newsparse.rules.frames import load_event_rules
from newsparse.sources import Failure


class Extractor:
    """Turns articles into article records with one loaded pipeline.

    Args:
        pipeline: name or path of a spaCy pipeline with tagger, parser, lemmatizer and ner.
        rules: files with event rules that add to the built-in ones.
        min_confidence: events below it are left out.
        explain: add to each event which rule fired on which words.

    Raises:
        PipelineError: the pipeline is not installed or lacks a component.
        RulesError: a rule file is wrong.
    """

    def __init__(
        self,
        pipeline: str = DEFAULT_PIPELINE,
        rules: Sequence[Path] = (),
        min_confidence: float = DEFAULT_MIN_CONFIDENCE,
        explain: bool = False,
    ) -> None:
        self.rules = load_event_rules(tuple(rules))
        self.nlp = load(pipeline, rules, min_confidence)
        self.explain = explain
        meta = self.nlp.meta
        self.info = ExtractorInfo(
            newsparse=newsparse.__version__,
            pipeline=f"{meta['lang']}_{meta['name']} {meta['version']}",
            rules=self.rules.digest,
        )

    def extract(self, articles: Iterable[Article]) -> Iterator[ArticleRecord | Failure]:
        """Records of the articles, in their order; an article that cannot be processed gives a failure."""
        for article in articles:
            yield self.extract_one(article)

    def extract_one(self, article: Article) -> ArticleRecord | Failure:
        """The record of one article, or the failure that stopped it."""
        if len(article.text) > self.nlp.max_length:
            message = (
                f"the text has {len(article.text):,} characters, the pipeline takes {self.nlp.max_length:,}; split it"
            )
            return Failure(article.url or article.id, "pipeline", "too-long", message)
        try:
            with self.nlp.memory_zone():
                return assemble(article, self.annotate(article), self.rules, self.info, self.explain)
        except Exception as error:  # one bad article must never stop the others
            return Failure(article.url or article.id, "pipeline", "crash", f"{type(error).__name__}: {error}")

    def annotate(self, article: Article) -> Doc:
        """The article's text after the whole pipeline, as a spaCy document."""
        doc = self.nlp.make_doc(article.text)
        doc.user_data["newsparse_published"] = article.published
        doc.user_data["newsparse_title_end"] = len(article.title) if article.title else 0
        return self.nlp(doc)
