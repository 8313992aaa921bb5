from __future__ import annotations

import time

import documents
import pytest
from documents import document, entities
from parsed import parsed
from spacy.lang.en import English
from spacy.tokens import Doc, Span

from newsparse.pipeline.annotations import Mention
from newsparse.pipeline.coref.clusters import cluster_names, is_same_person
from newsparse.pipeline.coref.component import EntityResolver, find_entities, fullest, head_index
from newsparse.pipeline.coref.titles import title_of
from newsparse.pipeline.entities.component import EntityFinder

VOCAB = English().vocab


def named(*names: str) -> list[list[str]]:
    """Clusters of names given as ``TYPE words``."""
    words: list[str] = []
    places = []
    for name in names:
        label, *parts = name.split()
        places.append((len(words), len(words) + len(parts), label))
        words += [*parts, "said"]
    doc = Doc(VOCAB, words=words)
    clusters, _ = cluster_names(doc, [Span(doc, start, end, label=label) for start, end, label in places])
    return [cluster.names for cluster in clusters]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["PERSON Brook", "PERSON Ana Brook"], [["Brook", "Ana Brook"]]),
        (["PERSON Ana Brook", "PERSON Ana"], [["Ana Brook", "Ana"]]),
        (["PERSON Ana Brook", "PERSON Lee Brook", "PERSON Brook"], [["Ana Brook"], ["Lee Brook", "Brook"]]),
        (["PERSON Ana M. Brook", "PERSON Ana Brook"], [["Ana M. Brook", "Ana Brook"]]),
        (["ORG Riverton Water Agency", "ORG RWA"], [["Riverton Water Agency", "RWA"]]),
        (["ORG The Riverton Post", "ORG Post"], [["The Riverton Post", "Post"]]),
        (["ORG Corvane Inc.", "ORG Corvane"], [["Corvane Inc.", "Corvane"]]),
        (["GPE United States", "GPE U.S."], [["United States", "U.S."]]),
        (["GPE City of Riverton", "GPE Riverton"], [["City of Riverton", "Riverton"]]),
        (["GPE Calif.", "GPE California"], [["Calif.", "California"]]),
        (["ORG Riverton", "GPE Riverton"], [["Riverton"], ["Riverton"]]),
        (["ORG Water Bank", "ORG Bank"], [["Water Bank"], ["Bank"]]),
        (["PERSON Jr.", "PERSON Ana Brook"], [["Jr."], ["Ana Brook"]]),
        (["PERSON 's", "PERSON -", "ORG The", "ORG Inc."], [["'s"], ["-"], ["The"], ["Inc."]]),
    ],
)
def test_same_name(names: list[str], expected: list[list[str]]) -> None:
    assert named(*names) == expected


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("brook", "ana brook", True),
        ("a. brook", "ana brook", True),
        ("brook", "ana brook jr.", True),
        ("lee brook", "ana maria brook", False),
        ("ana", "ana brook", False),
    ],
)
def test_same_person(short: str, full: str, expected: bool) -> None:
    assert is_same_person(short.split(), full.split()) is expected


def test_person_is_taken_up_by_pronoun_and_office() -> None:
    found = entities(documents.MAYOR, Ana_Brook="PERSON", Corvane="ORG")
    entity, texts = found["Ana Brook"]
    assert texts == ["Ana Brook", "She", "mayor"]
    assert [mention.kind for mention in entity.mentions] == ["name", "pronoun", "nominal"]
    assert entity.title == "Mayor"


def test_contract_is_taken_up_as_agreement() -> None:
    found = entities(documents.MAYOR, Ana_Brook="PERSON", Corvane="ORG")
    entity, texts = found["city 's contract with Corvane"]
    assert texts == ["city 's contract with Corvane", "agreement"]
    assert entity.type == "AGREEMENT"
    assert entity.kind == "contract"
    assert entity.parties == [found["city"][0].id, found["Corvane"][0].id]


