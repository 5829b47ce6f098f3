"""The clauses of the page, each as a judgement of a trial. Pure: everything happened before."""

from __future__ import annotations

import base64
import binascii
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from onething.exchange.conformance.ear import Heard
from onething.exchange.conformance.findings import Finding, Status
from onething.exchange.conformance.trial import FINAL, Trial
from onething.kernel import signing

MEDIA = "application/cloudevents+json"
KINDS = ("accepted", "progress", "returned", "approved", "refused")
Judgement = Callable[[Trial], str | None]
"""None: kept. A text: how it was broken. Raises NotTried where the trial had no occasion."""

_CLAUSES: list[tuple[str, str, Judgement]] = []


class NotTried(Exception):
    """This trial had no occasion for the clause."""


def clause(number: str, title: str) -> Callable[[Judgement], Judgement]:
    """Make a function the judgement of a clause."""

    def register(judge: Judgement) -> Judgement:
        _CLAUSES.append((number, title, judge))
        return judge

    return register


def judged(trial: Trial) -> list[Finding]:
    """Judge every clause, in the order of the page."""
    return [
        _judge(number, title, judge, trial) for number, title, judge in sorted(_CLAUSES, key=lambda c: _place(c[0]))
    ]


def _place(number: str) -> tuple[int, int, str]:
    """Place a clause as the page does: 3.9 before 3.10, 3.10 before 3.10a."""
    chapter, _, rest = number.partition(".")
    digits = rest.rstrip("abc")
    return int(chapter), int(digits or 0), rest


def _judge(number: str, title: str, judge: Judgement, trial: Trial) -> Finding:
    try:
        broken = judge(trial)
    except NotTried as reason:
        return Finding(number, title, Status.SKIP, str(reason))
    return Finding(number, title, Status.FAIL if broken else Status.PASS, broken or "")


def _each(trial: Trial, wrong: Callable[[Heard], str | None]) -> str | None:
    """Judge every reply; give the first that is wrong. Without any reply there is nothing to judge."""
    if not trial.heard:
        raise NotTried("no reply came")
    return next((f"{one.kind or 'a reply'}: {words}" for one in trial.heard if (words := wrong(one))), None)


def _data(one: Heard) -> dict[str, Any]:
    data = one.said.get("data")
    return data if isinstance(data, dict) else {}


# ---- 1 envelope


@clause("1.1", "Replies are CloudEvents in JSON, with their content type")
def _(trial: Trial) -> str | None:
    if trial.options.polls:
        raise NotTried("replies are fetched in a list")
    return _each(trial, lambda one: None if one.headers.get("content-type", "").split(";")[0].strip() == MEDIA
                 and one.said else f"content type {one.headers.get('content-type')}, or no JSON object")  # fmt: skip


@clause("1.2", "Replies have specversion, id, source, type, subject, time with zone, data")
def _(trial: Trial) -> str | None:
    return _each(trial, lambda one: _wrong_attributes(one, trial))


def _wrong_attributes(one: Heard, trial: Trial) -> str | None:
    expected = {"specversion": "1.0", "source": trial.keys.source, "type": "org.onething.reply.v1"}
    wrong = [name for name, value in expected.items() if one.said.get(name) != value]
    wrong += [] if one.order in trial.orders.values() else ["subject"]
    wrong += [] if isinstance(one.said.get("data"), dict) else ["data"]
    wrong += [] if _has_zone(one.said.get("time")) else ["time"]
    return f"wrong or missing: {', '.join(wrong)}" if wrong else None


def _has_zone(text: object) -> bool:
    try:
        return datetime.fromisoformat(str(text)).tzinfo is not None
    except ValueError:
        return False


@clause("1.2a", "Attributes that you do not know are left aside")
def _(trial: Trial) -> str | None:
    return _refused(trial, "plain", "an order with a further attribute")


@clause("1.3", "Replies are at most 256 KiB without their document, ids at most 120 characters, texts at most 4,000")
def _(trial: Trial) -> str | None:
    return _each(trial, _too_long)


