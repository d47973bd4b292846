"""Reading that takes a while, beside the page: what is found so far can be looked at, and it can be stopped."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import date

from mapdata.errors import InputRefused, MapdataError
from mapdata.reading import Reader
from mapdata.review.drafts import Draft
from mapdata.review.intake import Input, drafts


class Work:
    """One reading of inputs, in a thread. found and refused grow; over turns true once, and nothing grows after it."""

    def __init__(self, inputs: Sequence[Input], reader: Reader, today: date) -> None:
        self.found: list[Draft] = []
        self.refused: list[str] = []
        self._stop = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(tuple(inputs), reader, today), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Reads no further article. What is read stays; an answer that is waited for is not used."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    @property
    def over(self) -> bool:
        return self._over.is_set()

    def _run(self, inputs: Sequence[Input], reader: Reader, today: date) -> None:
        def refused(fault: InputRefused) -> None:
            if not self.stopped:
                self.refused.append(str(fault))

        try:
            for draft in drafts(inputs, reader, refused=refused, stopped=self._stop.is_set, today=today):
                if self.stopped:
                    break
                self.found.append(draft)
        except MapdataError as fault:
            self.refused.append(str(fault))
        except Exception as fault:
            logging.getLogger("mapdata").error("reading failed", exc_info=fault)
            self.refused.append(f"reading failed ({type(fault).__name__}): the terminal that mapdata runs in says why")
        finally:
            self._over.set()
