"""A web server on 127.0.0.1, the only one that tests talk to, and a page for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PROSE = (
    "The city council of Harrowdale voted on Tuesday to end its contract with the county sheriff, "
    "who had given officers of other agencies access to the city's arrest records. "
    "The mayor said that the agreement would expire on the last day of the month and would not be renewed."
)

PAGE = f"""<!doctype html><html lang="en"><head><title>Council ends contract - The Pennine Echo</title>
<meta property="og:site_name" content="The Pennine Echo"><meta name="author" content="Kit Ormerod">
<meta property="article:published_time" content="2016-02-22T08:00:00Z"></head>
<body><article><h1>Council ends contract</h1><p>{PROSE}</p><p>{PROSE.replace("Tuesday", "Friday")}</p></article>
</body></html>"""
PAGE_BYTES = PAGE.encode()


@dataclass
class Reply:
    """What the server answers; ``body`` may send pieces with pauses of its own."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    body: bytes | Callable[[], Iterator[bytes]] = PAGE_BYTES


class Web:
    """A local server. ``replies`` maps paths to replies, or to lists of which each request takes the next."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply | list[Reply]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients that hang up are wanted
        self.thread = Thread(target=lambda: self.server.serve_forever(poll_interval=0.01), daemon=True)
        self.thread.start()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server.server_port}{path}"

    def reply(self, path: str, *replies: Reply) -> str:
        """Set the replies of a path and return its URL."""
        self.replies[path] = replies[0] if len(replies) == 1 else list(replies)
        return self.url(path)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def _handler(web) -> type[BaseHTTPRequestHandler]:  # noqa: N805  # the inner class has a self of its own
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                web.requests.append((self.path, dict(self.headers)))
                reply = web.replies.get(self.path, Reply(404))
                if isinstance(reply, list):
                    reply = reply.pop(0) if len(reply) > 1 else reply[0]
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                pieces = [reply.body] if isinstance(reply.body, bytes) else reply.body()
                if isinstance(reply.body, bytes) and "Content-Length" not in reply.headers:
                    self.send_header("Content-Length", str(len(reply.body)))
                else:
                    self.close_connection = True
                with suppress(OSError):  # the client may have gone
                    self.end_headers()
                    for piece in pieces:
                        self.wfile.write(piece)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
