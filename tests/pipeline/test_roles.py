"""Arguments: paths in the tree, learned scores of roles, and how they are weighed against the rules."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from numpy.typing import NDArray

from newsparse.pipeline.annotations import Argument, Entity, Event, Mention, Trigger
from newsparse.pipeline.roles.arguments import LEARNED, Candidate, Scene, candidates, probability
from newsparse.pipeline.roles.component import RolesComponent, chosen
from newsparse.pipeline.roles.likelihoods import WINDOW, Labels, Likelihoods, likelihoods
from newsparse.pipeline.roles.paths import FAR, SAME, UNKNOWN, Tree
from newsparse.pipeline.roles.weights import RoleWeights, Side

WIDTH = 4
WORDS = ["The", "city", "ended", "its", "contract", "with", "Acme", "after", "the", "mayor", "asked"]
HEADS = [1, 2, 2, 4, 2, 6, 4, 10, 9, 10, 2]
DEPS = ["det", "nsubj", "ROOT", "nmod:poss", "obj", "case", "nmod", "mark", "det", "nsubj", "advcl:relcl"]


@pytest.mark.parametrize(
    ("trigger", "mention", "expected"),
    [
        (2, 1, ">nsubj"),
        (2, 4, ">obj"),
        (2, 6, ">obj>nmod(with)"),
        (2, 3, ">obj>nmod:poss"),
        (2, 9, ">advcl(after)>nsubj"),
        (10, 1, "<advcl(after)>nsubj"),
        (4, 1, "<obj>nsubj"),
        (6, 9, "<nmod(with)<obj>advcl(after)>nsubj"),
        (3, 9, "<nmod:poss<obj>advcl(after)>nsubj"),
        (4, 4, SAME),
    ],
)
def test_path(trigger: int, mention: int, expected: str) -> None:
    assert Tree(WORDS, HEADS, DEPS).path((trigger, trigger + 1), (mention, mention + 1)) == expected


def test_path_of_phrases_goes_from_head_to_head() -> None:
    assert Tree(WORDS, HEADS, DEPS).path((2, 3), (3, 7)) == ">obj"


def test_path_across_a_gap() -> None:
    heads: list[int | None] = [*HEADS]
    heads[4] = None
    tree = Tree(WORDS, heads, DEPS)
    assert tree.path((2, 3), (6, 7)) == UNKNOWN
    assert tree.path((2, 3), (1, 2)) == ">nsubj"


def test_no_path_between_sentences() -> None:
    assert Tree(["Go", "Stop"], [0, 1], ["ROOT", "ROOT"]).path((0, 1), (1, 2)) == FAR


def test_long_paths_are_far() -> None:
    chain = Tree([str(i) for i in range(8)], [0, 0, 1, 2, 3, 4, 5, 6], ["ROOT", *["obj"] * 7])
    assert chain.path((0, 1), (4, 5)) == ">obj>obj>obj>obj"
    assert chain.path((0, 1), (5, 6)) == FAR


def role_weights(roles: int = 2) -> RoleWeights:
    generator = np.random.default_rng(5)
    shapes = {
        "left": (2 * WIDTH + 1, 3), "right": (2 * WIDTH + 1, 3), "score": (roles, 4, 4), "trigger": (4, 5),
        "mention": (4, 5), "event_type": (2, 5), "entity_type": (3, 5), "path": (2, 5), "distance": (7, 5),
        "out": (6, roles),
    }  # fmt: skip
    return RoleWeights(**{name: generator.normal(size=shape).astype(np.float32) for name, shape in shapes.items()})


def random_rows(tokens: int) -> NDArray[np.float32]:
    return np.random.default_rng(6).normal(size=(tokens, WIDTH)).astype(np.float32)


def test_pairs_do_not_depend_on_each_other() -> None:
    rows, weights = random_rows(20), role_weights()
    triggers, mentions = Side([(2, 4), (9, 10)], [0, 1]), Side([(0, 1), (5, 8), (19, 20)], [2, -1, 0])
    paths = np.array([[0, 1, 1], [1, 0, 1]])
    together = weights.probabilities(rows, triggers, mentions, paths)
    assert together.shape == (2, 3, 2)
    assert np.allclose(together.sum(-1), 1)
    for i, trigger in enumerate(triggers.spans):
        for j, mention in enumerate(mentions.spans):
            sides = Side([trigger], [triggers.types[i]]), Side([mention], [mentions.types[j]])
            alone = weights.probabilities(rows, *sides, paths[i : i + 1, j : j + 1])
            assert np.allclose(alone[0, 0], together[i, j], atol=1e-5)


def test_what_was_not_learned_counts_as_nothing() -> None:
    rows, paths = random_rows(5), np.array([[0]])
    weights = role_weights()
    unknown = weights.scores(rows, Side([(0, 1)], [-1]), Side([(2, 3)], [-1]), paths)
    weights.event_type[:], weights.entity_type[:] = 0, 0
    assert np.allclose(unknown, weights.scores(rows, Side([(0, 1)], [1]), Side([(2, 3)], [2]), paths))


LABELS = Labels(("none", "agent"), {"law.pass": 0}, {"ORG": 0, "PERSON": 1}, {"rare": 0, FAR: 1})


def test_only_mentions_near_a_trigger_are_scored() -> None:
    doc = spacy.blank("en").make_doc(" ".join(["word"] * (3 * WINDOW)))
    for token in doc:
        token.is_sent_start = token.i == 0
    doc.tensor = random_rows(len(doc))
    entities = [
        Entity(f"e{start}", "ORG", "word", mentions=[Mention(start, start + 1, "name")])
        for start in (0, WINDOW, 3 * WINDOW - 1)
    ]
    event = Event("law.pass", [Trigger(WINDOW, WINDOW + 1, "rule")])
    (found,) = likelihoods(doc, [event], entities, role_weights(), LABELS)
    assert {entity for _, entity in found} == {"e0", f"e{WINDOW}"}


def event(*arguments: Argument) -> Event:
    return Event("law.pass", [Trigger(3, 4, "rule")], list(arguments))


def test_candidates_are_the_rules_and_what_they_missed() -> None:
    ruled = Argument("agent", 1, 2, "e1", "name", "subject")
    likely: Likelihoods = {
        ("agent", "e1"): (0.7, Mention(1, 2, "name")),
        ("target", "e1"): (0.2, Mention(1, 2, "name")),
        ("target", "e2"): (0.01, Mention(5, 6, "name")),
    }
    found = candidates(event(ruled), likely, Scene(range(9), None, voiced=False))
    assert [(c.argument.role, c.argument.entity, c.argument.rule) for c in found] == [
        ("agent", "e1", "subject"),
        ("target", "e1", LEARNED),
    ]
    assert found[0].features["in another role"] == 0.2
    assert found[1].features["in another role"] == 0.7
    assert "agent, by rule" in found[0].features
    assert "target, by rule" not in found[1].features


@pytest.mark.parametrize(
    ("voiced", "expected"),
    [(False, [("source", "e1"), ("agent", "e2")]), (True, [("agent", "e1"), ("source", "e1"), ("agent", "e2")])],
)
def test_who_tells_of_an_act_is_its_source(voiced: bool, expected: list[tuple[str, str]]) -> None:
    mention = Mention(1, 2, "name")
    likely: Likelihoods = {
        ("agent", "e1"): (0.5, mention),
        ("source", "e1"): (0.4, mention),
        ("agent", "e2"): (0.5, mention),
    }
    found = candidates(event(), likely, Scene(range(9), "e1", voiced))
    assert [(c.argument.role, c.argument.entity) for c in found] == expected


def test_an_entity_plays_its_likeliest_role(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "newsparse.pipeline.roles.arguments.load_weights", lambda: {"sure": 2.0, "unsure": 0.5, "no": -1.0}
    )
    roles = [
        Candidate(Argument("agent", 1, 2, "e1", "name", "subject"), {"unsure": 1.0}),
        Candidate(Argument("target", 1, 2, "e1", "name", LEARNED), {"sure": 1.0}),
        Candidate(Argument("place", 4, 5, "e2", "name", LEARNED), {"no": 1.0}),
        Candidate(Argument("object", 6, 8, None, "nominal", "object"), {"unsure": 1.0}),
    ]
    assert [probability(candidate) > 0.5 for candidate in roles] == [True, True, False, True]
    assert [(a.role, a.entity) for a in chosen(roles, 0.5)] == [("target", "e1"), ("object", None)]


def test_round_trip(tmp_path: Path) -> None:
    roles = RolesComponent().load(LABELS, role_weights())
    roles.to_disk(tmp_path)
    copy = RolesComponent().from_disk(tmp_path)
    assert copy.vocabulary == LABELS
    assert copy.to_bytes() == roles.to_bytes()


def test_without_weights_nothing_changes() -> None:
    doc = spacy.blank("en").make_doc("The council voted.")
    assert RolesComponent()(doc)._.newsparse_events == []
    assert RolesComponent().from_bytes(RolesComponent().to_bytes()).labels == ()
