"""The words of the printed page, Chinese first. `onething plan` needs no Django, so they do not come from gettext."""

from __future__ import annotations

from datetime import date

from onething.engine.bundle.model import Basis
from onething.engine.bundle.plan import Action, Removal
from onething.kernel.language import Language

Pair = tuple[str, str]

PAGE: dict[str, Pair] = {
    "due": ("{date} 前办完", "Done by {date}"),
    "due_earliest": ("最早 {date} 办完", "Done on {date} at the earliest"),
    "due_days": (
        "从交表第二天数起，{days} 个工作日",
        "{days:working day|working days}, counted from the day after you submit",
    ),
    "due_between": ("{least} 到 {most} 之间办完", "Done between {least} and {most}"),
    "days_between": (
        "{least} 到 {most} 个工作日，看还没回答的 {count} 个问题怎么答",
        "Between {least} and {most} working days, depending on {count:answer|answers}",
    ),
    "days_untold": (
        "要多少天，看还没回答的 {count} 个问题怎么答",
        "How long it takes depends on {count:answer|answers}",
    ),
    "from_to": ("{least}–{most}", "{least}–{most}"),
    "so_far": (
        "还说不准要不要办的事，材料、步骤和跑腿里都没有算进去。",
        "Papers, steps and trips count only the matters that are certain by now.",
    ),
    "due_on": ("{date} 交表", "Submitted on {date}"),
    "due_at_least": (
        "至少 {days} 个工作日（只算法律写明期限的）",
        "At least {days:working day|working days} (statutory terms only)",
    ),
    "no_law": (
        "这些事项没有法定期限，没有算进去：{matters}",
        "No statute sets a term for these; they are not counted: {matters}",
    ),
    "law_only": (
        "只按法律条文的期限计算；“一件一件办”的数字是推算的，两边不能相减。",
        "Computed from statutory terms only; the figures under “one by one” are reconstructed: do not subtract them.",
    ),
    "open_note": (
        "还有 {count} 个问题没有回答，答了以后结果可能变。",
        "{count:question is|questions are} still open; the answers may change this.",
    ),
    "provisional": (
        "其中有的年份放假安排尚未公布，日子可能变动几天。",
        "The holidays of a year in it are not announced yet; the day may move a little.",
    ),
    "outside": (
        "不在承诺之内：{event}（{actor}）。涉及：{matters}",
        "Outside the promise: {event} ({actor}). It concerns: {matters}",
    ),
    "alone": ("一件一件办", "One by one"),
    "joined": ("现在一起办", "Now, as one"),
    "alone_reconstructed": ("一件一件办（推算）", "One by one (reconstructed)"),
    "joined_by_law": ("一起办（只算法定期限）", "As one (statutory terms only)"),
    "at_least": ("至少 {figure}", "at least {figure}"),
    "no_term": ("无期限", "no term"),
    "saved": ("少", "Saved"),
    "working_days": ("工作日", "Working days"),
    "materials": ("材料", "Papers"),
    "steps": ("步骤", "Steps"),
    "trips": ("跑腿", "Trips"),
    "you_do": ("您要做的：{steps} 步", "What is left to you: {steps:step|steps}"),
    "step_form": (
        "填一张表：{ask} 项要填，{known} 项已替您填好",
        "Fill in one form: {ask:answer|answers}, {known:is|are} filled in for you",
    ),
    "step_papers": ("连同 {papers} 份材料一起交", "and hand in {papers:paper|papers} with it"),
    "step_visit": ("跑一趟：{station}", "One visit: {station}"),
    "step_online": ("网上办：{act}", "Online: {act}"),
    "hand_in": ("要交的材料：{count} 份", "Papers to hand in: {count}"),
    "hand_in_none": ("没有要交的材料。", "There are no papers to hand in."),
    "follow": ("可以后补，{length}内", "may follow within {length}"),
    "length_working_days": ("{days} 个工作日", "{days:working day|working days}"),
    "length_calendar_days": ("{days} 天", "{days:day|days}"),
    "used_by": ("用于{matters}", "for {matters}"),
    "spared": ("不用您交的：{count} 份", "Papers you are spared: {count}"),
    "matters": ("办这 {count} 件事", "{count:matter|matters}"),
    "at_once": ("交表就开始", "Starts at once"),
    "after": ("等前面的办好", "Starts when those before are done"),
    "department": ("部门", "Department"),
    "matter": ("事项", "Matter"),
    "days": ("几天", "Days"),
    "when": ("第几天", "On days"),
    "basis": ("依据", "Basis"),
    "waits": ("先办", "After"),
    "waits_event": ("等{event}", "waits for {event}"),
    "critical": ("* 决定完成日子的一条线：{path}", "* These decide the day: {path}"),
    "not_needed": ("不用办的：{count} 件", "Not needed: {count}"),
    "undecided": ("还说不定的：{count} 件", "Undecided: {count}"),
    "undecided_line": ("要先回答：{fields}", "first answer: {fields}"),
    "keep": ("您自己要守的日子", "Days you must keep yourself"),
    "keep_only": ("（{whom}）", " ({whom})"),
    "keep_unknown": ("还算不出，要先知道起算的日子", "not known until the day it counts from is known"),
    "open": ("还没回答、会改变结果的问题：{count} 个", "Open questions that would change this: {count}"),
    "open_line": ("会影响：{changes}", "would change: {changes}"),
    "decided": ("据您的情况", "From your situation"),
    "marks": ("这些数字从哪里来", "Where these figures come from"),
    "bases": ("各事项的天数：{bases}", "Days per matter: {bases}"),
    "release": ("事项包 {pack} · 版本摘要 {release}", "Pack {pack} · release {release}"),
    "amount": ("{yuan} 元", "{yuan} yuan"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "comma": ("、", ", "),
    "colon": ("：", ": "),
    "none": ("无", "none"),
}

BASES: dict[Basis, Pair] = {
    Basis.PUBLISHED: ("公布", "published"),
    Basis.LAW: ("法律", "law"),
    Basis.RECONSTRUCTED: ("推算", "reconstructed"),
}

REMOVALS: dict[Removal, Pair] = {
    Removal.REPEATED: ("一份就够", "One copy is enough"),
    Removal.SHARED: ("部门之间共享", "Departments share it"),
    Removal.PRODUCED: ("办的过程中自己产生", "Made along the way"),
    Removal.DERIVED: ("由您填的表生成", "Made from your form"),
}

ACTIONS: dict[Action, Pair] = {
    Action.HAND_IN: ("您交", "you hand it in"),
    Action.SHARED: ("共享", "shared"),
    Action.PRODUCED: ("前面的事项产生", "made by another matter"),
    Action.DERIVED: ("由表生成", "made from the form"),
}

KINDS: dict[str, Pair] = {
    "matters": ("事项", "Matter"),
    "materials": ("材料", "Material"),
    "fields": ("字段", "Field"),
    "departments": ("部门", "Department"),
    "events": ("外部事件", "Outside event"),
    "terms": ("期限", "Term"),
    "objections": ("救济途径", "Way to object"),
    "sources": ("来源", "Source"),
    "derived": ("推导字段", "Derived field"),
    "stations": ("服务点", "Station"),
    "parameters": ("参数", "Parameter"),
    "notices": ("通知", "Notice"),
    "examples": ("例子", "Example"),
    "facts": ("事实", "Fact"),
    "standards": ("标准", "Standard"),
    "tables": ("标准表", "Table of figures"),
    "policies": ("政策", "Policy"),
    "situations": ("情形", "Situation"),
}

EXPLAIN: dict[str, Pair] = {
    "result": ("办成得到", "Result"),
    "department": ("办理部门", "Department"),
    "applies": ("什么人要办", "Who needs it"),
    "otherwise": ("否则", "otherwise"),
    "consent": ("您可以选择不办", "You may decline it"),
    "days": ("要多久", "How long"),
    "alone": ("单独办", "alone"),
    "joined": ("一起办", "as part of the one thing"),
    "law": ("法定期限", "by statute"),
    "steps": ("单独办的步骤", "steps alone"),
    "trips": ("单独办跑几趟", "trips alone"),
    "asks_fields": ("要填什么，为什么", "What the form asks, and why"),
    "asks_materials": ("要什么材料，为什么", "Which papers, and why"),
    "needs": ("要等什么", "What it waits for"),
    "acts": ("要您亲自做的", "What you do in person"),
    "supplies": ("怎么来", "How it comes about"),
    "asked_by": ("谁要，为什么", "Who asks for it, and why"),
    "awaited_by": ("谁在等它", "What waits for it"),
    "read_by": ("哪些条件读它", "Conditions that read it"),
    "makes": ("哪些材料由它产生", "Papers it makes"),
    "known_from": ("不用您填，来自", "Not asked, but known from"),
    "options": ("选项", "Options"),
    "find": ("在哪里找", "Where to find it"),
    "agrees_with": ("要和它一致", "Must agree with"),
    "cases": ("怎么推导", "How it follows"),
    "does": ("办理的事项", "Its matters"),
    "shares": ("共享的材料", "Papers it shares"),
    "cited_by": ("哪里引用", "Cited by"),
    "counts_from": ("从哪天算起", "Counted from"),
    "consequence": ("过期会怎样", "If it is missed"),
    "can": ("能办", "What can be done there"),
    "values": ("数值", "Values"),
    "texts": ("文字", "Texts"),
    "actor": ("由谁来做", "Who does it"),
    "follow": ("可以后补", "May follow later"),
    "when": ("当", "when"),
    "optional": ("可不填", "optional"),
    "written_at": ("写在", "Written at"),
    "why": ("依据", "Source"),
    "by_matter": ("由事项产生", "made by the matter"),
    "by_share": ("由部门共享", "shared by"),
    "by_form": ("由表中的字段生成", "made from the answers"),
    "by_applicant": ("由本人交", "handed in by the applicant"),
    "one_of": ("任选一种", "one of"),
}


class Counted(int):
    """A number that its sentence names things with: `{days:working day|working days}` gives “1 working day”."""

    def __format__(self, names: str) -> str:
        one, _, many = names.partition("|")
        return f"{self:d} {one if self == 1 else many}" if many else super().__format__(names)


def say(pair: Pair, language: Language, **facts: object) -> str:
    """Give the words in `language`, filled with `facts`; numbers may name what they count, as `Counted` does."""
    counted = {key: Counted(value) if type(value) is int else value for key, value in facts.items()}
    return pair[0 if language == "zh" else 1].format(**counted)


def day(value: date, language: Language) -> str:
    """Write a day as people do: 2026年9月30日, or 30 September 2026."""
    if language == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
