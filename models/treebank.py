"""Read Universal Dependencies treebanks (CoNLL-U) into spaCy documents.

The documents keep the treebank's own words; at training time spaCy aligns them to what its tokenizer makes of
the same text. Line breaks between paragraphs become tokens of their own, as they do in a news article.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

SENTENCES_PER_CHUNK = (5, 15)
HEADLINE_SHARE = 0.35
HEADLINE_LENGTH = (4, 14)
HEADLINE_CAPS_SHARE = 0.3
HEADLINE_SHORT_SHARE = 0.6
CURLY_SHARE = 0.5
QUOTED_SHARE = 0.35
CASE_SHARE = 0.02
QUOTES = frozenset("\"'“”‘’") | {"``", "''"}
CURLY_TO_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
# Words that a headline writes small even in title case.
SMALL_WORDS = frozenset({
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "nor", "of", "on", "or", "over", "the", "to", "via",
    "with",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word: the columns of its CoNLL-U line that we learn from."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int  # position in the sentence, its own position for the root
    deprel: str
    space_after: bool


@dataclass(slots=True)
class Sentence:
    """The words of a sentence, and whether it opens a paragraph or a document."""

    words: list[Word]
    opens_paragraph: bool = False
    opens_document: bool = False


@dataclass(slots=True)
class _Block:
    """The lines of one sentence in the file, sorted by kind."""

    comments: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    ranges: dict[int, tuple[int, str, bool]] = field(default_factory=dict)  # first → last, surface, space after


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a gzipped CoNLL-U file; those whose words do not spell their text are left out."""
    block = _Block()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("#"):
                block.comments.append(line)
            elif line:
                _add_row(block, line.split("\t"))
            else:
                sentence = _sentence(block)
                block = _Block()
                if sentence:
                    yield sentence


def _add_row(block: _Block, row: list[str]) -> None:
    number = row[0]
    if "-" in number:
        first, last = map(int, number.split("-"))
        block.ranges[first] = (last, row[1], _space_after(row))
    elif "." not in number:  # empty nodes belong to the enhanced graph, not to the text
        block.rows.append(row)


def _space_after(row: list[str]) -> bool:
    return "SpaceAfter=No" not in row[9].split("|")


def _sentence(block: _Block) -> Sentence | None:
    """Make a sentence of its lines, or nothing if a word cannot be found as such in the text."""
    spaces = [_space_after(row) for row in block.rows]
    for first, (last, surface, space_after) in block.ranges.items():
        if "".join(row[1] for row in block.rows[first - 1 : last]) != surface:
            return None
        spaces[first - 1 : last] = [False] * (last - first) + [space_after]
    if not block.rows or any(" " in row[1] for row in block.rows):
        return None
    words = [_word(position, row, space) for position, (row, space) in enumerate(zip(block.rows, spaces, strict=True))]
    return Sentence(
        words,
        opens_paragraph=any(comment.startswith("# newpar") for comment in block.comments),
        opens_document=any(comment.startswith("# newdoc") for comment in block.comments),
    )


def _word(position: int, row: list[str], space: bool) -> Word:
    _, form, lemma, upos, xpos, feats, head, deprel = row[:8]
    return Word(
        form=form,
        lemma=lemma,
        upos=upos,
        xpos="" if xpos == "_" else xpos,
        feats="" if feats == "_" else feats,
        head=position if head == "0" else int(head) - 1,
        deprel="ROOT" if head == "0" else deprel,
        space_after=space,
    )


def chunks(sentences: list[Sentence], rng: random.Random) -> Iterator[list[Sentence]]:
    """Cut the sentences into pieces of several sentences that never cross a document boundary."""
    chunk: list[Sentence] = []
    size = rng.randint(*SENTENCES_PER_CHUNK)
    for sentence in sentences:
        if chunk and (sentence.opens_document or len(chunk) >= size):
            yield chunk
            chunk, size = [], rng.randint(*SENTENCES_PER_CHUNK)
        chunk.append(sentence)
    if chunk:
        yield chunk


def make_doc(vocab: Vocab, chunk: list[Sentence], line_break: str) -> Doc:
    """Make a document of consecutive sentences, with a line break wherever a paragraph opens."""
    words: list[Word] = []
    for sentence in chunk:
        if words and sentence.opens_paragraph:
            words[-1] = replace(words[-1], space_after=False)
            previous = len(words) - 1
            words.append(Word(line_break, line_break, "SPACE", "_SP", "", previous, "dep", space_after=False))
        start = len(words)
        words.extend(replace(word, head=word.head + start) for word in sentence.words)
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space_after for word in words],
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        morphs=[word.feats for word in words],
        lemmas=[word.lemma for word in words],
        heads=[word.head for word in words],
        deps=[word.deprel for word in words],
    )


