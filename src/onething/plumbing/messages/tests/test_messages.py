"""Messages queued, claimed, sent, tried again and given up; over real servers."""

from __future__ import annotations

import email
import email.policy
import json
import os
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from onething.plumbing import clock
from onething.plumbing.messages import addresses, commands, jobs, queries, services
from onething.plumbing.messages.models import CLAIM, Message, State
from onething.plumbing.messages.senders.smtp import Smtp
from onething.plumbing.messages.tests.servers import PostOffice, Provider, running

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
PHONE, MAIL = "13800000014", "he.qingsong@mail.example"

pytestmark = pytest.mark.django_db


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """The environment of the process, put back afterwards."""
    before = dict(os.environ)
    yield os.environ
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def post_office(environment) -> Iterator[PostOffice]:
    with running(PostOffice()) as office:
        environment["ONETHING_SMTP_URL"] = office.url
        yield office


@pytest.fixture
def provider(environment) -> Iterator[Provider]:
    with running(Provider()) as provider:
        environment["ONETHING_SMS_URL"], environment["ONETHING_SMS_TOKEN"] = provider.url, "secret"
        yield provider


def _sms(body: str = "办好了", to: str = PHONE) -> Message:
    return services.queue_message(channel="sms", to=to, subject="", body=body, now=NOW)


def _mail(subject: str = "办好了", body: str = "何青松：都办好了。\n") -> Message:
    return services.queue_message(channel="email", to=MAIL, subject=subject, body=body, now=NOW)


def _send(message: Message, after: timedelta = timedelta()) -> Message:
    services.send_message(message_id=message.id, now=NOW + after)
    message.refresh_from_db()
    return message


def test_without_a_provider_the_outbox_can_be_read():
    sent = _send(_sms("您的验证码是 314159"))
    assert (sent.state, sent.sender) == (State.SENT, "local")
    (found,) = queries.outbox(channel="sms", to=PHONE)
    assert found.body == "您的验证码是 314159"
    assert queries.outbox(to="13800000015") == []


def test_neither_address_nor_text_lies_open_in_the_database():
    _sms("您的验证码是 314159")
    with connection.cursor() as cursor:
        cursor.execute("SELECT outgoing_message::text FROM outgoing_message")
        row = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(payload::text, '') FROM journal_entry")
        facts = cursor.fetchone()[0]
    for secret in (PHONE, PHONE.encode().hex(), "314159", b"314159".hex()):
        assert secret not in row
        assert secret not in facts


def test_a_queued_message_brings_its_job_in_the_same_transaction():
    message = _sms()
    jobs = ProcrastinateJob.objects.filter(task_name="plumbing.messages.jobs.send_queued")
    assert [job.args["fact_values"]["message_id"] for job in jobs].count(str(message.id)) == 1


def test_mail_arrives_with_its_words(post_office):
    sent = _send(_mail())
    assert (sent.state, sent.sender) == (State.SENT, "smtp")
    (raw,) = post_office.letters
    letter = email.message_from_string(raw, policy=email.policy.default)
    assert (letter["To"], letter["From"]) == (MAIL, "office@wangshan.example")
    assert str(make_header(decode_header(letter["Subject"]))) == "办好了"
    assert letter.get_content().strip() == "何青松：都办好了。"
    assert str(sent.id) in letter["Message-ID"]


def test_a_subject_cannot_add_a_header(post_office):
    _send(_mail(subject="办好了\r\nBcc: other@mail.example"))
    (raw,) = post_office.letters
    assert "Bcc" not in email.message_from_string(raw)


def test_mail_that_is_refused_for_now_is_tried_again_later(post_office):
    post_office.answer = "451 come back"
    message = _send(_mail())
    assert (message.state, message.reason) == (State.WAITING, "smtp_451")
    assert message.next_attempt_at == NOW + services.FIRST_PAUSE
    _send(message, after=timedelta(seconds=1))
    assert message.attempts == 1
    post_office.answer = "250 good"
    assert _send(message, after=services.FIRST_PAUSE).state == State.SENT


def test_mail_that_is_refused_for_good_is_not_tried_again(post_office):
    post_office.answer = "550 nobody here"
    message = _send(_mail())
    assert (message.state, message.reason) == (State.FAILED, "smtp_550")
    assert not post_office.letters


def test_a_silent_server_is_tried_again_and_given_up_in_the_end(environment):
    environment["ONETHING_SMTP_URL"] = "smtp://127.0.0.1:1?tls=none"
    message, moment = _mail(), NOW
    for attempt in range(1, services.ATTEMPTS + 1):
        assert message.state == State.WAITING
        services.send_message(message_id=message.id, now=moment)
        message.refresh_from_db()
        assert message.attempts == attempt
        moment = message.next_attempt_at
    assert (message.state, message.reason) == (State.FAILED, "smtp_silent")


