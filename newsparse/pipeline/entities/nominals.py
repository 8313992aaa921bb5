"""Noun phrases that refer without a name: agreements, databases, laws, and groups of people or bodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from newsparse.pipeline.entities.names import Name, is_acronym, title_length
from newsparse.pipeline.entities.nominal_rules import NominalRules, nominal_rules
from newsparse.pipeline.grammar import noun_phrase, relation
from newsparse.rules.lexicon import lexicon

Nominal = tuple[int, int, str, int]
"""First token, token after the last, type, head."""

_NOUNS = frozenset({"NOUN", "PROPN"})
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "SYM", "VERB", "PART", "ADV", "X", "PUNCT"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "its", "their", "his", "her", "said"})
_TAKES_UP = frozenset({"the", "this", "that", "these", "those", "its", "their"})
_HOLDERS = frozenset({"ORG", "PERSON", "GPE", "NORP"})
_HELD = frozenset({"email", "e-mail", "file", "records", "archive", "roll", "register", "cable", "log"})
_PARTY = frozenset({"with", "between"})
_PLURAL_ENDINGS = ("ers", "ors", "ists", "ians", "ants", "men", "women", "ees", "icans", "eers")
_NOUN_MODIFIERS = frozenset({"compound", "adjective", "name_part"})
_NO_END = frozenset({"PUNCT", "ADP", "SPACE", "CCONJ", "DET"})
_LONGEST_NEVER = 4
_LONGEST_LEFT = 8
_LONGEST_RIGHT = 7
_LONGEST_COMPLEMENT = 5


def find_nominals(doc: Doc, names: Sequence[Name]) -> list[Nominal]:
    """Noun phrases of the types AGREEMENT, DATABASE, LAW and GROUP, in order."""
    named = [False] * (len(doc) + 1)
    persons = set()
    for start, end, label in names:
        named[start:end] = [True] * (end - start)
        if label == "PERSON":
            persons.add(start)
    found = [nominal for rules in nominal_rules() for nominal in _things(doc, rules, names, named)]
    heads = {head for _, _, _, head in found}
    found += [group for group in _groups(doc, named, persons) if group[3] not in heads]
    return sorted(found)


def lemma(token: Token) -> str:
    """The lemma in lower case; the form itself where the pipeline has no lemmatizer."""
    return (token.lemma_ or token.text).lower()


def is_modifier_of_noun(token: Token) -> bool:
    """Whether the token only modifies a noun after it, as ``contract`` in ``contract talks``."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if following is None or following.pos_ not in _NOUNS:
        return False
    return token.head.i > token.i and token.head.pos_ in _NOUNS and relation(token) in _NOUN_MODIFIERS


def left_edge(head: Token) -> int:
    """Where the noun phrase of a head starts, without leading determiner."""
    doc = head.doc
    start = head.i
    for i in range(head.i - 1, max(head.i - _LONGEST_LEFT, 0) - 1, -1):
        token = doc[i]
        inner = token.pos_ in _MODIFIERS and not token.is_space and (token.pos_ != "PUNCT" or token.text in "-–\"“”'’")
        if not inner or not (head.is_ancestor(token) or token.pos_ == "PUNCT"):
            break
        start = i
    while start < head.i and doc[start].pos_ in {"PUNCT", "ADV", "PART", "DET"}:
        start += 1
    return start


def _things(doc: Doc, rules: NominalRules, names: Sequence[Name], named: Sequence[bool]) -> Iterator[Nominal]:
    barred = _barred([token.lower_ for token in doc], [lemma(token) for token in doc], rules)
    first = min((start for start, _, label in names if label == rules.type), default=len(doc))
    accepted: set[str] = set()
    for token in doc:
        if token.pos_ not in _NOUNS or named[token.i] or barred[token.i] or is_modifier_of_noun(token):
            continue
        start = left_edge(token)
        word = _head_word(token, rules)
        if word is not None and _is_thing(token, start, word, rules, accepted):
            accepted.add(lemma(token))
            yield start, _with_parties(token, rules, named), rules.type, token.i
        elif (accepted or first < token.i) and is_anaphor(token, start, rules):
            yield start, token.i + 1, rules.type, token.i


def is_anaphor(head: Token, start: int, rules: NominalRules) -> bool:
    """Whether the phrase is bare and definite with a head that can take up a thing mentioned before."""
    forms = {lemma(head), head.lower_}
    bare = start == head.i and head.i > 0 and head.doc[head.i - 1].lower_ in _TAKES_UP
    return bare and not rules.anaphors.isdisjoint(forms)


def _is_thing(token: Token, start: int, word: str, rules: NominalRules, accepted: set[str]) -> bool:
    """Whether a noun of the rules stands for such a thing here."""
    if word in rules.weak:
        return _supported(token, start, word, rules, accepted)
    bare = start == token.i and not (token.i and token.doc[token.i - 1].lower_ in _DEFINITE)
    return not (bare and token.tag_ in {"NNS", "NNPS"}) or _is_governed(token, rules) or _party_follows(token)


