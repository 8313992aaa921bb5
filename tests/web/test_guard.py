from __future__ import annotations

import socket

import pytest

from newsparse.errors import FetchError
from newsparse.web import guard
from newsparse.web.problems import TransientError


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("127.8.9.10", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("198.18.0.1", False),
        ("192.0.2.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d70e", True),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
        ("nonsense", False),
    ],
)
def test_is_public(address: str, public: bool) -> None:
    assert guard.is_public(address) is public


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("", "no URL"),
        ("thehill.com/article", "no URL"),
        ("https:///path", "no host"),
        ("ftp://example.org/a", "ftp:// is not supported"),
        ("file:///etc/passwd", "file:// is not supported"),
        ("javascript:alert(1)", "no URL"),
        ("http://a b.org/", "no spaces"),
        ("http://a.org/\r\nHost: b", "no spaces"),
        ("http://good.org\\@evil.org/", "backslashes"),
        ("http://user:pass@example.org/", "passwords"),
        ("http://example.org:99999/", "no valid URL"),
        ("http://[::1/", "no valid URL"),
        ("http://example.org/" + "a" * 9000, "longer than"),
        ("http://example.org/\ud800", "control"),
    ],
)
def test_bad_urls(url: str, part: str) -> None:
    with pytest.raises(FetchError, match=part) as caught:
        guard.check_url(url)
    assert caught.value.code == "bad-url"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (" https://example.org/a?b=c#d ", "https://example.org/a?b=c"),
        ("HTTP://Example.org", "HTTP://Example.org"),
        ("https://münchen.example/ä", "https://münchen.example/ä"),
    ],
)
def test_good_urls(url: str, expected: str) -> None:
    assert guard.check_url(url) == expected


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "2130706433", "0x7f.1", "localhost", "0"])
def test_every_spelling_of_a_private_address_is_refused(host: str) -> None:
    with pytest.raises(FetchError) as caught:
        guard.public_addresses(host, 80)
    assert caught.value.code == "private-address"
    assert "--allow-private" in str(caught.value)


def test_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: answers)
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        guard.public_addresses("two-faced.example", 80)


@pytest.mark.parametrize(("errno", "kind"), [(socket.EAI_AGAIN, TransientError), (socket.EAI_NONAME, FetchError)])
def test_unknown_hosts(monkeypatch: pytest.MonkeyPatch, errno: int, kind: type[FetchError]) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise socket.gaierror(errno, "no answer")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(FetchError) as caught:
        guard.resolve_host("nowhere.example", 443)
    assert type(caught.value) is kind
    assert caught.value.code == "dns"


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "a..example", ""])
def test_hosts_that_are_no_names(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(name: str, *_args: object, **_named: object) -> list[object]:
        name.encode("idna")
        raise socket.gaierror(socket.EAI_NONAME, "no answer")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(FetchError) as caught:
        guard.resolve_host(host, 80)
    assert caught.value.code == "dns"
