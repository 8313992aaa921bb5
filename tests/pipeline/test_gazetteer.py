"""The built-in gazetteer."""

from __future__ import annotations

import pytest

from newsparse.pipeline.gazetteer import lookup


@pytest.mark.parametrize(
    ("name", "country", "admin1"),
    [
        ("Philadelphia", "US", "PA"),
        ("the United States", "US", None),
        ("U.S.", "US", None),
        ("US", "US", None),
        ("Pa.", "US", "PA"),
        ("Pennsylvania", "US", "PA"),
        ("Miami, Fla.", "US", "FL"),
        ("Washington, D.C.", "US", "DC"),
        ("Norway", "NO", None),
        ("IRAN", "IR", None),
        ("The Hague", "NL", None),
        ("Côte d’Ivoire", "CI", None),
        ("Toronto", "CA", "ON"),
        ("Jerusalem", None, None),
    ],
)
def test_known_places(name: str, country: str | None, admin1: str | None) -> None:
    place = lookup(name)
    assert place is not None
    assert (place.country, place.admin1) == (country, admin1)
    assert -90 <= place.lat <= 90
    assert -180 <= place.lon <= 180


@pytest.mark.parametrize("name", ["", "us", "Georgia", "Springfield", "Birmingham", "Paris, Texas", ",", "Pa., Pa"])
def test_unknown_and_ambiguous_places(name: str) -> None:
    assert lookup(name) is None


def test_codes() -> None:
    place = lookup("Philadelphia")
    assert place is not None
    assert (place.lat, place.lon, place.geonames) == (39.95, -75.17, 4560349)
