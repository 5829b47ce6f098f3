"""How a slip opens: what succeeded, what did not, and what to do; the day only where nothing failed."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import pypdf
import pytest

from onething.correspondence import printing, wording
from onething.correspondence.contents import Content, Outcome, Result
from onething.correspondence.tests.samples import NOTICE, NOW, OUTCOMES, PROMISE, RECEIPT, SLIP, SLIP_EN

DONE = tuple(o for o in OUTCOMES if o.outcome == "done")
ENGLISH = re.compile(r"[A-Za-z]{2,}")


def _pages(content: Content, kind: str = "slip") -> list[str]:
    pdf = printing.to_pdf(
        kind=kind, number="20260001", content=content, check_code="0" * 16, check_address="http://1.2/3/4?d=0",
        issued_at=NOW,
    )  # fmt: skip
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def _said(content: Content, kind: str = "slip") -> str:
    """Give a document's text; of a Chinese one without any space, of an English one with single spaces."""
    return ("" if content.language == "zh" else " ").join(" ".join(_pages(content, kind)).split())


def test_a_slip_with_failures_opens_with_both_counts_and_what_to_do():
    said = _said(SLIP)
    wanted = ("办好了10件", "没有办成2件", "您撤回了1件", "没有办成的2件，这样做", "请带退出现役证原件", "每件事的结果")
    places = [said.index(words) for words in wanted]
    assert places == sorted(places)
    assert "请带退出现役证原件" in "".join(_pages(SLIP)[0].split())


def test_no_boast_stands_above_a_failure():
    said = _said(SLIP)
    assert said.index("比承诺的早2天") > said.index("每件事的结果")
    assert "全部办好了" not in said


def test_every_failure_says_what_to_do_why_and_until_when_once():
    said = _said(SLIP)
    for words in (
        "核对好了，这一项接着办",
        "档案里的入伍时间",
        "申请行政复议，最晚2026年11月27日提出，找望山县人民政府",
    ):
        assert said.count(words) == 1


def test_where_everything_is_done_the_day_comes_first():
    first = "".join(_pages(replace(SLIP, outcomes=DONE))[0].split())
    assert "一共10件事，全部办好了" in first
    assert first.index("2026年9月28日（周一）") < first.index("每件事的结果")
    assert "没有办成" not in first


def test_a_withdrawn_case_is_no_failure():
    said = _said(replace(SLIP, outcomes=(DONE[0], OUTCOMES[9])))
    assert "您撤回了1件" in said
    assert "没有办成" not in said


def test_the_end_says_to_whom_in_which_term_and_until_which_day_one_objects():
    end = _said(SLIP).partition("对结果不同意，怎么办")[2]
    for words in ("望山县人民政府（行政复议）", "收到结果单之日起60日内", "2026年11月27日"):
        assert words in end[:120]
    assert "对结果不同意" not in _said(replace(SLIP, appeals=()))


@pytest.mark.parametrize(("kind", "content"), [("slip", SLIP), ("notice", NOTICE), ("receipt", RECEIPT)])
def test_a_chinese_paper_holds_no_english_words(kind, content):
    """Numbers that offices gave, the web address and the word PDF may stand."""
    said = _said(replace(content, release="hlj/retirement 1.0 (1f3a9c2e)"), kind)
    left = re.sub(r"http://\S+?/3/|（PDF）|YJS-\S{14}|HK-\S{12}|DJ-\S{11}|SL-\S{11}|指纹\w+", "", said)
    assert not ENGLISH.findall(left)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("slip", SLIP_EN),
        ("notice", replace(NOTICE, language="en")),
        ("receipt", replace(RECEIPT, language="en")),
    ],
)
def test_what_the_layout_says_in_english_has_no_chinese(kind, content):
    """The values of the samples are Chinese; the words of the layout around them must not be."""
    values = str(wording.plain(content, "en"))
    strange = re.findall(r"[\u4e00-\u9fff]+", _said(content, kind))
    assert all(words in values for words in strange)


ONE = Outcome(
    title="Reporting back", department="Veterans’ Affairs", outcome="done", on=date(2026, 9, 10),
    results=(Result(title="Register entry", number="1"),),
)  # fmt: skip


def test_one_is_one_in_english():
    one_day = replace(PROMISE, working_days=1, proof="…")
    slip = _said(replace(SLIP_EN, outcomes=(ONE,), figures=(), open_points=()))
    assert "1 matter, and it is done" in slip
    notice = _said(
        replace(
            NOTICE,
            language="en",
            promise=one_day,
            materials=NOTICE.materials[:1],
            matters=NOTICE.matters[:1],
            figures=(),
        ),
        "notice",
    )
    assert "At most 1 working day. " in notice
    assert "(1 paper, handed in once)" in notice
    for text in (slip, notice):
        assert not re.findall(r"\b1 (?:working days|matters|papers|visits|days)\b", text)


def test_two_are_two_in_english():
    slip = _said(replace(SLIP_EN, outcomes=(ONE, ONE)))
    assert "2 matters, and all are done" in slip
    assert "61 working days" in slip


@pytest.mark.parametrize(
    ("release", "zh"),
    [
        ("hlj/retirement 1.0 (1f3a9c2e)", "退役军人服务“一件事”规则 第 1.0 版（指纹 1f3a9c2e）"),
        ("hlj/retirement 1.0", "退役军人服务“一件事”规则 第 1.0 版"),
        ("第 3 版", "第 3 版"),
    ],
)
def test_the_rules_are_named_in_the_readers_language(release, zh):
    assert wording.rules(replace(SLIP, release=release)) == zh
    assert wording.rules(replace(SLIP_EN, release=release)) == release
