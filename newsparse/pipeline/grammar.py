"""The one place that knows dependency labels: who is subject, object or oblique of what.

Two label schemes are in use: Universal Dependencies, which our pipeline speaks, and ClearNLP, which
``en_core_web_*`` speak. Both are mapped to the same relations here. The functions of a predicate are *deep*:
the passive is undone, coordination shares its arguments, control, raising and relative clauses are followed.
The mapping follows the UD guidelines (universaldependencies.org) and the ClearNLP guidelines (Choi and
Palmer 2012).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Token

_RELATIONS = {
    "subject": ("nsubj", "nsubj:outer", "csubj", "csubj:outer"),
    "passive_subject": ("nsubj:pass", "csubj:pass", "nsubjpass", "csubjpass"),
    "object": ("obj", "dobj"),
    "iobject": ("iobj", "dative"),
    "oblique": ("obl", "nmod", "obl:unmarked", "nmod:unmarked", "obl:tmod", "nmod:tmod", "obl:npmod", "nmod:npmod"),
    "preposition": ("prep",),
    "agent": ("obl:agent", "agent"),
    "complement": ("ccomp", "xcomp", "pcomp", "oprd", "acomp", "attr"),
    "adverbial": ("advcl", "advcl:relcl"),
    "possessive": ("nmod:poss", "poss"),
    "compound": ("compound",),
    "adjective": ("amod", "nmod:desc"),
    "relative": ("acl:relcl", "relcl"),
    "clause_of_noun": ("acl",),
    "conjunct": ("conj",),
    "particle": ("compound:prt", "prt"),
    "apposition": ("appos",),
    "name_part": ("flat", "flat:foreign", "flat:name", "goeswith", "fixed"),
    "auxiliary": ("aux",),
    "passive_auxiliary": ("aux:pass", "auxpass"),
    "copula": ("cop",),
    "determiner": ("det", "det:predet", "predet"),
    "case": ("case",),
    "mark": ("mark",),
    "coordinator": ("cc", "cc:preconj", "preconj"),
    "adverb": ("advmod", "neg", "advmod:emph"),
    "parataxis": ("parataxis",),
    "numeral": ("nummod",),
    "punctuation": ("punct",),
}
_RELATION_OF = {label: relation for relation, labels in _RELATIONS.items() for label in labels}

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_RELATIVE_PRONOUNS = frozenset({"who", "whom", "which", "that"})
_PREDICATES = frozenset({"VERB", "AUX"})
_NOMINALS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
_GERUND_PREPOSITIONS = frozenset(
    {"about", "against", "at", "by", "for", "from", "in", "into", "of", "on", "over", "with", "without"}
)
_LOOSE_PREPOSITIONS = frozenset({"with", "from", "for", "to", "as", "over", "against", "about", "on"})
_OUTSIDE_PHRASE = frozenset(
    {"determiner", "case", "mark", "coordinator", "punctuation", "copula", "adverb", "subject", "auxiliary"}
)
_NOUN_FUNCTIONS = {
    "possessive": "poss",
    "compound": "compound",
    "adjective": "amod",
    "complement": "clause",
    "clause_of_noun": "clause",
}
_FARTHEST = 80
"""How many tokens away a subject is shared; beyond, sentences are lists without end, or no sentences at all."""

_MOST_COORDINATED = 50
_MAX_DEPTH = 4
"""How many clauses up a missing subject is looked for; deeper chains are parse errors more often than not."""

Functions = dict[str, list[Token]]
"""Grammatical function → heads of what fills it: subject, object, iobject, clause, poss, compound, amod
and every preposition by its word."""


def relation(token: Token) -> str:
    """The relation of a token to its head, one for both label schemes; "" for labels without a use here."""
    return _RELATION_OF.get(token.dep_, "")


def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive, or is a bare participle as in ``the deal signed by the city``."""
    relations = {relation(child) for child in verb.children}
    if relations & {"passive_subject", "passive_auxiliary"}:
        return True
    bare = "auxiliary" not in relations and "subject" not in relations and "copula" not in relations
    return verb.tag_ == "VBN" and bare and relation(verb) in {"clause_of_noun", "relative", "adjective"}


def is_infinitive(verb: Token) -> bool:
    """Whether a verb stands in the infinitive with ``to``: the complement of ``urged the city to end it``."""
    return verb.tag_ == "VB" and any(child.lower_ == "to" for child in verb.lefts)


