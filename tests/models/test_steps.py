"""A step is run again when what went into it has changed, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest
import steps
from steps import Step

COPY = "import pathlib, sys; pathlib.Path(sys.argv[2]).write_text(pathlib.Path(sys.argv[1]).read_text() + '!')"


@pytest.fixture
def chain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Step]:
    """Return two steps, the second of which reads what the first wrote."""
    monkeypatch.setattr(steps, "MODELS", tmp_path)
    (tmp_path / "code.py").write_text("1")
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    first.write_text("a")
    return [
        Step("one", ("-c", COPY, str(first), str(second)), ("code.py",), (first,), second),
        Step("two", ("-c", COPY, str(second), str(third)), (), (second,), third),
    ]


def ran(chain: list[Step], tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> list[str]:
    """Run the steps and return the names of those that were not skipped."""
    capfd.readouterr()
    steps.run(chain, tmp_path / "record.json")
    return [line.split(":")[0] for line in capfd.readouterr().out.splitlines() if not line.endswith(": unchanged")]


def test_unchanged_steps_are_skipped(chain: list[Step], tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert ran(chain, tmp_path, capfd) == ["one", "two"]
    assert (tmp_path / "third").read_text() == "a!!"
    assert ran(chain, tmp_path, capfd) == []


def test_changed_input(chain: list[Step], tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    ran(chain, tmp_path, capfd)
    (tmp_path / "first").write_text("b")
    assert ran(chain, tmp_path, capfd) == ["one", "two"]
    assert (tmp_path / "third").read_text() == "b!!"


def test_changed_code_with_the_same_result(
    chain: list[Step], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ran(chain, tmp_path, capfd)
    (tmp_path / "code.py").write_text("2")
    assert ran(chain, tmp_path, capfd) == ["one"]


def test_lost_output(chain: list[Step], tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    ran(chain, tmp_path, capfd)
    (tmp_path / "third").unlink()
    assert ran(chain, tmp_path, capfd) == ["two"]


def test_a_failed_step_stops_the_rest(chain: list[Step], tmp_path: Path) -> None:
    broken = Step("broken", ("-c", "raise SystemExit(3)"), (), (), tmp_path / "nothing")
    with pytest.raises(steps.subprocess.CalledProcessError):
        steps.run([broken, *chain], tmp_path / "record.json")
    assert not (tmp_path / "second").exists()
