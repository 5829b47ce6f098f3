"""From content to what the layout prints: days become words, the headline is made. Pure."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from onething.correspondence.contents import Content, NoticeContent, Promise, ReceiptContent, SlipContent
from onething.kernel.language import Language

BEIJING = ZoneInfo("Asia/Shanghai")
_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_COMPOUND = {
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "夏侯", "司徒",
    "长孙", "宇文", "独孤", "南宫", "西门", "端木", "轩辕", "百里", "呼延", "东郭", "拓跋", "闻人",
}  # fmt: skip


def day(value: date, language: Language, *, weekday: bool = False) -> str:
    """Write a day: 2026年9月30日（周三）, or Wednesday 30 September 2026."""
    name = _WEEKDAYS[language][value.weekday()]
    if language == "en":
        text = f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
        return f"{name} {text}" if weekday else text
    text = f"{value.year}年{value.month}月{value.day}日"
    return f"{text}（{name}）" if weekday else text


def moment(value: datetime, language: Language) -> str:
    """Write a moment as the clock in Beijing shows it: 2026年9月9日 14:30."""
    local = value.astimezone(BEIJING)
    return f"{day(local.date(), language)} {local:%H:%M}"


def count(number: int, noun: str) -> str:
    """Write a number with its English noun: 1 day, 2 days."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def rules(content: Content) -> str:
    """Name the rules that a document rests on: hlj/retirement 1.0 (1f3a…), in Chinese without the pack's code."""
    found = re.fullmatch(r"\S+ (\S+)(?: \((\w+)\))?", content.release)
    if content.language == "en" or found is None:
        return content.release
    version, digest = found.groups()
    return f"{content.title}规则 第 {version} 版" + (f"（指纹 {digest}）" if digest else "")


def masked_surname(name: str) -> str:
    """Show the surname alone: 张**, 欧阳**; of a name that is not Chinese, its first letter."""
    plain = name.strip()
    return f"{plain[:2] if plain[:2] in _COMPOUND else plain[:1]}**"


def first_sentence(text: str) -> str:
    """Give the first sentence of a text: what a list shows of a letter without a subject."""
    return re.split(r"(?<=[。！？])|(?<!\b[Nn]o\.)(?<=[.!?])\s|\n", text.strip(), maxsplit=1)[0]


def plain(value: Any, language: Language) -> Any:
    """Turn a content value into JSON: days become words, everything else stays as it is."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name), language) for f in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return moment(value, language)
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, UUID):
        return str(value)
    return [plain(item, language) for item in value] if isinstance(value, tuple) else value


def headline(content: Content) -> dict[str, Any]:
    """Make the biggest words of a document: the day, and one sentence about it."""
    making: Callable[..., dict[str, Any]] = _SLIP_HEADLINE[content.language]
    if isinstance(content, SlipContent):
        early = (content.promise.due - content.finished_on).days
        return making(content.finished_on, content.promise.due, early) | {"counts": dict(content.counts)}
    return _promised(content)


def _promised(content: NoticeContent | ReceiptContent) -> dict[str, Any]:
    promise, language = content.promise, content.language
    return {"day": day(promise.due, language, weekday=True), "sentence": _PROMISE[language](promise)}


def _promise_zh(promise: Promise) -> str:
    days = f"从办理起最多 {promise.working_days} 个工作日。" if promise.working_days else ""
    return f"{days}最晚这一天全部办好。"


def _promise_en(promise: Promise) -> str:
    days = f"At most {count(promise.working_days, 'working day')}. " if promise.working_days else ""
    return f"{days}By this day at the latest, everything is done."


def _finished_zh(finished: date, due: date, early: int) -> dict[str, Any]:
    against = f"比承诺的早 {early} 天" if early > 0 else f"比承诺的晚 {-early} 天" if early < 0 else "就是承诺的那一天"
    return {"day": day(finished, "zh", weekday=True), "sentence": f"{against}（承诺的是{day(due, 'zh')}）。"}


def _finished_en(finished: date, due: date, early: int) -> dict[str, Any]:
    days = count(abs(early), "day")
    against = f"{days} before the promised day" if early > 0 else f"{days} after the promised day" if early < 0 else ""
    sentence = f"{against} ({day(due, 'en')})." if early else "On the promised day."
    return {"day": day(finished, "en", weekday=True), "sentence": sentence[0].upper() + sentence[1:]}


_PROMISE = {"zh": _promise_zh, "en": _promise_en}
_SLIP_HEADLINE = {"zh": _finished_zh, "en": _finished_en}


def reminder_ways() -> dict[str, str]:
    """Name the ways to be reminded, in the reader's language."""
    return {
        "sms": gettext("By text message, and as a letter here"),
        "email": gettext("By e-mail, and as a letter here"),
        "letter": gettext("Only as a letter here"),
        "none": gettext("No reminders"),
    }
