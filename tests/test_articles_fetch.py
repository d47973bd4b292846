"""Web addresses, against a real server on this machine."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from mapdata import __version__
from mapdata.articles import Limits, read
from mapdata.articles.fetch import _public
from mapdata.errors import InputRefused
from mapdata.model import Article

TODAY = date(2026, 1, 1)
STORY = "<p>" + "Workers have begun to mend the runway of the air base near the coast. " * 6 + "</p>"
PAGE = f'<html lang="en"><head><title>Works</title></head><body><h1>Works</h1>{STORY * 2}</body></html>'
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>'
    "<item><title>A</title><description>One.</description></item></channel></rss>"
)
ARABIC = "غادرت القوات القاعدة الجوية قرب الساحل يوم الثلاثاء."


class Site(BaseHTTPRequestHandler):
    agents: ClassVar[list[str]] = []
    asked: ClassVar[list[dict[str, str]]] = []

    def do_GET(self) -> None:
        self.agents.append(self.headers["User-Agent"])
        self.asked.append(dict(self.headers))
        name = self.path.rpartition("/")[2]
        answers = {
            "page": ("text/html; charset=utf-8", PAGE.encode()),
            "feed": ("application/rss+xml", FEED.encode()),
            "feed-as-html": ("text/html", FEED.encode()),
            "text": ("text/plain; charset=windows-1256", ARABIC.encode("cp1256")),
            "picture": ("image/png", b"\x89PNG\r\n\x1a\n"),
            "picture-as-html": ("text/html", b"\x89PNG\r\n\x1a\n\x00"),
            "no-type": ("", PAGE.encode()),
            "large": ("text/html", b"x" * 200_000),
            "empty": ("text/html", b""),
            "packed": ("text/html", gzip.compress(b"x" * 1_000_000)),
        }
        if name.isdigit():
            self.send_error(int(name))
        elif name in {"moved", "loop", "to-file", "to-script"}:
            goal = {
                "moved": "page",
                "loop": "loop",
                "to-file": "file:///etc/hosts",
                "to-script": "javascript:x",
            }
            self.answer(302, {"Location": goal[name], "Content-Length": "0"}, b"")
        elif name == "cookie":
            self.answer(302, {"Location": "page", "Set-Cookie": "id=1; Path=/", "Content-Length": "0"}, b"")
        elif name.startswith("inward"):
            self.answer(302, {"Location": f"http://{self.headers['Host'].replace('.1:', '.2:')}/page"}, b"")
        elif name == "slow-headers":
            self.drip_headers()
        elif name in {"slow", "dripping"}:
            self.drip(name)
        elif name == "garbage":
            self.wfile.write(b"\x00\x01 no http at all\r\n\r\n")
        else:
            kind, data = answers[name]
            self.answer(200, {"Content-Type": kind} if kind else {}, data)

    def answer(self, status: int, headers: dict[str, str], data: bytes) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(data)

    def drip(self, name: str) -> None:
        """Nothing for a while, or a little again and again, which no time-out of a socket ends."""
        if name == "dripping":
            self.answer(200, {"Content-Type": "text/html"}, b"<p>")
        for _ in range(12):
            time.sleep(0.1)
            if name == "dripping":
                try:
                    self.wfile.write(b"x")
                except OSError:
                    return

    def drip_headers(self) -> None:
        """A header without an end, a sign at a time: each of them in good time for a socket."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        for _ in range(30):
            time.sleep(0.1)
            try:
                self.wfile.write(b"x")
            except OSError:
                return

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def taken(address: str, **limits: object) -> tuple[list[Article], list[str]]:
    refused: list[InputRefused] = []
    bounds = Limits(**{"allow_private": True, "seconds": 5.0, **limits})
    articles = list(read([address], refused.append, limits=bounds, today=TODAY))
    assert all("\n" not in str(fault) for fault in refused)
    return articles, [f"{fault.where.rpartition('/')[2]}: {fault.reason}" for fault in refused]


def refusal(address: str, **limits: object) -> str:
    articles, (message,) = taken(address, **limits)
    assert articles == []
    return message


def test_a_page_is_read_under_its_address(site: str) -> None:
    (article,), refused = taken(f"{site}/2025/02/04/page")
    assert refused == []
    assert (article.url, article.path, article.title) == (f"{site}/2025/02/04/page",) * 2 + ("Works",)
    assert (article.published, article.published_from) == (date(2025, 2, 4), "address")
    assert "mend the runway" in article.text
    assert Site.agents[-1] == f"mapdata/{__version__}"


@pytest.mark.parametrize("name", ["feed", "feed-as-html"])
def test_a_feed_is_known_by_what_it_is(site: str, name: str) -> None:
    (article,), _ = taken(f"{site}/{name}")
    assert (article.title, article.text, article.outlet) == ("A", "One.", "Feed")


def test_a_text_in_the_charset_that_the_server_says(site: str) -> None:
    (article,), _ = taken(f"{site}/text")
    assert (article.text, article.url) == (ARABIC, f"{site}/text")


def test_redirects_are_followed_to_http_alone_and_not_for_ever(site: str) -> None:
    (article,), _ = taken(f"{site}/moved")
    assert article.title == "Works"
    assert "leads on more than 5 times" in refusal(f"{site}/loop")
    assert "is no http(s) address" in refusal(f"{site}/to-file")
    assert "is no http(s) address" in refusal(f"{site}/to-script")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("404", "404: there is no such page (404); check the address"),
        ("410", "410: there is no such page (410); check the address"),
        ("403", "403: the server does not show it (403); open it in a browser and save the page"),
        ("503", "503: the server cannot answer now (503); try again later"),
        ("418", "418: the server answers 418"),
        ("picture", "picture: is image/png, not a page, a feed or a text; save its text as .txt"),
        ("picture-as-html", "picture-as-html: looks like a binary file (PNG image)"),
        ("empty", "empty: is empty"),
        ("garbage", "garbage: cannot be fetched"),
    ],
)
def test_what_an_address_does_not_give(site: str, name: str, said: str) -> None:
    assert refusal(f"{site}/{name}").startswith(said)