def _too_long(one: Heard) -> str | None:
    texts = [value for value in _data(one).values() if isinstance(value, str)]
    name = one.said.get("id")
    if not isinstance(name, str) or not 0 < len(name) <= 120:
        return "its id is missing or too long"
    if any(len(text) > 4000 for text in texts) or len(one.body) - len(_file(one)) > 256 * 1024:
        return "it is too long"
    return None


@clause("1.3a", "A message of more than 256 KiB is refused, and does not bring you down")
def _(trial: Trial) -> str | None:
    return _not_4xx(trial, "too large")


@clause("1.4", "What is no event, or of an unknown type, is refused with 4xx")
def _(trial: Trial) -> str | None:
    return _not_4xx(trial, "no JSON") or _not_4xx(trial, "unknown type")


# ---- 2 signature


@clause("2.1", "Replies carry webhook-id (the event's id), webhook-timestamp and webhook-signature")
def _(trial: Trial) -> str | None:
    return _each(trial, lambda one: _wrong_headers(one, trial.options.polls))


def _wrong_headers(one: Heard, is_list: bool) -> str | None:
    missing = [n for n in (signing.ID, signing.TIMESTAMP, signing.SIGNATURE) if not one.headers.get(n)]
    if missing:
        return f"missing: {', '.join(missing)}"
    return None if is_list or one.headers[signing.ID] == one.said.get("id") else "webhook-id is not the event's id"


@clause("2.2", "The signature of a reply fits its exact bytes and the agreed key")
def _(trial: Trial) -> str | None:
    if trial.options.polls:
        given = [step for step in trial.lists if step.status == 200]
        fits = all(_fits(trial, step.headers, step.body) for step in given)
        return None if fits else "the signature of a list does not fit"
    return _each(trial, lambda one: None if _fits(trial, one.headers, one.body, one.wall) else "it does not fit")


def _fits(trial: Trial, headers: Any, body: bytes, wall: float | None = None) -> bool:
    own: list[signing.Verifier] = [trial.keys.department]
    own += [] if trial.options.held else [trial.keys.secret]
    stamp = str(headers.get(signing.TIMESTAMP, ""))
    seconds = int(stamp) if stamp.isascii() and stamp.isdigit() and len(stamp) < 12 else 0
    at = datetime.fromtimestamp(seconds, UTC)  # whether it is fresh is clause 2.5a
    try:
        signing.verify(own, headers, body, now=at)
    except (signing.SignatureMissing, signing.SignatureWrong, signing.SignatureStale):
        return False
    return True


@clause("2.4", "An order that somebody else signed, or nobody, or that was altered, is refused and has no effect")
def _(trial: Trial) -> str | None:
    for name in ("forged", "unsigned", "altered", "misnamed"):
        if broken := _not_4xx(trial, name):
            return broken
    return None


@clause("2.5", "An order whose timestamp is ten minutes old is refused and has no effect")
def _(trial: Trial) -> str | None:
    return _not_4xx(trial, "stale")


@clause("2.5a", "Your timestamps lie at most five minutes from our clock")
def _(trial: Trial) -> str | None:
    return _each(trial, _stale)


def _stale(one: Heard) -> str | None:
    stamp = one.headers.get(signing.TIMESTAMP, "")
    fresh = stamp.isascii() and stamp.isdigit() and abs(int(stamp) - one.wall) <= signing.TOLERANCE.total_seconds()
    return None if fresh else f"timestamp {stamp}"


# ---- 3 orders


@clause("3.2", "An order is answered 202 (or 200) within ten seconds, with a receipt")
def _(trial: Trial) -> str | None:
    for name in ("plain", "busy", "unwanted"):
        step = trial.steps[name]
        if step.status not in (200, 202):
            return f"{name}: {step.status or step.words}"
        if not isinstance(step.said.get("receipt"), str) or not step.said["receipt"]:
            return f"{name}: the answer has no receipt"
    return None


