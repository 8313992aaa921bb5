"""Names as the entity recogniser finds them, cleaned, completed and made consistent over the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from newsparse.rules.lexicon import lexicon

Name = tuple[int, int, str]
"""First token, token after the last, type."""

TYPES = frozenset({
    "PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "LAW", "PRODUCT", "EVENT", "WORK", "AGREEMENT", "DATABASE",
})  # fmt: skip
_OTHER_LABELS = {"WORK_OF_ART": "WORK", "PER": "PERSON"}
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Za-z]?[A-Z&0-9]{1,7}s?|[A-Z]{2}")
_LONGEST_NAME = 14


def find_names(doc: Doc) -> list[Name]:
    """All names of a document in order, without overlaps.

    Starts from ``doc.ents``; titles, determiners and possessive marks are taken off, an acronym in parentheses
    becomes a name of its own, strings that are a name somewhere are names wherever they stand with a capital, and
    each string has the type that most of its mentions have.
    """
    names = [name for ent in doc.ents for name in _cleaned(doc, ent.start, ent.end, _type(ent.label_))]
    names = [part for name in _parted(doc, names) for part in name]
    names = [_with_government(doc, name) for name in names]
    names = _by_position(names + list(_acronyms(doc, names)))
    names = _by_position(names + list(_repeated(doc, names)))
    return _consistent(doc, names)


def _parted(doc: Doc, names: list[Name]) -> Iterator[list[Name]]:
    """Each name, or its two parts where a place ran together with an acronym that is a name elsewhere."""
    places = {doc[start:end].text for start, end, label in names if label == "GPE"}
    acronyms = {doc[start].text: label for start, end, label in names if end - start == 1}
    for start, end, label in names:
        last = doc[end - 1].text
        if label == "ORG" and is_acronym(last) and last in acronyms and doc[start : end - 1].text in places:
            yield [(start, end - 1, "GPE"), (end - 1, end, acronyms[last])]
        else:
            yield [(start, end, label)]


def _with_government(doc: Doc, name: Name) -> Name:
    """``Trump administration`` is an organisation, whatever ``Trump`` is."""
    start, end, label = name
    follows = doc[end].lower_ if end < len(doc) else ""
    if label in {"PERSON", "GPE", "ORG", "NORP"} and follows in _GOVERNMENTS:
        return start, end + 1, "ORG"
    return name


_GOVERNMENTS = frozenset({"administration", "government", "regime"})


def is_acronym(text: str) -> bool:
    """Whether a word looks like an acronym: ``ICE``, ``U.N.``, ``DoJ``."""
    return bool(_ACRONYM.fullmatch(text))


def initials_match(acronym: str, words: Sequence[str]) -> bool:
    """Whether the letters of an acronym are initials of the words, in order; small words may be left out."""
    letters = [letter for letter in acronym.rstrip("s").lower() if letter.isalpha()]
    parts = [part for word in words for part in re.split(r"[-/.]", word) if part]
    strong = [part for part in parts if part[0].isupper() or part[0].isdigit()]
    if not letters:
        return False
    for chosen in (strong, parts):
        initials = [part[0].lower() for part in chosen]
        # "U.S. Immigration and Customs Enforcement" is ICE: words at the start may be left out.
        if any(initials[skipped:] == letters for skipped in range(3)):
            return True
    loose = len(letters) >= 3 and len(strong) > 1 and strong[0][0].lower() == letters[0]
    return loose and _in_order(letters, "".join(part.lower() for part in strong))


def _in_order(letters: Sequence[str], text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _type(label: str) -> str | None:
    label = _OTHER_LABELS.get(label, label)
    return label if label in TYPES else None


def _cleaned(doc: Doc, start: int, end: int, label: str | None) -> Iterator[Name]:
    """The names in an entity of the recogniser: none, one, or more where it ran over a line or a parenthesis."""
    if label is None:
        return
    for i in range(start, end):
        if "\n" in doc[i].text or (doc[i].text in "()" and label != "LAW"):
            yield from _cleaned(doc, start, i, label)
            yield from _cleaned(doc, i + 1, end, label)
            return
    start, end = _trimmed(doc, start, end)
    if label == "PERSON":
        start += title_length(doc, start, end - 1)
    if start < end and any(token.text[0].isalnum() for token in doc[start:end]):
        yield start, end, _type_by_words(doc, start, end) or label


def _type_by_words(doc: Doc, start: int, end: int) -> str | None:
    """The type that the last words of a name tell: ``Act``, ``Information System``, ``Commission``."""
    types = lexicon("name_types")
    for size in (3, 2, 1):
        found = types.get(doc[end - size : end].text.lower()) if size <= end - start else None
        if found is not None and (end - start > 1 or found == "ORG"):
            return found
    return None


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The span without determiners, possessive marks, quotation marks and punctuation at its ends."""
    while start < end and (doc[start].lower_ in _LEADING or not _is_word(doc[start])):
        start += 1
    while end > start and (doc[end - 1].lower_ in _TRAILING or not _is_word(doc[end - 1])):
        end -= 1
    return start, end


