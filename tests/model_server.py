"""A small server that speaks the chat protocol, as a local language model's does. Tests say what it says."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    """said: what the model says. body: the raw body in its place. drip: seconds between its bytes."""

    said: Any = None
    status: int = 200
    body: bytes | None = None
    wait: float = 0.0
    drip: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Model:
    """answers: one a request, the last one again and again; a function gets the request's body."""

    address: str
    answers: list[Answer | Callable[[dict[str, Any]], Answer]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def answer(self, request: dict[str, Any], headers: dict[str, str]) -> Answer:
        self.requests.append(request)
        self.headers.append(headers)
        chosen = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return chosen if isinstance(chosen, Answer) else chosen(request)

    def data(self, number: int = -1) -> dict[str, Any]:
        """What the article's side of a request was."""
        return json.loads(self.requests[number]["messages"][1]["content"])


def claims(*items: tuple[str, str, str, str]) -> str:
    """What a good model says."""
    keys = ("site", "actor", "status", "quote")
    return json.dumps({"claims": [dict(zip(keys, item, strict=True)) for item in items]}, ensure_ascii=False)


@contextmanager
def serving() -> Iterator[Model]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            answer = model.answer(body, {name.lower(): value for name, value in self.headers.items()})
            time.sleep(answer.wait)
            said = (
                answer.said
                if isinstance(answer.said, str) or answer.said is None
                else json.dumps(answer.said)
            )
            raw = answer.body
            if raw is None:
                message = {"role": "assistant", "content": said}
                choice = {"index": 0, "finish_reason": "stop", "message": message}
                raw = json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]}).encode()
            try:
                self.send_response(answer.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(raw)))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for at in range(0, len(raw), 1 if answer.drip else len(raw) or 1):
                    self.wfile.write(raw[at : at + 1] if answer.drip else raw)
                    self.wfile.flush()
                    time.sleep(answer.drip)
            except (BrokenPipeError, ConnectionResetError):
                pass  # who asked has gone: that is what some tests are about

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model = Model(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