def is_negated(token: Token) -> bool:
    """Whether ``not``, ``never``, ``no`` or the like modifies the token."""
    return any(child.dep_ == "neg" or child.lower_ in _NEGATIONS for child in token.children)


_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "nor", "neither", "without"})


def coordinated(head: Token) -> Iterator[Token]:
    """The token and what is coordinated with it and of its kind: ``the city`` and ``the county``."""
    waiting = [head]
    while waiting:
        token = waiting.pop()
        yield token
        conjuncts = (child for child in token.children if relation(child) == "conjunct")
        waiting.extend(child for child in conjuncts if (child.pos_ in _PREDICATES) == (token.pos_ in _PREDICATES))


def subjects(predicate: Token) -> list[Token]:
    """Heads of the deep subjects of a verb, noun or adjective."""
    return functions(predicate).get("subject", [])


def objects(predicate: Token) -> list[Token]:
    """Heads of the deep objects of a verb or noun."""
    return functions(predicate).get("object", [])


def functions(trigger: Token) -> Functions:
    """The grammatical functions around a predicate.

    Args:
        trigger: a verb, noun or adjective.

    Returns:
        function → heads of the fillers, coordinated ones included, in the order of the text.
    """
    if relation(trigger) == "adjective" and trigger.tag_ in {"VBN", "VBG", "VBD"}:
        return _prenominal(trigger)
    if trigger.pos_ in _PREDICATES:
        found = _verb(trigger, 0)
    elif trigger.pos_ in {"NOUN", "PROPN"}:
        found = _noun(trigger)
    else:
        found = _adjective(trigger)
    return {name: _spread(heads) for name, heads in found.items() if heads}


def governor(token: Token) -> Token | None:
    """The predicate or noun on which the clause of a token depends; None at the top of the sentence."""
    token = _first_conjunct(token)
    return token.head if token.head != token else None


def prepositions(token: Token) -> list[tuple[str, Token]]:
    """Prepositions that hang on a token with the heads they govern: ``("with", agency)``."""
    found: list[tuple[str, Token]] = []
    for child in token.children:
        kind = relation(child)
        if kind in {"oblique", "agent"} and child.pos_ != "ADP":
            found += [(name, child) for name in _cases(child)]
        elif kind in {"preposition", "agent", "iobject"} and child.pos_ == "ADP":
            found += [(child.lower_, inner) for inner in child.children if inner.dep_ in {"pobj", "pcomp"}]
        elif kind in {"adverbial", "clause_of_noun"}:
            name = _gerund_mark(child)
            if name:
                found.append((name, child))
    return found


def noun_phrase(head: Token, longest: int = 12) -> tuple[int, int]:
    """The noun phrase around a head as token offsets, as short as it stays recognisable.

    Determiners, relative clauses, appositions and coordinated phrases stay out; ``of``-phrases and short
    other prepositional phrases stay in.
    """
    start, end = head.i, head.i + 1
    for child in reversed(list(head.lefts)):
        if relation(child) in _OUTSIDE_PHRASE:
            continue
        left = child.left_edge.i
        while left < child.i and head.doc[left].pos_ in {"DET", "PUNCT"}:
            left += 1
        if head.i - left > longest or child.right_edge.i >= head.i:
            break
        start = min(start, left)
    for child in head.rights:
        kind = relation(child)
        size = child.right_edge.i - child.left_edge.i + 1
        joins = kind in {"name_part", "compound", "numeral", "particle"} or (
            kind in {"oblique", "preposition"} and size <= longest
        )
        if not joins or child.left_edge.i > end:
            break
        end = child.right_edge.i + 1
    while end > head.i + 1 and head.doc[end - 1].pos_ in {"PUNCT", "SPACE"}:
        end -= 1
    return start, end


def clause(head: Token, longest: int = 40) -> tuple[int, int]:
    """The clause of a predicate as token offsets, without its mark and closing punctuation."""
    doc = head.doc
    start, end = max(head.left_edge.i, head.i - longest), min(head.right_edge.i, head.i + longest) + 1
    while start < head.i and (doc[start].pos_ in {"PUNCT", "SCONJ", "SPACE"} or relation(doc[start]) == "mark"):
        start += 1
    while end > head.i + 1 and doc[end - 1].pos_ in {"PUNCT", "SPACE"}:
        end -= 1
    return start, end


