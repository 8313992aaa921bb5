"""Read annotated names into spaCy documents: articles (gold), UNER (gold, coarse labels), tagged news (silver).

A mention that an annotation cannot decide for our labels stays *missing*, so that the model learns nothing from
it, rather than *outside*.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokens import Doc

from newsparse.annotation.names import NOMINAL_TYPES, is_name

LABELS = frozenset({
    "PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "LAW", "PRODUCT", "EVENT", "WORK", "AGREEMENT", "DATABASE",
})  # fmt: skip
# A sample ends with a paragraph after so many tokens, else with a sentence, else anywhere.
CHUNK_TOKENS, LONG_CHUNK_TOKENS, MOST_TOKENS = 150, 180, 220
CAPITALS_SHARE = 0.2
TITLE_CASE_SHARE = 0.15
# A silver sentence of this many letters that occurs in a measured article betrays its document as a copy.
COPY_LETTERS = 50

_OPENING_DOUBLE = re.compile(r'(^|[\s(\[—–‘\'-])"(?=\S)')
_OPENING_SINGLE = re.compile(r"(^|[\s(\[—–“\"])'(?=[A-Za-z])(?!(?:tis|twas|em|til)\b)")
_CURLY_TO_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_PTB = {
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
    "''": "”",
    "``": "“",
    "`": "‘",
}
_NO_SPACE_BEFORE = re.compile(r"[.,:;?!%)\]}”]|\.\.\.|n['’]t|['’](?:s|re|ve|ll|d|m)?", re.IGNORECASE)
_CAPITALISED = re.compile(r"\b[A-Z][\w-]+")
_NO_SPACE_AFTER = ("\n", "(", "[", "$", "#", "“", "‘")


@dataclass(slots=True)
class Annotated:
    """A text with labelled character spans; spans in ``missing`` are undecided."""

    name: str
    text: str
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    missing: list[tuple[int, int]] = field(default_factory=list)
    title_length: int = 0


def read_articles(path: Path) -> list[Annotated]:
    """Read annotated articles."""
    with path.open(encoding="utf-8") as lines:
        return [article_of(json.loads(line)) for line in lines]


def article_of(record: dict[str, Any]) -> Annotated:
    """Take title, text and names from a record; of nested names the outermost one counts."""
    article = Annotated(record["doc"], record["full"], title_length=len(record["title"]))
    candidates = [
        (start, end, entity["type"])
        for entity in record["entities"]
        if entity["type"] in LABELS
        for start, end in entity["mentions"]
    ]
    title_words = [word for word in record["title"].split() if word[:1].isalpha()]
    title_case = sum(word[0].isupper() for word in title_words) > 0.7 * len(title_words)
    taken = 0
    for start, end, label in sorted(candidates, key=lambda span: (span[0], -span[1])):
        if start < taken or not is_name(article.text, start, end, label):
            continue
        taken = end
        if label in NOMINAL_TYPES and title_case and end <= article.title_length:
            article.missing.append((start, end))
        else:
            article.spans.append((start, end, label))
    return article


def split_articles(articles: list[Annotated], share: float, seed: int) -> tuple[list[Annotated], list[Annotated]]:
    """Set a share of the articles aside: (the others, those set aside)."""
    shuffled = sorted(articles, key=lambda article: article.name)
    random.Random(seed).shuffle(shuffled)
    held_out = round(len(shuffled) * share)
    return shuffled[held_out:], shuffled[:held_out]


def varied(article: Annotated, rng: random.Random) -> Annotated:
    """Return the article in another typography: quotes of the other kind, now and then another headline case."""
    straight = '"' in article.text or "'" in article.text
    text = curly(article.text) if straight else article.text.translate(_CURLY_TO_STRAIGHT)
    title, body = text[: article.title_length], text[article.title_length :]
    chance = rng.random()
    if chance < CAPITALS_SHARE:
        title = title.upper()
    elif chance < CAPITALS_SHARE + TITLE_CASE_SHARE:
        title = re.sub(r"(?<![\w'’])[a-z](?=[a-z]{3})", lambda letter: letter.group().upper(), title)
    if len(title) != article.title_length:  # a letter whose capital is longer would move the offsets
        title = text[: article.title_length]
    return Annotated(article.name, title + body, article.spans, article.missing, article.title_length)


def curly(text: str) -> str:
    """Replace straight quotation marks by typographic ones, keeping all offsets."""
    text = _OPENING_DOUBLE.sub(r"\1“", text).replace('"', "”")
    return _OPENING_SINGLE.sub(r"\1‘", text).replace("'", "’")


def to_doc(nlp: Language, article: Annotated) -> Doc:
    """Make a document with the names as entities; those that no tokens fit are missing."""
    doc = nlp.make_doc(article.text)
    exact = [doc.char_span(start, end, label=label) for start, end, label in article.spans]
    unfit = [(start, end) for (start, end, _), span in zip(article.spans, exact, strict=True) if span is None]
    entities = [span for span in exact if span is not None]
    loose = [doc.char_span(start, end, alignment_mode="expand") for start, end in article.missing + unfit]
    undecided = {token.i for span in loose if span is not None for token in span}
    undecided -= {token.i for span in entities for token in span}
    doc.set_ents(entities, missing=[doc[i : i + 1] for i in sorted(undecided)], default="outside")
    return doc


def pieces_of(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the document in pieces of some paragraphs, as token offsets, so that a batch mixes articles."""
    start = 0
    for token in doc:
        length = token.i + 1 - start
        paragraph = token.is_space and "\n" in token.text and length >= CHUNK_TOKENS
        sentence = token.text in {".", "?", "!"} and length >= LONG_CHUNK_TOKENS
        if paragraph or sentence or length >= MOST_TOKENS:
            yield start, token.i + 1
            start = token.i + 1
    if start < len(doc):
        yield start, len(doc)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What the annotated articles call a string, where they agree."""

    label_of: dict[str, str]

    @classmethod
    def of(cls, articles: list[Annotated]) -> Gazetteer:
        """Collect the strings that have one label in at least nine of ten mentions."""
        counts: dict[str, Counter[str]] = {}
        for article in articles:
            for start, end, label in article.spans:
                counts.setdefault(article.text[start:end].lower(), Counter())[label] += 1
        best = {text: labels.most_common(1)[0] for text, labels in counts.items()}
        return cls({text: label for text, (label, n) in best.items() if n >= 0.9 * counts[text].total()})

    def label(self, text: str, allowed: frozenset[str]) -> str | None:
        """Return the label of a string if it is one of those allowed."""
        label = self.label_of.get(text.lower())
        return label if label in allowed else None


_COARSE: dict[str, tuple[str | None, frozenset[str]]] = {
    # label elsewhere → ours, or the labels among which the gazetteer has to decide
    "PER": ("PERSON", frozenset()),
    "PERSON": ("PERSON", frozenset()),
    "ORG": ("ORG", frozenset()),
    "ORGANIZATION": ("ORG", frozenset()),
    "LOC": (None, frozenset({"GPE", "LOC", "FAC"})),
    "LOCATION": (None, frozenset({"GPE", "LOC"})),
    "MISC": (None, frozenset({"NORP"})),
}


def relabelled(document: Annotated, gazetteer: Gazetteer) -> Annotated:
    """Translate coarse labels into ours; what they leave open, and what they have no label for, is missing."""
    result = Annotated(document.name, document.text, missing=list(document.missing))
    for start, end, coarse in document.spans:
        label, allowed = _COARSE[coarse]
        label = label or gazetteer.label(document.text[start:end], allowed)
        if label:
            result.spans.append((start, end, label))
        else:
            result.missing.append((start, end))
    marked = {i for start, end, _ in document.spans for i in range(start, end)}
    for word in _CAPITALISED.finditer(document.text):
        if word.start() not in marked and gazetteer.label(word.group(), LABELS - {"PERSON", "ORG"}):
            result.missing.append(word.span())
    return result


def read_uner(path: Path) -> Iterator[Annotated]:
    """Yield the documents of a UNER file, with its labels PER, ORG, LOC; other kinds of names are unmarked."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        blocks = "".join(lines).strip().split("\n\n")
    document = Annotated(path.name, "")
    for block in blocks:
        rows = block.split("\n")
        if document.text and any(row.startswith("# newdoc") for row in rows):
            yield document
            document = Annotated(path.name, "")
        text = next(row.removeprefix("# text = ") for row in rows if row.startswith("# text"))
        tokens = [row.split("\t")[1:3] for row in rows if not row.startswith("#")]
        _append_uner(document, text, tokens)
    yield document


