"""Fetch a page: bounded in time and size, retried where that helps, every redirect checked."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from newsparse import __version__
from newsparse.errors import FetchError
from newsparse.web import guard
from newsparse.web.problems import TransientError, network_error, status_error, timeout_error

if TYPE_CHECKING:
    import urllib3

CONTACT_URL = "https://newsparse.example/"
"""Where the people behind a server learn who asks; `.example` belongs to nobody (RFC 2606)."""

USER_AGENT = f"newsparse/{__version__} (+{CONTACT_URL})"

MAX_REDIRECTS = 5

MAX_WAIT = 30.0
"""Longest pause before another try, in seconds; a server that asks for more gets no other try."""

DEADLINE_FACTOR = 4
"""One try takes at most so many time-outs in all, however steadily the bytes drip."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HTML_TYPES = frozenset({"", "text/html", "application/xhtml+xml"})
_MAYBE_HTML_TYPES = frozenset({"application/xml", "text/xml", "text/plain"})
"""Types under which some servers send HTML; the first bytes decide."""

_LOOKS_HTML = re.compile(rb"<(?:!doctype html|html)\b", re.IGNORECASE)
_SNIFFED = 1024
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How to fetch.

    Attributes:
        timeout: seconds to connect, and to wait for each piece of the answer.
        max_bytes: largest page, after decompression.
        retries: further tries after a connection error or a status that may pass.
        backoff: seconds before the first further try; doubled for each one after.
        allow_private: fetch from loopback and private addresses as well.
        user_agent: how to introduce ourselves.
    """

    timeout: float = 20.0
    max_bytes: int = 10_000_000
    retries: int = 2
    backoff: float = 1.0
    allow_private: bool = False
    user_agent: str = USER_AGENT


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched page.

    Attributes:
        url: where the page was found, after redirects.
        body: the bytes, decompressed.
        content_type: media type in lower case without parameters, empty if the server names none.
        charset: as named by the server, if at all.
        retrieved: when, ISO 8601 in UTC to the second.
        status: the HTTP status.
    """

    url: str
    body: bytes
    content_type: str
    charset: str | None
    retrieved: str
    status: int


def fetch(url: str, options: FetchOptions | None = None) -> Page:
    """Fetch one page.

    Raises:
        FetchError: with the code ``bad-url``, ``dns``, ``refused``, ``timeout``, ``tls``, ``proxy``,
            ``connection``, ``private-address``, ``too-many-redirects``, ``too-large``, ``not-html`` or
            ``http-NNN``.
    """
    with Client(options) as client:
        return client.fetch(url)


