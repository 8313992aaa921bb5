"""Word lists: ``lexicon/NAME.yaml`` maps a class to its words, or is a plain list of words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from newsparse.errors import RulesError
from newsparse.rules.reader import Node, read_yaml


@cache
def lexicon(name: str) -> Mapping[str, str]:
    """Words and phrases of a built-in lexicon, lower-cased lemmas, each with its class.

    Args:
        name: name of the file without ``.yaml``, e.g. ``agreement_nouns``.

    Returns:
        word → class; for plain lists the class is the name of the lexicon.

    Raises:
        RulesError: there is no such lexicon, or it is malformed.
    """
    words: dict[str, str] = {}
    for label, item in _entries(name):
        word = item.string()
        if word in words:
            raise item.error(f"{word!r} stands in {words[word]!r} already")
        words[word] = label
    return MappingProxyType(words)


@cache
def word_classes() -> Mapping[str, frozenset[str]]:
    """Lemma → classes of ``event_classes.yaml``, in which a word may stand in several.

    Raises:
        RulesError: the lexicon is malformed.
    """
    classes: dict[str, frozenset[str]] = {}
    for label, item in _entries("event_classes"):
        classes[item.string()] = classes.get(item.string(), frozenset()) | {label}
    return MappingProxyType(classes)


def _entries(name: str) -> Iterator[tuple[str, Node]]:
    """Class and word of every entry of a lexicon."""
    resource = files("newsparse.rules").joinpath("lexicon", f"{name}.yaml")
    if not resource.is_file():
        known = sorted(f.name.removesuffix(".yaml") for f in files("newsparse.rules").joinpath("lexicon").iterdir())
        raise RulesError(f"unknown lexicon {name!r}; there are: {', '.join(known)}")
    root = read_yaml(resource.read_text(encoding="utf-8"), f"lexicon/{name}.yaml")
    lists = [(name, root)] if root.is_list() else root.items()
    for label, node in lists:
        yield from ((label, item) for item in node.elements())
