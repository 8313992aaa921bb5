"""Measure a pipeline: ``python models/evaluate.py PIPELINE DATA OUT.json``.

With ``--package`` and ``--card`` the figures also go into the ``meta.json`` files of a package and into the
model card.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

import names
import spacy
import treebank
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.training import Example

TREEBANKS = ("ewt", "gum")
SYNTAX_SCORES = ("tag_acc", "pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las", "sents_p", "sents_r", "sents_f")
COARSE_LABELS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
SPEED_ROUNDS = 4
CARD_FIGURES = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- end of figures -->)", re.DOTALL)

Span: TypeAlias = tuple[int, int, str]
Figures: TypeAlias = dict[str, Any]


def load(name: str) -> Language:
    """Load a pipeline by its name, its folder or the folder of its package."""
    config = next(Path(name).glob("*-*/config.cfg"), None)
    return spacy.load(config.parent if config else name)


def syntax_figures(nlp: Language, data: Path) -> Figures:
    """Score tags, lemmas, dependencies (without punctuation) and sentence ends on the treebanks' test parts."""
    figures: Figures = {}
    for name in TREEBANKS:
        sentences = list(treebank.read_sentences(data / "treebank" / f"{name}-test.conllu.gz"))
        golds = list(treebank.plain_docs(nlp.vocab, sentences))
        examples = [Example(doc, gold) for doc, gold in zip(nlp.pipe(gold.text for gold in golds), golds, strict=True)]
        scores = Scorer(nlp=nlp).score(examples)
        figures[name] = {score: round(scores[score], 4) for score in SYNTAX_SCORES}
        figures[name]["lemma_aligned_acc"] = round(aligned_lemma_accuracy(examples), 4)
    return figures


def aligned_lemma_accuracy(examples: Iterable[Example]) -> float:
    """Return the share of right lemmas among the words that the tokenizer cuts as the treebank does.

    spaCy's ``lemma_acc`` also counts words that the tokenizer cuts otherwise (``e-mail``, ``!!``, phone numbers), whose
    lemma no piece can have. Words without a lemma (``_``: the later pieces of a word written apart) are left out, as
    they are in CoNLL's measure.
    """
    right = total = 0
    for example in examples:
        align = example.alignment
        for token in example.predicted:
            if token.is_space or align.x2y.lengths[token.i] != 1:
                continue
            gold = example.reference[int(align.x2y[token.i][0])]
            if align.y2x.lengths[gold.i] == 1 and (gold.lemma_ != "_" or gold.text == "_"):
                total += 1
                right += token.lemma_ == gold.lemma_
    return right / max(total, 1)


def name_figures(nlp: Language, path: Path) -> Figures:
    """Score names by exact span and type on annotated articles; undecided mentions do not count."""
    golds = (names.to_doc(nlp, article) for article in names.read_articles(path))
    scores = nlp.evaluate([Example(nlp.make_doc(gold.text), gold) for gold in golds])
    by_type = {label: _rounded(prf) for label, prf in sorted(scores["ents_per_type"].items())}
    return {"all": _rounded({key: scores[f"ents_{key}"] for key in "prf"}), "by_type": by_type}


def coarse_name_figures(nlp: Language, path: Path) -> Figures:
    """Score persons, organisations and places on UNER, whose places are our GPE, LOC and FAC."""
    tally: Counter[tuple[str, str]] = Counter()
    for document in names.read_uner(path):
        doc = nlp(document.text)
        found = {(e.start_char, e.end_char, COARSE_LABELS[e.label_]) for e in doc.ents if e.label_ in COARSE_LABELS}
        _count(tally, found, set(document.spans))
    by_type = {label: _prf(tally, [label]) for label in ("PER", "ORG", "LOC")}
    return {"all": _prf(tally, by_type), "by_type": by_type}


