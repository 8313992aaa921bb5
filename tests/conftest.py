"""Shared fixtures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from local_web import Web

if TYPE_CHECKING:
    from newsparse.extractor import Extractor


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A server on 127.0.0.1 that knows no pages yet; proxies of the environment are out of the way."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    server = Web()
    yield server
    server.close()


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The extractor with the pipeline that ships, loaded once."""
    import shipped

    return shipped.extractor()