@clause("3.3", "The same id again is answered 202 (or 200)")
def _(trial: Trial) -> str | None:
    later = "again after the decision"
    return _refused(trial, "again", "the second time") or _refused(trial, later, "after the decision")


@clause("3.3a", "The matter is done once: a repeated order has one decision, always in the same words")
def _(trial: Trial) -> str | None:
    decisions = [_data(one) for one in trial.of("plain") if one.kind in FINAL]
    if not decisions:
        raise NotTried("no decision came")
    return None if all(said == decisions[0] for said in decisions) else "decisions differ"


@clause("3.3b", "An order that comes again after the decision has the decision sent again")
def _(trial: Trial) -> str | None:
    if trial.options.polls:
        raise NotTried("a decision that lies ready needs no repeating")
    decisions = [one for one in trial.of("plain") if one.kind in FINAL]
    if not decisions:
        raise NotTried("no decision came")
    return None if len(decisions) > 1 else "the decision was not sent again"


@clause("3.7", "An urging is answered: 202, 200, or 4xx where you do not know it")
def _(trial: Trial) -> str | None:
    status = trial.steps["urging"].status
    return None if status in (200, 202) or 400 <= status < 500 else f"{status or trial.steps['urging'].words}"


@clause("3.8", "A batch is answered 202 with one receipt per order, and each order is decided")
def _(trial: Trial) -> str | None:
    if not trial.options.batch:
        raise NotTried("not agreed (--batch)")
    step, expected = trial.steps["batch"], {f"{trial.orders[name]}-1" for name in ("first", "second")}
    receipts = step.said.get("receipts")
    if step.status not in (200, 202) or not isinstance(receipts, dict) or set(receipts) != expected:
        return f"{step.status or step.words}: receipts are not those of the orders"
    missing = [name for name in ("first", "second") if not any(one.kind in FINAL for one in trial.of(name))]
    return f"not decided: {', '.join(missing)}" if missing else None


@clause("3.9", "A question for data is answered at once, signed, with nothing that was not asked")
def _(trial: Trial) -> str | None:
    if not trial.options.query:
        raise NotTried("not agreed (--query)")
    step = trial.steps["query"]
    data = step.said.get("data")
    fields = data.get("fields") if isinstance(data, dict) else None
    if step.status != 200 or not isinstance(fields, dict):
        return f"{step.status or step.words}: no data.fields"
    if step.said.get("type") != "org.onething.answer.v1" or step.said.get("subject") != trial.orders["query"]:
        return "wrong type or subject"
    if not set(fields) <= {"address"}:
        return "fields that nobody asked for"
    return None if _fits(trial, step.headers, step.body) else "its signature does not fit"


# ---- 4 replies


@clause("3.10", "A withdrawal is answered 202 (or 200), also before its order came and a second time")
def _(trial: Trial) -> str | None:
    for name in ("withdrawal", "withdrawal again"):
        if broken := _refused(trial, name, name):
            return broken
    return None


@clause("3.10a", "An order that is no longer wanted is not begun")
def _(trial: Trial) -> str | None:
    return "it was decided" if any(one.kind in FINAL for one in trial.of("withdrawn")) else None


@clause("4", "A reply is of one of the five kinds, with the words that its kind needs")
def _(trial: Trial) -> str | None:
    return _each(trial, _lacking)


def _lacking(one: Heard) -> str | None:
    data = _data(one)
    if one.kind not in KINDS:
        return "an unknown kind"
    needs = {"progress": ["message"], "returned": ["message", "correction"], "refused": ["reason", "remedy"]}
    missing = [name for name in needs.get(one.kind, ()) if not data.get(name)]
    if one.kind == "approved" and not isinstance(data.get("result", {}), dict):
        missing.append("result")
    return f"without {', '.join(missing)}" if missing else None


