"""What can be wrong with a pack, each with its place, its words in both languages, and the correction."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onething.kernel.errors import Invalid
from onething.kernel.telling import Say


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is written. Lines and columns count from 1."""

    file: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{_short(self.file)}:{self.line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct: its code, its place, and the facts its sentence is filled with."""

    code: str
    place: Place
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)

    def what(self, language: str = "en") -> str:
        """Say what is wrong, in `language` ("zh" or "en")."""
        return self._words(language, 0)

    def remedy(self, language: str = "en") -> str:
        """Say how to correct it, in `language` ("zh" or "en")."""
        return self._words(language, 1)

    def as_json(self) -> dict[str, object]:
        """Give the problem for programs; `column` and `line` count from 1."""
        return {
            "code": self.code,
            "file": str(self.place.file),
            "line": self.place.line,
            "column": self.place.column,
            "what": self.what(),
            "remedy": self.remedy(),
            "what_zh": self.what("zh"),
            "remedy_zh": self.remedy("zh"),
        }

    def told(self, language: str, say: Say) -> str:
        """Say it with its place inside a refusal."""
        between = "" if language == "zh" else " "
        return f"{self.place}{'：' if language == 'zh' else ': '}{self.what(language)}{between}{self.remedy(language)}"

    def __str__(self) -> str:
        return f"{self.place}: {self.what()} {self.remedy()}".rstrip()

    def _words(self, language: str, which: int) -> str:
        sentence = WORDS[self.code][language if language in ("zh", "en") else "en"][which]
        facts = {key: value(language) if callable(value) else value for key, value in self.facts.items()}
        return sentence.format_map(facts)


class PackInvalid(Invalid):
    """This pack cannot be used yet: {count} thing(s) to correct."""

    remedy = "Correct what is listed, then run `onething pack check` on the folder again."

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(in_order(problems))
        super().__init__(count=len(self.problems))


UNREAD = frozenset({
    "leaves_folder", "file_too_big", "unreadable", "not_utf8", "broken_yaml", "empty_file", "several_documents",
    "key_not_text", "too_deep", "yaml_bomb", "too_many_aliases", "unknown_alias",
})  # fmt: skip
"""Codes of problems that keep a whole file from being read: what it defines is not known."""

BASE_UNREAD = frozenset({"base_missing", "base_circle"})
"""Codes of problems that keep the pack it extends from being read."""


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems as one mends them: files that cannot be read, then by file, line and column, each only once."""
    seen: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.place, problem.code, str(problem)), problem)
    return [seen[key] for key in sorted(seen, key=lambda key: (key[1] not in UNREAD, key[0], str(key[1]), str(key[2])))]


def nearest(name: object, known: Iterable[str]) -> str:
    """Find the known name that looks most like `name`, or give an empty text."""
    found = difflib.get_close_matches(str(name), list(known), n=1, cutoff=0.55)
    return found[0] if found else ""


def suggestion(name: object, known: Iterable[str]) -> dict[str, object]:
    """Make the fact `hint`: the nearest known name, else all names that may stand there."""
    names = sorted(known)
    close = nearest(name, names)
    some = ", ".join(names[:20]) + (" …" if len(names) > 20 else "")

    def hint(language: str) -> str:
        if close:
            return f"是否想写“{close}”？" if language == "zh" else f"Did you mean “{close}”?"
        if some:
            return f"可用的有：{some}。" if language == "zh" else f"What may stand here: {some}."
        return "这里还没有任何可用的名称。" if language == "zh" else "There is none yet."

    return {"hint": hint}


def _short(file: Path) -> str:
    try:
        return str(file.relative_to(Path.cwd()))
    except ValueError:
        return os.fspath(file)


def _pair(zh: str, zh_remedy: str, en: str, en_remedy: str) -> dict[str, tuple[str, str]]:
    return {"zh": (zh, zh_remedy), "en": (en, en_remedy)}


