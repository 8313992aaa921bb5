"""The built-in gazetteer: country, state and coordinates of places that everybody means by one name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from newsparse.rules.reader import Node, read_yaml

_FILE = "gazetteer.yaml"
_SECTIONS = frozenset({"countries", "states", "cities", "aliases", "geonames"})
_LEADING_ARTICLE = re.compile(r"the\s+(?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlaceCodes:
    """Codes and coordinates of a place.

    ``country`` is ISO 3166-1 alpha-2, None where states dispute it; ``admin1`` the US state or Canadian
    province; ``lat`` and ``lon`` are degrees, of countries and states roughly the middle; ``geonames`` the
    GeoNames id, where it is known.
    """

    country: str | None
    admin1: str | None
    lat: float
    lon: float
    geonames: int | None


def lookup(name: str) -> PlaceCodes | None:
    """What the gazetteer knows of a place.

    Args:
        name: the place's name, ``Philadelphia`` or ``Philadelphia, Pa.``; case counts only for abbreviations.

    Returns:
        Its codes; None for unknown names and for those that several places share (``Georgia``, ``Springfield``).
    """
    places = _places()
    key = _LEADING_ARTICLE.sub("", _key(name), count=1)
    found = places.get(_key(name)) or places.get(key) or places.get(key.lower())
    if found is not None or "," not in name:
        return found
    city, _, state = name.partition(",")
    place, region = places.get(_key(city)), places.get(_key(state))
    if place is None or region is None:
        return None
    same = place.country == region.country and region.admin1 in {None, place.admin1}
    return place if same else None


def _key(name: str) -> str:
    """The name in lower case with plain spaces; short abbreviations (``US``, ``La.``) keep their case."""
    name = " ".join(name.replace("’", "'").split())
    return name if _is_abbreviation(name) else name.lower()


def _is_abbreviation(name: str) -> bool:
    return name.endswith(".") or (len(name) <= 4 and name.isupper())


@cache
def _places() -> Mapping[str, PlaceCodes]:
    """Key → place, read from the package's data.

    Raises:
        RulesError: the file is malformed.
    """
    text = files("newsparse.rules").joinpath(_FILE).read_text(encoding="utf-8")
    sections = read_yaml(text, _FILE).fields(_SECTIONS)
    ids = {name: int(node.number()) for name, node in sections["geonames"].items()}
    places: dict[str, PlaceCodes] = {}
    for section in ("cities", "states", "countries"):
        for name, node in sections[section].items():
            places[_key(name)] = _place(section, node, ids.pop(name, None))
    for name, node in sections["aliases"].items():
        target = _key(node.string())
        if target not in places:
            raise node.error(f"{node.string()!r} is no place of this file")
        places[_key(name)] = places[target]
    for name in ids:
        raise sections["geonames"].error(f"{name!r} is no place of this file")
    return MappingProxyType(places)


def _place(section: str, node: Node, geonames: int | None) -> PlaceCodes:
    fields = list(node.elements())
    expected = 4 if section == "cities" else 3
    if len(fields) != expected:
        raise node.error(f"expected {expected} values, found {len(fields)}")
    lat, lon = fields[-2].number(), fields[-1].number()
    code = None if fields[0].string() == "null" else fields[0].string()
    if section == "countries":
        return PlaceCodes(code, None, lat, lon, geonames)
    if section == "states":
        return PlaceCodes("US", code, lat, lon, geonames)
    admin1 = fields[1].string()
    return PlaceCodes(code, None if admin1 == "null" else admin1, lat, lon, geonames)
