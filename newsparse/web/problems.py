"""What can go wrong on the way to a page: a short code for programs, and what to do about it for people."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from newsparse.errors import FetchError

if TYPE_CHECKING:
    from urllib3.exceptions import HTTPError

SAVE_PAGE = "save the page in a browser and give the file instead"

ADVICE: Mapping[int, str] = MappingProxyType(
    {
        401: f"the page needs a login; {SAVE_PAGE}",
        402: f"the page is behind a paywall; {SAVE_PAGE}",
        403: f"the site refuses automatic access; {SAVE_PAGE}",
        404: "there is no such page; check the URL, or look for a copy at web.archive.org",
        406: f"the site refuses automatic access; {SAVE_PAGE}",
        410: "the page was removed; look for a copy at web.archive.org",
        429: "the site wants fewer requests; try again later",
        451: "the page is withheld for legal reasons; look for a copy at web.archive.org",
    }
)
"""What a person can do about an HTTP status."""

RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""Statuses that may pass: RFC 9110 and RFC 6585, and 520 to 524, which Cloudflare sends for a site that is down."""


class TransientError(FetchError):
    """A failure that may pass by itself, so that trying again makes sense.

    Attributes:
        retry_after: seconds the server asks to wait, if it said so.
    """

    retry_after: float | None = None


def status_error(url: str, status: int, retry_after: float | None = None) -> FetchError:
    """The error for an HTTP status other than success."""
    advice = ADVICE.get(status)
    if advice is None and status >= 500:
        advice = "the site has a problem of its own; try again later"
    if advice is None:
        advice = f"the site does not deliver the page; {SAVE_PAGE}"
    message = f"{url}: HTTP {status}: {advice}"
    if status not in RETRIED:
        return FetchError(message, f"http-{status}", status)
    error = TransientError(message, f"http-{status}", status)
    error.retry_after = retry_after
    return error


def network_error(url: str, error: HTTPError | OSError | ValueError) -> FetchError:
    """The error for a connection that failed, from the exception of urllib3."""
    from urllib3 import exceptions as http

    match error:
        case http.SSLError():
            return FetchError(f"{url}: no secure connection, the certificate or protocol is faulty ({error})", "tls")
        case http.ProxyError() | http.ProxySchemeUnknown() | http.ProxySchemeUnsupported():
            return TransientError(
                f"{url}: the proxy fails; check HTTPS_PROXY, HTTP_PROXY and NO_PROXY ({error})", "proxy"
            )
        case http.NameResolutionError():
            return FetchError(f"{url}: there is no such host; check the spelling and the network", "dns")
        case http.NewConnectionError():
            return TransientError(f"{url}: the server does not accept connections; try again later", "refused")
        case http.TimeoutError() | TimeoutError():
            return timeout_error(url)
        case http.LocationValueError() | ValueError():
            return FetchError(f"{url} cannot be fetched: it is no valid URL ({error})", "bad-url")
        case http.DecodeError():
            return FetchError(f"{url}: the server's answer is damaged ({error})", "connection")
    return TransientError(f"{url}: the connection broke off; try again later ({error})", "connection")


def timeout_error(url: str) -> FetchError:
    """The error for a server that does not answer in time."""
    return TransientError(f"{url}: the server does not answer in time; try again later or raise --timeout", "timeout")
