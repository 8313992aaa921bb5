"""Make the training corpora: ``python models/prepare.py DATA OUT`` (OUT gets one ``.spacy`` file per corpus)."""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import names
import spacy
import treebank
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

SEED = 17
TREEBANKS = ("ewt", "gum")
HELD_OUT_SHARE = 0.08
RAW_PIECE_LETTERS = 1500


def save(docs: Iterable[Doc], path: Path) -> None:
    """Write documents to a corpus file and say how many there are."""
    corpus = DocBin(docs=docs, store_user_data=False)
    corpus.to_disk(path)
    print(f"{path.name}: {len(corpus)} documents")


def syntax_corpora(data: Path, out: Path, vocab: Vocab) -> None:
    """Write ``syntax-{train,dev,test}.spacy`` from the treebanks."""
    for part in ("train", "dev", "test"):
        docs: list[Doc] = []
        for name in TREEBANKS:
            sentences = list(treebank.read_sentences(data / "treebank" / f"{name}-{part}.conllu.gz"))
            if part == "train":
                docs.extend(treebank.training_docs(vocab, sentences, random.Random(SEED)))
            else:
                docs.extend(treebank.plain_docs(vocab, sentences))
        save(docs, out / f"syntax-{part}.spacy")


def name_corpora(data: Path, out: Path, nlp: Language, silver_documents: int) -> None:
    """Write ``ner-{train,heldout}.spacy``; training stops by the held-out articles of the training set."""
    rng = random.Random(SEED)
    annotated = names.read_articles(data / "events" / "train.jsonl")
    dev = names.read_articles(data / "events" / "dev.jsonl")
    train, held_out = names.split_articles(names.without_copies(annotated, dev), HELD_OUT_SHARE, SEED)
    gazetteer = names.Gazetteer.of(train)
    coarse = list(names.read_uner(data / "ner" / "uner-ewt-dev.iob2.gz"))
    if silver_documents:
        silver = names.without_copies(list(names.read_silver(data / "ner" / "polnear-silver.conll.gz")), dev + held_out)
        coarse += rng.sample(silver, min(silver_documents, len(silver)))
    texts = [
        *train,
        *(names.varied(article, rng) for article in train),
        *(names.relabelled(document, gazetteer) for document in coarse),
    ]
    save((piece for text in texts for piece in names.pieces(names.to_doc(nlp, text))), out / "ner-train.spacy")
    save((names.to_doc(nlp, article) for article in held_out), out / "ner-heldout.spacy")


def raw_texts(data: Path, out: Path) -> None:
    """Write ``raw.jsonl``, shuffled pieces of running text for pretraining, none of them measured on."""
    dev = names.read_articles(data / "events" / "dev.jsonl")
    articles = names.read_articles(data / "events" / "train.jsonl")
    articles += names.read_silver(data / "ner" / "polnear-silver.conll.gz")
    texts = [text.text for text in names.without_copies(articles, dev)]
    texts += [text if i % 2 else names.curly(text) for i, text in enumerate(texts)]
    with gzip.open(data / "text" / "justice.jsonl.gz", "rt", encoding="utf-8") as lines:
        releases = (json.loads(line) for line in lines)
        texts += [f"{release['title']}\n\n{release['text']}" for release in releases]
    rng = random.Random(SEED)
    pieces = [piece for text in texts for piece in _pieces(text)]
    rng.shuffle(pieces)
    with (out / "raw.jsonl").open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"text": piece}) + "\n" for piece in pieces)
    print(f"raw.jsonl: {len(pieces)} pieces")


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for line in text.splitlines(keepends=True):
        if piece and len(piece) + len(line) > RAW_PIECE_LETTERS:
            yield piece
            piece = ""
        piece += line
    yield piece


def main() -> None:
    """Prepare all corpora."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with treebank/, events/, ner/")
    parser.add_argument("out", type=Path, help="folder for the corpora")
    parser.add_argument("--silver", type=int, default=0, metavar="N", help="machine-tagged documents to add")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("en")
    syntax_corpora(arguments.data, arguments.out, nlp.vocab)
    name_corpora(arguments.data, arguments.out, nlp, arguments.silver)
    raw_texts(arguments.data, arguments.out)


if __name__ == "__main__":
    main()