def _count(tally: Counter[tuple[str, str]], found: set[Span], gold: set[Span]) -> None:
    for kind, spans in (("right", found & gold), ("found", found), ("gold", gold)):
        tally.update((kind, label) for _, _, label in spans)


def _prf(tally: Counter[tuple[str, str]], labels: Iterable[str]) -> dict[str, float]:
    labels = list(labels)
    right, found, gold = (sum(tally[kind, label] for label in labels) for kind in ("right", "found", "gold"))
    return _rounded({"p": right / max(found, 1), "r": right / max(gold, 1), "f": 2 * right / max(found + gold, 1)})


def _rounded(scores: dict[str, float]) -> dict[str, float]:
    return {key: round(score or 0.0, 4) for key, score in scores.items()}


def words_per_second(nlp: Language, path: Path) -> int:
    """Time the whole pipeline on the articles, in one process."""
    texts = [article.text for article in names.read_articles(path)]
    list(nlp.pipe(texts[:5]))
    begin = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts * SPEED_ROUNDS))
    return round(words / (time.perf_counter() - begin))


def measure(nlp: Language, data: Path) -> Figures:
    """Collect all figures."""
    dev = data / "events" / "dev.jsonl"
    return {
        "syntax": syntax_figures(nlp, data),
        "names": name_figures(nlp, dev),
        "names_uner_ewt_test": coarse_name_figures(nlp, data / "ner" / "uner-ewt-test.iob2.gz"),
        "words_per_second": words_per_second(nlp, dev),
    }


def as_markdown(figures: Figures) -> str:
    """Lay the figures out as the tables of the model card."""
    columns = ("tag", "part of speech", "morphology", "lemma", "lemma, words cut alike", "UAS", "LAS", "sentence F")
    lines = ["", f"| treebank, test part | {' | '.join(columns)} |", "|---" * (1 + len(columns)) + "|"]
    for name, scores in figures["syntax"].items():
        shown = ("tag_acc", "pos_acc", "morph_acc", "lemma_acc", "lemma_aligned_acc", "dep_uas", "dep_las", "sents_f")
        lines.append(f"| UD {name.upper()} | " + " | ".join(f"{100 * scores[key]:.1f}" for key in shown) + " |")
    titles = {"names": "names, annotated news (dev)", "names_uner_ewt_test": "names, UNER EWT (test)"}
    for key, title in titles.items():
        lines += ["", f"| {title} | precision | recall | F |", "|---|---|---|---|"]
        for label, prf in (("all", figures[key]["all"]), *figures[key]["by_type"].items()):
            lines.append(f"| {label} | " + " | ".join(f"{100 * prf[score]:.1f}" for score in "prf") + " |")
    lines += ["", f"Speed: about {figures['words_per_second']:,} words a second on one core.", ""]
    return "\n".join(lines) + "\n"


def publish(figures: Figures, package: Path | None, card: Path | None) -> None:
    """Write the figures into the package's meta files and the model card, where these are given."""
    for path in package.rglob("meta.json") if package else ():
        meta = json.loads(path.read_text(encoding="utf-8"))
        meta["performance"] = figures
        path.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if card:
        text = card.read_text(encoding="utf-8")
        card.write_text(CARD_FIGURES.sub(lambda _: as_markdown(figures), text), encoding="utf-8")


def main() -> None:
    """Measure, and publish if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pipeline", help="name or folder of a spaCy pipeline, or of a package")
    parser.add_argument("data", type=Path, help="folder with treebank/, events/, ner/")
    parser.add_argument("out", type=Path, help="JSON file for the figures")
    parser.add_argument("--package", type=Path, help="package whose meta.json gets the figures")
    parser.add_argument("--card", type=Path, help="model card whose tables are renewed")
    arguments = parser.parse_args()
    figures = measure(load(arguments.pipeline), arguments.data)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    publish(figures, arguments.package, arguments.card)
    print(as_markdown(figures))


if __name__ == "__main__":
    main()
