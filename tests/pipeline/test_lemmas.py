"""Lemmas by tag: what was learned, names and capitals, endings; the tables on disk and back."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.lookups import Lookups
from spacy.tokens import Doc

from newsparse.pipeline.lemmas.component import TAGGED, NewsLemmatizer

TABLES = {
    "lemma_rules": {
        "noun": [["s", ""], ["ses", "s"], ["ies", "y"], ["men", "man"]],
        "verb": [["s", ""], ["ed", "e"], ["ed", ""], ["ing", "e"], ["ing", ""]],
        "adj": [["er", ""], ["est", ""]],
    },
    "lemma_exc": {"verb": {"struck": ["strike"], "is": ["be"]}, "noun": {"people": ["person"]}},
    "lemma_index": {"noun": ["state", "city", "vote", "woman"], "verb": ["unite", "end", "vote"], "adj": ["great"]},
    TAGGED: {
        "PRP": {"her": "she"},
        "PRP$": {"her": "her"},
        "VBZ": {"'s": "be"},
        "JJ": {"human": "human", "american": "American"},
        "NNP": {"Sept.": "September", "mark": "mark"},
        "NNPS": {"Philippines": "Philippines"},
        "``": {"“": '"'},
    },
}


@pytest.fixture(scope="module")
def lemmatizer() -> NewsLemmatizer:
    component = NewsLemmatizer(spacy.blank("en").vocab, None)
    lookups = Lookups()
    for name, table in TABLES.items():
        lookups.add_table(name, table)
    component.initialize(list, lookups=lookups)
    return component


def lemma(component: NewsLemmatizer, form: str, tag: str, pos: str) -> str:
    return component(Doc(component.vocab, words=[form], tags=[tag], pos=[pos]))[0].lemma_


@pytest.mark.parametrize(
    ("form", "tag", "pos", "expected"),
    [
        ("her", "PRP", "PRON", "she"),
        ("Her", "PRP$", "PRON", "her"),
        ("’s", "VBZ", "AUX", "be"),
        ("“", "``", "PUNCT", '"'),
        ("American", "JJ", "ADJ", "American"),
        ("AMERICAN", "JJ", "ADJ", "American"),
        ("american", "JJ", "ADJ", "American"),
        ("Peruvian", "JJ", "ADJ", "Peruvian"),
        ("Human", "JJ", "ADJ", "human"),
        ("Legal", "JJ", "ADJ", "legal"),
        ("United", "NNP", "ADJ", "United"),
        ("United", "NNP", "VERB", "Unite"),
        ("States", "NNPS", "PROPN", "State"),
        ("STATES", "NNPS", "PROPN", "STATE"),
        ("WOMEN", "NNPS", "PROPN", "WOMAN"),
        ("Cities", "NNPS", "PROPN", "City"),
        ("Philippines", "NNPS", "PROPN", "Philippines"),
        ("Sept.", "NNP", "PROPN", "September"),
        ("Mark", "NNP", "PROPN", "Mark"),
        ("WTO", "NNP", "PROPN", "WTO"),
        ("Votes", "NNS", "NOUN", "vote"),
        ("VOTE", "NN", "NOUN", "vote"),
        ("GDP", "NN", "NOUN", "GDP"),
        ("NGOs", "NNS", "NOUN", "NGO"),
        ("people", "NNS", "NOUN", "person"),
        ("Work", "VB", "VERB", "work"),
        ("Ending", "VBG", "VERB", "end"),
        ("struck", "VBD", "VERB", "strike"),
        ("greatest", "JJS", "ADJ", "great"),
        ("200,000", "CD", "NUM", "200000"),
        ("Two", "CD", "NUM", "two"),
        ("IV", "CD", "NUM", "IV"),
        ("\n\n", "_SP", "SPACE", "\n\n"),
        ("The", "", "", "the"),
    ],
)
def test_lemma(lemmatizer: NewsLemmatizer, form: str, tag: str, pos: str, expected: str) -> None:
    assert lemma(lemmatizer, form, tag, pos) == expected


def test_the_same_form_under_two_tags(lemmatizer: NewsLemmatizer) -> None:
    assert [lemma(lemmatizer, "her", tag, "PRON") for tag in ("PRP", "PRP$", "PRP")] == ["she", "her", "she"]


def test_tables_survive_the_disk(lemmatizer: NewsLemmatizer, tmp_path: Path) -> None:
    lemmatizer.to_disk(tmp_path)
    component = NewsLemmatizer(spacy.blank("en").vocab, None).from_disk(tmp_path)
    assert lemma(component, "States", "NNPS", "PROPN") == "State"
    assert lemma(component, "Her", "PRP", "PRON") == "she"
    assert component.known == lemmatizer.known
