"""Every reader of foreign files on inputs that nobody would write; `make torture` tries many more."""

from __future__ import annotations

import fuzzing
import pytest
from hypothesis import HealthCheck, example, given, settings

EXAMPLES = 400


@pytest.mark.parametrize("reader", fuzzing.READERS)
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=fuzzing.BYTES)
# What was found once stays found.
@example(data=b"")
@example(data=b"\xff\xfe\x00\xd8")
@example(data=b"---\ntitle: \xed\xa0\xbd\n---\nx")
@example(data=b"<p>&#xD800;</p>")
def test_a_reader_takes_or_refuses_whatever_there_is(reader: str, data: bytes) -> None:
    fuzzing.READERS[reader](data)
    if reader == "jsonl":
        fuzzing.READERS[reader](fuzzing.row(data))
