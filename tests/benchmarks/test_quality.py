"""The script over a small set of annotated articles, with the pipeline that ships."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import quality

TEXT = "Harwick ends jail contract\n\nMayor Dana Ortiz said Tuesday that Harwick will end its contract with Corvane."
ROW: dict[str, Any] = {
    "doc": "d1",
    "title": "Harwick ends jail contract",
    "date": "2019-03-05",
    "full": TEXT,
    "sents": [[0, 26], [28, len(TEXT)]],
    "entities": [],
    "events": [
        {
            "type": "agreement.end",
            "status": "planned",
            "main": True,
            "triggers": [[TEXT.index("end its"), TEXT.index("end its") + 3]],
        }
    ],
    "quotes": [],
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "tiny.jsonl").write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    return tmp_path


def test_floors(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = data / "floors.json"
    arguments = [str(data), "--split", "tiny", "--floors", str(floors)]
    assert quality.main(arguments) == 1
    assert "has no floors" in capsys.readouterr().err
    assert quality.main([*arguments, "--update"]) == 0
    assert json.loads(floors.read_text())["tiny"]["floors"]["event"] > 0
    assert quality.main([*arguments, "--errors", "9", "--output", str(data / "records.jsonl")]) == 0
    assert json.loads((data / "records.jsonl").read_text())["article"]["id"] == "d1"
    floors.write_text(floors.read_text().replace('"main event": ', '"main event": 10'))
    assert quality.main(arguments) == 1
    assert "fell: main event is" in capsys.readouterr().err
    assert quality.main([*arguments, "--update"]) == 1
    assert quality.main([*arguments, "--update", "--allow-regression"]) == 0


@pytest.mark.parametrize("arguments", [["--update"], ["nowhere"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        quality.main(arguments)
