"""One web address, fetched with care: bounded in time and size, and never into the user's own network.

The connection goes to an address that was checked, not to a name that could resolve otherwise the second
time. Proxies of the environment are not used, since behind one the check would have no meaning. No cookie is
kept, and no request says where its address was found. The bound of time is one for all: whatever a server sends
slowly (its certificate, its headers, a chain of redirects, the page), the connection is cut when it is over.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from mapdata import __version__
from mapdata.articles.files import megabytes
from mapdata.articles.limits import Limits
from mapdata.errors import InputRefused

USER_AGENT = f"mapdata/{__version__}"
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_FEEDS = frozenset(
    {"text/xml", "application/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml"}
)
_KINDS = _PAGES | _FEEDS | {"text/plain", ""}
_ELSEWHERE = "it leads on to what is no http(s) address; save the page as .html"
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Fetched:
    """kind: the content type in lower case, "" where the server says none. address: after redirects."""

    data: bytes
    kind: str
    charset: str | None
    address: str


class _Forbidden(OSError):
    """An address that must not be fetched, found on the way."""


def fetch(address: str, limits: Limits) -> Fetched:
    """The body of an http(s) address; InputRefused says why there is none."""
    with _Clock(limits.seconds) as clock:
        return _fetched(address, limits, clock)


def _fetched(address: str, limits: Limits, clock: _Clock) -> Fetched:
    opener = urllib.request.OpenerDirector()
    for handler in (
        _Http(limits, clock),
        _Https(limits, clock),
        _Redirects(limits),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    headers = {
        "User-Agent": USER_AGENT,
        "Accept-Encoding": "identity",
        "Accept": "text/html, application/xml, */*",
    }
    try:
        request = urllib.request.Request(_ascii(address), headers=headers)
        with opener.open(request, timeout=limits.seconds) as response:
            message = response.headers
            kind = message.get_content_type() if message.get("Content-Type") else ""
            if kind not in _KINDS:
                raise InputRefused(address, f"is {kind}, not a page, a feed or a text; save its text as .txt")
            data = _body(response, address, limits, clock)
            return Fetched(data, kind, message.get_content_charset(), response.geturl())
    except InputRefused:
        raise
    except urllib.error.HTTPError as fault:
        fault.close()
        raise InputRefused(address, _status(fault)) from None
    except (OSError, http.client.HTTPException, ValueError) as fault:
        # A connection that was cut fails in as many ways as there are places to wait in.
        raise InputRefused(address, _reason(TimeoutError() if clock.over else fault, limits)) from None


def _body(response: Any, address: str, limits: Limits, clock: _Clock) -> bytes:
    pieces, size = [], 0
    while piece := response.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > limits.page_bytes:
            raise InputRefused(
                address, f"is larger than {megabytes(limits.page_bytes)}; save its text as .txt"
            )
        if clock.over:
            raise TimeoutError
    if clock.over:  # the end that was read may be our own cut
        raise TimeoutError
    if not size:
        raise InputRefused(address, "is empty; there is nothing to read in it")
    return b"".join(pieces)


def _ascii(address: str) -> str:
    """The address as HTTP takes it: the host in Punycode, other letters as percent signs."""
    parts = urlsplit(address)
    host = (
        (parts.hostname or "").encode("idna").decode("ascii")
        if not (parts.hostname or "").isascii()
        else None
    )
    place = parts.netloc if host is None else host + (f":{parts.port}" if parts.port else "")
    safe = "%/:=&?~#+!$,;'@()*[]"
    return urlunsplit((parts.scheme, place, quote(parts.path, safe), quote(parts.query, safe), ""))


def _status(fault: urllib.error.HTTPError) -> str:
    if 300 <= fault.code < 400:
        return _ELSEWHERE
    if fault.code in {401, 402, 403, 451}:
        return f"the server does not show it ({fault.code}); open it in a browser and save the page"
    if fault.code in {404, 410}:
        return f"there is no such page ({fault.code}); check the address"
    if fault.code == 429 or fault.code >= 500:
        return f"the server cannot answer now ({fault.code}); try again later"
    return f"the server answers {fault.code} ({fault.reason}); check the address"


def _reason(fault: Exception, limits: Limits) -> str:
    if isinstance(fault, urllib.error.URLError) and isinstance(fault.reason, Exception):
        fault = fault.reason
    if isinstance(fault, _Forbidden):
        return str(fault)
    if isinstance(fault, TimeoutError):
        return f"no answer within {limits.seconds:g} seconds; try again later, or save the page as .html"
    if isinstance(fault, ConnectionRefusedError):
        return "the server refuses the connection; check the address and its port"
    if isinstance(fault, socket.gaierror):
        return "its host is not known here; check the address and the network"
    if isinstance(fault, ssl.SSLError):
        return f"its certificate is not good ({getattr(fault, 'verify_message', '') or fault.reason})"
    if isinstance(fault, UnicodeError):
        return "is no address that can be fetched; check its host"
    shown = " ".join(str(fault).split())[:120] or type(fault).__name__
    return f"cannot be fetched ({shown}); check the address"


# --- connections that go only where they may ------------------------------------------------------------


class _Clock:
    """Cuts the connections that it was told of when the time is over. Seconds, from entering the block."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> _Clock:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self.close()

    @property
    def left(self) -> float:
        return self._end - time.monotonic()

    @property
    def over(self) -> bool:
        return self.left <= 0

    def watch(self, sock: socket.socket) -> None:
        with self._lock:
            # A handle of its own: TLS takes the socket's away from it.
            self._sockets.append(sock.dup())

    def _cut(self) -> None:
        with self._lock:
            for sock in self._sockets:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with self._lock:
            for sock in self._sockets:
                sock.close()
            self._sockets.clear()


