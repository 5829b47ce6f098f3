"""Which field a column fills, guessed from its title. The person who imports confirms or changes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onething.registry import sections

PERSON: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "name": ("Name", ("姓名", "名字", "退役军人姓名", "name")),
    "id_number": (
        "ID number",
        ("身份证号", "身份证号码", "公民身份号码", "公民身份证号", "身份证", "证件号码", "idnumber"),
    ),
    "phone": ("Mobile number", ("手机", "手机号", "手机号码", "联系电话", "电话", "联系方式", "本人电话", "phone")),
    "region": ("Place of settlement", ("安置地", "安置地区划", "区划代码", "行政区划代码", "区划", "region")),
    "birth_date": ("Date of birth", ("出生日期", "出生年月", "出生年月日", "出生时间")),
    "sex": ("Sex", ("性别", "sex")),
}
"""What says who somebody is: field → label, titles."""

_TITLES: Final[dict[str, tuple[str, ...]]] = {
    "service.enlisted_on": ("入伍时间", "入伍日期", "参军时间", "入伍年月", "何时入伍"),
    "service.discharged_on": ("退役时间", "退役日期", "退伍时间", "退出现役时间", "退役年月"),
    "service.unit": ("部队", "原部队", "服役部队", "部队番号", "部队单位"),
    "service.rank": ("军衔", "军衔等级", "退役时军衔"),
    "service.placement": ("安置方式", "安置去向", "退役方式"),
    "service.certificate": ("退役证号", "退出现役证号", "退伍证号"),
    "merit.class": ("立功", "立功等级", "奖励等级", "立功受奖"),
    "merit.awarded_on": ("立功时间", "立功日期", "奖励时间"),
    "merit.document": ("立功令号", "奖励文号"),
    "disability.grade": ("残疾等级", "伤残等级"),
    "disability.nature": ("残疾性质", "伤残性质", "致残性质"),
    "disability.assessed_on": ("评残时间", "残疾评定时间"),
    "disability.certificate": ("残疾证号", "伤残证号", "残疾军人证号"),
    "household.address": ("户籍地址", "户籍地", "户口所在地", "户籍所在地"),
    "household.head": ("户主", "户主姓名"),
    "household.registered_on": ("落户时间", "登记时间"),
    "contact.address": ("家庭住址", "现住址", "联系地址", "住址", "居住地址"),
    "bank_card.bank": ("开户行", "开户银行", "银行"),
    "bank_card.number": ("银行卡号", "银行账号", "卡号", "账号"),
    "bank_card.holder": ("开户名", "户名", "账户名"),
    "family.relation": ("与本人关系", "家属关系"),
    "family.full_name": ("家属姓名", "紧急联系人"),
    "family.phone": ("家属电话", "紧急联系人电话"),
    "identity.kind": ("证件类型代码",),
    "identity.number": ("其他证件号码",),
}
_NOISE = re.compile(r"[\s*＊:：（(].*$|[\s*＊:：]")
_TOTAL = re.compile(r"\s*(合计|总计|共计|小计|共)\s*[:：]?\s*(\d*)")
_PEOPLE = re.compile(r"(\d+)\s*(?:人|名)?")

_BY_TITLE: Final = {title: target for target, (_, titles) in PERSON.items() for title in titles} | {
    title: target for target, titles in _TITLES.items() for title in titles
}
TARGETS: Final = (
    *PERSON,
    *(f"{part.name}.{field.name}" for part in sections.SECTIONS.values() for field in part.fields),
)
"""Every field a column can fill, in the order in which the page offers them."""


def target_of(title: str) -> str:
    """Guess which field a title means; "" for none."""
    return _BY_TITLE.get(_NOISE.sub("", title.strip().lower()), "")


def guess(titles: Sequence[str]) -> list[str]:
    """Guess the field of every column; a field is filled by one column, the first."""
    found: list[str] = []
    for title in titles:
        target = target_of(title)
        found.append("" if target in found else target)
    return found


def label_of(target: str) -> str:
    """Give the (untranslated) label of a field."""
    if target in PERSON:
        return PERSON[target][0]
    part, _, name = target.partition(".")
    return sections.section(part).field(name).label


def is_total(cells: Sequence[str]) -> bool:
    """Tell whether a line is the sum at the foot of a table, not a person."""
    first = next((cell for cell in cells if cell.strip()), "")
    return _TOTAL.match(first) is not None


def told_total(cells: Sequence[str]) -> int | None:
    """Give how many persons the foot of a table says it holds."""
    filled = [cell for cell in cells if cell.strip()]
    inside = _TOTAL.match(filled[0])
    if inside and inside[2]:
        return int(inside[2])
    beside = _PEOPLE.fullmatch(filled[1].strip()) if len(filled) > 1 else None
    return int(beside[1]) if beside else None
