"""What the training scripts make of treebanks and annotated names."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import names
import pytest
import spacy
import treebank

CONLLU = """\
# newdoc id = one
# newpar id = one-1
# text = The city's mayor resigned.
1\tThe\tthe\tDET\tDT\tDefinite=Def|PronType=Art\t2\tdet\t_\t_
2-3\tcity's\t_\t_\t_\t_\t_\t_\t_\t_
2\tcity\tcity\tNOUN\tNN\tNumber=Sing\t4\tnmod:poss\t_\t_
3\t's\t's\tPART\tPOS\t_\t2\tcase\t_\t_
4\tmayor\tmayor\tNOUN\tNN\tNumber=Sing\t5\tnsubj\t_\t_
5\tresigned\tresign\tVERB\tVBD\tTense=Past|VerbForm=Fin\t0\troot\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

# newpar id = one-2
# text = He left.
1\tHe\the\tPRON\tPRP\tCase=Nom\t2\tnsubj\t_\t_
1.1\tthen\tthen\tADV\tRB\t_\t_\t_\t2:advmod\t_
2\tleft\tleave\tVERB\tVBD\tTense=Past|VerbForm=Fin\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


@pytest.fixture
def sentences(tmp_path: Path) -> list[treebank.Sentence]:
    path = tmp_path / "small.conllu.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write(CONLLU)
    return list(treebank.read_sentences(path))


def test_document_has_the_text_and_the_paragraphs(sentences: list[treebank.Sentence]) -> None:
    doc = treebank.make_doc(spacy.blank("en").vocab, sentences, "\n\n")
    assert doc.text == "The city's mayor resigned.\n\nHe left. "
    assert [(token.text, token.dep_, token.head.text) for token in doc][4:8] == [
        ("resigned", "ROOT", "resigned"),
        (".", "punct", "resigned"),
        ("\n\n", "dep", "."),
        ("He", "nsubj", "left"),
    ]
    assert len(list(doc.sents)) == 2


def test_headline(sentences: list[treebank.Sentence]) -> None:
    doc = treebank.make_doc(spacy.blank("en").vocab, [treebank.as_headline(sentences[0], random.Random(5))], "\n")
    assert doc.text.strip().lower() in {"the city's mayor resigns", "city's mayor resigns"}
    assert [token.dep_ for token in doc][-3:] == ["case", "nsubj", "ROOT"]


def test_quotes(sentences: list[treebank.Sentence]) -> None:
    vocab = spacy.blank("en").vocab
    quoted = treebank.in_quotes(sentences)
    assert treebank.make_doc(vocab, quoted, "\n").text == '"The city\'s mayor resigned.\nHe left." '
    curly = [treebank.with_curly_quotes(sentence) for sentence in quoted]
    assert treebank.make_doc(vocab, curly, "\n").text == "“The city’s mayor resigned.\nHe left.” "


@pytest.mark.parametrize(
    ("straight", "expected"),
    [
        ('"It\'s over," he said.', "“It’s over,” he said."),
        ("('Never', they said)", "(‘Never’, they said)"),
        ("the states' data of the '90s", "the states’ data of the ’90s"),
        ("\"'Never' is long,\" he said", "“‘Never’ is long,” he said"),
    ],
)
def test_curly_quotes_keep_offsets(straight: str, expected: str) -> None:
    assert names.curly(straight) == expected


@pytest.mark.parametrize(
    ("text", "mention", "label", "expected"),
    [
        ("They left the Paris Agreement.", "Paris Agreement", "AGREEMENT", True),
        ("They ended the city's contract with ICE.", "city's contract with ICE", "AGREEMENT", False),
        ("Contract ends. The contract was old.", "Contract", "AGREEMENT", False),
        ("FISA was renewed.", "FISA", "LAW", True),
        ("It breaks Section 702.", "Section 702", "LAW", True),
        ("It is about 25% tariffs.", "25% tariffs", "LAW", False),
        ("The city acted.", "city", "GPE", False),
    ],
)
def test_names_are_told_from_noun_phrases(text: str, mention: str, label: str, expected: bool) -> None:
    start = text.index(mention)
    assert names.is_name(text, start, start + len(mention), label) is expected


def test_article_keeps_the_outermost_name(tmp_path: Path) -> None:
    full = "Deal ends\n\nThe Trump administration left the deal."
    start = full.index("Trump")
    entities = [
        {"type": "PERSON", "mentions": [[start, start + 5]]},
        {"type": "ORG", "mentions": [[start, start + 20]]},
        {"type": "AGREEMENT", "mentions": [[0, 4], [full.index("deal."), len(full) - 1]]},
        {"type": "GROUP", "mentions": [[start, start + 5]]},
    ]
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({"doc": "a", "title": "Deal ends", "full": full, "entities": entities}) + "\n")
    (article,) = names.read_articles(path)
    assert [(full[a:b], label) for a, b, label in article.spans] == [("Trump administration", "ORG")]
    nlp = spacy.blank("en")
    assert [(entity.text, entity.label_) for entity in names.to_doc(nlp, article).ents] == [
        ("Trump administration", "ORG")
    ]


def test_coarse_labels_are_missing_where_unclear() -> None:
    gold = names.Annotated("gold", "Ohio sued. Syrian troops", [(0, 4, "GPE"), (11, 17, "NORP")])
    coarse = names.Annotated(
        "coarse", "Ann of Ohio saw Mordor and Syrian men", [(0, 3, "PER"), (7, 11, "LOC"), (16, 22, "LOC")]
    )
    result = names.relabelled(coarse, names.Gazetteer.of([gold]))
    assert result.spans == [(0, 3, "PERSON"), (7, 11, "GPE")]
    assert result.missing == [(16, 22), (27, 33)]


def test_copies_of_measured_articles_are_left_out() -> None:
    line = "The council voted on Tuesday to end the contract with the agency for good"
    measured = [names.Annotated("dev", f"Title\n\n{line}.")]
    documents = [names.Annotated("copy", f"Other line\n{line} ."), names.Annotated("new", "Something else entirely")]
    assert [document.name for document in names.without_copies(documents, measured)] == ["new"]