def _head_word(token: Token, rules: NominalRules) -> str | None:
    """The noun of the rules that this token is: alone, with the word before it, or with ``of`` and a word after it."""
    doc, i = token.doc, token.i
    for form in (lemma(token), token.lower_):
        phrases = [f"{doc[i - 1].lower_} {form}"] if i else []
        if i + 2 < len(doc):
            phrases.append(f"{form} {doc[i + 1].lower_} {doc[i + 2].lower_}")
        phrase = next((phrase for phrase in (*phrases, form) if phrase in rules.nouns), None)
        if phrase is not None:
            return phrase
    return None


def _barred(words: Sequence[str], lemmas: Sequence[str], rules: NominalRules) -> list[bool]:
    """For each token whether it is part of a phrase that is never such a thing."""
    barred = [False] * len(words)
    for i, (word, base) in enumerate(zip(words, lemmas, strict=True)):
        if word not in rules.never_ends and base not in rules.never_ends:
            continue
        for start in range(max(i - _LONGEST_NEVER + 1, 0), i):
            before = words[start:i]
            if not rules.never.isdisjoint((" ".join((*before, word)), " ".join((*before, base)))):
                barred[start : i + 1] = [True] * (i + 1 - start)
    return barred


def _supported(head: Token, start: int, word: str, rules: NominalRules, accepted: set[str]) -> bool:
    doc = head.doc
    before = [token for token in doc[start : head.i] if token.is_alpha or "-" in token.text or token.is_digit]
    if any(token.lower_ in rules.modifiers or lemma(token) in rules.modifiers for token in before):
        return True
    if word in accepted and start and (doc[start - 1].lower_ in _DEFINITE or doc[start].ent_type_):
        return True
    if any(token.ent_type_ in _HOLDERS for token in before) and word in _HELD:
        return True
    return _is_governed(head, rules) or (rules.type == "AGREEMENT" and _party_follows(head))


def _is_governed(head: Token, rules: NominalRules) -> bool:
    """Whether the noun is the object of a verb that goes with such things."""
    return relation(head) in {"object", "passive_subject"} and lemma(head.head) in rules.verbs


def _party_follows(head: Token) -> bool:
    doc = head.doc
    if head.i + 2 >= len(doc) or doc[head.i + 1].lower_ not in _PARTY:
        return False
    return any(token.pos_ == "PROPN" for token in doc[head.i + 2 : head.i + 5])


def _with_parties(head: Token, rules: NominalRules, named: Sequence[bool]) -> int:
    """Where the phrase ends: after ``with`` or ``between`` and a short phrase, ``of understanding``, else the head."""
    doc, end = head.doc, head.i + 1
    if end + 1 >= len(doc):
        return end
    if doc[end].lower_ == "of" and doc[end + 1].lower_ in {"understanding", "intent", "agreement"}:
        return end + 2
    if rules.type != "AGREEMENT" or doc[end].lower_ not in _PARTY:
        return end
    for i in range(end + 1, min(end + 1 + _LONGEST_RIGHT, len(doc))):
        token = doc[i]
        if token.pos_ in _NOUNS and head.is_ancestor(token) and token.right_edge.i <= head.right_edge.i:
            follows = i + 1 < len(doc) and doc[i + 1].pos_ in _NOUNS
            nominal = not follows or (named[i] and not named[i + 1])
            if nominal and (doc[end].lower_ == "with" or (token.i > end + 1 and relation(token) == "conjunct")):
                return i + 1
        elif token.pos_ not in _MODIFIERS | {"DET", "CCONJ", "PRON"} or token.is_space:
            break
    return end


def _groups(doc: Doc, named: Sequence[bool], persons: set[int]) -> Iterator[Nominal]:
    for token in doc:
        if named[token.i] or token.pos_ not in _NOUNS or not _is_group(token) or is_modifier_of_noun(token):
            continue
        if _titles_a_name(doc, token.i, persons):
            continue
        start, end = _group_phrase(token)
        yield start, end, "GROUP", token.i


def _is_group(token: Token) -> bool:
    nouns = lexicon("group_nouns")
    word = lemma(token)
    if word in nouns or token.lower_ in nouns or word.rsplit("-", 1)[-1] in nouns:
        return True
    if not token.lower_.endswith(_PLURAL_ENDINGS) or is_acronym(token.text) or token.pos_ != "NOUN":
        return False
    return word not in lexicon("inanimate_agents") and token.tag_ in {"NNS", ""}


def _titles_a_name(doc: Doc, i: int, persons: set[int]) -> bool:
    """Whether the token is (the end of) a title right before a person's name."""
    return i + 1 in persons or any(i + 1 + n in persons and title_length(doc, i, i + 1 + n) == 1 + n for n in (1, 2))


def _group_phrase(head: Token) -> tuple[int, int]:
    """The phrase of a group with what its head needs: ``members of the union``, ``residents without papers``."""
    start = left_edge(head)
    _, end = noun_phrase(head, longest=_LONGEST_COMPLEMENT)
    doc = head.doc
    line_end = next((i for i in range(head.i + 1, end) if "\n" in doc[i].text), end)
    while line_end > head.i + 1 and (doc[line_end - 1].pos_ in _NO_END or doc[line_end - 1].is_space):
        line_end -= 1
    return start, line_end
