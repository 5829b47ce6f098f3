"""What differs between two releases of a pack. Pure: compares the JSON that releases keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NAMES = {
    "matters": ("事项", "matters"),
    "materials": ("材料", "materials"),
    "fields": ("字段", "fields"),
    "derived": ("推算字段", "derived fields"),
    "departments": ("部门", "departments"),
    "stations": ("站点", "stations"),
    "events": ("外部事项", "outside events"),
    "terms": ("时限", "terms"),
    "objections": ("救济途径", "ways to object"),
    "rules": ("规则", "rules"),
    "parameters": ("标准", "parameters"),
    "notices": ("通知文本", "notices"),
    "sources": ("依据", "sources"),
    "facts": ("事实", "facts"),
    "standards": ("标准额", "standards"),
    "tables": ("标准表", "tables"),
    "policies": ("政策", "policies"),
    "situations": ("例子", "situations"),
}


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids of one section that came, went, or read otherwise now."""

    section: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Changes]:
    """Compare two releases section by section; only sections in which something differs. Order alone is no change."""
    sections = [name for name in {**NAMES, **before, **after} if name not in ("header", "bases")]
    for section in dict.fromkeys(sections):
        old, new = before.get(section, {}), after.get(section, {})
        found = Changes(
            section=section,
            added=tuple(name for name in new if name not in old),
            removed=tuple(name for name in old if name not in new),
            changed=tuple(name for name in new if name in old and new[name] != old[name]),
        )
        if found.added or found.removed or found.changed:
            yield found
