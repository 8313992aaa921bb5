from __future__ import annotations

import gzip
import re
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from local_web import PAGE, Reply, Web

from newsparse.errors import FetchError
from newsparse.web import client, guard
from newsparse.web.client import Client, FetchOptions, Page, fetch

LOCAL = FetchOptions(timeout=2, retries=0, allow_private=True)
HTML = {"Content-Type": "text/html"}


def to(location: str, status: int = 302) -> Reply:
    return Reply(status, {"Location": location}, b"")


def failure(url: str, options: FetchOptions = LOCAL) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(url, options)
    return caught.value


def test_a_page(web: Web) -> None:
    page = fetch(web.reply("/a?b=1", Reply()), LOCAL)
    assert page.body == PAGE.encode()
    assert (page.url, page.status) == (web.url("/a?b=1"), 200)
    assert (page.content_type, page.charset) == ("text/html", "utf-8")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", page.retrieved)


def test_who_asks(web: Web) -> None:
    fetch(web.reply("/", Reply()), LOCAL)
    [(_, headers)] = web.requests
    assert headers["User-Agent"].startswith("newsparse/")
    assert "(+https://" in headers["User-Agent"]


def test_gzip(web: Web) -> None:
    zipped = Reply(200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(PAGE.encode(), mtime=0))
    assert fetch(web.reply("/", zipped), LOCAL).body == PAGE.encode()


@pytest.mark.parametrize(
    ("header", "content_type", "charset"),
    [
        ("TEXT/HTML; Charset=ISO-8859-1", "text/html", "iso-8859-1"),
        ('text/html;charset="utf-8"', "text/html", "utf-8"),
        ("text/html; charset=", "text/html", None),
        ("application/xhtml+xml", "application/xhtml+xml", None),
        ("text/plain", "text/plain", None),
        ("", "", None),
    ],
)
def test_content_types_of_pages(web: Web, header: str, content_type: str, charset: str | None) -> None:
    page = fetch(web.reply("/", Reply(headers={"Content-Type": header})), LOCAL)
    assert (page.content_type, page.charset or None) == (content_type, charset)


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("application/pdf", b"%PDF-1.7"),
        ("image/png", b"\x89PNG"),
        ("application/json", b"{}"),
        ("text/plain", b"User-agent: *"),
        ("text/xml", b"<?xml version='1.0'?><rss/>"),
    ],
)
def test_what_is_no_page(web: Web, header: str, body: bytes) -> None:
    error = failure(web.reply("/", Reply(headers={"Content-Type": header}, body=body)))
    assert error.code == "not-html"
    assert header in str(error)


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (401, "login"),
        (402, "paywall"),
        (403, "save the page in a browser and give the file"),
        (404, "check the URL"),
        (410, "web.archive.org"),
        (418, "save the page"),
        (429, "fewer requests"),
        (451, "legal"),
        (500, "later"),
        (304, "save the page"),
    ],
)
def test_status(web: Web, status: int, advice: str) -> None:
    error = failure(web.reply("/", Reply(status, {}, b"")))
    assert (error.code, error.status) == (f"http-{status}", status)
    assert advice in str(error)
    assert web.url("/") in str(error)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects(web: Web, status: int) -> None:
    web.reply("/end?x=1", Reply())
    web.reply("/next", to("/end?x=1#part", status))
    page = fetch(web.reply("/start", to("next", status)), LOCAL)
    assert page.url == web.url("/end?x=1")


def test_five_redirects_are_followed_six_are_not(web: Web) -> None:
    web.reply("/6", Reply())
    for number in range(6):
        web.reply(f"/{number}", to(f"/{number + 1}"))
    assert fetch(web.url("/1"), LOCAL).url == web.url("/6")
    assert failure(web.url("/0")).code == "too-many-redirects"


def test_redirect_loop(web: Web) -> None:
    assert failure(web.reply("/", to("/"))).code == "too-many-redirects"


@pytest.mark.parametrize(
    ("location", "code"),
    [("file:///etc/passwd", "bad-url"), ("ftp://example.org/", "bad-url"), ("http://u:p@a.example/", "bad-url")],
)
def test_redirects_that_leave_the_web(web: Web, location: str, code: str) -> None:
    assert failure(web.reply("/", to(location))).code == code


def test_redirect_without_a_target(web: Web) -> None:
    assert failure(web.reply("/", Reply(302, {}, b""))).code == "http-302"


def test_private_addresses_are_refused_before_a_connection(web: Web) -> None:
    error = failure(web.reply("/", Reply()), FetchOptions(retries=3))
    assert error.code == "private-address"
    assert web.requests == []


