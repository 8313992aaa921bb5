"""Word lists: ``lexicon/NAME.yaml`` maps a class to its words, or is a plain list of words."""

from __future__ import annotations

from collections.abc import Mapping
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
    resource = files("newsparse.rules").joinpath("lexicon", f"{name}.yaml")
    if not resource.is_file():
        known = sorted(f.name.removesuffix(".yaml") for f in files("newsparse.rules").joinpath("lexicon").iterdir())
        raise RulesError(f"unknown lexicon {name!r}; there are: {', '.join(known)}")
    root = read_yaml(resource.read_text(encoding="utf-8"), f"lexicon/{name}.yaml")
    words: dict[str, str] = {}
    if root.is_list():
        _add(words, name, root)
    else:
        for label, node in root.items():
            _add(words, label, node)
    return MappingProxyType(words)


def _add(words: dict[str, str], label: str, node: Node) -> None:
    for item in node.elements():
        word = item.string()
        if word in words:
            raise item.error(f"{word!r} stands in {words[word]!r} already")
        words[word] = label