class Client:
    """Fetches pages one after the other, keeping connections open between them."""

    def __init__(self, options: FetchOptions | None = None) -> None:
        self.options = options or FetchOptions()
        self._managers: dict[str | None, urllib3.PoolManager] = {}
        self._sleep = time.sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        for manager in self._managers.values():
            manager.clear()
        self._managers.clear()

    def fetch(self, url: str) -> Page:
        """Fetch one page; see :func:`fetch`."""
        url = guard.check_url(url)
        for wait in self._waits():
            try:
                return self._follow(url)
            except TransientError as error:
                pause = wait if error.retry_after is None else error.retry_after
                if pause is None or wait is None or pause > MAX_WAIT:
                    raise
                self._sleep(max(pause, wait))
        raise AssertionError("the last wait is None and ends the loop")

    def _waits(self) -> Iterator[float | None]:
        """Pauses between the tries, None after the last one."""
        for number in range(self.options.retries):
            yield min(self.options.backoff * 2.0**number, MAX_WAIT)
        yield None

    def _follow(self, url: str) -> Page:
        deadline = time.monotonic() + DEADLINE_FACTOR * self.options.timeout
        first = url
        for _ in range(MAX_REDIRECTS + 1):
            response = self._open(url, deadline)
            try:
                target = response.headers.get("Location")
                if response.status not in _REDIRECTS or not target:
                    page = self._page(url, response, deadline)
                    response.release_conn()
                    return page
            finally:
                # After a page that was read to its end the connection is back in its pool and this does nothing.
                response.close()
            url = guard.check_url(urljoin(url, _as_unicode(target)))
        raise FetchError(
            f"{first}: more than {MAX_REDIRECTS} redirects, the last to {url}; give the page's final URL",
            "too-many-redirects",
        )

    def _open(self, url: str, deadline: float) -> urllib3.BaseHTTPResponse:
        from urllib3.exceptions import HTTPError
        from urllib3.util import Timeout

        if time.monotonic() > deadline:
            raise timeout_error(url)
        try:
            return self._manager(url).request(
                "GET",
                url,
                headers=self._headers(),
                redirect=False,
                retries=False,
                preload_content=False,
                timeout=Timeout(connect=self.options.timeout, read=self.options.timeout),
            )
        except (HTTPError, OSError, ValueError) as error:
            raise network_error(url, error) from error

    def _headers(self) -> Mapping[str, str]:
        return {
            "User-Agent": self.options.user_agent,
            "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
            "Accept-Encoding": "gzip, deflate",
            "Accept-Language": "en",
        }

    def _manager(self, url: str) -> urllib3.PoolManager:
        from newsparse.web.connections import pool_manager

        proxy = _proxy(url)
        if proxy and not self.options.allow_private:
            _check_target_of_proxy(url)
        if proxy not in self._managers:
            self._managers[proxy] = pool_manager(allow_private=self.options.allow_private, proxy=proxy)
        return self._managers[proxy]

    def _page(self, url: str, response: urllib3.BaseHTTPResponse, deadline: float) -> Page:
        if not 200 <= response.status < 300:
            raise status_error(url, response.status, _retry_after(response.headers.get("Retry-After")))
        content_type, charset = _content_type(response.headers.get("Content-Type", ""))
        if content_type not in _HTML_TYPES | _MAYBE_HTML_TYPES:
            raise _not_html(url, content_type)
        body = self._body(url, response, deadline)
        if content_type in _MAYBE_HTML_TYPES and not _LOOKS_HTML.search(body[:_SNIFFED]):
            raise _not_html(url, content_type)
        retrieved = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Page(url, body, content_type, charset, retrieved, response.status)

    def _body(self, url: str, response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
        from urllib3.exceptions import HTTPError

        limit = self.options.max_bytes
        announced = response.headers.get("Content-Length", "")
        if announced.isdecimal() and int(announced) > limit:
            raise _too_large(url, limit)
        body = bytearray()
        try:
            for chunk in response.stream(_CHUNK, decode_content=True):
                body += chunk
                if len(body) > limit:
                    raise _too_large(url, limit)
                if time.monotonic() > deadline:
                    raise timeout_error(url)
        except (HTTPError, OSError, ValueError) as error:
            raise network_error(url, error) from error
        return bytes(body)


def _proxy(url: str) -> str | None:
    """The proxy that the environment prescribes for a URL."""
    parts = urlsplit(url)
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(parts.netloc):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _check_target_of_proxy(url: str) -> None:
    """Behind a proxy the names are often unknown here; those that are known must be public."""
    parts = urlsplit(url)
    try:
        guard.public_addresses(parts.hostname or "", parts.port or 0)
    except FetchError as error:
        if error.code != "dns":
            raise


def _content_type(header: str) -> tuple[str, str | None]:
    message = Message()
    message["Content-Type"] = header
    declared = header.partition(";")[0].strip().lower()
    return declared, message.get_content_charset()


def _retry_after(header: str | None) -> float | None:
    """Seconds to wait, from a number of seconds or a date (RFC 9110, section 10.2.3)."""
    if not header:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        when = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())


def _as_unicode(location: str) -> str:
    """A Location header read as Latin-1 by http.client; servers that break the rules send UTF-8."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _too_large(url: str, limit: int) -> FetchError:
    return FetchError(f"{url}: the page is larger than {limit / 1e6:g} MB, which no article is", "too-large")


def _not_html(url: str, content_type: str) -> FetchError:
    return FetchError(
        f"{url}: the server sends {content_type}, not a web page; save it, convert it to text and give the file",
        "not-html",
    )