def phrase_opening(head: Token) -> str:
    """The word that opens a phrase or clause: its preposition, conjunction or, if it has none, itself."""
    if relation(head) == "preposition":
        return head.lower_
    return next((child.lower_ for child in head.lefts if relation(child) in {"case", "mark"}), head.lower_)


def _spread(heads: list[Token]) -> list[Token]:
    """Heads with what is coordinated with them, each once."""
    unique: dict[int, Token] = {}
    for head in heads:
        for token in islice(coordinated(head), _MOST_COORDINATED):
            unique.setdefault(token.i, token)
    return [unique[i] for i in sorted(unique)]


def _cases(token: Token) -> list[str]:
    """The prepositions of a UD oblique, ``according to`` and the like by their first word."""
    return [child.lower_ for child in token.children if relation(child) == "case" and child.pos_ != "PART"]


def _gerund_mark(verb: Token) -> str:
    """The preposition that opens a gerund clause, ``for`` in ``sued for breaking the law``; "" for none."""
    marks = (child.lower_ for child in verb.children if relation(child) in {"mark", "case"})
    return next((mark for mark in marks if mark in _GERUND_PREPOSITIONS), "")


def _first_conjunct(token: Token) -> Token:
    """The first of coordinated tokens, on which the others hang."""
    while relation(token) == "conjunct" and token.head != token:
        token = token.head
    return token


def _verb(verb: Token, depth: int) -> Functions:
    """Functions of a verb from its own children, then what it shares with or inherits from others."""
    found: Functions = {"subject": [], "object": [], "iobject": [], "clause": []}
    passive = is_passive(verb)
    for child in verb.children:
        kind = relation(child)
        if kind == "subject":
            found["subject"].append(child)
        elif kind in {"passive_subject", "object"} or (kind == "complement" and child.ent_type_):
            found["object"].append(child)
        elif kind == "iobject" and child.pos_ != "ADP":
            found["iobject"].append(child)
        elif kind == "complement":
            found["clause"].append(child)
    after = [head for head in found["object"] if head.i > verb.i]
    if len(after) > 1 and not found["iobject"]:  # "gave Google access": parsers take both for the object
        found["iobject"] = after[:1]
        found["object"].remove(after[0])
    for name, filler in prepositions(verb):
        if name == "by" and passive:
            found["subject"].append(filler)
        else:
            found.setdefault(name, []).append(filler)
    if not found["clause"]:
        found["clause"] = [child for child in verb.rights if relation(child) == "adverbial" and is_infinitive(child)]
    _reattach(verb, found)
    _relative_clause(verb, found, passive)
    if depth < _MAX_DEPTH:
        _inherit(verb, found, passive, depth)
    return found


def _reattach(verb: Token, found: Functions) -> None:
    """Give a verb what small parsers hang on its object instead, in place.

    ``renewed its contract with the firm``: prepositions of the object count for the verb as well, and in
    ``fined Meta 12 million euros`` a name before the object that is no part of it is the indirect object.
    """
    for head in [head for head in found["object"] if head.i > verb.i]:
        for name, filler in prepositions(head):
            if name in _LOOSE_PREPOSITIONS:
                found.setdefault(name, []).append(filler)
        before = (head.doc[i] for i in range(max(head.left_edge.i, verb.i + 1), head.i))
        named = next((token for token in before if token.ent_type_ and relation(token) == "compound"), None)
        if named is not None and named.ent_type_ != head.ent_type_:
            found["iobject"].append(named)


def _relative_clause(verb: Token, found: Functions, passive: bool) -> None:
    """Fill the gap of a relative or participial clause with the noun it modifies, in place."""
    kind = relation(verb)
    if kind not in {"relative", "clause_of_noun"} or verb.head.pos_ not in _NOMINALS:
        return
    noun = _first_conjunct(verb.head) if verb.tag_ == "VBD" else verb.head
    for name in ("subject", "object"):
        if any(filler.lower_ in _RELATIVE_PRONOUNS for filler in found[name]):
            found[name] = [noun]
            return
    if kind == "clause_of_noun" and verb.tag_ not in {"VBN", "VBD", "VBG"}:
        return
    if passive and not found["object"]:
        found["object"] = [noun]
    elif not found["subject"]:
        found["subject"] = [noun]
    elif kind == "relative" and not found["object"]:
        found["object"] = [noun]