def _append_uner(document: Annotated, text: str, tokens: list[list[str]]) -> None:
    if document.text:
        document.text += " "
    offset = len(document.text)
    document.text += text
    position = 0
    for form, tag in tokens:
        start = text.index(form, position)
        position = start + len(form)
        if tag.startswith("B-"):
            document.spans.append((offset + start, offset + position, tag[2:]))
        elif tag.startswith("I-"):
            first, _, label = document.spans[-1]
            document.spans[-1] = (first, offset + position, label)


def read_silver(path: Path) -> Iterator[Annotated]:
    """Yield machine-tagged documents; "no name" is believed only of stop words and of words without a capital."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        documents = "".join(lines).split("# doc ")[1:]
    for content in documents:
        name, _, rows = content.partition("\n")
        document = Annotated(name, "")
        for block in rows.strip().split("\n\n"):
            tokens = [row.split("\t") for row in block.split("\n") if "\t" in row]
            _append_silver(document, [(_PTB.get(form, form), tag) for form, tag in tokens])
        yield document


def _append_silver(document: Annotated, tokens: list[tuple[str, str]]) -> None:
    if document.text:
        document.text += "\n"
    for tag, group in groupby(tokens, key=lambda token: token[1]):
        forms = [_append_word(document, form) for form, _ in group]
        if tag in _COARSE:
            document.spans.append((forms[0][0], forms[-1][1], tag))
        elif tag == "O":
            doubtful = ((start, end) for start, end in forms if document.text[start].isupper())
            document.missing.extend(
                (start, end) for start, end in doubtful if document.text[start:end].lower() not in STOP_WORDS
            )


def _append_word(document: Annotated, form: str) -> tuple[int, int]:
    """Add a word to the text, with a space before it where English has one; return its place."""
    glued = document.text.endswith(_NO_SPACE_AFTER) or _NO_SPACE_BEFORE.fullmatch(form)
    if document.text and not glued:
        document.text += " "
    document.text += form
    return len(document.text) - len(form), len(document.text)


def without_copies(documents: list[Annotated], measured: list[Annotated]) -> list[Annotated]:
    """Leave out the documents that share a sentence with an article we measure on."""
    texts = "\n".join(_letters(article.text) for article in measured)
    return [document for document in documents if not _is_copy(document.text, texts)]


def _is_copy(text: str, texts: str) -> bool:
    return any(
        len(letters) >= COPY_LETTERS and letters in texts for line in text.split("\n") for letters in [_letters(line)]
    )


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())