_LEADING = frozenset({"the", "a", "an", "this", "that", "its", "his", "her", "their", "our", "and", "of", "in", "by"})
_TRAILING = frozenset({"'s", "’s", "'", "’", "s’", "and", "of", "the"})


def _is_word(token: Token) -> bool:
    return token.text[0].isalnum() or (token.text[0] in "$@#" and len(token.text) > 1)


def title_length(doc: Doc, start: int, end: int) -> int:
    """How many tokens from ``start`` (at most to ``end``) are titles or offices: ``Attorney General``, ``Mr.``."""
    titles = lexicon("titles")
    i = start
    while i < end:
        size = next((n for n in (3, 2, 1) if i + n <= end and doc[i : i + n].text.lower() in titles), 0)
        if not size:
            break
        i += size
    return i - start


def _by_position(names: list[Name]) -> list[Name]:
    """Names in order; of overlapping ones the first given stays."""
    taken: set[int] = set()
    kept = []
    for start, end, label in names:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end, label))
    return sorted(kept)


def _acronyms(doc: Doc, names: list[Name]) -> Iterator[Name]:
    """Acronyms that follow their long form: ``Bureau of Prisons (BOP)``, ``Reporting System, or PARS``."""
    known = {start for start, _, _ in names}
    for start, end, label in names:
        at = end + 1
        if at < len(doc) - 1 and doc[end].lower_ == "," and doc[at].lower_ == "or":
            at += 1
        elif not (at < len(doc) - 1 and doc[end].text == "(" and doc[at + 1].text in ")/;,"):
            continue
        word = doc[at].text
        if at < len(doc) and at not in known and is_acronym(word) and initials_match(word, _words(doc, start, end)):
            yield at, at + 1, label


def _words(doc: Doc, start: int, end: int) -> list[str]:
    return [token.text for token in doc[start:end]]


def _repeated(doc: Doc, names: list[Name]) -> Iterator[Name]:
    """Further places where a name of the document stands."""
    taken = {i for start, end, _ in names for i in range(start, end)}
    forms: dict[str, dict[tuple[str, ...], str]] = {}
    for start, end, label in names:
        words = tuple(_words(doc, start, end))
        if _distinctive(words, label):
            forms.setdefault(words[0], {}).setdefault(words, label)
            if label == "PERSON" and 1 < len(words) <= 4 and len(words[-1]) > 3:
                forms.setdefault(words[-1], {}).setdefault(words[-1:], label)
    options = {first: sorted(same.items(), key=lambda option: -len(option[0])) for first, same in forms.items()}
    i = 0
    while i < len(doc):
        for words, label in options.get(doc[i].text, []) if i not in taken else []:
            end = i + len(words)
            if taken.isdisjoint(range(i, end)) and _words(doc, i, end) == list(words) and not _inside_name(doc, i, end):
                yield i, end, label
                i = end - 1
                break
        i += 1


def _distinctive(words: Sequence[str], label: str) -> bool:
    """Whether the words cannot well be anything but this name."""
    if len(words) > _LONGEST_NAME or not all(word[0].isupper() for word in (words[0], words[-1])):
        return False
    if len(words) == 1:
        return label in {"PERSON", "ORG", "GPE", "NORP", "DATABASE"} and (len(words[0]) > 3 or is_acronym(words[0]))
    return True


def _inside_name(doc: Doc, start: int, end: int) -> bool:
    """Whether a capitalised word beside the place suggests that it is part of another name."""
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    neighbours = [token for token in (before, after) if token is not None]
    return any(token.pos_ == "PROPN" and token.text[0].isupper() for token in neighbours)


def _consistent(doc: Doc, names: list[Name]) -> list[Name]:
    """The names with the type that most mentions of the same string have; the first decides a tie."""
    votes: dict[str, Counter[str]] = {}
    last_names = {doc[end - 1].lower_ for start, end, label in names if label == "PERSON" and end - start > 1}
    last_names.difference_update(lexicon("capitals"), lexicon("countries"), lexicon("us_states"))
    for start, end, label in names:
        votes.setdefault(doc[start:end].text.lower(), Counter())[label] += 1
    for word in last_names & votes.keys():
        votes[word] = Counter({"PERSON": 1})
    return [(start, end, votes[doc[start:end].text.lower()].most_common(1)[0][0]) for start, end, _ in names]