def test_a_letter_whose_receipt_was_lost_goes_again_under_the_same_id(post_office):
    """Nobody can know whether it was taken; the Message-ID lets the mailbox show it once."""
    post_office.falls_silent = True
    message = _send(_mail())
    assert (message.state, message.reason) == (State.WAITING, "smtp_silent")
    assert _send(message, after=services.FIRST_PAUSE).state == State.SENT
    ids = {email.message_from_string(raw)["Message-ID"] for raw in post_office.letters}
    assert (len(post_office.letters), len(ids)) == (2, 1)


def test_a_text_whose_answer_was_lost_goes_again_under_the_same_key(provider):
    provider.falls_silent = True
    message = _send(_sms())
    assert (message.state, message.reason) == (State.WAITING, "http_silent")
    assert _send(message, after=services.FIRST_PAUSE).state == State.SENT
    assert [headers["Idempotency-Key"] for headers, _ in provider.taken] == [str(message.id)] * 2


def test_mail_goes_under_tls_to_a_server_whose_certificate_is_trusted(post_office, environment, tmp_path):
    post_office.tls, certificate = _server_tls(tmp_path)
    environment["SSL_CERT_FILE"] = str(certificate)
    environment["ONETHING_SMTP_URL"] = post_office.url.replace("?tls=none", "?tls=starttls")
    assert _send(_mail()).state == State.SENT
    assert post_office.heard[:3] == ["EHLO", "STARTTLS", "EHLO"]


def test_no_word_goes_to_a_server_whose_certificate_is_not_trusted(post_office, environment, tmp_path):
    post_office.tls, _ = _server_tls(tmp_path)
    environment["ONETHING_SMTP_URL"] = post_office.url.replace("?tls=none", "?tls=starttls")
    message = _send(_mail())
    assert (message.state, message.reason) == (State.WAITING, "smtp_silent")
    assert post_office.heard == ["EHLO", "STARTTLS"]


def test_no_word_goes_to_a_server_that_offers_no_tls(post_office, environment):
    environment["ONETHING_SMTP_URL"] = post_office.url.replace("?tls=none", "")
    assert _send(_mail()).state == State.WAITING
    assert "MAIL" not in post_office.heard


def test_a_text_goes_to_the_provider_with_its_key(provider):
    sent = _send(_sms())
    assert (sent.state, sent.sender) == (State.SENT, "http")
    ((headers, body),) = provider.taken
    assert body == {"to": PHONE, "text": "办好了", "reference": str(sent.id)}
    assert headers["Idempotency-Key"] == str(sent.id)
    assert headers["Authorization"] == "Bearer secret"


@pytest.fixture
def second(provider, environment) -> Iterator[Provider]:
    """Another provider, asked when the first one will not."""
    with running(Provider()) as other:
        environment["ONETHING_SMS_URL"] = f"{provider.url} {other.url}"
        environment["ONETHING_SMS_TOKEN"] = "first second"
        yield other


@pytest.mark.parametrize("status", [503, 429, 403])
def test_the_second_provider_is_asked_when_the_first_one_will_not(provider, second, status):
    provider.answers = [status]
    sent = _send(_sms())
    assert (sent.state, sent.sender, sent.attempts) == (State.SENT, "http-2", 1)
    ((headers, _body),) = second.taken
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer second", str(sent.id))
    assert _send(_sms()).sender == "http"


def test_the_second_provider_is_asked_when_the_first_one_cannot_be_reached(provider, second, environment):
    environment["ONETHING_SMS_URL"] = f"http://127.0.0.1:1/messages {second.url}"
    assert _send(_sms()).sender == "http-2"


def test_a_text_that_the_first_provider_may_have_is_not_given_to_the_second(provider, second):
    provider.falls_silent = True
    message = _send(_sms())
    assert (message.state, message.reason, len(second.taken)) == (State.WAITING, "http_silent", 0)
    assert (_send(message, after=services.FIRST_PAUSE).sender, len(second.taken)) == ("http", 0)


def test_what_no_provider_ever_takes_has_failed_and_what_one_may_take_later_waits(provider, second):
    provider.answers, second.answers = [400], [404]
    assert (_send(_sms()).state, len(provider.taken) + len(second.taken)) == (State.FAILED, 2)
    provider.answers, second.answers = [400], [429]
    message = _send(_sms())
    assert (message.state, message.reason) == (State.WAITING, "http_429")


def test_mail_goes_by_the_second_server_when_the_first_is_away(post_office, environment):
    environment["ONETHING_SMTP_URL"] = f"smtp://127.0.0.1:1?tls=none {post_office.url}"
    assert (_send(_mail()).sender, len(post_office.letters)) == ("smtp-2", 1)


def test_what_was_given_up_is_counted_and_sent_again_under_its_id(provider):
    provider.answers = [400, 404]
    one, other = _send(_sms()), _send(_sms())
    assert queries.failures(since=NOW) == [("sms", "http_400", 1), ("sms", "http_404", 1)]
    later = NOW + timedelta(hours=1)
    assert services.send_failed_again(since=later, now=later) == 0
    assert services.send_failed_again(since=NOW, now=later, reason="http_400", channel="sms") == 1
    services.send_message(message_id=one.id, now=later)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, one.attempts, other.state) == (State.SENT, 1, State.FAILED)
    assert provider.taken[-1][0]["Idempotency-Key"] == str(one.id)
    assert queries.failures(since=NOW) == [("sms", "http_404", 1)]


