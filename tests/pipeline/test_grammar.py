from __future__ import annotations

import pytest
from parsed import parsed

from newsparse.pipeline.grammar import clause, functions, is_negated, is_passive, noun_phrase, prepositions, relation

ACTIVE_UD = """
The DT DET det 2
city NN NOUN nsubj 3
ended/end VBD VERB root 0
its PRP$ PRON nmod:poss 5
contract NN NOUN obj 3
with IN ADP case 7
ICE NNP PROPN nmod 5
"""
ACTIVE_CLEARNLP = """
The DT DET det 2
city NN NOUN nsubj 3
ended/end VBD VERB ROOT 0
its PRP$ PRON poss 5
contract NN NOUN dobj 3
with IN ADP prep 5
ICE NNP PROPN pobj 6
"""
PASSIVE_UD = """
The DT DET det 2
contract NN NOUN nsubj:pass 4
was VBD AUX aux:pass 4
ended/end VBN VERB root 0
by IN ADP case 7
the DT DET det 7
city NN NOUN obl:agent 4
"""
PASSIVE_CLEARNLP = """
The DT DET det 2
contract NN NOUN nsubjpass 4
was VBD AUX auxpass 4
ended/end VBN VERB ROOT 0
by IN ADP agent 4
the DT DET det 7
city NN NOUN pobj 5
"""
PARTICIPLE = """
the DT DET det 2
deal NN NOUN nsubj 6
signed/sign VBN VERB acl 2
by IN ADP case 5
Iceland NNP PROPN obl:agent 3
protects VBZ VERB root 0
cod NN NOUN obj 6
"""
RELATIVE = """
the DT DET det 2
judge NN NOUN nsubj 6
who WP PRON nsubj 4
resigned/resign VBD VERB acl:relcl 2
yesterday NN NOUN obl:unmarked 4
wept VBD VERB root 0
"""
OBJECT_RELATIVE = """
the DT DET det 2
deal NN NOUN nsubj 6
the DT DET det 4
city NN NOUN nsubj 5
signed/sign VBD VERB acl:relcl 2
failed VBD VERB root 0
"""
CONTROL = """
Kenney NNP PROPN nsubj 2
plans VBZ VERB root 0
to TO PART mark 4
end VB VERB xcomp 2
the DT DET det 6
contract NN NOUN obj 4
"""
OBJECT_CONTROL = """
Advocates NNS NOUN nsubj 2
urged VBD VERB root 0
Kenney NNP PROPN obj 2
to TO PART mark 5
end VB VERB xcomp 2
it PRP PRON obj 5
"""
GERUND = """
Texas NNP PROPN nsubj 2
sued VBD VERB root 0
Google NNP PROPN obj 2
for IN SCONJ mark 5
breaking/break VBG VERB advcl 2
laws NNS NOUN obj 5
"""
COORDINATION = """
The DT DET det 2
city NN NOUN nsubj 5
and CC CCONJ cc 4
county NN NOUN conj 2
drafted VBD VERB root 0
and CC CCONJ cc 7
signed/sign VBD VERB conj 5
contracts NNS NOUN obj 5
"""
NOMINAL = """
the DT DET det 2
termination NN NOUN nsubj 9
of IN ADP case 5
the DT DET det 5
contract NN NOUN nmod 2
by IN ADP case 8
the DT DET det 8
city NN NOUN nmod 2
angered VBD VERB root 0
"""
POSSESSED = """
Iran NNP PROPN nmod:poss 3
's POS PART case 1
arrest NN NOUN nsubj 6
of IN ADP case 5
Smith NNP PROPN nmod 3
shocked VBD VERB root 0
"""
SUPPORT = """
Norway NNP PROPN nsubj 2
reached VBD VERB root 0
an DT DET det 4
agreement NN NOUN obj 2
with IN ADP case 6
Iceland NNP PROPN obl 2
"""
ADJECTIVE = """
Pyongyang NNP PROPN nsubj 3
is VBZ AUX cop 3
responsible JJ ADJ root 0
for IN ADP case 6
the DT DET det 6
attack NN NOUN obl 3
"""
LISTED = """
Pitty NNP PROPN root 0
, , PUNCT punct 4
a DT DET det 4
lawyer NN NOUN appos 1
, , PUNCT punct 6
criticized VBD VERB conj 1
it PRP PRON obj 6
"""
INDIRECT = """
They PRP PRON nsubj 2
fined VBD VERB root 0
Meta NNP PROPN iobj 2
millions NNS NOUN obj 2
"""


