from __future__ import annotations

from pathlib import Path

import pytest
from floors import Floors, digest, falls, load_floors, measured, raised, save_floors

from newsparse.evaluation import Count

FIGURES = {"event": Count(2, 3, 3), "argument": Count(1, 2, 2), "entity/GPE": Count(1, 1, 1)}


def test_measured_is_cut_and_holds_the_main_figures_only() -> None:
    assert measured(FIGURES) == {"event": 66.6, "argument": 50.0}


@pytest.mark.parametrize(
    ("floors", "expected"),
    [
        ({"event": 66.6, "argument": 50.0}, []),
        ({"event": 66.7}, ["event is 66.6, its floor is 66.7"]),
        ({"quote": 10.0}, ["quote is 0.0, its floor is 10.0"]),
    ],
)
def test_falls(floors: dict[str, float], expected: list[str]) -> None:
    assert [str(fall) for fall in falls(Floors("a", floors), FIGURES)] == expected


@pytest.mark.parametrize(
    ("old", "allow_regression", "expected"),
    [
        (None, False, {"event": 66.6, "argument": 50.0}),
        (Floors("gold", {"event": 70.0, "argument": 10.0}), False, {"event": 70.0, "argument": 50.0}),
        (Floors("gold", {"event": 70.0, "argument": 10.0}), True, {"event": 66.6, "argument": 50.0}),
        (Floors("other", {"event": 70.0}), False, {"event": 66.6, "argument": 50.0}),
    ],
)
def test_raised(old: Floors | None, allow_regression: bool, expected: dict[str, float]) -> None:
    assert raised(old, FIGURES, "gold", allow_regression) == Floors("gold", expected)


def test_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert load_floors(path) == {}
    sets = {"dev": Floors("sha256:1", {"event": 50.0}), "samples": Floors("sha256:2", {"event": 60.0})}
    save_floors(path, sets)
    assert load_floors(path) == sets
    assert digest([path]) == digest([path]) != digest([path, path])
