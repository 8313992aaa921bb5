"""The shipped pipeline on what news does to sentences, words and names."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

NAME_LABELS = {
    "PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "LAW", "PRODUCT", "EVENT", "WORK", "AGREEMENT", "DATABASE",
}  # fmt: skip
GRAMMAR_LABELS = {"ROOT", "nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod:poss", "aux:pass", "compound:prt"}


def entities(doc: Doc) -> set[tuple[str, str]]:
    """Return text and label of the names."""
    return {(entity.text, entity.label_) for entity in doc.ents}


def sentences(doc: Doc) -> list[str]:
    """Return the sentences without the white space around them."""
    return [sentence.text.strip() for sentence in doc.sents]


def test_meta(base: Language) -> None:
    assert (base.lang, base.meta["name"], base.meta["version"]) == ("en", "newsparse", "0.3.0")
    assert base.meta["performance"], "the measured figures are missing"
    assert base.meta["license"]
    assert base.meta["sources"]


def test_components(base: Language) -> None:
    syntax = ["tagger", "morphologizer", "parser", "lemmatizer"]
    assert base.pipe_names == ["encoder", *syntax, "ner", "newsparse_triggers", "newsparse_roles"]


def test_labels(base: Language) -> None:
    assert set(base.pipe_labels["ner"]) == NAME_LABELS
    assert set(base.pipe_labels["parser"]) >= GRAMMAR_LABELS


def test_no_words_of_the_training_texts(base: Language) -> None:
    assert len(spacy.load("en_newsparse").vocab.strings) < len(spacy.blank("en").vocab.strings) + 2000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. Senate met on Monday. It passed the bill.", 2),
        ("Mr. Harlan of Delta Grid Inc. resigned. The board thanked him.", 2),
        ("Delta Grid Inc. sued the state of Ohio on Jan. 5 in federal court.", 1),
        ("“We will appeal,” the mayor said. “The ruling is wrong.”", 2),
        ('"We will appeal," the mayor said. He called the ruling wrong.', 2),
        ('"We will appeal," the mayor said. "The ruling is wrong."', 2),
        ("Council ends contract with police\n\nThe council voted on Tuesday to end the contract.", 2),
        ("The council voted to end the contract.\nThe mayor signed the order.\nPolice protested.", 3),
    ],
)
def test_sentences(base: Language, text: str, expected: int) -> None:
    assert len(sentences(base(text))) == expected, sentences(base(text))


@pytest.mark.parametrize("line_break", ["\n", "\n\n"])
def test_no_sentence_runs_over_a_headline(base: Language, line_break: str) -> None:
    headline = "Oregon Senate Rejects Water Deal With Nevada"
    doc = base(f"{headline}{line_break}The Senate of Oregon voted on Friday against the deal.")
    assert sentences(doc)[0] == headline


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("The city terminated the contract.", "terminated", "terminate"),
        ("The court struck down the rule.", "struck", "strike"),
        ("The court has struck down both laws.", "laws", "law"),
        ("Agencies shared the data with police.", "Agencies", "agency"),
        ("They are suing the company.", "suing", "sue"),
        ("They are suing the company.", "are", "be"),
        ("The city doesn’t share it.", "n’t", "not"),
        ("The city does n't share it.", "does", "do"),
        ("He left office after he was sworn in.", "left", "leave"),
        ("The council voted to repeal it.", "voted", "vote"),
        ("Two men were arrested.", "men", "man"),
        ("The council voted to repeal it.", "The", "the"),
    ],
)
def test_lemmas(base: Language, text: str, word: str, lemma: str) -> None:
    assert next(token for token in base(text) if token.text == word).lemma_ == lemma


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_possessive(base: Language, apostrophe: str) -> None:
    doc = base(f"Denver{apostrophe}s mayor ended the city{apostrophe}s contract with the agency.")
    assert [token.dep_ for token in doc if token.text in {"Denver", "city"}] == ["nmod:poss", "nmod:poss"]
    assert [token.tag_ for token in doc if token.text == f"{apostrophe}s"] == ["POS", "POS"]
    assert ("Denver", "GPE") in entities(doc)


def test_subject_object_and_agent(base: Language) -> None:
    active = base("The council approved the agreement.")
    assert [token.dep_ for token in active] == ["det", "nsubj", "ROOT", "det", "obj", "punct"]
    passive = base("The agreement was approved by the council.")
    assert [token.dep_ for token in passive][1:4] == ["nsubj:pass", "aux:pass", "ROOT"]
    assert passive[6].dep_ == "obl:agent"


def test_every_token_is_annotated(base: Language) -> None:
    doc = base("MAYOR CUTS TIES\n\nWASHINGTON (AP) — It's over, she said.\n\n\n  He left. ")
    assert all(token.pos_ and token.tag_ and token.dep_ and token.lemma_ for token in doc)
    assert all(token.pos_ == "SPACE" for token in doc if token.is_space)


def test_dateline(base: Language) -> None:
    doc = base("WASHINGTON (AP) — The Senate confirmed Maria Lopez on Monday.")
    assert entities(doc) >= {("WASHINGTON", "GPE"), ("AP", "ORG"), ("Maria Lopez", "PERSON")}


def test_names(base: Language) -> None:
    doc = base("German Chancellor Angela Merkel met Democrats in Chicago, and Microsoft sued the State Department.")
    assert entities(doc) >= {
        ("German", "NORP"),
        ("Angela Merkel", "PERSON"),
        ("Democrats", "NORP"),
        ("Chicago", "GPE"),
        ("Microsoft", "ORG"),
        ("State Department", "ORG"),
    }


def test_headline_in_capitals(base: Language) -> None:
    doc = base("SENATE REJECTS TREATY WITH CANADA\n\nThe Senate of the United States rejected the treaty on Monday.")
    assert sentences(doc)[0] == "SENATE REJECTS TREATY WITH CANADA"
    assert doc[1].lemma_ == "reject"


def test_names_in_capitals(base: Language) -> None:
    doc = base("SENATE VOTES TO END SANCTIONS ON IRAN\n\nThe Senate voted on Monday to end sanctions on Iran.")
    assert {("SENATE", "ORG"), ("IRAN", "GPE")} <= entities(doc)


def test_empty_text(base: Language) -> None:
    assert len(base("")) == 0