def test_bounds_of_size_and_time(site: str) -> None:
    assert refusal(f"{site}/large", page_bytes=100_000).startswith("large: is larger than 100 kB")
    for name in ("slow", "dripping", "slow-headers"):
        began = time.monotonic()
        assert refusal(f"{site}/{name}", seconds=0.3).startswith(f"{name}: no answer within 0.3 seconds")
        assert time.monotonic() - began < 1.1


def test_a_page_without_a_content_type_is_still_a_page(site: str) -> None:
    (article,), _ = taken(f"{site}/no-type")
    assert article.title == "Works"


def test_a_port_where_nobody_answers() -> None:
    assert "refuses the connection" in refusal("http://127.0.0.1:9/x")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "192.168.0.1", "169.254.169.254"]
)
def test_the_user_s_own_network_is_not_fetched(site: str, host: str) -> None:
    before = len(Site.agents)
    port = site.rpartition(":")[2]
    assert "of this machine or its network" in refusal(f"http://{host}:{port}/page", allow_private=False)
    assert len(Site.agents) == before


def test_which_addresses_are_public() -> None:
    for public in ("93.184.216.34", "2606:2800:220:1::1", "64:ff9b::93.184.216.34", "2002:5db8:d822::1"):
        assert _public(public)
    for private in (
        "10.0.0.1",
        "172.16.0.1",
        "::ffff:127.0.0.1",
        "fe80::1%eth0",
        "fc00::1",
        "224.0.0.1",
        "100.64.0.1",
        "::127.0.0.1",
        "::ffff:0:10.0.0.1",
        "64:ff9b::192.168.0.1",
        "64:ff9b:1::169.254.169.254",
        "2002:7f00:1::",
        "2002:c0a8:1::1",
        "2001:0:1::1",
        "fec0::1",
        "::",
        "::1",
        "0.0.0.0",
        "255.255.255.255",
        "240.0.0.1",
        "192.0.2.1",
    ):
        assert not _public(private)


@pytest.mark.parametrize(
    "address", ["http://", "https://[::1", "http://a b/c", "http://host:port/x", "http://host/\x01"]
)
def test_what_is_no_address(address: str) -> None:
    refusal(address)


def test_no_cookie_is_kept_and_no_request_says_where_its_address_was_found(site: str) -> None:
    del Site.asked[:]
    taken(f"{site}/cookie")
    first, second = Site.asked
    for headers in (first, second):
        assert set(headers) <= {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert second["Host"] == first["Host"]


def test_what_is_packed_is_not_unpacked(site: str) -> None:
    assert refusal(f"{site}/packed").startswith("packed: looks like a binary file (gzip archive)")


def test_a_proxy_of_the_environment_is_not_asked(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    (article,), _ = taken(f"{site}/page")
    assert article.title == "Works"


# 127.0.0.1 stands for the public network here, and 127.0.0.2 for the user's own.
@pytest.fixture
def one_public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mapdata.articles.fetch._public", lambda text: text == "127.0.0.1")


@pytest.mark.usefixtures("one_public")
def test_a_redirect_into_the_user_s_own_network_is_not_followed(site: str) -> None:
    del Site.asked[:]
    assert "of this machine or its network" in refusal(f"{site}/inward", allow_private=False)
    assert [headers["Host"] for headers in Site.asked] == [site.removeprefix("http://")]


@pytest.mark.usefixtures("one_public")
def test_a_name_that_resolves_otherwise_the_second_time_is_connected_where_it_was_checked(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.rpartition(":")[2])
    answers = ["127.0.0.1", "127.0.0.2", "127.0.0.2"]
    asked, connected = [], []

    def resolve(host: str, *_: object, **__: object) -> list[tuple]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers[len(asked) - 1], port))]

    class Noting(socket.socket):
        def connect(self, where: tuple[str, int]) -> None:
            connected.append(where[0])
            super().connect(where)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "socket", Noting)
    (article,), _ = taken(f"http://rebinding.example:{port}/page", allow_private=False)
    assert article.title == "Works"
    assert asked == ["rebinding.example"] and connected == ["127.0.0.1"]
    assert "of this machine or its network" in refusal(f"http://rebinding.example:{port}/page", allow_private=False)
    assert connected == ["127.0.0.1"]


@pytest.mark.usefixtures("one_public")
def test_a_host_with_one_address_inside_is_not_fetched_by_its_others(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.rpartition(":")[2])
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port)) for host in ("127.0.0.1", "127.0.0.2")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    assert "of this machine or its network" in refusal(f"http://both.example:{port}/page", allow_private=False)


@pytest.mark.parametrize(
    "address",
    [
        "http://2130706433/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://017700000001/",
        "http://[::ffff:127.0.0.1]/",
        "http://public.example@127.0.0.1/",
        "http://127.0.0.1#@public.example/",
        "http://127.0.0.1\\@public.example/",
    ],
)
def test_odd_writings_of_this_machine_are_not_fetched(address: str) -> None:
    began = time.monotonic()
    message = refusal(address, allow_private=False, seconds=2.0)
    assert "refuses the connection" not in message, "it was tried"
    assert time.monotonic() - began < 10
