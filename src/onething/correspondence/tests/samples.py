"""Invented documents: a slip with every kind of outcome, a notice, a receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from onething.correspondence.contents import (
    Appeal,
    Contact,
    Figure,
    HandedIn,
    NoticeContent,
    NoticeMatter,
    Objection,
    OpenPoint,
    Outcome,
    Paper,
    Promise,
    ReceiptContent,
    Result,
    SlipContent,
    Spared,
    StatutoryDay,
    Visit,
)

NOW = datetime(2026, 9, 28, 8, 0, tzinfo=UTC)
RARE_NAME = "欧阳𬎆𠮷㼆䶮"

CONTACT = Contact(
    name="望山县退役军人服务中心",
    phone="0000-12345",
    address="望山县人民路 1 号",
    hours="周一至周五 8:30–17:00",
)
PROMISE = Promise(
    due=date(2026, 9, 30),
    proof="从 9月10日起数 15 个工作日：9月20日（周日）调休上班，算一天；9月25日中秋节不算；"
    "9月14日到15日等您补照片，停了 2 天。日历版本 2026-1。",
    working_days=15,
)
OBJECTION = Objection(
    how="申请行政复议",
    where="望山县人民政府（行政复议）",
    term="收到结果单之日起 60 日内",
    until=date(2026, 11, 27),
    basis="《行政复议法》第 20 条",
)
COURT = Objection(
    how="也可以直接起诉", where="望山县人民法院", term="收到结果单之日起 6 个月内", until=date(2027, 3, 29)
)
ELSEWHERE = Objection(how="向组织部提出", where="望山县委组织部", note="这里不能申请行政复议。")
APPEALS = (
    Appeal(matters=("恢复户口", "申领居民身份证", "一次性经济补助金"), ways=(OBJECTION, COURT)),
    Appeal(matters=("党组织关系转接",), ways=(ELSEWHERE,)),
)
OBJECTION_EN = Objection(
    how="Ask for reconsideration", where="Wangshan County People’s Government", term="60 days from receipt"
)
FIGURES = (
    Figure(name="working_days", before=61, after=15, basis="published", at_most=True),
    Figure(name="materials", before=31, after=14, basis="reconstructed"),
    Figure(name="steps", before=13, after=2, basis="reconstructed"),
    Figure(name="trips", before=12, after=1, basis="reconstructed"),
)
TITLE, RELEASE = "退役军人服务“一件事”", "hlj/retirement 1.0"


def _done(title: str, department: str, day: int, *results: Result) -> Outcome:
    return Outcome(title=title, department=department, outcome="done", on=date(2026, 9, day), results=results)


_HOUSEHOLD = Result(
    title="居民户口簿",
    number="HK-20260914-031",
    issuer="望山县公安局城关派出所",
    issued_on=date(2026, 9, 14),
    details=(("户口地址", "云川省清和市望山县城关镇和平里 3 号"), ("户别", "居民户")),
)
_CARD = Result(
    title="居民身份证",
    number="受理号 SL-20260914-88",
    issuer="望山县公安局",
    issued_on=date(2026, 9, 21),
    valid_until=date(2046, 9, 21),
)
OUTCOMES = (
    _done("退役报到登记", "退役军人事务局", 10, Result(title="退役军人登记表", number="DJ-2026-000123")),
    _done("恢复户口", "公安局", 14, _HOUSEHOLD),
    _done("申领居民身份证", "公安局", 21, _CARD),
    _done("预备役登记", "人民武装部", 11),
    Outcome(
        title="一次性经济补助金",
        department="退役军人事务局",
        outcome="refused",
        on=date(2026, 9, 25),
        reason="档案里的入伍时间和退出现役证上的不一样，差 6 个月，补助金现在不能算。",
        remedy="请带退出现役证原件到服务中心核对一次。核对好了，这一项接着办，别的不用重交。",
        objections=(OBJECTION, COURT),
    ),
    Outcome(
        title="补助金发放到银行卡",
        department="财政局",
        outcome="ended",
        on=date(2026, 9, 25),
        because_of="一次性经济补助金",
        reason="补助金还没有定下来，没有可以发的钱。",
        remedy="补助金核对好以后，这一项自动重新开始，不用再申请。",
    ),
    _done("养老保险关系接续", "人力资源和社会保障局", 24, Result(title="养老保险账户", number="尾号 4471")),
    _done("医疗保险关系接续", "医疗保障局", 22),
    _done("失业保险关系接续", "人力资源和社会保障局", 22),
    Outcome(
        title="住房公积金转移",
        department="住房公积金管理中心",
        outcome="withdrawn",
        on=date(2026, 9, 12),
        reason="您在 9月12日说不办这一项。",
    ),
    _done("优待证申请", "退役军人事务局", 28),
    _done("党组织关系转接", "组织部", 18),
    _done("建立退役军人档案", "退役军人事务局", 17),
)
SLIP = SlipContent(
    title=TITLE,
    person_name="何青松",
    issuer=CONTACT,
    release=RELEASE,
    case_number="YJS-2026-0909-0001",
    submitted_on=date(2026, 9, 9),
    finished_on=date(2026, 9, 28),
    outcomes=OUTCOMES,
    promise=PROMISE,
    open_points=(
        OpenPoint(what="身份证做好了，来拿或者寄到家里", who="您", until=date(2026, 10, 20)),
        OpenPoint(what="把养老保险的钱转到望山县", who="部队财务部门"),
    ),
    figures=FIGURES,
    appeals=APPEALS,
)
SLIP_EN = replace(
    SLIP,
    language="en",
    title="Leaving the forces, done as one thing",
    issuer=replace(CONTACT, name="Wangshan County Veterans’ Service Centre", address="1 Renmin Road", hours="Mon–Fri"),
    outcomes=(
        Outcome(title="Reporting back", department="Veterans’ Affairs", outcome="done", on=date(2026, 9, 10)),
        Outcome(
            title="One-time grant",
            department="Veterans’ Affairs",
            outcome="refused",
            on=date(2026, 9, 25),
            reason="The date of enlistment in the file differs from the one on the discharge certificate.",
            remedy="Bring the original certificate to the service centre once.",
            objections=(OBJECTION_EN,),
            is_quoted=True,
        ),
    ),
    promise=replace(PROMISE, proof="15 working days from 10 September; 20 September counts, 25 September does not."),
    open_points=(OpenPoint(what="The identity card can be fetched", who="you", until=date(2026, 10, 20)),),
    appeals=(Appeal(ways=(OBJECTION_EN,)),),
)
MATTERS = tuple(
    NoticeMatter(title=o.title, department=o.department, working_days=1 + i % 8) for i, o in enumerate(OUTCOMES)
)
NOTICE = NoticeContent(
    title=TITLE,
    person_name="何青松",
    issuer=CONTACT,
    release=RELEASE,
    made_on=date(2026, 9, 9),
    promise=PROMISE,
    matters=MATTERS,
    materials=(
        Paper(title="退出现役证", because="报到登记、户口、补助金都用它，交一次"),
        Paper(title="白底证件照", because="身份证和优待证用同一张"),
        Paper(title="银行卡", because="补助金打到这张卡"),
    ),
    visits=(
        Visit(
            where="望山县退役军人服务中心一号窗口",
            acts=("按指纹（身份证）", "核对退出现役证原件"),
            because="居民身份证法要求本人按指纹，所以这一趟少不了",
        ),
    ),
    not_needed_matters=(Spared(title="随军家属安置", because="您填的是没有结婚"),),
    not_needed_materials=(
        Spared(title="户口注销证明", because="公安局自己查得到"),
        Spared(title="参保凭证", because="医保局和部队之间直接传"),
    ),
    open_questions=("您要不要转接党组织关系？回答以后，会多一件或少一件事",),
    statutory_days=(
        StatutoryDay(
            what="到安置地报到", until=date(2026, 10, 1), otherwise="过了这天可能领不到补助，我们会提前 3 次提醒您"
        ),
    ),
    outside=("部队把养老保险的钱转过来，要多久由部队定，不算在 15 个工作日里",),
    figures=FIGURES,
)
RECEIPT = ReceiptContent(
    title=TITLE,
    person_name="何青松",
    issuer=CONTACT,
    release=RELEASE,
    case_number="YJS-2026-0909-0001",
    received_at=datetime(2026, 9, 9, 6, 30, tzinfo=UTC),
    promise=PROMISE,
    matters=MATTERS,
    handed_in=(HandedIn(title="退出现役证", pages=2), HandedIn(title="白底证件照", pages=1)),
    still_to_come=(HandedIn(title="银行卡复印件", until=date(2026, 9, 15)),),
    follow="在手机上打开“我办的事”，或者打 0000-12345 报受理编号。",
)