WORDS: dict[str, dict[str, tuple[str, str]]] = {
    # the folder and its files
    "no_pack_but_near": _pair(
        "这里没有事项包：找不到 {name}。名称相近的有：{near}。",
        "请改正名称，或给出含有 pack.yaml 的文件夹。",
        "There is no pack here: {name} is not found. Names that come near: {near}.",
        "Correct the name, or give a folder that has a pack.yaml.",
    ),
    "no_pack": _pair(
        "这里没有事项包：找不到 {name}。",
        "请给出含有 pack.yaml 的文件夹，或事项包的编号；新建请用 `onething pack new`。",
        "There is no pack here: {name} is not found.",
        "Give a folder that has a pack.yaml, or the id of a pack; `onething pack new` makes one.",
    ),
    "other_kind": _pair(
        "“{name}”不属于 {kind} 类的包：{section} 只用于另一类包。",
        "请移走，或改 pack.yaml 的 kind（matters、grants 或 entitlements）。",
        "“{name}” does not belong to a pack of kind {kind}: {section} is of the other kind.",
        "Take it away, or correct `kind` in pack.yaml (matters, grants or entitlements).",
    ),
    "file_missing": _pair(
        "缺少文件 {name}。",
        "请在事项包文件夹中建立它；写法见 docs/how-to/write-a-pack.md。",
        "The file {name} is missing.",
        "Add it to the pack's folder; docs/how-to/write-a-pack.md shows how it is written.",
    ),
    "file_unknown": _pair(
        "“{name}”不是事项包的一部分，不会被读取。",
        "{hint}请改名或移走。",
        "“{name}” is no part of a pack and would not be read.",
        "{hint} Rename it or take it away.",
    ),
    "leaves_folder": _pair(
        "“{name}”是指向别处的链接，可能离开事项包文件夹。",
        "请把文件本身放进文件夹。",
        "“{name}” is a link, which may lead out of the pack's folder.",
        "Put the file itself into the folder.",
    ),
    "not_a_file": _pair(
        "“{name}”不是普通文件。",
        "请移走。",
        "“{name}” is not a plain file.",
        "Take it away.",
    ),
    "file_too_big": _pair(
        "文件有 {size} 字节，超过上限 {limit}。",
        "请拆成几个文件。",
        "The file has {size} bytes, more than {limit}.",
        "Split it into several files.",
    ),
    "too_many_files": _pair(
        "文件夹里超过 {limit} 个文件。",
        "请确认路径正确，移走不属于事项包的文件。",
        "The folder holds more than {limit} files.",
        "Check the path, and take away what does not belong to the pack.",
    ),
    "unreadable": _pair(
        "无法读取文件：{reason}。",
        "请检查文件权限。",
        "The file cannot be read: {reason}.",
        "Check its permissions.",
    ),
    "not_utf8": _pair(
        "文件不是 UTF-8 编码（第 {byte} 字节）。",
        "请在编辑器中另存为 UTF-8。",
        "The file is not UTF-8 (at byte {byte}).",
        "Save it as UTF-8 in your editor.",
    ),
    # YAML
    "broken_yaml": _pair(
        "YAML 写法有误：{reason}。",
        "请检查此行及上一行的缩进、冒号后的空格和引号。",
        "This is not valid YAML: {reason}.",
        "Check indentation, the space after the colon and quotes, on this line and the one above.",
    ),
    "empty_file": _pair(
        "文件是空的。",
        "请填写内容，或删除该文件。",
        "The file is empty.",
        "Fill it in, or delete it.",
    ),
    "several_documents": _pair(
        "一个文件里有多份内容（---）。",
        "每个文件只写一份。",
        "The file holds several documents (---).",
        "Write one document per file.",
    ),
    "duplicate_key": _pair(
        "“{key}”在同一处写了两次（先前在第 {first} 行）。",
        "请只保留一个。",
        "“{key}” is written twice in the same place (first on line {first}).",
        "Keep one of them.",
    ),
    "key_not_text": _pair(
        "键必须是简单的文字。",
        "请写成 `键: 值`。",
        "A key must be a plain text.",
        "Write `key: value`.",
    ),
    "tag": _pair(
        "不允许使用 YAML 标签“{tag}”。",
        "请删去以“!”开头的标记，只写普通的值。",
        "The YAML tag “{tag}” is not allowed.",
        "Take away the mark that begins with “!” and write a plain value.",
    ),
    "control_character": _pair(
        "文字里有看不见的控制字符（{character}）。",
        "请删去；它可能来自复制粘贴。",
        "The text holds an invisible control character ({character}).",
        "Delete it; it may have come with copying and pasting.",
    ),
    "too_deep": _pair(
        "层次太深（超过 {limit} 层）。",
        "请检查缩进；事项包不需要这么深的层次。",
        "This is nested too deeply (more than {limit} levels).",
        "Check the indentation; no pack needs that many levels.",
    ),
    "yaml_bomb": _pair(
        "通过引用（*）展开后内容过大（超过 {limit} 项）。",
        "请不要用引用成倍复制内容。",
        "Expanded through its aliases (*), the content is too large (more than {limit} nodes).",
        "Do not multiply content by aliases.",
    ),
    "too_many_aliases": _pair(
        "引用（*）超过 {limit} 处。",
        "请直接写出内容。",
        "There are more than {limit} aliases (*).",
        "Write the content out.",
    ),
    "unknown_alias": _pair(
        "引用“*{name}”没有定义，或指向它自身所在之处。",
        "请直接写出内容。",
        "The alias “*{name}” is not defined before, or points into itself.",
        "Write the content out.",
    ),
    # shape
    "missing_key": _pair(
        "“{owner}”缺少“{key}”。",
        "{hint}",
        "“{owner}” lacks “{key}”.",
        "{hint}",
    ),
    "unknown_key": _pair(
        "“{owner}”里没有“{key}”这一项。",
        "{hint}",
        "“{owner}” has no key “{key}”.",
        "{hint}",
    ),
    "wrong_value": _pair(
        "“{key}”的值 {value} 不可用：{reason}。",
        "{hint}",
        "“{key}” cannot be {value}: {reason}.",
        "{hint}",
    ),
    "id_twice": _pair(
        "编号“{id}”用了两次（先前在 {first}）。",
        "请改用另一个编号。",
        "The id “{id}” is used twice (first at {first}).",
        "Choose another id.",
    ),
    "id_differs": _pair(
        "编号是“{id}”，而文件夹是“{folder}”。",
        "请使编号与文件夹在 packs 下的路径一致。",
        "The id is “{id}”, but the folder is “{folder}”.",
        "Make the id the folder's path under the packs root.",
    ),
    # extends
    "base_missing": _pair(
        "找不到它所继承的事项包“{base}”（找过：{where}）。",
        "请检查 extends，或把该事项包放到同一 packs 文件夹下。",
        "The pack “{base}” that it extends is not found (looked in: {where}).",
        "Check `extends`, or put that pack under the same packs root.",
    ),
    "base_circle": _pair(
        "事项包互相继承：{chain}。",
        "请去掉其中一个 extends。",
        "The packs extend each other in a circle: {chain}.",
        "Take one `extends` away.",
    ),
    "nothing_to_remove": _pair(
        "remove 里的“{id}”在“{base}”的 {section} 中不存在。",
        "{hint}",
        "`remove` names “{id}”, which “{base}” does not have among its {section}.",
        "{hint}",
    ),
    "remove_without_base": _pair(
        "没有 extends，却写了 remove。",
        "请删去 remove，或写上 extends。",
        "`remove` is given, but the pack extends nothing.",
        "Delete `remove`, or say what the pack extends.",
    ),
    # meaning (found by the catalogue's check)
    "unknown_source": _pair(
        "来源“{id}”不在 sources.yaml 中。",
        "{hint}",
        "The source “{id}” is not in sources.yaml.",
        "{hint}",
    ),
    "unknown_name": _pair(
        "{kind}“{id}”不存在。",
        "{hint}",
        "There is no {kind} “{id}”.",
        "{hint}",
    ),
    "bad_rule": _pair(
        "不能这样写：{reason}",
        "写法见 docs/how-to/write-entitlements.md。",
        "This cannot stand: {reason}",
        "docs/how-to/write-entitlements.md shows how it is written.",
    ),
    "bad_expression": _pair(
        "条件写法有误：{reason}",
        "写法见 docs/how-to/write-a-pack.md 的“条件”一节。",
        "This condition cannot be read: {reason}",
        "See “Conditions” in docs/how-to/write-a-pack.md.",
    ),
    "one_of": _pair(
        "“{owner}”必须且只能写其中一项：{keys}。",
        "请保留一项。",
        "“{owner}” needs exactly one of: {keys}.",
        "Keep one of them.",
    ),
    "goes_with": _pair(
        "“{owner}”：{reason}",
        "{hint}",
        "“{owner}”: {reason}",
        "{hint}",
    ),
    "refused": _pair(
        "事项包自相矛盾：{reason}",
        "{hint}",
        "The pack contradicts itself: {reason}",
        "{hint}",
    ),
    "example_differs": _pair(
        "例子“{example}”的 {key}：应为 {expected}，实为 {got}。",
        "如果事项包是对的，请改例子的 expect；否则请改事项包。",
        "Example “{example}”, {key}: expected {expected}, got {got}.",
        "If the pack is right, correct the example's `expect`; otherwise correct the pack.",
    ),
    "example_fails": _pair(
        "例子“{example}”无法计算：{reason}",
        "{hint}",
        "Example “{example}” cannot be computed: {reason}",
        "{hint}",
    ),
    "lint": _pair("{zh}", "{zh_remedy}", "{en}", "{en_remedy}"),
}
