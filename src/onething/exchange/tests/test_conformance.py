"""The kit passes an endpoint written from the page alone, and fails a broken one in exactly the clause it breaks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pytest

from onething.exchange.conformance import clauses, trial
from onething.exchange.conformance.ear import Ear
from onething.exchange.conformance.findings import WRITERS, Finding, Status, is_conformant

NODE = shutil.which("node")
ENDPOINT = Path(__file__).parent / "node" / "department.mjs"
EVERYTHING = trial.Options(wait=4.0, quiet=0.5, batch=True, query=True, held=True)
needs_node = pytest.mark.skipif(NODE is None, reason="node is not on this machine: the second implementation needs it")


def tried(folder: Path, fault: str = "", options: trial.Options = EVERYTHING) -> list[Finding]:
    """Start the endpoint with a fault, and try it."""
    keys = trial.new_keys("urn:onething:department:trial:990101000000")
    file = folder / f"keys-{fault or 'good'}.json"
    file.write_text(json.dumps({name: value for name, value in keys.items() if name != "house_signing_key"}))
    ear = Ear("127.0.0.1", 0)
    callback = "-" if options.polls else f"http://127.0.0.1:{ear.port}/replies"
    command = [NODE or "node", str(ENDPOINT), str(file), "0", callback]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "FAULT": fault}, text=True) as endpoint:
        try:
            assert endpoint.stdout
            port = endpoint.stdout.readline().split()[-1]
            done = trial.run(f"http://127.0.0.1:{port}/orders", trial.Keys.read(keys), ear, options)
        finally:
            endpoint.kill()
            ear.close()
    return clauses.judged(done)


def failed(findings: list[Finding]) -> set[str]:
    return {finding.clause for finding in findings if finding.status is Status.FAIL}


@needs_node
def test_a_second_implementation_written_from_the_page_passes(tmp_path: Path) -> None:
    findings = tried(tmp_path)
    assert failed(findings) == set(), WRITERS["text"](findings)
    assert {f.clause for f in findings if f.status is Status.SKIP} == {"4.6", "6.2"}


@needs_node
def test_one_that_makes_no_calls_passes_too(tmp_path: Path) -> None:
    findings = tried(tmp_path, options=trial.Options(wait=4.0, quiet=0.5, polls=True))
    assert failed(findings) == set(), WRITERS["text"](findings)
    assert next(f for f in findings if f.clause == "6.2").status is Status.PASS


FAULTS = {
    "content_type": {"1.1"},
    "specversion": {"1.2"},
    "no_zone": {"1.2"},
    "strict": {"1.2a", "3.2", "3.3", "3.3b"},  # it takes the order only where it comes without the further attribute
    "long_id": {"1.3"},
    "takes_anything": {"1.3a"},
    "falls_over": {"1.3a", "1.4", "2.4", "2.5"},
    "other_header_id": {"2.1", "2.2", "3.9"},
    "bad_signature": {"2.2", "3.9"},
    "takes_forged": {"2.4", "2.5"},
    "takes_stale": {"2.5"},
    "old_timestamp": {"2.5a"},
    "no_receipt": {"3.2"},
    "second_is_new": {"3.3", "3.3b"},
    "does_twice": {"3.3a"},
    "forgets": {"3.3b"},
    "urging_breaks": {"3.7"},
    "half_a_batch": {"3.8"},
    "tells_more": {"3.9"},
    "knows_no_withdrawal": {"3.10", "3.10a"},
    "withdraws_once": {"3.10"},
    "works_on": {"3.10a"},
    "unknown_kind": {"4"},
    "refuses_mutely": {"4"},
    "wrong_round": {"4.1"},
    "gives_up": {"4.3"},
    "changes_body": {"4.3"},
    "even_pauses": {"4.3"},
    "chatters": {"4.3a"},
    "stubborn": {"4.5"},
    "bad_file": {"4.6"},
    "silent": {"3.8", "5"},
}


@needs_node
@pytest.mark.slow
def test_a_broken_endpoint_fails_in_the_clause_that_it_breaks(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as hands:  # each trial mostly waits
        found = dict(zip(FAULTS, hands.map(lambda fault: tried(tmp_path, fault), FAULTS), strict=True))
    wrong = {
        fault: WRITERS["text"](found[fault]) for fault, expected in FAULTS.items() if failed(found[fault]) != expected
    }
    assert not wrong, "\n".join(f"{fault}\n{words}" for fault, words in wrong.items())
    assert set(clauses.numbers()) - {number for expected in FAULTS.values() for number in expected} == {"6.2"}


@needs_node
def test_a_broken_list_fails_in_its_clause(tmp_path: Path) -> None:
    assert "6.2" in failed(tried(tmp_path, "no_next", trial.Options(wait=1.0, quiet=0.3, polls=True)))


def test_nobody_at_the_address_is_told_in_words() -> None:
    ear = Ear("127.0.0.1", 0)
    keys = trial.Keys.read(trial.new_keys("urn:onething:department:trial:990101000000"))
    done = trial.run("http://127.0.0.1:1/orders", keys, ear, trial.Options(wait=0.1, quiet=0.1))
    ear.close()
    findings = clauses.judged(done)
    assert "ConnectionRefusedError" in next(f for f in findings if f.clause == "3.2").words
    assert not is_conformant(findings)


GIVEN = [
    Finding("1.1", "first <&>", Status.PASS),
    Finding("2", "second", Status.FAIL, "why"),
    Finding("3", "t", Status.SKIP),
]


def test_findings_are_written_as_text_json_and_junit() -> None:
    assert "✗ 2     second\n        why" in WRITERS["text"](GIVEN)
    assert json.loads(WRITERS["json"](GIVEN))["conformant"] is False
    suite = ElementTree.fromstring(WRITERS["junit"](GIVEN))
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "1", "1")
    assert [case.find("failure") is not None for case in suite] == [False, True, False]


@needs_node
def test_the_command_says_it_with_its_exit_code(tmp_path: Path) -> None:
    cli = [sys.executable, "-m", "onething.site.cli", "department"]
    made = subprocess.run([*cli, "keys"], capture_output=True, text=True)
    keys = tmp_path / "keys.json"
    keys.write_text(made.stdout)
    command = [*cli, "check", "http://127.0.0.1:1/orders"]
    options = ["--key", str(keys), "--listen", "127.0.0.1:0", "--wait", "0.1", "--quiet", "0.1", "--format", "json"]
    done = subprocess.run([*command, *options], capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["conformant"] is False
