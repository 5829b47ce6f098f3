"""Envelopes, against the CloudEvents library: it reads ours, we read its."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_http_event, to_structured_event
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from hypothesis import given
from hypothesis import strategies as st

from onething.kernel.envelopes import MEDIA_TYPE, Envelope, EnvelopeMalformed, read_envelope

EVENT = Envelope(
    id="m1",
    source="urn:onething:house",
    type="org.onething.order.v1",
    time=datetime(2026, 9, 28, 8, 30, tzinfo=UTC),
    subject="2d1e7a0e-3f5c-4a1e-9b7c-0a1b2c3d4e5f",
    data={"kind": "approved", "words": "同意"},
)
_text = st.text(st.characters(exclude_categories=["Cs"]))
_json = st.recursive(st.none() | st.booleans() | st.integers() | _text, lambda inner: st.lists(inner), max_leaves=8)


def test_the_library_reads_ours() -> None:
    message = HTTPMessage(headers={"content-type": MEDIA_TYPE}, body=EVENT.to_bytes())
    theirs = from_http_event(message, JSONFormat())
    assert (theirs.get_id(), theirs.get_source(), theirs.get_type()) == (EVENT.id, EVENT.source, EVENT.type)
    assert (theirs.get_time(), theirs.get_subject()) == (EVENT.time, EVENT.subject)
    assert theirs.get_data() == EVENT.data


def test_we_read_the_librarys() -> None:
    attributes = {"id": EVENT.id, "source": EVENT.source, "type": EVENT.type, "subject": EVENT.subject}
    attributes |= {"time": EVENT.time, "specversion": "1.0", "datacontenttype": "application/json", "traceid": "t"}
    message = to_structured_event(CloudEvent(attributes, dict(EVENT.data)), JSONFormat())
    assert message.headers["content-type"].startswith(MEDIA_TYPE)
    assert read_envelope(message.body) == EVENT


@given(st.dictionaries(_text, _json))
def test_what_goes_in_comes_out(data: dict[str, object]) -> None:
    event = Envelope(id="1", source="s", type="t", time=EVENT.time, subject="x", data=data)
    assert read_envelope(event.to_bytes()) == event


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"specversion": "0.3"}, "specversion"),
        ({"id": ""}, "id"),
        ({"source": 7}, "source"),
        ({"type": "x" * 301}, "type"),
        ({"subject": "a\x00"}, "subject"),
        ({"time": "yesterday"}, "time"),
        ({"time": "2026-09-28T08:30:00"}, "zone"),
        ({"data": "text"}, "data"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, object], named: str) -> None:
    values = json.loads(EVENT.to_bytes()) | change
    with pytest.raises(EnvelopeMalformed, match=named):
        read_envelope(json.dumps(values).encode())


@given(st.binary())
def test_no_bytes_break_the_reader(body: bytes) -> None:
    with pytest.raises(EnvelopeMalformed):
        read_envelope(body)


def test_a_tower_of_brackets_is_refused() -> None:
    with pytest.raises(EnvelopeMalformed):
        read_envelope(b"[" * 200_000)


@pytest.mark.parametrize("value", ["[" * 30 + "]" * 30, '"\\ud800"', '{"\\udc00": 1}', "NaN", "-Infinity", "9" * 5000])
def test_json_that_no_database_keeps_is_refused(value: str) -> None:
    body = EVENT.to_bytes().replace(b'"approved"', value.encode())
    with pytest.raises(EnvelopeMalformed):
        read_envelope(body)
