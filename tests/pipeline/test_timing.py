"""Which time expression is that of an event."""

from __future__ import annotations

import pytest
from parsed import parsed
from spacy.tokens import Doc

from newsparse.pipeline.events.circumstances import Circumstances
from newsparse.pipeline.events.timing import features, likelihood, load_model
from newsparse.pipeline.times.component import Times

SIGNED_AFTER_VETO = """
    On IN ADP case 2
    Monday NNP PROPN obl 5
    , , PUNCT punct 2
    she PRP PRON nsubj 5
    signed/sign VBD VERB root 0
    the DT DET det 7
    bill NN NOUN obj 5
    that WDT PRON obj 10
    he PRP PRON nsubj 10
    vetoed/veto VBD VERB acl:relcl 7
    in IN ADP case 12
    2016 CD NUM obl 10
"""


def document(sentence: str) -> Doc:
    doc = parsed(sentence)
    doc.user_data["newsparse_published"] = "2018-07-27"
    return Times()(doc)


@pytest.mark.parametrize(("trigger", "value"), [("signed", "2018-07-23"), ("vetoed", "2016")])
def test_each_verb_has_the_time_of_its_clause(trigger: str, value: str) -> None:
    doc = document(SIGNED_AFTER_VETO)
    (token,) = [token for token in doc if token.text == trigger]
    chosen = Circumstances.of(doc)._time(token)
    assert chosen is not None
    assert doc._.newsparse_times[chosen].value == value


def test_a_time_of_another_clause_is_left_out() -> None:
    doc = document("""
        Voters NNS NOUN nsubj 2
        elected/elect VBD VERB root 0
        a DT DET det 4
        man NN NOUN obj 2
        who WP PRON nsubj 8
        had VBD AUX aux 8
        been VBN AUX aux:pass 8
        convicted/convict VBN VERB acl:relcl 4
        before IN SCONJ mark 12
        the DT DET det 11
        court NN NOUN nsubj 12
        closed/close VBD VERB advcl 8
        in IN ADP case 14
        2009 CD NUM obl 12
    """)
    circumstances = Circumstances.of(doc)
    assert circumstances._time(doc[11]) == 0
    assert circumstances._time(doc[1]) is None


@pytest.mark.parametrize(("auxiliary", "chosen"), [("will", 0), ("did", None)])
def test_a_plan_has_the_time_of_its_announcement(auxiliary: str, chosen: int | None) -> None:
    doc = document(f"""
        She PRP PRON nsubj 3
        {auxiliary} MD AUX aux 3
        end VB VERB root 0
        the DT DET det 5
        deal NN NOUN obj 3
        , , PUNCT punct 8
        a DT DET det 8
        step NN NOUN appos 5
        that WDT PRON obj 13
        she PRP PRON nsubj 11
        plans/plan VBZ VERB acl:relcl 8
        to TO PART mark 13
        announce VB VERB xcomp 11
        on IN ADP case 15
        Friday NNP PROPN obl 13
    """)
    assert Circumstances.of(doc)._time(doc[2]) == chosen


def test_features_tell_the_way_in_the_tree() -> None:
    doc = document(SIGNED_AFTER_VETO)
    monday, year = doc._.newsparse_times
    near, far = features(doc[4], monday, monday), features(doc[4], year, monday)
    assert near["path 0 up 0 down"] == near["opens sentence"] == near["grain day"] == near["after on"] == 1.0
    assert far["path 0 up 1 down"] == far["branch object"] == far["another is nearer"] == far["not ahead VBD"] == 1.0
    assert 0 < likelihood(doc[4], year, monday) < likelihood(doc[4], monday, monday) < 1


def test_model_is_read_from_its_file() -> None:
    model = load_model()
    assert 0 < model.threshold < 1
    assert model.weights["path 0 up 0 down"] > 0 > model.weights["distance"]
