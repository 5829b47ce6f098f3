"""`onething submit` over HTTP and `onething case` from the database."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from onething.cases.commands import case as case_command
from onething.cases.commands import submit
from onething.cases.errors import AnswerOfTheHouse, CaseNotFound, FollowUnreadable, HouseSilent, PaperFileTwice
from onething.cases.models import Case
from onething.cases.tests import factories
from onething.cases.tests.test_bad_input import all_papers
from onething.cases.tests.test_services import say
from onething.identity.models import ApiKey
from onething.plumbing.looks.models import Look

NUMBER = "990123199905210150"


def run(command, *given: object) -> Result:
    return CliRunner().invoke(command, [str(one) for one in given], env={"ONETHING_LANG": "en"})


@pytest.fixture
def county(transactional_db: None) -> None:
    factories.regions()
    factories.connect()
    factories.person()


@pytest.fixture
def filled(county: None, tmp_path: Path) -> tuple[Path, Path]:
    """Write the published example and its papers to disk, as a clerk would keep them."""
    answers, folder = tmp_path / "answers.yaml", tmp_path / "papers"
    answers.write_text(yaml.safe_dump(factories.answers(), allow_unicode=True))
    folder.mkdir()
    for paper in all_papers(factories.answers()):
        (folder / f"{paper['material']}.pdf").write_bytes(factories.PAPER)
    return answers, folder


def test_a_form_is_submitted_to_the_running_house(county: None, filled: tuple[Path, Path], live_server) -> None:
    answers, folder = filled
    given = ("hlj/retirement", "--answers", answers, "--papers", folder, "--as", NUMBER, "--url", live_server.url)
    done = run(submit, *given, "--json")
    assert done.exit_code == 0, done.output
    receipt = json.loads(done.stdout)
    assert (Case.objects.get().number, receipt["matters"]) == (receipt["number"], 13)
    assert not ApiKey.objects.filter(revoked_at=None).exists()  # the key was for this once
    again = run(submit, *given)
    assert isinstance(again.exception, AnswerOfTheHouse)
    assert receipt["number"] in str(again.exception)


def test_what_the_house_refuses_is_passed_on_and_the_key_is_gone(
    county: None, filled: tuple[Path, Path], live_server
) -> None:
    refused = run(submit, "hlj/retirement", "--answers", filled[0], "--as", NUMBER, "--url", live_server.url)
    assert isinstance(refused.exception, AnswerOfTheHouse)
    assert "Papers still missing (14): " in str(refused.exception)
    assert not ApiKey.objects.filter(revoked_at=None).exists()


def test_no_house_and_wrong_usage(filled: tuple[Path, Path]) -> None:
    answers, folder = filled
    silent = run(submit, "p", "--answers", answers, "--key", "ot_x", "--url", "http://127.0.0.1:9")
    assert isinstance(silent.exception, HouseSilent)
    assert run(submit, "p", "--answers", answers).exit_code == 2
    bent = run(submit, "p", "--answers", answers, "--key", "k", "--to-follow", "photo")
    assert isinstance(bent.exception, FollowUnreadable)
    twin = next(folder.iterdir())
    twin.with_suffix(".jpg").write_bytes(b"\xff\xd8\xff")
    twice = run(submit, "p", "--answers", answers, "--key", "k", "--papers", folder)
    assert isinstance(twice.exception, PaperFileTwice)


@pytest.mark.django_db
def test_a_case_is_printed_with_what_it_waits_for() -> None:
    begun = factories.case()
    say(begun, "report_in", "returned", message="请写全名", correction={"fields": ["full_name"]}, at=factories.NOW)
    page = run(case_command, begun.number.lower())
    assert page.exit_code == 0, page.exception
    assert all(words in page.stdout for words in (begun.number, "Waits".lower(), "请写全名", "waiting for the person"))
    assert "working day" not in page.stdout
    assert "何青松" not in page.stdout
    assert Look.objects.filter(purpose="operator").count() == 1


@pytest.mark.django_db
def test_the_proof_counts_aloud() -> None:
    begun = factories.case()
    proof = run(case_command, begun.number, "--proof").stdout
    task = begun.tasks.get(matter="job_seeker_registration")
    assert f"{(factories.NOW + timedelta(days=1)).date()}  working day" in proof
    assert str(task.due) in proof


@pytest.mark.django_db
def test_a_case_as_json() -> None:
    begun = factories.case()
    told = json.loads(run(case_command, begun.number, "--json").stdout)
    assert (told["number"], told["state"], len(told["matters"])) == (begun.number, "running", 13)
    assert told["waits_for"]["events"] == ["army_remittance"]
    assert all(m["working_days"] for m in told["matters"] if m["state"] == "at_department")


@pytest.mark.django_db
def test_an_unknown_number_is_refused() -> None:
    assert isinstance(run(case_command, "TY20000101000001").exception, CaseNotFound)