@pytest.mark.parametrize(
    ("rows", "trigger", "expected"),
    [
        pytest.param(ACTIVE_UD, "ended", {"subject": ["city"], "object": ["contract"], "with": ["ICE"]}, id="active"),
        pytest.param(
            ACTIVE_CLEARNLP,
            "ended",
            {"subject": ["city"], "object": ["contract"], "with": ["ICE"]},
            id="active-clearnlp",
        ),
        pytest.param(PASSIVE_UD, "ended", {"subject": ["city"], "object": ["contract"]}, id="passive"),
        pytest.param(PASSIVE_CLEARNLP, "ended", {"subject": ["city"], "object": ["contract"]}, id="passive-clearnlp"),
        pytest.param(PARTICIPLE, "signed", {"subject": ["Iceland"], "object": ["deal"]}, id="participle"),
        pytest.param(RELATIVE, "resigned", {"subject": ["judge"]}, id="relative clause, subject"),
        pytest.param(
            OBJECT_RELATIVE, "signed", {"subject": ["city"], "object": ["deal"]}, id="relative clause, object"
        ),
        pytest.param(CONTROL, "end", {"subject": ["Kenney"], "object": ["contract"]}, id="control by the subject"),
        pytest.param(OBJECT_CONTROL, "end", {"subject": ["Kenney"], "object": ["it"]}, id="control by the object"),
        pytest.param(GERUND, "breaking", {"subject": ["Google"], "object": ["laws"]}, id="gerund after a preposition"),
        pytest.param(
            COORDINATION, "signed", {"subject": ["city", "county"], "object": ["contracts"]}, id="coordination"
        ),
        pytest.param(NOMINAL, "termination", {"subject": ["city"], "object": ["contract"]}, id="nominal"),
        pytest.param(POSSESSED, "arrest", {"subject": ["Iran"], "object": ["Smith"]}, id="possessive"),
        pytest.param(SUPPORT, "agreement", {"subject": ["Norway"], "with": ["Iceland"]}, id="support verb"),
        pytest.param(ADJECTIVE, "responsible", {"subject": ["Pyongyang"], "for": ["attack"]}, id="adjective"),
        pytest.param(LISTED, "criticized", {"subject": ["Pitty"], "object": ["it"]}, id="verb parsed into a list"),
        pytest.param(INDIRECT, "fined", {"iobject": ["Meta"], "object": ["millions"]}, id="two objects"),
    ],
)
def test_functions(rows: str, trigger: str, expected: dict[str, list[str]]) -> None:
    doc = parsed(rows)
    token = next(token for token in doc if token.text == trigger)
    found = functions(token)
    assert {name: [head.text for head in found.get(name, [])] for name in expected} == expected


def test_passive_is_told_from_active() -> None:
    assert is_passive(parsed(PASSIVE_UD)[3])
    assert is_passive(parsed(PARTICIPLE)[2])
    assert not is_passive(parsed(ACTIVE_UD)[2])


def test_both_schemes_map_to_the_same_relations() -> None:
    ud, clearnlp = parsed(PASSIVE_UD), parsed(PASSIVE_CLEARNLP)
    assert relation(ud[1]) == relation(clearnlp[1]) == "passive_subject"
    assert prepositions(ud[3])[0][1].text == prepositions(clearnlp[3])[0][1].text == "city"


def test_negation() -> None:
    doc = parsed("They PRP PRON nsubj 4\ndid VBD AUX aux 4\nnot RB PART advmod 4\nsign VB VERB root 0")
    assert is_negated(doc[3])
    assert not is_negated(parsed(ACTIVE_UD)[2])


@pytest.mark.parametrize(
    ("rows", "head", "expected"),
    [
        (ACTIVE_UD, "contract", "its contract with ICE"),
        (NOMINAL, "termination", "termination of the contract by the city"),
        (COORDINATION, "city", "city"),
    ],
)
def test_noun_phrase(rows: str, head: str, expected: str) -> None:
    doc = parsed(rows)
    start, end = noun_phrase(next(token for token in doc if token.text == head))
    assert doc[start:end].text == expected


def test_clause_leaves_out_its_mark() -> None:
    doc = parsed(CONTROL)
    start, end = clause(doc[3])
    assert doc[start:end].text == "end the contract"
