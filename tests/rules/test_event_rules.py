from __future__ import annotations

from pathlib import Path

import pytest

from newsparse.errors import RulesError
from newsparse.rules.cues import load_cues
from newsparse.rules.frames import load_event_rules
from newsparse.rules.lexicon import lexicon
from newsparse.summary import templates

PLOVER = {
    "agreement.negotiate": "CONSULT", "agreement.sign": "AGREE", "agreement.extend": "AGREE", "agreement.end": "REJECT",
    "agreement.breach": "REJECT", "data.grant_access": "COOPERATE", "data.revoke_access": "REJECT", "data.use": "COERCE",
    "data.collect": None, "data.breach": None, "data.delete": None, "law.propose": None, "law.pass": None,
    "law.enact": None, "law.reject": None, "law.repeal": None, "court.sue": "COERCE", "court.rule": None,
    "court.settle": "AGREE", "enforce.investigate": "ACCUSE", "enforce.arrest": "COERCE", "enforce.charge": "ACCUSE",
    "enforce.convict": "COERCE", "enforce.penalize": "SANCTION", "enforce.release": "CONCEDE", "office.appoint": None,
    "office.leave": None, "office.run": None, "money.fund": "AID", "money.cut": "SANCTION", "statement.demand": "REQUEST",
    "statement.criticize": "ACCUSE", "statement.support": "SUPPORT", "statement.deny": "REJECT",
    "statement.threaten": "THREATEN", "statement.concede": "CONCEDE", "contact.meet": "CONSULT",
    "conflict.attack": "ASSAULT", "conflict.protest": "PROTEST", "conflict.deploy": "MOBILIZE", "conflict.truce": "RETREAT",
}  # fmt: skip


def test_every_type_of_the_codebook_is_there_with_its_plover_class() -> None:
    assert {name: event_type.plover for name, event_type in load_event_rules().types.items()} == PLOVER


def test_every_type_has_triggers_and_a_summary() -> None:
    rules = load_event_rules()
    with_triggers = {rule.type for candidates in rules.triggers.values() for rule in candidates}
    assert with_triggers == set(PLOVER) == set(templates())


def test_more_specific_rules_come_first() -> None:
    for candidates in load_event_rules().triggers.values():
        assert [rule.specificity for rule in candidates] == sorted((r.specificity for r in candidates), reverse=True)


def test_cues_have_unique_ids() -> None:
    ids = [cue.id for cue in load_cues()]
    assert len(ids) == len(set(ids))


def write(folder: Path, text: str) -> Path:
    path = folder / "my.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_user_adds_a_type_and_triggers(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
sport.transfer:
  description: a player changes clubs
  frame: {agent: [subject], target: [object]}
  triggers:
  - lemmas: [transfer, loan out]
agreement.end:
  triggers:
  - lemmas: [guillotine]
    when: {object: [AGREEMENT]}
""",
    )
    rules = load_event_rules((path,))
    assert rules.types["sport.transfer"].description == "a player changes clubs"
    assert rules.triggers["loan"][0].words == ("loan", "out")
    assert rules.triggers["guillotine"][0].frame["agent"] == load_event_rules().types["agreement.end"].frame["agent"]
    assert rules.digest != load_event_rules().digest


def test_user_changes_the_roles_of_a_known_type(tmp_path: Path) -> None:
    rules = load_event_rules((write(tmp_path, "agreement.end:\n  frame: {agent: [with]}\n"),))
    built_in = next(rule for rule in rules.triggers["terminate"] if rule.type == "agreement.end")
    assert built_in.frame["agent"] == ("with",)


def test_a_rule_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    twice = "agreement.end:\n  triggers:\n  - lemmas: [guillotine]\n  - lemmas: [guillotine]\n    weight: 0.1\n"
    with pytest.raises(RulesError, match=r"my\.yaml:4: the rule agreement\.end/guillotine\.verb stands twice"):
        load_event_rules((write(tmp_path, twice),))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sport.transfer:\n  triggers: []\n", r"my\.yaml:2: the new event type 'sport\.transfer' needs a description"),
        ("sport:\n  description: x\n", r"my\.yaml:2: event type 'sport' should be family\.action"),
        ("agreement.end:\n  trigers: []\n", r"my\.yaml:2: unknown key 'trigers'; allowed: .*triggers"),
        ("agreement.end:\n  triggers:\n  - pos: verb\n", r"my\.yaml:3: a trigger needs lemmas"),
        (
            "agreement.end:\n  triggers:\n  - lemmas: [x]\n    pos: vrb\n",
            r"my\.yaml:4: unknown part of speech 'vrb'; allowed",
        ),
        (
            "agreement.end:\n  triggers:\n  - lemmas: [x]\n    weight: 7\n",
            r"my\.yaml:4: weight 7 is not between 0 and 1",
        ),
        ("agreement.end:\n  triggers:\n  - lemmas: [x]\n    weight: high\n", r"my\.yaml:4: expected a number"),
        ("agreement.end:\n  frame: {actor: [subject]}\n", r"my\.yaml:2: unknown role 'actor'; allowed: agent"),
        ("agreement.end:\n  frame: {agent: [subjct]}\n", r"my\.yaml:2: unknown function 'subjct'; allowed: .*subject"),
        (
            "agreement.end:\n  triggers:\n  - lemmas: [x]\n    when: {objct: [any]}\n",
            r"my\.yaml:4: unknown function 'objct'",
        ),
        ("agreement.end:\n  fillers: {agent: [HUMAN]}\n", r"my\.yaml:2: unknown class 'HUMAN'; allowed: .*PERSON"),
        ("agreement.end:\n  plover: A\n  plover: B\n", r"my\.yaml:3: 'plover' stands twice"),
        ("- a list\n", r"my\.yaml:1: expected a mapping"),
        ("a: [1\n", r"my\.yaml:\d: no valid YAML"),
        ("", r"my\.yaml:1: the file is empty"),
    ],
)
def test_faults_are_named_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RulesError, match=message):
        load_event_rules((write(tmp_path, text),))


def test_missing_rule_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"nothing\.yaml: cannot read the rule file"):
        load_event_rules((tmp_path / "nothing.yaml",))


def test_unknown_lexicon_lists_the_known_ones() -> None:
    with pytest.raises(RulesError, match=r"unknown lexicon 'nouns'; there are: .*event_classes"):
        lexicon("nouns")
