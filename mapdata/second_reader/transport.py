"""What is sent and taken in by a request, whatever the client above it would do: httpx, bounded."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx

# What a request says besides its body. The client would add the machine's make, and headers that the
# environment holds for other services.
_HEADERS = ("host", "connection", "accept", "content-type", "content-length")


class TooLong(httpx.ReadError):
    """An answer larger than any answer is."""


class Bounded(httpx.HTTPTransport):
    """Ends each answer in time and at a size: httpx itself counts its time-out anew for every byte.

    Sends the key as given here, or none; follows no proxy of the environment.
    """

    def __init__(self, key: str | None, seconds: float, most_bytes: int) -> None:
        super().__init__(trust_env=False)
        self._key, self._seconds, self._most = key, seconds, most_bytes

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        ends = time.monotonic() + self._seconds
        kept = [(name, request.headers[name]) for name in _HEADERS if name in request.headers]
        key = [("authorization", f"Bearer {self._key}")] if self._key else []
        own = [("user-agent", "mapdata"), ("accept-encoding", "identity")]
        sent = httpx.Request(
            request.method,
            request.url,
            headers=[*kept, *own, *key],
            stream=request.stream,
            extensions=request.extensions,
        )
        response = super().handle_request(sent)
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _Stream(response.stream, request, ends, self._most)
        return response


class _Stream(httpx.SyncByteStream):
    def __init__(self, inner: httpx.SyncByteStream, request: httpx.Request, ends: float, most: int) -> None:
        self._inner, self._request, self._ends, self._most = inner, request, ends, most

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._inner:
            size += len(chunk)
            if size > self._most:
                raise TooLong("too long", request=self._request)
            if time.monotonic() > self._ends:
                raise httpx.ReadTimeout("too slow", request=self._request)
            yield chunk

    def close(self) -> None:
        self._inner.close()