def as_headline(sentence: Sentence, rng: random.Random) -> Sentence:
    """Rewrite a sentence as a headline: present tense, short of articles and auxiliaries, Title Case or CAPITALS."""
    present = [_in_present(word, sentence.words) for word in sentence.words]
    heads = {word.head for position, word in enumerate(present) if word.head != position}
    droppable = {"the", "a", "an"} if rng.random() < HEADLINE_SHORT_SHARE else set()
    dropped = {
        position
        for position, word in enumerate(present)
        if position not in heads
        and (
            word.form.lower() in droppable
            or (droppable and word.deprel == "aux:pass")
            or (position == len(present) - 1 and word.form == ".")
        )
    }
    kept = [position for position in range(len(present)) if position not in dropped]
    new_position = {old: new for new, old in enumerate(kept)}
    capitals = rng.random() < HEADLINE_CAPS_SHARE
    words = [replace(present[old], head=new_position[present[old].head]) for old in kept]
    return Sentence(
        [
            replace(word, form=word.form.upper() if capitals else _title_case(word.form, before))
            for before, word in zip([None, *words], words, strict=False)
        ]
    )


def _in_present(word: Word, words: list[Word]) -> Word:
    """Put the main verb into the present tense, in which headlines tell the past."""
    if word.xpos != "VBD" or word.upos != "VERB" or word.deprel != "ROOT" or not word.lemma.isalpha():
        return word
    subjects = [other for other in words if words[other.head] is word and other.deprel == "nsubj"]
    if not subjects or subjects[0].upos == "PRON":
        return word
    if "Number=Plur" in subjects[0].feats:
        return replace(word, form=word.lemma, xpos="VBP", feats="Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin")
    form = _third_person(word.lemma)
    return replace(word, form=form, xpos="VBZ", feats="Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin")


def _third_person(verb: str) -> str:
    if verb in {"have", "be", "do", "go"}:
        return {"have": "has", "be": "is", "do": "does", "go": "goes"}[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        return verb[:-1] + "ies"
    return verb + "s"


def _title_case(form: str, before: Word | None) -> str:
    if before and (form in SMALL_WORDS or not before.space_after):
        return form
    return form[:1].upper() + form[1:]


def is_headline_material(sentence: Sentence) -> bool:
    """Tell whether a sentence is a short statement with a verb and about others, as headlines are."""
    low, high = HEADLINE_LENGTH
    words = sentence.words
    return (
        low <= len(words) <= high
        and words[-1].form in {".", "?"}
        and not any("Person=1" in word.feats or "Person=2" in word.feats for word in words)
        and words[0].form[:1].isupper()
        and any(word.deprel == "ROOT" and word.upos == "VERB" for word in words)
    )


def in_quotes(sentences: list[Sentence]) -> list[Sentence]:
    """Put some sentences as a whole into quotation marks, which belong to the first and the last of them."""
    if any(word.form in QUOTES for sentence in sentences for word in sentence.words):
        return sentences
    first, *others = sentences
    opening = Word('"', '"', "PUNCT", "``", "", 1 + _root(first), "punct", space_after=False)
    first = replace(first, words=[opening, *(replace(word, head=word.head + 1) for word in first.words)])
    *others, last = [first, *others]
    closing = Word('"', '"', "PUNCT", "''", "", _root(last), "punct", last.words[-1].space_after)
    return [*others, replace(last, words=[*last.words[:-1], replace(last.words[-1], space_after=False), closing])]


def _root(sentence: Sentence) -> int:
    return next(position for position, word in enumerate(sentence.words) if word.deprel == "ROOT")


def with_straight_quotes(sentence: Sentence) -> Sentence:
    """Replace typographic quotation marks and apostrophes by straight ones."""
    return replace(
        sentence, words=[replace(word, form=word.form.translate(CURLY_TO_STRAIGHT)) for word in sentence.words]
    )


def with_curly_quotes(sentence: Sentence) -> Sentence:
    """Replace straight quotation marks and apostrophes by typographic ones; the tags tell which side."""
    return replace(sentence, words=[replace(word, form=_curly(word)) for word in sentence.words])


def _curly(word: Word) -> str:
    if word.form == '"':
        return "“" if word.xpos == "``" else "”"
    if word.form == "'":
        return "‘" if word.xpos == "``" else "’"
    return word.form.replace("'", "’")


def in_capitals(sentence: Sentence) -> Sentence:
    """Write the sentence in capital letters."""
    return replace(sentence, words=[replace(word, form=word.form.upper()) for word in sentence.words])


def training_docs(vocab: Vocab, sentences: list[Sentence], rng: random.Random) -> Iterator[Doc]:
    """Yield training documents: chunks made to look like news, with headlines and both kinds of quotes."""
    headlines = [sentence for sentence in sentences if is_headline_material(sentence)]
    for chunk in chunks(sentences, rng):
        varied = [in_capitals(one) if rng.random() < CASE_SHARE else one for one in chunk]
        if rng.random() < QUOTED_SHARE:
            start = rng.randrange(len(varied))
            end = start + rng.randint(1, 3)
            varied[start:end] = in_quotes(varied[start:end])
        line_break = rng.choice(["\n", "\n\n"])
        if rng.random() < HEADLINE_SHARE:
            varied = [as_headline(rng.choice(headlines), rng), replace(varied[0], opens_paragraph=True), *varied[1:]]
            line_break = "\n\n"
        in_style = with_curly_quotes if rng.random() < CURLY_SHARE else with_straight_quotes
        varied = [in_style(sentence) for sentence in varied]
        yield make_doc(vocab, varied, line_break)


def plain_docs(vocab: Vocab, sentences: list[Sentence]) -> Iterator[Doc]:
    """Yield the chunks as they stand, for measuring."""
    for chunk in chunks(sentences, random.Random(0)):
        yield make_doc(vocab, chunk, "\n\n")
