from __future__ import annotations

import pytest

from newsparse.summary import summarize


@pytest.mark.parametrize(
    ("event_type", "status", "roles", "expected"),
    [
        ("agreement.end", "planned", {"agent": ["the city"], "object": ["contract"], "target": ["ICE"]}, "the city to end contract with ICE"),
        ("agreement.end", "actual", {"object": ["contract"]}, "contract ended"),
        ("enforce.arrest", "negated", {"agent": ["police"], "target": ["A", "B", "C"]}, "police did not arrest A, B and C"),
        ("office.leave", "actual", {"target": ["Ms Park"], "object": ["director"]}, "Ms Park removed as director"),
        ("office.run", "hypothetical", {"agent": ["Ms Park"], "object": ["mayor"]}, "Ms Park could run for mayor"),
        ("conflict.protest", "alleged", {}, "allegedly protested"),
        ("sport.transfer", "actual", {"agent": ["Ajax"], "target": ["Litmanen"]}, "Ajax transfer Litmanen"),
    ],
)  # fmt: skip
def test_summary(event_type: str, status: str, roles: dict[str, list[str]], expected: str) -> None:
    assert summarize(event_type, status, roles) == expected
