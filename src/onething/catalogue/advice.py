"""What a pack should be looked at for, though it can be used as it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onething.catalogue import references
from onething.plumbing.packs import Pack, Place, Problem, schema

_HAN = re.compile(r"[一-鿿]")


def advice_on(pack: Pack) -> Iterator[Problem]:
    """Find what is unused, untested, said in one language only, or founded on less than it claims."""
    yield from _untested(pack)
    yield from _unused(pack)
    yield from _one_language(pack)
    yield from _weak_law(pack)
    yield from _unmarked(pack)
    yield from _unfindable(pack)
    yield from _unverified(pack)


def _lint(place: Place, zh: str, en: str, zh_remedy: str, en_remedy: str) -> Problem:
    return Problem("lint", place, {"zh": zh, "en": en, "zh_remedy": zh_remedy, "en_remedy": en_remedy})


def _untested(pack: Pack) -> Iterator[Problem]:
    if not pack.known["examples"]:
        yield _lint(
            pack.place("pack"),
            "没有例子，无法知道事项包算得对不对。",
            "There are no examples, so nothing shows that the pack computes what it should.",
            "请在 examples/ 中写至少一个情形和应得的结果。",
            "Write at least one situation with its expected plan into examples/.",
        )


def _unused(pack: Pack) -> Iterator[Problem]:
    used = {name for found in references.everything(pack.tree) for name in _mentions(found)}
    for section in ("fields", "materials", "events"):
        for name in pack.known[section]:
            if name not in used and pack.place(section, name).file.is_relative_to(pack.folder):
                yield _lint(
                    pack.place(section, name),
                    f"{section} 中的“{name}”没有被用到。",
                    f"“{name}” among the {section} is not used.",
                    "请用上或删去。",
                    "Use it, or delete it.",
                )


def _mentions(found: references.Found) -> list[str]:
    """Give the names that a value mentions: itself, or every word of a condition."""
    value, key = found.node.value, found.path[-1]
    if found.path[0] == "examples" or not isinstance(value, str):
        return [str(key)] if found.path[0] == "derived" and len(found.path) == 2 else []
    return re.findall(r"[a-z][a-z0-9_]*", value) if key in ("when", "check") else [value]


def _one_language(pack: Pack) -> Iterator[Problem]:
    for found in references.everything(pack.tree):
        if found.path[-1] == "zh" and isinstance(found.node.value, str) and _is_word(found.node.value):
            owner = ".".join(map(str, found.path[:-1]))
            yield _lint(
                found.node.place,
                f"“{owner}”的中文里没有汉字。",
                f"The Chinese text of “{owner}” has no Chinese character.",
                "请写中文。",
                "Write it in Chinese.",
            )


def _is_word(text: str) -> bool:
    return not _HAN.search(text) and bool(re.search(r"[A-Za-z]{4,}", text))


def _weak_law(pack: Pack) -> Iterator[Problem]:
    sources = pack.of(schema.Source)
    for found in references.everything(pack.tree):
        if found.path[-1] != "basis" or found.node.value != "law":
            continue
        around = pack.tree.at(*found.path[:-1], "source")
        ref = _sibling(pack, found.path, "source")
        source = sources.get(ref.split(":")[0])
        if source is not None and (source.grade != "law" or ":" not in ref):
            yield _lint(
                around,
                f"数字写明依据法律，但来源“{ref}”不是法律条款。",
                f"A figure says it is founded on law, but its source “{ref}” is no article of a law.",
                '请写法律的条款，如 "L10:12"，或改 basis。',
                'Name the article, e.g. "L10:12", or change the basis.',
            )


def _sibling(pack: Pack, path: references.Path, key: str) -> str:
    node = pack.tree
    for step in (*path[:-1], key):
        inner = node.child(step)
        if inner is None:
            return ""
        node = inner
    return str(node.value)


def _unmarked(pack: Pack) -> Iterator[Problem]:
    bases = {found.node.value for found in references.everything(pack.tree) if found.path[-1] == "basis"}
    if "reconstructed" in bases and not pack.header.marks:
        yield _lint(
            pack.place("pack"),
            "有推算的数字，但 pack.yaml 没有写 marks 说明。",
            "Some figures are reconstructed, but pack.yaml has no `marks` that say so.",
            "请在 marks 里用一句话告诉办事人。",
            "Tell people so in one sentence under `marks`.",
        )


def _unfindable(pack: Pack) -> Iterator[Problem]:
    """Find the laws and official papers that nobody can look up, because no address is given."""
    for name, source in pack.of(schema.Source).items():
        if source.grade in ("law", "government") and source.address is None:
            yield _lint(
                pack.place("sources", name),
                f"来源“{name}”没有写在哪里能读到。",
                f"The source “{name}” does not say where it can be read.",
                "请写 address。",
                "Give its `address`.",
            )


def _unverified(pack: Pack) -> Iterator[Problem]:
    for name, way in pack.of(schema.Objection).items():
        if way.unverified:
            yield _lint(
                pack.place("objections", name),
                f"救济途径“{name}”没有查实，结果单上会这样写。",
                f"The way to object “{name}” is not verified, and the slip says so.",
                "查到明文规定以后，写上 source 和期限，去掉 unverified。",
                "When a written rule is found, give source and term, and take `unverified` out.",
            )
