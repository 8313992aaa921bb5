"""Text from elsewhere, made safe for a terminal."""

from __future__ import annotations

import re

_WHITE_SPACE = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")

_CONTROLS = re.compile(
    r"[\x00-\x1f\x7f-\x9f"  # C0 and C1 controls: among them ESC, which can move the cursor or set the title
    r"\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of writing
    r"\ud800-\udfff]"  # half a surrogate pair has no encoding
)


def printable(text: str) -> str:
    """Replace what could upset a terminal, one code point by one, so that offsets stay right."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", _WHITE_SPACE.sub(" ", text))