def test_agency_and_its_database() -> None:
    found = entities(documents.AGENCY, Riverton_Water_Agency="ORG")
    agency, texts = found["Riverton Water Agency"]
    assert texts == ["Riverton Water Agency", "RWA", "its", "agency"]
    assert agency.aliases == ["RWA"]
    database, texts = found["customer database"]
    assert texts == ["customer database", "database"]
    assert database.kind == "database"
    assert database.operator == agency.id
    assert database.contents == ["names", "addresses"]


def test_apposition_and_relative_pronoun() -> None:
    found = entities(documents.SHERIFF, Tom_Hale="PERSON", Oak_County="GPE")
    assert found["Tom Hale"][0].title == "Sheriff"
    assert found["Tom Hale"][1] == ["Tom Hale", "sheriff of Oak County"]
    assert found["union leaders"][1] == ["union leaders", "who"]


def test_empty_it_refers_to_nothing() -> None:
    assert entities(documents.FIRM)["firm"][1] == ["firm", "its"]


def test_law_is_taken_up() -> None:
    entity, texts = entities(documents.ORDINANCE)["ordinance"]
    assert texts == ["ordinance", "law"]
    assert (entity.type, entity.kind) == ("LAW", "rule")


def test_ids_follow_the_text() -> None:
    found = find_entities(document(documents.PACT, Oak_County="GPE", Riverton="GPE", Brook="PERSON"))
    assert [entity.id for entity in found] == [f"en-{number}" for number in range(1, len(found) + 1)]
    firsts = [entity.mentions[0].start for entity in found]
    assert firsts == sorted(firsts)


def test_head_index() -> None:
    doc = document(documents.MAYOR, Ana_Brook="PERSON", Corvane="ORG")
    index = head_index(doc, find_entities(doc))
    assert index[1][0] == index[2][0] == index[11][0]  # Ana, Brook, She
    assert index[7][0] == index[14][0]  # contract, agreement


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("Riverton Mayor Ana Brook left", 2, 4, "Mayor"),
        ("Former Attorney General Ana Brook left", 3, 5, "Attorney General"),
        ("SEN. BROOK SPEAKS", 1, 2, "Sen."),
        ("Ana Brook , the mayor of Riverton , left", 0, 2, "Mayor"),
        ("Ana Brook , deputy director of Corvane , left", 0, 2, "Deputy Director"),
        ("Ana Brook , the mayor 's sister , left", 0, 2, None),
        ("Mr. Brook left", 1, 2, None),
        ("Ana Brook left", 0, 2, None),
    ],
)
def test_titles(text: str, start: int, end: int, expected: str | None) -> None:
    doc = Doc(VOCAB, words=text.split())
    assert title_of(doc, Mention(start, end, "name")) == expected


def test_fullest_name() -> None:
    assert fullest(["RWA", "Riverton Water Agency", "Agency"]) == "Riverton Water Agency"
    assert fullest(["BROOK", "Brook"]) == "Brook"


@pytest.mark.parametrize("words", [[], ["."], ["\n\n"], ["He", "left", "it"], ["(", "ICE", ")"]])
def test_odd_text(words: list[str]) -> None:
    doc = EntityResolver()(EntityFinder()(Doc(VOCAB, words=words)))
    assert doc._.newsparse_entities == []


def test_without_mentions() -> None:
    assert find_entities(parsed(documents.MAYOR)) == []


def test_time_grows_with_length_only() -> None:
    rows = [row.split() for row in documents.MAYOR.strip().splitlines()]
    size = len(rows)

    def seconds(copies: int) -> float:
        text = "\n".join(
            " ".join([*row[:4], str(int(row[4]) + (copy * size if row[4] != "0" else 0))])
            for copy in range(copies)
            for row in rows
        )
        started = time.perf_counter()
        entities(text, Ana_Brook="PERSON", Corvane="ORG")
        return time.perf_counter() - started

    seconds(2)
    rounds = [(seconds(40), seconds(160)) for _ in range(3)]  # the best of each: a busy machine slows any one down
    short, long = map(min, zip(*rounds, strict=True))
    assert long < 10 * max(short, 0.01)
