"""Which addresses may be fetched: URLs with http or https, hosts whose every address is public.

A page from the outside must never make newsparse talk to a machine behind the user's firewall. A name is
resolved once, *all* its addresses are checked, and the connection goes to one of those checked addresses, so
that a second, different answer of the name server (DNS rebinding) changes nothing.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from newsparse.errors import FetchError
from newsparse.web.problems import TransientError

SCHEMES = frozenset({"http", "https"})

MAX_URL_LENGTH = 8192
"""Longest URL accepted; servers commonly refuse request lines beyond 8 KiB (RFC 9110, section 4.1)."""

_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff\\]")
"""What no URL may contain: white space and controls split headers, browsers read a backslash as a slash."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""RFC 6052: IPv6 addresses behind which a gateway reaches the IPv4 address in the last 32 bits."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def check_url(url: str) -> str:
    """A URL that may be requested, without its fragment and surrounding space.

    Raises:
        FetchError: ``bad-url``; the message says what is wrong.
    """
    url = url.strip()
    shown = url if len(url) <= 200 else f"{url[:200]}…"
    fault = _fault(url)
    if fault:
        raise FetchError(f"{shown!r} cannot be fetched: {fault}", "bad-url")
    return url.partition("#")[0]


def _fault(url: str) -> str | None:
    if len(url) > MAX_URL_LENGTH:
        return f"the URL is longer than {MAX_URL_LENGTH} characters"
    if _UNSAFE.search(url):
        return "a URL has no spaces, backslashes or control characters"
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        return f"it is no valid URL ({error})"
    return _part_fault(parts, url)


def _part_fault(parts: SplitResult, url: str) -> str | None:
    if not parts.scheme or "://" not in url:
        return "it is no URL; a URL begins with https:// or http://"
    if parts.scheme not in SCHEMES:
        return f"{parts.scheme}:// is not supported; give an https:// or http:// URL, or a file"
    if not parts.hostname:
        return "the URL names no host"
    if parts.username is not None or parts.password is not None:
        return "user names and passwords in URLs are not supported"
    return None


def is_public(address: str) -> bool:
    """Whether an IP address is reachable by everyone on the Internet.

    False for loopback, private, link-local, multicast, reserved and shared ranges, also where such an IPv4
    address is wrapped in an IPv6 one (mapped, 6to4, Teredo, NAT64).
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(each.is_global and not each.is_multicast for each in _with_embedded(ip))


def _with_embedded(ip: Address) -> Iterator[Address]:
    if isinstance(ip, ipaddress.IPv4Address):
        yield ip
        return
    if ip.ipv4_mapped:
        yield ip.ipv4_mapped
        return
    yield ip
    if ip.sixtofour:
        yield ip.sixtofour
    if ip.teredo:
        yield from ip.teredo
    if ip in _NAT64:
        yield ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)


def resolve_host(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host, without repetition, in the resolver's order.

    Raises:
        FetchError: ``dns`` where the name does not resolve.
    """
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        message = f"{host}: there is no such host; check the spelling of the URL and the network ({error})"
        temporary = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        raise (TransientError if temporary else FetchError)(message, "dns") from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def public_addresses(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host, all of them public.

    Raises:
        FetchError: ``dns``, or ``private-address`` where one address is not public.
    """
    addresses = resolve_host(host, port)
    for address in addresses:
        if not is_public(address):
            shown = host if host.strip("[]") == address else f"{host} ({address})"
            raise FetchError(
                f"{shown} is a private or local address, which a page on the web has no business with; "
                "use --allow-private to fetch from your own network",
                "private-address",
            )
    return addresses
