"""Many people at once, without browsers: clients that speak Streamlit's protocol, each of which changes a filter.

What is timed is the server's share: from a change sent to the last message of the run that it causes. Browsers for
all of them would measure the machine that they run on.
"""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

_LIMIT = 60


@dataclass
class Person:
    """One session. waits: seconds from each change to the end of the run."""

    address: str
    waits: list[float] = field(default_factory=list)
    _buttons: list[str] = field(default_factory=list)
    _last: ForwardMsg | None = None

    def visit(self) -> ClientConnection:
        """Opens the page, as the browser does, and reads it to its end."""
        url = self.address.replace("http", "ws") + "/_stcore/stream"
        connection = connect(url, subprotocols=["streamlit", "NO_PREVIOUS_SESSION"], max_size=None, origin=self.address)
        message = BackMsg()
        message.rerun_script.query_string = ""
        connection.send(message.SerializeToString())
        self._read(connection)
        return connection

    def change(self, connection: ClientConnection, number: int) -> float:
        """Presses one of the names in the rail; returns the seconds until the page stands."""
        message = BackMsg()
        state = WidgetState(id=self._buttons[number % len(self._buttons)], trigger_value=True)
        message.rerun_script.widget_states.widgets.append(state)
        message.rerun_script.query_string = self._address
        began = time.perf_counter()
        connection.send(message.SerializeToString())
        self._read(connection)
        return time.perf_counter() - began

    _address = ""

    def _read(self, connection: ClientConnection) -> None:
        buttons: list[str] = []
        while True:
            found = ForwardMsg.FromString(connection.recv(timeout=_LIMIT))
            kind = found.WhichOneof("type")
            if kind == "delta" and found.delta.new_element.WhichOneof("type") == "button":
                id = found.delta.new_element.button.id
                if "only-" in id:
                    buttons.append(id)
            elif kind == "page_info_changed":
                self._address = found.page_info_changed.query_string
            elif kind == "script_finished":
                break
        self._buttons = buttons or self._buttons


def crowd(address: str, people: int, every_s: float, seconds: float, seed: int = 1) -> list[float]:
    """So many people, each of whom changes a filter every so many seconds; all their waits, in seconds."""
    found = [Person(address) for _ in range(people)]
    connections = [person.visit() for person in found]
    end = time.monotonic() + seconds

    def live(person: Person, connection: ClientConnection, choices: random.Random) -> None:
        time.sleep(choices.random() * every_s)
        while time.monotonic() < end:
            wait = person.change(connection, choices.randrange(1000))
            person.waits.append(wait)
            time.sleep(max(0.0, every_s - wait))

    threads = [
        threading.Thread(target=live, args=(person, connection, random.Random(seed * 1000 + number)))
        for number, (person, connection) in enumerate(zip(found, connections, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for connection in connections:
        connection.close()
    return [wait for person in found for wait in person.waits]