def _connect(place: tuple[str, int], timeout: Any, source: Any, *, limits: Limits, clock: _Clock) -> socket.socket:
    """A connection to the first address of a host, if all addresses of it are on the public network."""
    host, port = place
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not limits.allow_private:
        for *_rest, where in found:
            if not _public(where[0]):
                raise _Forbidden(
                    "is an address of this machine or its network, which is not fetched; save it as .html"
                )
    trouble: OSError | None = None
    for family, kind, protocol, _name, where in found:
        if clock.over:
            raise TimeoutError
        sock = socket.socket(family, kind, protocol)
        sock.settimeout(max(clock.left, 0.001))
        try:
            sock.connect(where)
        except OSError as fault:
            trouble = fault
            sock.close()
        else:
            clock.watch(sock)
            return sock
    raise trouble or socket.gaierror("no address")


_CARRIED = tuple(
    # Networks of IPv6 whose addresses carry one of IPv4 in their last 32 bits: a gateway, or the machine
    # itself, may take it out and go there.
    ipaddress.IPv6Network(network)
    for network in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48")
)
_OF_A_SITE = ipaddress.IPv6Network("fec0::/10")


def _public(text: str) -> bool:
    address = ipaddress.ip_address(text.split("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address in _OF_A_SITE or address.teredo is not None:
            return False
        carried = address.sixtofour
        if any(address in network for network in _CARRIED):
            carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if carried is not None:
            return _public(str(carried))
    return address.is_global and not address.is_multicast


class _Http(urllib.request.HTTPHandler):
    def __init__(self, limits: Limits, clock: _Clock) -> None:
        super().__init__()
        self._bounds = limits, clock

    def http_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(_guarded(http.client.HTTPConnection, *self._bounds), request)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, limits: Limits, clock: _Clock) -> None:
        super().__init__(context=ssl.create_default_context())
        self._bounds = limits, clock

    def https_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(
            _guarded(http.client.HTTPSConnection, *self._bounds), request, context=self._context
        )


def _guarded(kind: type, limits: Limits, clock: _Clock) -> Any:
    def made(*args: Any, **kwargs: Any) -> Any:
        connection = kind(*args, **kwargs)
        # Where http.client opens its socket, before it speaks TLS over it.
        connection._create_connection = lambda place, timeout=None, source=None: _connect(
            place, timeout, source, limits=limits, clock=clock
        )
        return connection

    return made


class _Redirects(urllib.request.HTTPRedirectHandler):
    def __init__(self, limits: Limits) -> None:
        # One more than is allowed, so that the count below speaks first, in words of ours.
        self.max_redirections = self.max_repeats = limits.redirects + 1
        self._most = limits.redirects

    def redirect_request(
        self,
        request: urllib.request.Request,
        file: Any,
        code: int,
        words: str,
        headers: Message,
        address: str,
    ) -> urllib.request.Request | None:
        if urlsplit(address).scheme.lower() not in {"http", "https"}:
            raise _Forbidden(_ELSEWHERE)
        if sum(getattr(request, "redirect_dict", {}).values()) >= self._most:
            raise _Forbidden(f"it leads on more than {self._most} times; give the last address")
        return super().redirect_request(request, file, code, words, headers, _ascii(address))
