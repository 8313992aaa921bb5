from __future__ import annotations

import pytest
from parsed import parsed

from newsparse.pipeline.status.component import find_status
from newsparse.rules.cues import load_cues

AUXILIARY = "They PRP PRON nsubj 3\n{word} MD AUX aux 3\nsign VB VERB root 0\nit PRP PRON obj 3"
MODIFIER = "They PRP PRON nsubj 3\n{word} RB ADV advmod 3\nsigned/sign VBD VERB root 0\nit PRP PRON obj 3"
GOVERNED = "They PRP PRON nsubj 2\n{word} VBP VERB root 0\nto TO PART mark 4\nsign VB VERB xcomp 2"
NOUN = "a DT DET det 2\n{word} NN NOUN root 0\nto TO PART mark 4\nsign VB VERB acl 2"
ADJECTIVE = "it PRP PRON nsubj 3\nis VBZ AUX cop 3\n{word} JJ ADJ root 0\nto TO PART mark 5\nsign VB VERB xcomp 3"
CONDITION = "if IN SCONJ mark 3\nthey PRP PRON nsubj 3\nsign VBP VERB advcl 5\nwe PRP PRON nsubj 5\nwin VBP VERB root 0"


@pytest.mark.parametrize(
    ("rows", "word", "trigger", "status"),
    [
        (AUXILIARY, "will", 2, "planned"),
        (AUXILIARY, "may", 2, "hypothetical"),
        (AUXILIARY, "should", 2, "proposed"),
        (MODIFIER, "never", 2, "negated"),
        (MODIFIER, "allegedly", 2, "alleged"),
        (MODIFIER, "quickly", 2, None),
        (GOVERNED, "plan", 3, "planned"),
        (GOVERNED, "refuse", 3, "negated"),
        (GOVERNED, "want", 3, "proposed"),
        (NOUN, "decision", 3, "planned"),
        (NOUN, "proposal", 3, "proposed"),
        (ADJECTIVE, "unwilling", 4, "negated"),
        (ADJECTIVE, "due", 4, "planned"),
        (CONDITION, "", 2, "hypothetical"),
    ],
)
def test_cue_gives_status(rows: str, word: str, trigger: int, status: str | None) -> None:
    found = find_status(parsed(rows.format(word=word))[trigger], load_cues())
    assert (found[0] if found else None) == status


def test_negation_outweighs_modality() -> None:
    doc = parsed("They PRP PRON nsubj 4\nwill MD AUX aux 4\nnot RB PART advmod 4\nsign VB VERB root 0")
    assert find_status(doc[3], load_cues()) == ("negated", "not/not", 2)


def test_relative_clause_stands_alone() -> None:
    doc = parsed(
        "judge NN NOUN nsubj 4\nwho WP PRON nsubj 3\nresigned/resign VBD VERB acl:relcl 1\n"
        "refused/refuse VBD VERB root 0\nto TO PART mark 6\nspeak VB VERB xcomp 4"
    )
    assert find_status(doc[2], load_cues()) is None


SUBJECT = "{determiner} DT DET det 2\nraid NN NOUN nsubj 4\nmay MD AUX aux 4\n{verb} VB VERB root 0"
SAID = (
    "She PRP PRON nsubj 2\n{verb} VBD VERB root 0\n{subject} ADJ {pos} nsubj 5\nwould MD AUX aux 5\nsue VB VERB ccomp 2"
)
CLAUSE = (
    "They PRP PRON nsubj 2\nplan VBP VERB root 0\n{mark} IN SCONJ mark 5\nthey PRP PRON nsubj 5\nsue VB VERB advcl 2"
)


@pytest.mark.parametrize(
    ("rows", "trigger", "status"),
    [
        (SUBJECT.format(determiner="the", verb="matter"), 1, None),
        (SUBJECT.format(determiner="a", verb="matter"), 1, "hypothetical"),
        (SUBJECT.format(determiner="the", verb="begin"), 1, "hypothetical"),
        (SAID.format(verb="say", subject="she", pos="PRON"), 4, "planned"),
        (SAID.format(verb="say", subject="Ames", pos="PROPN"), 4, "hypothetical"),
        (SAID.format(verb="like", subject="she", pos="PRON"), 4, "hypothetical"),
        (CLAUSE.format(mark="while"), 4, None),
        ("Ames NNP PROPN nsubj 2\nis/be VBZ VERB root 0\nto TO PART mark 4\nsue VB VERB xcomp 2", 3, "planned"),
        ("He PRP PRON nsubj 2\nwent/go VBD VERB root 0\nto TO PART mark 4\nsue VB VERB xcomp 2", 3, None),
        ("He PRP PRON nsubj 2\ngoing/go VBG VERB root 0\nto TO PART mark 4\nsue VB VERB xcomp 2", 3, "planned"),
    ],
)
def test_status_depends_on_what_a_cue_bears_on(rows: str, trigger: int, status: str | None) -> None:
    found = find_status(parsed(rows)[trigger], load_cues())
    assert (found.status if found else None) == status