def said(tongue: str, *words: str) -> str:
    """Give what the command prints on a terminal of this language; it leaves with 0."""
    told = CliRunner(env={"LC_ALL": f"{tongue}_XX.UTF-8"}).invoke(commands.messages, words)
    assert told.exit_code == 0, told.output
    return told.output


def test_the_command_counts_and_sends_again(provider):
    provider.answers = [400]
    message = services.queue_message(channel="sms", to=PHONE, subject="", body="办好了", now=clock.now())
    services.send_message(message_id=message.id, now=clock.now())
    assert said("en", "failed") == "1  sms  http_400\n"
    assert said("zh", "failed") == "1  短信  http_400\n"
    assert said("en", "again", "--channel", "email") == "0 messages queued once more.\n"
    assert said("zh", "again") == "1 条消息已重新排队。\n"
    assert said("en", "failed") == "No message was given up in the last 24 hours.\n"
    assert said("zh", "failed", "--hours", "1.5") == "最近 1.5 小时没有放弃发送的消息。\n"
    message.refresh_from_db()
    assert message.state == State.WAITING


def test_every_attempt_carries_the_same_key(provider):
    provider.answers = [503, 429]
    message = _send(_sms())
    assert message.reason == "http_503"
    message = _send(message, after=timedelta(hours=1))
    message = _send(message, after=timedelta(hours=2))
    assert message.state == State.SENT
    assert {headers["Idempotency-Key"] for headers, _ in provider.taken} == {str(message.id)}
    assert len(provider.taken) == 3


@pytest.mark.parametrize("status", [301, 400, 401, 404])
def test_an_offer_that_is_refused_fails(provider, status):
    provider.answers = [status]
    assert _send(_sms()).reason == f"http_{status}"
    assert Message.objects.get().state == State.FAILED


def test_a_message_that_is_sent_is_not_sent_again(provider):
    message = _send(_sms())
    _send(message, after=timedelta(days=1))
    assert len(provider.taken) == 1


def test_a_claim_holds_until_it_ends(provider):
    message = _sms()
    assert services.claim_message(message_id=message.id, now=NOW) == message
    assert services.claim_message(message_id=message.id, now=NOW + CLAIM / 2) is None
    assert queries.due_messages(NOW + CLAIM / 2) == []
    assert queries.due_messages(NOW + CLAIM) == [message.id]  # the worker that held it died


def test_the_sweep_sends_what_is_due(provider):
    message = _sms()
    jobs.send_due()
    message.refresh_from_db()
    assert message.state == State.SENT


@pytest.mark.parametrize(
    ("channel", "to"),
    [("sms", "12"), ("sms", "1380000001a"), ("sms", ""), ("email", "a@b"), ("email", "a b@c.example"),
     ("email", "a@c.example\nBcc: d@e.example"), ("email", "a@c.example,d@e.example"), ("email", PHONE)],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(channel, to):
    with pytest.raises(addresses.AddressWrong):
        services.queue_message(channel=channel, to=to, subject="", body="", now=NOW)
    assert not Message.objects.exists()


def test_another_channel_is_refused():
    with pytest.raises(addresses.ChannelUnknown):
        services.queue_message(channel="pigeon", to=PHONE, subject="", body="", now=NOW)


def test_an_smtp_address_is_read_as_written():
    server = Smtp.from_url("smtps://who:p%40ss@mail.example?from=a@b.example")
    assert (server.host, server.port, server.user, server.password) == ("mail.example", 465, "who", "p@ss")
    assert (server.tls, server.sender) == ("implicit", "a@b.example")
    assert Smtp.from_url("smtp://mail.example").tls == "starttls"


@given(st.text(max_size=200), st.text(max_size=2000))
def test_a_sealed_letter_opens_only_in_its_own_row(subject, body):
    from uuid import uuid4

    from cryptography.exceptions import InvalidTag

    from onething.plumbing.messages.letters import Letter, seal, unseal

    letter, row = Letter(to=PHONE, subject=subject, body=body), uuid4()
    sealed, version = seal(letter, row)
    assert unseal(sealed, version, row) == letter
    with pytest.raises(InvalidTag):
        unseal(sealed, version, uuid4())


def _server_tls(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for 127.0.0.1 that nobody has signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    begins = datetime.now(UTC) - timedelta(days=1)  # TLS asks the machine's clock
    draft = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    draft = draft.serial_number(1).not_valid_before(begins).not_valid_after(begins + timedelta(days=2))
    here = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    made = draft.add_extension(here, False).sign(key, hashes.SHA256())
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, private)
    return context, certificate


def test_pauses_double_up_to_two_hours():
    pauses = [services.pause_after(n) for n in range(1, 13)]
    assert pauses[:3] == [timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=120)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=2)


def test_a_letter_has_no_printed_form():
    message = _sms("314159")
    assert "314159" not in repr(message.letter) + str(message) + json.dumps(repr(message.letter))