@clause("4.1", "A round, if named, is the order's")
def _(trial: Trial) -> str | None:
    return _each(trial, lambda one: None if _data(one).get("round", 1) == 1 else "another round than 1")


@clause("4.3", "What was answered 503 is repeated: same id and body, fresh signature, growing pauses")
def _(trial: Trial) -> str | None:
    if trial.options.polls:
        raise NotTried("replies are fetched")
    first = next(iter(trial.of("busy")), None)
    if first is None:
        raise NotTried("no reply came")
    tries = [one for one in trial.of("busy") if one.said.get("id") == first.said.get("id")]
    if len(tries) < 3:
        return f"tried {len(tries)} times, and two answers were 503"
    if len({one.body for one in tries}) > 1:
        return "the body changed"
    pauses = [later.at - sooner.at for sooner, later in pairwise(tries)]
    return None if pauses[1] > pauses[0] * 1.2 else f"pauses do not grow: {pauses[0]:.2f} s, {pauses[1]:.2f} s"


@clause("4.3a", "What was answered 202 is not sent again without need")
def _(trial: Trial) -> str | None:
    if trial.options.polls:
        raise NotTried("replies are fetched")
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for one in trial.heard:
        if one.status == 202 and one.order != trial.orders["plain"]:
            counts[one.order, str(one.said.get("id"))] += 1
    return None if all(count == 1 for count in counts.values()) else "a reply was sent again after 202"


@clause("4.5", "What was answered 422 is not repeated unchanged")
def _(trial: Trial) -> str | None:
    if trial.options.polls:
        raise NotTried("replies are fetched")
    heard = trial.of("unwanted")
    if not heard:
        raise NotTried("no reply came")
    refused = {one.body for one in heard if one.status == 422}
    return None if sum(one.body in refused for one in heard) == len(refused) else "it was repeated"


@clause("4.6", "A result document is a PDF of at most 2 MB, in base64")
def _(trial: Trial) -> str | None:
    if not any(_file(one) for one in trial.heard):
        raise NotTried("no result document came")
    return _each(trial, _wrong_file)


def _file(one: Heard) -> str:
    result = _data(one).get("result")
    file = result.get("file") if isinstance(result, dict) else None
    return str(file.get("content", "")) if isinstance(file, dict) else ""


def _wrong_file(one: Heard) -> str | None:
    try:
        content = base64.b64decode(_file(one), validate=True)
    except (binascii.Error, ValueError):
        return "no base64"
    is_paper = content[:5] == b"%PDF-" and len(content) <= 2 * 1024 * 1024
    return None if is_paper or not content else "no PDF, or too big"


# ---- 5, 6


@clause("5", "Every order is decided (in the trial: within the time given)")
def _(trial: Trial) -> str | None:
    missing = [name for name in ("plain", "busy") if not any(one.kind in FINAL for one in trial.of(name))]
    return f"no decision on: {', '.join(missing)}" if missing else None


@clause("6.2", "The list of replies has replies and next, and is signed")
def _(trial: Trial) -> str | None:
    if not trial.options.polls:
        raise NotTried("replies are not fetched (--polls)")
    for step in trial.lists:
        wrong = step.status != 200 or not isinstance(step.said.get("replies"), list)
        if wrong or not isinstance(step.said.get("next"), str) or not _fits(trial, step.headers, step.body):
            return f"{step.status or step.words}: no list, no next, or not signed"
    return None if trial.lists else "the list was never given"


def _refused(trial: Trial, name: str, words: str) -> str | None:
    step = trial.steps[name]
    return None if step.status in (200, 202) else f"{words}: {step.status or step.words}"


def _not_4xx(trial: Trial, name: str) -> str | None:
    step = trial.steps[name]
    if name in trial.orders and name != "plain" and trial.of(name):
        return f"{name}: it had an effect"
    return None if 400 <= step.status < 500 else f"{name}: answered {step.status or step.words}"


def numbers() -> Iterator[str]:
    """Name the clauses that are judged."""
    return (number for number, _, _ in _CLAUSES)
