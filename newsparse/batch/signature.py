"""MinHash signatures: how alike two texts are, told from 128 bytes of each.

Broder, "On the resemblance and containment of documents" (1997): of a random permutation of all shingles, two texts
have the same first one with the probability of their Jaccard similarity. The lowest 16 bits of each minimum suffice
(Li and König, "b-bit minwise hashing", 2010).
"""

from __future__ import annotations

import base64
import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HASHES = 64
"""Numbers in a signature. The similarity they tell has a standard error of at most 1 / (2 √64) = 0.06."""

SHINGLE_WORDS = 5
"""Words that count as one thing: agencies' set phrases are shorter, and a changed word spoils no more than five."""

MIN_SHINGLES = 20
"""Shorter texts are alike by chance."""

_WORD = re.compile(r"\w+")


def signature(text: str) -> NDArray[np.uint16] | None:
    """The signature of a text, of ``HASHES`` numbers of 16 bits; None if it is too short."""
    import numpy as np

    words = _WORD.findall(text.lower())
    shingles = {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1)}
    if len(shingles) < MIN_SHINGLES:
        return None
    hashes = np.fromiter((zlib.crc32(shingle.encode()) for shingle in shingles), dtype=np.uint64, count=len(shingles))
    factors, terms = _permutations()
    # The products overflow 64 bits, which only mixes them more; the upper half is the well-mixed one.
    minima = ((hashes[:, None] * factors + terms) >> np.uint64(32)).min(axis=0)
    lowest: NDArray[np.uint16] = (minima & np.uint64(0xFFFF)).astype(np.uint16)
    return lowest


def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Odd factors and terms of the hash functions (Dietzfelbinger's multiply-shift); the same everywhere, for ever."""
    import numpy as np

    state, numbers = 0x9E3779B97F4A7C15, []
    for _ in range(2 * HASHES):  # Knuth's linear congruential generator: no library's, which may change
        state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        numbers.append(state ^ (state >> 29))
    drawn = np.array(numbers, dtype=np.uint64)
    return drawn[:HASHES] | np.uint64(1), drawn[HASHES:]


def similarity(one: NDArray[np.uint16], other: NDArray[np.uint16]) -> float:
    """Jaccard similarity of two texts, from 0 to 1, as their signatures tell it."""
    return float((one == other).mean())


def to_text(values: NDArray[np.uint16]) -> str:
    """A signature as text."""
    return base64.b64encode(values.astype("<u2").tobytes()).decode()


def from_text(text: str) -> NDArray[np.uint16]:
    """A signature from its text."""
    import numpy as np

    return np.frombuffer(base64.b64decode(text), dtype="<u2")
