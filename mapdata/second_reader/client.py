"""The way to the model: one request at a time, in bounded time and size. The only module that knows openai,
imported where a second reader is wanted and nowhere else."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx
import openai
from pydantic import BaseModel, ValidationError

from mapdata.second_reader.question import schema
from mapdata.second_reader.settings import Settings
from mapdata.second_reader.transport import Bounded, TooLong

# An answer has a few claims; a server that sends more than this is not answering.
_MOST_BYTES = 2_000_000
# A server that says when to come back is believed up to the longest pause.
_BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
# What servers answer that do not know a parameter of the request.
_UNKNOWN = frozenset({400, 404, 405, 415, 422, 501})

# How a request is made, from the most exact to what every server understands.
_SCHEMA = {"type": "json_schema", "json_schema": {"name": "claims", "strict": True, "schema": schema()}}
_WAYS: tuple[dict[str, Any], ...] = (
    {"response_format": _SCHEMA, "temperature": 0},
    {"response_format": _SCHEMA},
    {"response_format": {"type": "json_object"}},
    {},
)


class NoAnswer(Exception):
    """The model gave no answer that can be used. reason: why, in a few words of ours, never the server's."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message


class _Completion(BaseModel):
    choices: list[_Choice]


class Client:
    """Asks one model. Keep it for a whole run: it remembers which kind of request the server understands."""

    def __init__(self, settings: Settings) -> None:
        """Makes no connection yet."""
        self._settings = settings
        self._way = 0
        self._understood = False
        self._client = openai.OpenAI(
            base_url=settings.url,
            api_key=settings.key or "none",
            max_retries=0,
            http_client=httpx.Client(
                transport=Bounded(settings.key, settings.timeout, _MOST_BYTES),
                timeout=settings.timeout,
                # The text goes to the address that was given and to no other.
                follow_redirects=False,
                trust_env=False,
            ),
            timeout=settings.timeout,
        )

    def close(self) -> None:
        self._client.close()

    def ask(self, task: str, data: str) -> str:
        """What the model says. Raises NoAnswer when the tries are used up; at once for a refused request."""
        tried = 0
        while True:
            tried += 1
            try:
                said = _said(self._request(task, data))
            except _Again as fault:
                if tried >= self._settings.tries:
                    raise NoAnswer(fault.reason) from None
                pause = max(self._settings.pause * 2 ** (tried - 1), fault.wait)
                time.sleep(min(pause, self._settings.longest_pause))
            else:
                self._understood = True
                return said

    def _request(self, task: str, data: str) -> str:
        """The body of the answer to one request, in the first way that the server understands."""
        while True:
            try:
                raw = self._client.chat.completions.with_raw_response.create(
                    model=self._settings.model,
                    messages=[{"role": "system", "content": task}, {"role": "user", "content": data}],
                    **_WAYS[self._way],
                )
                return raw.text
            except openai.APITimeoutError:
                raise _Again(f"no answer within {self._settings.timeout:g} s") from None
            except openai.APIConnectionError as fault:
                if isinstance(fault.__cause__, TooLong):
                    raise NoAnswer("an answer without end") from None
                raise _Again("no connection") from None
            except openai.APIStatusError as fault:
                status = fault.status_code
                if status in _UNKNOWN and not self._understood and self._way + 1 < len(_WAYS):
                    self._way += 1
                    continue
                if status in _BUSY:
                    wait = _seconds(fault.response.headers.get("retry-after"))
                    raise _Again(f"HTTP {status}", wait) from None
                raise NoAnswer(f"HTTP {status}") from None
            except UnicodeError:
                raise NoAnswer("a text that is no Unicode") from None
            except (openai.OpenAIError, ValueError):
                raise NoAnswer("an answer that is no JSON") from None


class _Again(NoAnswer):
    """No answer this time; another try may have one. wait: seconds that the server asks for."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


def _seconds(said: str | None) -> float:
    try:
        return max(0.0, float(said or 0))
    except ValueError:
        return 0.0


def _said(body: str) -> str:
    try:
        said = _Completion.model_validate(json.loads(body)).choices[0].message.content
    except ValidationError:
        raise NoAnswer("an answer that is none of a chat") from None
    except IndexError:
        raise NoAnswer("an empty answer") from None
    except (ValueError, RecursionError):
        raise NoAnswer("an answer that is no JSON") from None
    if not said or not said.strip():
        raise NoAnswer("an empty answer")
    return said
