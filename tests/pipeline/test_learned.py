"""What is learned of triggers, and how it meets the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsparse.pipeline import load
from newsparse.pipeline.annotations import TriggerScore
from newsparse.pipeline.triggers.component import learned_spans

VESSELS = """\
traffic.collide:
  description: ships collide
  triggers:
    - lemmas: [collide]
      weight: 0.9
"""


def score(token: int, kind: str, probability: float, begins: bool = True) -> TriggerScore:
    return TriggerScore(token, kind, probability, begins)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([], []),
        ([score(3, "law.pass", 0.4)], []),
        ([score(3, "law.pass", 0.8)], [(3, 4, "law.pass", 0.8)]),
        ([score(3, "law.pass", 0.6), score(3, "law.enact", 0.7)], [(3, 4, "law.enact", 0.7)]),
        ([score(3, "law.pass", 0.8), score(4, "law.pass", 0.9, begins=False)], [(3, 5, "law.pass", 0.8)]),
        (
            [score(3, "law.pass", 0.8), score(4, "law.pass", 0.9)],
            [(3, 4, "law.pass", 0.8), (4, 5, "law.pass", 0.9)],
        ),
        (
            [score(3, "law.pass", 0.8), score(5, "law.pass", 0.9, begins=False)],
            [(3, 4, "law.pass", 0.8), (5, 6, "law.pass", 0.9)],
        ),
    ],
)
def test_learned_spans(scores: list[TriggerScore], expected: list[tuple[int, int, str, float]]) -> None:
    assert learned_spans(scores, 0.5) == expected


def test_a_type_that_was_not_learned_counts_by_its_rule(tmp_path: Path) -> None:
    rules = tmp_path / "vessels.yaml"
    rules.write_text(VESSELS)
    doc = load(rules=[rules])("Two ferries collided off Oslo on Monday.")
    events = [event for event in doc._.newsparse_events if event.type == "traffic.collide"]
    assert [event.learned for event in events] == [None]


def test_a_rule_of_the_user_is_taken_at_its_word(tmp_path: Path) -> None:
    rules = tmp_path / "own.yaml"
    rules.write_text("agreement.end:\n  triggers:\n    - lemmas: [unfriend]\n      weight: 0.9\n")
    doc = load(rules=[rules])("The city unfriended the contract with Delta Grid on Monday.")
    assert [(event.type, event.learned) for event in doc._.newsparse_events] == [("agreement.end", None)]


def test_order_of_the_components() -> None:
    names = load().pipe_names
    order = ["newsparse_triggers", "newsparse_entities", "newsparse_events", "newsparse_roles", "newsparse_status"]
    assert [name for name in names if name in order] == order


def test_rules_alone() -> None:
    nlp = load(min_confidence=0.0)
    for name in ("newsparse_triggers", "newsparse_roles"):
        nlp.remove_pipe(name)
    doc = nlp("The mayor terminated the city's contract with Delta Grid.")
    assert [(event.type, event.learned) for event in doc._.newsparse_events] == [("agreement.end", None)]
