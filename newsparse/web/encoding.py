"""Bytes to text, for pages and files that may name their encoding wrongly or not at all."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Longer marks first: that of UTF-32 begins with that of UTF-16."""

_META = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)

META_BYTES = 4096
"""Where a declaration is looked for. HTML wants it within 1024 bytes; pages do not always comply."""

FALLBACK = "windows-1252"
"""What undeclared Western text is on the web (WHATWG Encoding, the default of English-language browsers)."""

_AS_BROWSERS_DO = {"iso8859-1": FALLBACK, "ascii": FALLBACK}
"""Browsers read these names as Windows-1252, which has quotation marks and dashes where Latin-1 has controls."""

_NOT_ON_PAGES = frozenset({"unicode-escape", "unicode_escape", "raw-unicode-escape", "raw_unicode_escape", "utf-7"})
"""Python's own notations, and UTF-7, which browsers refuse because it hides markup."""

_SNIFFED = 512


def decode(data: bytes, charset: str | None = None) -> str:
    """Decode bytes whose encoding is uncertain; never fails.

    Tried in this order: byte order mark; UTF-8, if the bytes are valid UTF-8, whatever is declared (other
    encodings hardly ever look like it by chance); ``charset``; a declaration in HTML or XML; UTF-8 with a few
    damaged characters; Windows-1252. Bytes that do not fit become U+FFFD.

    Args:
        data: the bytes.
        charset: what the server says.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _codec(charset) or _codec(_declared(data))
    return data.decode(declared, "replace") if declared else _undeclared(data)


def _declared(data: bytes) -> str | None:
    found = _META.search(data[:META_BYTES])
    return found[1].decode("ascii", "replace") if found else None


def _codec(name: str | None) -> str | None:
    """Python's name of a text encoding, None for names it does not know."""
    try:
        info = codecs.lookup(name or "")
        b"ab".decode(info.name, "replace")  # refuses codecs that are no text encodings, such as base64
    except (LookupError, ValueError):
        return None
    if info.name in _NOT_ON_PAGES:
        return None
    # A page that a declaration calls UTF-16 and that has no NUL bytes is not: its declaration could not be read.
    return None if info.name.startswith(("utf-16", "utf-32")) else _AS_BROWSERS_DO.get(info.name, info.name)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of English text is NUL."""
    start = data[:_SNIFFED]
    pairs = len(start) // 2
    if not pairs or b"\0" not in start:
        return None
    if start[1::2].count(0) > 0.8 * pairs and start[::2].count(0) < 0.2 * pairs:
        return "utf-16-le"
    if start[::2].count(0) > 0.8 * pairs and start[1::2].count(0) < 0.2 * pairs:
        return "utf-16-be"
    return None


def _undeclared(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    damaged = text.count("�")
    intact = sum(character > "\x7f" for character in text) - damaged
    return text if damaged <= intact else data.decode(FALLBACK, "replace")
