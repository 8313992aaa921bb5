"""Make the training samples: ``python models/prepare.py DATA OUT`` (OUT gets one ``.jsonl`` file for each source)."""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import articles
import corpus
import names
import samples
import spacy
import treebank
from spacy.language import Language
from spacy.tokens import DocBin

SEED = 17
TREEBANKS = ("ewt", "gum")
HELD_OUT_SHARE = 0.12
VARIANTS = 3
CORPUS = Path(__file__).parent / "corpus"


def syntax_samples(data: Path, out: Path, nlp: Language) -> None:
    """Write the treebanks: ``syntax-train-N.jsonl``, each varied in another way, and the other parts as they stand."""
    for name in TREEBANKS:
        sentences = {
            part: list(treebank.read_sentences(data / "treebank" / f"{name}-{part}.conllu.gz"))
            for part in ("train", "dev")
        }
        lemmas = DocBin(attrs=["TAG", "POS", "LEMMA"], docs=treebank.plain_docs(nlp.vocab, sentences["train"]))
        lemmas.to_disk(out / f"{name}-lemmas.spacy")
        for variant in range(VARIANTS):
            docs = treebank.training_docs(nlp.vocab, sentences["train"], random.Random(SEED + variant))
            samples.save((samples.of_syntax(nlp, doc) for doc in docs), out / f"{name}-train-{variant}.jsonl")
        docs = treebank.plain_docs(nlp.vocab, sentences["dev"])
        samples.save((samples.of_syntax(nlp, doc) for doc in docs), out / f"{name}-dev.jsonl")


def split(data: Path) -> tuple[list[names.Annotated], list[names.Annotated]]:
    """Return the annotated articles to learn from, and those that no network learns from."""
    dev = names.read_articles(data / "events" / "dev.jsonl")
    annotated = names.read_articles(data / "events" / "train.jsonl")
    return names.split_articles(names.without_copies(annotated, dev), HELD_OUT_SHARE, SEED)


def held_out_names(data: Path) -> set[str]:
    """Return the names of the annotated articles that no network learns from."""
    return {article.name for article in split(data)[1]}


def article_samples(data: Path, out: Path, nlp: Language, silver_documents: int) -> None:
    """Write the annotated articles, as they stand and varied, and the texts of which names alone are known.

    ``articles`` are those of the data, ``corpus`` our own, which ship; ``names`` have no events.
    """
    rng = random.Random(SEED)
    records = articles.read_records(data / "events" / "train.jsonl")
    dev = names.read_articles(data / "events" / "dev.jsonl")
    train, held_out = split(data)
    for variant in range(VARIANTS):
        versions = [names.varied(article, rng) if variant else article for article in train]
        windows = (w for article in versions for w in articles.article_samples(nlp, article, records[article.name]))
        samples.save(windows, out / f"articles-train-{variant}.jsonl")
    windows = (w for article in held_out for w in articles.article_samples(nlp, article, records[article.name]))
    samples.save(windows, out / "articles-dev.jsonl")
    own = {record["doc"]: record for record in corpus.read_folder(CORPUS)}
    written = names.without_copies([names.article_of(record) for record in own.values()], dev)
    for variant in range(VARIANTS):
        versions = [names.varied(article, rng) if variant else article for article in written]
        windows = (w for article in versions for w in articles.article_samples(nlp, article, own[article.name]))
        samples.save(windows, out / f"corpus-train-{variant}.jsonl")
    gazetteer = names.Gazetteer.of(train)
    coarse = list(names.read_uner(data / "ner" / "uner-ewt-dev.iob2.gz"))
    silver = names.without_copies(list(names.read_silver(data / "ner" / "polnear-silver.conll.gz")), dev + held_out)
    coarse += rng.sample(silver, min(silver_documents, len(silver)))
    texts = (names.relabelled(document, gazetteer) for document in coarse)
    windows = [w for text in texts for w in articles.name_samples(nlp, text)]
    for variant in range(VARIANTS):
        samples.save(windows[variant::VARIANTS], out / f"names-train-{variant}.jsonl")


def main() -> None:
    """Prepare all samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with treebank/, events/, ner/")
    parser.add_argument("out", type=Path, help="folder for the samples")
    parser.add_argument("--silver", type=int, default=0, metavar="N", help="machine-tagged documents to add")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("en")
    syntax_samples(arguments.data, arguments.out, nlp)
    article_samples(arguments.data, arguments.out, nlp, arguments.silver)


if __name__ == "__main__":
    main()
