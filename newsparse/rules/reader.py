"""YAML with line numbers, so that every fault in a rule file can be named with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from newsparse.errors import RulesError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML node that knows its place; its methods check what it should be and say so if it is not."""

    node: yaml.Node
    path: str

    def error(self, message: str) -> RulesError:
        """A ``RulesError`` that names this node's file and line."""
        return RulesError(f"{self.path}:{self.node.start_mark.line + 1}: {message}")

    def is_list(self) -> bool:
        """Whether the node is a sequence."""
        return isinstance(self.node, yaml.SequenceNode)

    def is_mapping(self) -> bool:
        """Whether the node is a mapping."""
        return isinstance(self.node, yaml.MappingNode)

    def string(self) -> str:
        """The node's text as written (``no`` stays ``no``)."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.error("expected a single value")
        return str(self.node.value)

    def number(self) -> float:
        """The node as a number."""
        try:
            return float(self.string())
        except ValueError:
            raise self.error(f"expected a number, found {self.string()!r}") from None

    def flag(self) -> bool:
        """The node as true or false."""
        return self.choice(frozenset({"true", "false"}), "value") == "true"

    def choice(self, allowed: frozenset[str], what: str) -> str:
        """The node's text, which must be one of ``allowed``."""
        value = self.string()
        if value not in allowed:
            raise self.error(f"unknown {what} {value!r}; allowed: {', '.join(sorted(allowed))}")
        return value

    def elements(self) -> Iterator[Node]:
        """The elements of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.error("expected a list")
        for child in self.node.value:
            yield Node(child, self.path)

    def strings(self) -> tuple[str, ...]:
        """A list of strings; a single string counts as a list of one."""
        if isinstance(self.node, yaml.ScalarNode):
            return (self.string(),)
        return tuple(child.string() for child in self.elements())

    def items(self) -> Iterator[tuple[str, Node]]:
        """Keys and values of a mapping; a key that stands twice is an error."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error("expected a mapping (key: value)")
        seen = set()
        for key, value in self.node.value:
            name = Node(key, self.path).string()
            if name in seen:
                raise Node(key, self.path).error(f"{name!r} stands twice")
            seen.add(name)
            yield name, Node(value, self.path)

    def fields(self, allowed: frozenset[str]) -> dict[str, Node]:
        """The mapping as a dict, with no key beyond ``allowed``."""
        found = {}
        for key, value in self.items():
            if key not in allowed:
                raise value.error(f"unknown key {key!r}; allowed: {', '.join(sorted(allowed))}")
            found[key] = value
        return found


def read_yaml(text: str, path: str) -> Node:
    """Parse YAML text.

    Args:
        text: the file's text.
        path: how to call the file in messages.

    Raises:
        RulesError: the text is no YAML, or is empty.
    """
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RulesError(f"{path}:{line}: no valid YAML: {error.problem}") from error
    if root is None:
        raise RulesError(f"{path}:1: the file is empty")
    return Node(root, path)