def test_every_hop_is_checked(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    web.reply("/inside", Reply())
    guarded = FetchOptions(timeout=2, retries=0)
    assert fetch(web.url("/inside"), guarded).status == 200
    assert failure(web.reply("/", to(web.url("/inside", "127.0.0.2"))), guarded).code == "private-address"


def test_the_checked_address_is_the_one_connected_to(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    # A name server that gives another answer each time: only the first, checked one may count.
    resolve, asked = socket.getaddrinfo, []

    def rebinding(host: str, port: int, *args: object, **named: object) -> object:
        if host == "rebinding.example":
            asked.append(host)
            host = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return resolve(host, port, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    web.reply("/", Reply())
    assert fetch(web.url("/", "rebinding.example"), FetchOptions(timeout=2, retries=0)).status == 200
    assert asked == ["rebinding.example"]
    assert web.requests[0][1]["Host"].startswith("rebinding.example:")


def test_other_addresses_of_a_host_are_tried(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "public_addresses", lambda *_: ("127.0.0.2", "127.0.0.1"))
    assert fetch(web.reply("/", Reply()), FetchOptions(timeout=2, retries=0)).status == 200


def test_connection_refused() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        error = failure(f"http://127.0.0.1:{closed.getsockname()[1]}/")
    assert error.code == "refused"


def test_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no answer")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert failure("https://nowhere.example/").code == "dns"
    assert failure("https://nowhere.example/", FetchOptions(retries=0)).code == "dns"


def test_no_tls(web: Web) -> None:
    assert failure(web.url().replace("http:", "https:")).code == "tls"


def test_slow_start(web: Web) -> None:
    def body() -> Iterator[bytes]:
        time.sleep(0.5)
        yield b"late"

    error = failure(
        web.reply("/", Reply(headers=HTML, body=body)), FetchOptions(timeout=0.1, retries=0, allow_private=True)
    )
    assert error.code == "timeout"


def test_endless_drip(web: Web) -> None:
    def body() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * client._CHUNK
            time.sleep(0.05)

    error = failure(
        web.reply("/", Reply(headers=HTML, body=body)), FetchOptions(timeout=0.1, retries=0, allow_private=True)
    )
    assert error.code == "timeout"


@pytest.mark.parametrize("announced", [True, False])
def test_huge(web: Web, announced: bool) -> None:
    headers = HTML | ({"Content-Length": "5000"} if announced else {})
    web.reply("/", Reply(headers=headers, body=b"x" * 5000))
    small = FetchOptions(timeout=2, retries=0, allow_private=True, max_bytes=4000)
    assert failure(web.url(), small).code == "too-large"


def test_the_limit_counts_what_is_unpacked(web: Web) -> None:
    bomb = gzip.compress(b"x" * 1_000_000, mtime=0)
    web.reply("/", Reply(headers=HTML | {"Content-Encoding": "gzip"}, body=bomb))
    small = FetchOptions(timeout=2, retries=0, allow_private=True, max_bytes=100_000)
    assert failure(web.url(), small).code == "too-large"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(headers=HTML | {"Content-Length": "9999"}, body=b"cut off"),
        Reply(headers=HTML | {"Content-Encoding": "gzip"}, body=b"no gzip"),
    ],
)
def test_damaged_answers(web: Web, reply: Reply) -> None:
    assert failure(web.reply("/", reply)).code == "connection"


class Patient(Client):
    """Counts the seconds instead of waiting."""

    def __init__(self, retries: int = 2) -> None:
        super().__init__(FetchOptions(timeout=2, retries=retries, allow_private=True))
        self.waited: list[float] = []
        self._sleep = self.waited.append

    def get(self, url: str) -> Page | str:
        with self:
            try:
                return self.fetch(url)
            except FetchError as error:
                return error.code


@pytest.mark.parametrize(
    ("replies", "code", "waited"),
    [
        ([Reply(503, {}, b""), Reply()], None, [1.0]),
        ([Reply(429, {}, b""), Reply(502, {}, b""), Reply()], None, [1.0, 2.0]),
        ([Reply(503, {"Retry-After": "7"}, b""), Reply()], None, [7.0]),
        ([Reply(503, {"Retry-After": "0"}, b""), Reply()], None, [1.0]),
        ([Reply(503, {"Retry-After": "soon"}, b""), Reply()], None, [1.0]),
        ([Reply(503, {"Retry-After": "3600"}, b""), Reply()], "http-503", []),
        ([Reply(503, {}, b"")], "http-503", [1.0, 2.0]),
        ([Reply(403, {}, b""), Reply()], "http-403", []),
        ([Reply(headers=HTML | {"Content-Length": "99"}, body=b""), Reply()], None, [1.0]),
    ],
)
def test_further_tries(web: Web, replies: list[Reply], code: str | None, waited: list[float]) -> None:
    patient = Patient()
    found = patient.get(web.reply("/", *replies))
    assert (None if isinstance(found, Page) else found) == code
    assert patient.waited == waited


def test_retry_after_a_date(web: Web) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    patient = Patient()
    patient.get(web.reply("/", Reply(503, {"Retry-After": when}, b""), Reply()))
    assert 15 < patient.waited[0] <= 20


def test_connections_are_kept(web: Web) -> None:
    web.reply("/", Reply())
    with Client(LOCAL) as many:
        for _ in range(3):
            many.fetch(web.url())
        [manager] = many._managers.values()
        pool = manager.connection_from_url(web.url())
        assert (pool.num_connections, pool.num_requests) == (1, 3)


def test_a_proxy_of_the_environment_is_used(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", web.url())
    monkeypatch.setattr(guard, "public_addresses", lambda *_: ())
    web.reply("http://paper.example/a", Reply())
    assert fetch("http://paper.example/a", FetchOptions(timeout=2, retries=0)).status == 200
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert fetch(web.reply("/direct", Reply()), LOCAL).status == 200


def test_a_proxy_is_not_asked_for_private_addresses(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", web.url())
    assert failure("http://10.0.0.1/", FetchOptions(timeout=2, retries=0)).code == "private-address"
    assert web.requests == []


def test_an_unknown_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:1")
    assert failure("http://paper.example/").code == "proxy"
