"""Parsed documents with names, for the tests of mentions and entities."""

from __future__ import annotations

from collections.abc import Iterable

from parsed import parsed
from spacy.tokens import Doc, Span

from newsparse.pipeline.annotations import Entity
from newsparse.pipeline.coref.component import find_entities
from newsparse.pipeline.entities.component import EntityFinder

MAYOR = """
Mayor/mayor NNP PROPN compound 2
Ana NNP PROPN nsubj 4
Brook NNP PROPN flat 2
ended/end VBD VERB root 0
the DT DET det 6
city NN NOUN nmod:poss 8
's POS PART case 6
contract NN NOUN obj 4
with IN ADP case 10
Corvane NNP PROPN nmod 8
. . PUNCT punct 4
She PRP PRON nsubj 13
said/say VBD VERB root 0
the DT DET det 15
agreement NN NOUN nsubj 18
was/be VBD AUX cop 18
too RB ADV advmod 18
costly JJ ADJ ccomp 13
. . PUNCT punct 13
The DT DET det 21
mayor NN NOUN nsubj 22
left/leave VBD VERB root 0
. . PUNCT punct 22
"""
AGENCY = """
The DT DET det 4
Riverton NNP PROPN compound 4
Water NNP PROPN compound 4
Agency NNP PROPN nsubj 8
( -LRB- PUNCT punct 6
RWA NNP PROPN appos 4
) -RRB- PUNCT punct 6
opened/open VBD VERB root 0
its PRP$ PRON nmod:poss 11
customer NN NOUN compound 11
database NN NOUN obj 8
to IN ADP case 13
police NN NOUN obl 8
. . PUNCT punct 8
The DT DET det 16
agency NN NOUN nsubj 17
said/say VBD VERB root 0
the DT DET det 19
database NN NOUN nsubj 20
holds/hold VBZ VERB ccomp 17
names/name NNS NOUN obj 20
and CC CCONJ cc 23
addresses/address NNS NOUN conj 21
. . PUNCT punct 17
"""
SHERIFF = """
Tom NNP PROPN nsubj 10
Hale NNP PROPN flat 1
, , PUNCT punct 5
the DT DET det 5
sheriff NN NOUN appos 1
of IN ADP case 8
Oak NNP PROPN compound 8
County NNP PROPN nmod 5
, , PUNCT punct 1
met/meet VBD VERB root 0
union NN NOUN compound 12
leaders/leader NNS NOUN obj 10
who WP PRON nsubj 14
oppose VBP VERB acl:relcl 12
the DT DET det 16
deal NN NOUN obj 14
. . PUNCT punct 10
"""
FIRM = """
It PRP PRON expl 3
is/be VBZ AUX cop 3
clear JJ ADJ root 0
that IN SCONJ mark 7
the DT DET det 6
firm NN NOUN nsubj 7
lost/lose VBD VERB csubj 3
its PRP$ PRON nmod:poss 9
appeal NN NOUN obj 7
. . PUNCT punct 3
"""
ORDINANCE = """
The DT DET det 2
council NN NOUN nsubj 3
passed/pass VBD VERB root 0
an/a DT DET det 5
ordinance NN NOUN obj 3
on IN ADP case 7
Monday NNP PROPN obl 3
. . PUNCT punct 3
The DT DET det 10
law NN NOUN nsubj 11
bans/ban VBZ VERB root 0
drones/drone NNS NOUN obj 11
. . PUNCT punct 11
"""
PACT = """
Brook NNP PROPN nmod:poss 3
's POS PART case 1
lawyers/lawyer NNS NOUN nsubj 4
praised/praise VBD VERB root 0
her PRP$ PRON nmod:poss 6
plan NN NOUN obj 4
to TO PART mark 8
leave VB VERB acl 6
the DT DET det 10
pact NN NOUN obj 8
between IN ADP case 12
Riverton NNP PROPN nmod 10
and CC CCONJ cc 15
Oak NNP PROPN compound 15
County NNP PROPN conj 12
. . PUNCT punct 4
"""
LISTS = """
Officers/officer NNS NOUN nsubj 2
searched/search VBD VERB root 0
a DT DET det 4
list NN NOUN obj 2
of IN ADP case 7
stolen JJ ADJ amod 7
cars/car NNS NOUN nmod 4
. . PUNCT punct 2
A/a DT DET det 11
long JJ ADJ amod 11
list NN NOUN nsubj 14
of IN ADP case 13
complaints/complaint NNS NOUN nmod 11
followed/follow VBD VERB root 0
. . PUNCT punct 14
"""


def document(rows: str, **names: str) -> Doc:
    """A parsed document with candidate mentions; ``names`` are types of names, ``_`` for a space."""
    doc = parsed(rows)
    doc.ents = [span for name, label in names.items() for span in places(doc, name.replace("_", " "), label)]
    return EntityFinder()(doc)


def places(doc: Doc, text: str, label: str) -> Iterable[Span]:
    """Where words stand in a document."""
    size = len(text.split())
    for start in range(len(doc) - size + 1):
        if " ".join(token.text for token in doc[start : start + size]) == text:
            yield Span(doc, start, start + size, label=label)


def entities(rows: str, **names: str) -> dict[str, tuple[Entity, list[str]]]:
    """Name of each entity → entity and the words of its mentions."""
    doc = document(rows, **names)
    found = find_entities(doc)
    return {entity.name: (entity, [doc[m.start : m.end].text for m in entity.mentions]) for entity in found}
