"""urllib3 connections that reach public addresses only. Imports urllib3: import this module late."""

from __future__ import annotations

import socket
import ssl
from typing import Any

import certifi
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from newsparse.web import guard

MAX_ADDRESSES = 3
"""How many of a host's addresses are tried: each may take the whole connection time-out."""


class _GuardedConnection(HTTPConnection):
    """Resolves and checks the host itself, then lets urllib3 connect to the checked address.

    Only the address of the socket changes: the Host header and the name in the certificate stay the host's.
    """

    def _new_conn(self) -> socket.socket:
        host = self._dns_host
        addresses = guard.public_addresses(host, self.port)
        failure: Exception | None = None
        try:
            for address in addresses[:MAX_ADDRESSES]:
                self._dns_host = address
                try:
                    return super()._new_conn()
                except (NewConnectionError, ConnectTimeoutError) as error:
                    failure = error
        finally:
            self._dns_host = host
        raise failure or NewConnectionError(self, f"{host} has no address")


class _GuardedHTTPSConnection(_GuardedConnection, HTTPSConnection):
    pass


class _GuardedHTTPPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _GuardedConnection


class _GuardedHTTPSPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _GuardedHTTPSConnection


class GuardedPoolManager(urllib3.PoolManager):
    """A pool manager whose connections, on every hop, go to public addresses only."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.pool_classes_by_scheme = {"http": _GuardedHTTPPool, "https": _GuardedHTTPSPool}


def tls_context() -> ssl.SSLContext:
    """Certificates of the system (which may know a company's own) and of certifi (where the system has none)."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def pool_manager(*, allow_private: bool, proxy: str | None = None) -> urllib3.PoolManager:
    """Connections kept open between requests to the same host.

    Args:
        allow_private: connect to any address.
        proxy: URL of the proxy that connects in our stead; then the caller checks the target.

    Raises:
        urllib3.exceptions.ProxySchemeUnknown: the proxy is no HTTP proxy.
    """
    context = tls_context()
    if proxy:
        return urllib3.ProxyManager(proxy, ssl_context=context)
    if allow_private:
        return urllib3.PoolManager(ssl_context=context)
    return GuardedPoolManager(ssl_context=context)
