"""One line that tells an event: ``Jim Kenney (Mayor) to end city's contract with …``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsparse.rules.reader import Node, read_yaml

_ROLE = re.compile(r"\{(\w+)\}")
_KEYS = frozenset({"base", "past", "participle", "after"})

_ACTIVE = {
    "actual": "{past}",
    "planned": "to {base}",
    "proposed": "proposed to {base}",
    "alleged": "allegedly {past}",
    "hypothetical": "could {base}",
    "negated": "did not {base}",
}
_PASSIVE = {
    "actual": "{participle}",
    "planned": "to be {participle}",
    "proposed": "proposed to be {participle}",
    "alleged": "allegedly {participle}",
    "hypothetical": "could be {participle}",
    "negated": "not {participle}",
}


@dataclass(frozen=True, slots=True)
class Template:
    """The verb of an event type and the parts that follow it."""

    base: str
    past: str
    participle: str
    after: tuple[str, ...]


@cache
def templates() -> Mapping[str, Template]:
    """Templates of the built-in event types."""
    text = files("newsparse.rules").joinpath("summaries.yaml").read_text(encoding="utf-8")
    return {name: _template(node) for name, node in read_yaml(text, "summaries.yaml").items()}


def _template(node: Node) -> Template:
    fields = node.fields(_KEYS)
    past = fields["past"].string()
    participle = fields["participle"].string() if "participle" in fields else past
    return Template(fields["base"].string(), past, participle, fields["after"].strings())


def summarize(event_type: str, status: str, roles: Mapping[str, Sequence[str]]) -> str:
    """Tell an event in one line.

    Args:
        event_type: e.g. ``agreement.end``.
        status: one of the statuses of the codebook.
        roles: role → names, for agent, target and object; empty or missing where the article says nothing.
    """
    names = {role: _join(values) for role, values in roles.items() if values}
    action = event_type.split(".")[-1].replace("_", " ")
    template = templates().get(event_type, Template(action, action, action, ("{object}", "{target}")))
    parts = [part for part in template.after if all(role in names for role in _ROLE.findall(part))]
    filled = [_ROLE.sub(lambda match: names[match.group(1)], part) for part in parts]
    forms = {"base": template.base, "past": template.past, "participle": template.participle}
    if "agent" in names:
        return " ".join([names["agent"], _ACTIVE[status].format(**forms), *filled])
    patient = next((part for part in parts if part.startswith("{")), None)
    if patient is None:
        return " ".join([_PASSIVE[status].format(**forms), *filled])
    rest = [text for part, text in zip(parts, filled, strict=True) if part != patient]
    return " ".join([filled[parts.index(patient)], _PASSIVE[status].format(**forms), *rest])


def _join(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else list(names))
