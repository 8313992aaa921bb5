from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.web.encoding import decode

QUOTED = "“Café” – naïve’s €5"
META = "<html><meta charset={}>"


@pytest.mark.parametrize(
    ("data", "charset", "expected"),
    [
        (b"", None, ""),
        (b"plain", None, "plain"),
        (QUOTED.encode(), None, QUOTED),
        (QUOTED.encode(), "iso-8859-1", QUOTED),
        (codecs.BOM_UTF8 + QUOTED.encode(), None, QUOTED),
        (QUOTED.encode("utf-16"), None, QUOTED),
        (codecs.BOM_UTF16_BE + QUOTED.encode("utf-16-be"), "utf-8", QUOTED),
        (QUOTED.encode("utf-32"), None, QUOTED),
        (("plain text " + QUOTED).encode("utf-16-le"), None, "plain text " + QUOTED),
        (("plain text " + QUOTED).encode("utf-16-be"), None, "plain text " + QUOTED),
        (QUOTED.encode("windows-1252"), None, QUOTED),
        (QUOTED.encode("windows-1252"), "windows-1252", QUOTED),
        (QUOTED.encode("windows-1252"), "iso-8859-1", QUOTED),
        (QUOTED.encode("windows-1252"), "us-ascii", QUOTED),
        (QUOTED.encode("windows-1252"), "no-such-charset", QUOTED),
        (QUOTED.encode("windows-1252"), "base64", QUOTED),
        (QUOTED.encode("windows-1252"), "utf-16", QUOTED),
        ("žluť".encode("windows-1250"), "windows-1250", "žluť"),
        (
            META.format("windows-1250").encode() + "žluť".encode("windows-1250"),
            None,
            META.format("windows-1250") + "žluť",
        ),
        (b"<meta http-equiv=x content='text/html; charset=koi8-r'>" + "Мир".encode("koi8-r"), None, "…Мир"),
        (b"<?xml version='1.0' encoding='koi8-r'?>" + "Мир".encode("koi8-r"), None, "…Мир"),
        ("Мир".encode("koi8-r"), "koi8-r", "Мир"),
        ("“well” ".encode() + b"\xe2\x80", None, "“well” �"),
        ("“well” ".encode() + b"\xff", "utf-8", "“well” �"),
        (b"a\x81b", "windows-1252", "a�b"),
    ],
)
def test_decode(data: bytes, charset: str | None, expected: str) -> None:
    found = decode(data, charset)
    assert found.endswith(expected[1:]) if expected.startswith("…") else found == expected


@given(st.binary(), st.none() | st.text(max_size=12))
def test_decode_never_fails(data: bytes, charset: str | None) -> None:
    decode(data, charset)


@given(st.text().filter(lambda text: "\0" not in text and "\ufeff" not in text))
def test_utf8_is_kept(text: str) -> None:
    assert decode(text.encode("utf-8", "replace")) == text.encode("utf-8", "replace").decode()
