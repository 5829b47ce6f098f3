"""Signatures, against the reference library for `v1` and the cryptography library for `v1a`."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from onething.kernel import signing
from onething.kernel.signing import KeyMalformed, PublicKey, SharedSecret, SigningKey

NOW = datetime(2026, 9, 28, 8, 30, tzinfo=UTC)
SECRET = SharedSecret(bytes(range(32)))
KEY = SigningKey.from_seed(bytes(range(1, 33)))
OTHER = SigningKey.from_seed(bytes(32))


@given(body=st.text(), message_id=st.uuids())
def test_v1_is_what_the_reference_library_writes(body: str, message_id: object) -> None:
    ours = signing.sign([SECRET], message_id=str(message_id), at=NOW, body=body.encode())
    assert ours[signing.SIGNATURE] == Webhook(SECRET.text).sign(str(message_id), NOW, body)


def test_the_reference_library_accepts_ours() -> None:
    body = '{"order": "是"}'
    headers = signing.sign([KEY, SECRET], message_id="m1", at=datetime.now(UTC), body=body.encode())
    assert Webhook(SECRET.text).verify(body, headers) == {"order": "是"}


def test_v1a_is_a_plain_ed25519_signature_of_id_timestamp_and_body() -> None:
    headers = signing.sign([KEY], message_id="m1", at=NOW, body=b"body")
    version, _, signature = headers[signing.SIGNATURE].partition(",")
    raw = base64.b64decode(KEY.public.text.removeprefix("whpk_"))
    Ed25519PublicKey.from_public_bytes(raw).verify(
        base64.b64decode(signature), f"m1.{int(NOW.timestamp())}.body".encode()
    )
    assert version == "v1a"


@given(body=st.binary(), other=st.binary())
def test_only_the_signed_bytes_pass(body: bytes, other: bytes) -> None:
    headers = signing.sign([SECRET, KEY], message_id="m1", at=NOW, body=body)
    assert signing.verify([KEY.public], headers, body, now=NOW) == "m1"
    if other != body:
        with pytest.raises(signing.SignatureWrong):
            signing.verify([KEY.public, SECRET], headers, other, now=NOW)


def test_the_id_is_signed_too() -> None:
    headers = signing.sign([SECRET], message_id="m1", at=NOW, body=b"x") | {signing.ID: "m2"}
    with pytest.raises(signing.SignatureWrong):
        signing.verify([SECRET], headers, b"x", now=NOW)


def test_a_key_of_another_kind_does_not_fit() -> None:
    headers = signing.sign([SECRET], message_id="m1", at=NOW, body=b"x")
    with pytest.raises(signing.SignatureWrong):
        signing.verify([KEY.public], headers, b"x", now=NOW)
    with pytest.raises(signing.SignatureWrong):
        signing.verify([OTHER.public], signing.sign([KEY], message_id="m1", at=NOW, body=b"x"), b"x", now=NOW)


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_five_minutes_either_way_are_forgiven(seconds: int) -> None:
    headers = signing.sign([SECRET], message_id="m1", at=NOW, body=b"x")
    signing.verify([SECRET], headers, b"x", now=NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [-301, 301, 86400])
def test_older_and_later_ones_are_refused(seconds: int) -> None:
    headers = signing.sign([SECRET], message_id="m1", at=NOW, body=b"x")
    with pytest.raises(signing.SignatureStale):
        signing.verify([SECRET], headers, b"x", now=NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize("missing", [signing.ID, signing.TIMESTAMP, signing.SIGNATURE])
def test_every_header_is_needed(missing: str) -> None:
    headers = signing.sign([SECRET], message_id="m1", at=NOW, body=b"x")
    del headers[missing]
    with pytest.raises(signing.SignatureMissing):
        signing.verify([SECRET], headers, b"x", now=NOW)


@pytest.mark.parametrize("timestamp", ["", "now", "-1", "１２", "1e9", "9" * 400])
def test_a_timestamp_is_a_plain_number_of_seconds(timestamp: str) -> None:
    headers = signing.sign([SECRET], message_id="m1", at=NOW, body=b"x") | {signing.TIMESTAMP: timestamp}
    with pytest.raises(signing.SignatureMissing):
        signing.verify([SECRET], headers, b"x", now=NOW)


@given(st.text())
def test_no_signature_text_breaks_the_check(text: str) -> None:
    headers = signing.sign([SECRET], message_id="m1", at=NOW, body=b"x") | {signing.SIGNATURE: text}
    with pytest.raises((signing.SignatureWrong, signing.SignatureMissing)):
        signing.verify([SECRET, KEY.public], headers, b"x", now=NOW)


def test_a_new_key_beside_the_old_one() -> None:
    headers = signing.sign([KEY], message_id="m1", at=NOW, body=b"x")
    assert signing.verify([OTHER.public, KEY.public], headers, b"x", now=NOW) == "m1"


def test_keys_are_written_and_read() -> None:
    assert SharedSecret.read(SECRET.text) == SECRET
    assert SigningKey.read(KEY.text).public.text == KEY.public.text == PublicKey.read(KEY.public.text).text


@pytest.mark.parametrize("text", ["", "whsec_", "whsec_!!", "whsk_AAAA", "whsec_" + "A" * 8, "whpk_é"])
def test_half_a_key_is_refused(text: str) -> None:
    for kind in (SharedSecret, SigningKey, PublicKey):
        with pytest.raises(KeyMalformed):
            kind.read(text)


def test_secrets_do_not_print_themselves() -> None:
    assert SECRET.text not in repr(SECRET)
    assert KEY.text not in repr(KEY)