def _inherit(verb: Token, found: Functions, passive: bool, depth: int) -> None:
    """Take a missing subject (of a passive: object) from the clause that embeds or precedes the verb, in place."""
    head, kind = verb.head, relation(verb)
    if head == verb or abs(head.i - verb.i) > _FARTHEST:
        return
    slot = "object" if passive else "subject"
    if kind == "conjunct" and head.pos_ in _PREDICATES:
        shared = _verb(head, depth + 1)
        if not found[slot]:
            found[slot] = shared["object"] if is_passive(head) else shared["subject"]
        later = [filler for filler in shared["object"] if filler.i > verb.i]
        if later and not found["object"]:
            found["object"] = later
        return
    if found[slot]:
        return
    if verb.tag_ in _FINITE and head.pos_ in _NOMINALS and head.i < verb.i:
        found[slot] = [_first_conjunct(head)]  # "Pitty, a member of the assembly, criticized it" parsed as a list
        return
    if kind not in {"complement", "adverbial", "clause_of_noun"}:
        return
    if head.pos_ in _PREDICATES:
        above = _verb(head, depth + 1)
        if kind == "complement" or _gerund_mark(verb) or (is_passive(head) and verb.tag_ == "VB"):
            found[slot] = above["object"] or above["iobject"]
        found[slot] = found[slot] or above["subject"]
        found[slot] = [filler for filler in found[slot] if filler.i != verb.i]
    elif kind == "clause_of_noun":
        found[slot] = _noun(head).get("subject", []) or [c for c in head.children if relation(c) == "possessive"]
    else:
        found[slot] = [child for child in head.children if relation(child) == "subject"]


def _noun(noun: Token) -> Functions:
    """Functions of an eventive noun: its modifiers, and the arguments of the verb that supports it."""
    found: Functions = {"subject": [], "object": [], "clause": []}
    for child in noun.children:
        name = _NOUN_FUNCTIONS.get(relation(child))
        if name:
            found.setdefault(name, []).append(child)
    for name, filler in prepositions(noun):
        found.setdefault(name, []).append(filler)
    for filler in found.get("of", []):  # "termination of the contract by the city", the agent hung on the contract
        found.setdefault("by", []).extend(agent for name, agent in prepositions(filler) if name == "by")
    found["subject"] += found.get("by", [])
    found["object"] += found.get("of", [])
    possessors = found.get("poss", [])
    if possessors and not found["subject"] and (found["object"] or found.get("compound")):
        found["subject"] = list(possessors)
    elif possessors and not found["object"]:
        found["object"] = list(possessors)
    if not found["object"]:
        found["object"] = list(found.get("compound", []))
    _support(noun, found)
    return found


def _support(noun: Token, found: Functions) -> None:
    """Add subject and obliques of the verb whose object (or passive subject) the noun is, in place."""
    verb, kind = _first_conjunct(noun).head, relation(_first_conjunct(noun))
    if verb == noun or verb.pos_ not in _PREDICATES or kind not in {"object", "passive_subject", "oblique"}:
        return
    if kind == "oblique" and not {"into", "under", "on"}.intersection(_cases(_first_conjunct(noun))):
        return
    above = _verb(verb, 1)
    if not found["subject"]:
        found["subject"] = [filler for filler in above["subject"] if filler.i != noun.i]
    for name, fillers in above.items():
        if name not in {"subject", "object", "iobject", "clause"}:
            found.setdefault(name, []).extend(filler for filler in fillers if filler.i != noun.i)


def _adjective(adjective: Token) -> Functions:
    """Functions of a predicative adjective (or other predicate): its subject and what hangs on it."""
    found: Functions = {"subject": [], "clause": []}
    predicate = adjective
    if relation(adjective) == "complement" and adjective.head.pos_ in _PREDICATES:
        predicate = adjective.head
        found["subject"] = _verb(predicate, 1)["subject"]
    elif relation(adjective) == "adjective":
        found["subject"] = [adjective.head]
    for child in adjective.children:
        kind = relation(child)
        if kind in {"subject", "passive_subject"}:
            found["subject"].append(child)
        elif kind in {"complement", "adverbial"}:
            found["clause"].append(child)
    for name, filler in prepositions(adjective):
        found.setdefault(name, []).append(filler)
    return found


def _prenominal(participle: Token) -> Functions:
    """Functions of a participle before a noun: object of ``the leaked files``, subject of ``striking workers``."""
    name = "subject" if participle.tag_ == "VBG" else "object"
    return {name: [participle.head]}
