"""Holds nodes against the schema and says every difference with its place and its correction."""

from __future__ import annotations

from typing import Any, cast, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from onething.plumbing.packs import schema
from onething.plumbing.packs.nodes import Node
from onething.plumbing.packs.problems import Problem, suggestion

Words = dict[str, str]
Path = tuple[str | int, ...]

_MISSING: dict[str, Words] = {
    "source": {
        "zh": '每一条都要写来源：`source: "L1:53"`（sources.yaml 中的编号，冒号，条款）。',
        "en": 'Everything needs its source: `source: "L1:53"` (an id of sources.yaml, a colon, the article).',
    },
    "en": {"zh": "请补上英文：`en: …`。", "en": "Add the English text: `en: …`."},
    "zh": {"zh": "请补上中文：`zh: …`。", "en": "Add the Chinese text: `zh: …`."},
    "basis": {
        "zh": "请写明数字的依据：`basis: published`、`law` 或 `reconstructed`。",
        "en": "Say how the figure is founded: `basis: published`, `law` or `reconstructed`.",
    },
}

_REASONS: dict[str, Words] = {
    "string_type": {"zh": "应为文字", "en": "a text is expected"},
    "int_type": {"zh": "应为整数", "en": "a whole number is expected"},
    "bool_type": {"zh": "应为 true 或 false", "en": "true or false is expected"},
    "list_type": {"zh": "应为列表", "en": "a list is expected"},
    "dict_type": {"zh": "应为“键: 值”", "en": "`key: value` entries are expected"},
    "model_type": {"zh": "应为“键: 值”", "en": "`key: value` entries are expected"},
    "model_attributes_type": {"zh": "应为“键: 值”", "en": "`key: value` entries are expected"},
    "too_short": {"zh": "至少要有一项", "en": "at least one entry is needed"},
    "string_too_short": {"zh": "不能为空", "en": "it is empty"},
    "string_too_long": {"zh": "太长", "en": "it is too long"},
    "greater_than_equal": {"zh": "不能小于 {ge}", "en": "it must not be below {ge}"},
    "less_than_equal": {"zh": "不能大于 {le}", "en": "it must not be above {le}"},
    "value_error": {"zh": "没有这一天", "en": "there is no such day"},
}

_PYDANTICS = ("[key]", "str", "int", "bool", "float", "none", "W", "constrained-str", "constrained-int")
_BY_TAGS = ("matter", "share", "form", "applicant")


def fit(model: type[BaseModel], node: Node, path: Path, problems: list[Problem]) -> Any:
    """Make a `model` of what lies at `path`; None, with every difference noted, if it does not fit."""
    here = _at(node, path)
    try:
        return model.model_validate(here.plain())
    except ValidationError as error:
        problems.extend(_differences(model, error, here, path))
        return None


def _differences(model: type[BaseModel], error: ValidationError, node: Node, path: Path) -> list[Problem]:
    """Say each difference once: what may have two shapes is reported by pydantic for both."""
    found: dict[tuple[str | int, ...], Problem] = {}
    for detail in error.errors(include_url=False):
        found.setdefault(tuple(_without_tags(detail["loc"])), _problem(model, detail, node, path))
    return list(found.values())


def _at(node: Node, path: Path) -> Node:
    for step in path:
        inner = node.child(step)
        if inner is None:
            raise LookupError(path)
        node = inner
    return node


def _problem(model: type[BaseModel], detail: ErrorDetails, node: Node, path: Path) -> Problem:
    steps = _without_tags(detail["loc"])
    place = node.at(*steps)
    name = str(steps[-1]) if steps else str(path[-1])
    owner = ".".join(str(step) for step in (*path, *steps[:-1]))
    kind = detail["type"]
    if kind == "missing":
        return Problem("missing_key", place, {"owner": owner, "key": name, "hint": _hint_for_missing(name)})
    if kind == "extra_forbidden":
        known = _keys(model, steps[:-1], node)
        return Problem("unknown_key", place, {"owner": owner, "key": name, **suggestion(name, known)})
    if kind == "union_tag_not_found":
        hint = {"zh": "请写 `by: matter`、`share`、`form` 或 `applicant`。",
                "en": "Say how it comes about: `by: matter`, `share`, `form` or `applicant`."}  # fmt: skip
        return Problem(
            "missing_key", place, {"owner": ".".join(map(str, (*path, *steps))), "key": "by", "hint": _in(hint)}
        )
    return _wrong_value(detail, node, steps, name)


def _wrong_value(detail: ErrorDetails, node: Node, steps: list[str | int], name: str) -> Problem:
    kind = detail["type"]
    shown = _shown(detail["input"])
    place = node.at(*steps)
    if kind == "union_tag_invalid":
        found = node.at(*steps, "by")
        return Problem(
            "wrong_value", found, {"key": "by", "value": _shown(_tag(detail)), **_choice(_tag(detail), _BY_TAGS)}
        )
    if kind == "literal_error":
        wanted = str(detail.get("ctx", {}).get("expected", ""))
        return Problem(
            "wrong_value", place, {"key": name, "value": shown, **_choice(detail["input"], _options(wanted))}
        )
    if kind == "string_pattern_mismatch":
        return Problem("wrong_value", place, {"key": name, "value": shown, **_pattern(detail)})
    reason = _filled(_REASONS[kind], detail) if kind in _REASONS else {"zh": detail["msg"], "en": detail["msg"]}
    return Problem(
        "wrong_value", place, {"key": name, "value": shown, "reason": _in(reason), "hint": _hint_for_type(detail)}
    )


def _filled(reason: Words, detail: ErrorDetails) -> Words:
    bounds = detail.get("ctx", {})
    return {"zh": reason["zh"].format_map(bounds), "en": reason["en"].format_map(bounds)}


def _hint_for_missing(name: str) -> object:
    plain = {"zh": f"请补上 `{name}: …`。", "en": f"Add `{name}: …`."}
    return _in(_MISSING.get(name, plain))


def _hint_for_type(detail: ErrorDetails) -> object:
    given = detail["input"]
    if detail["type"] == "string_type" and isinstance(given, int | float):
        return _in({"zh": f'请加引号："{given}"。', "en": f'Put it in quotes: "{given}".'})
    if detail["type"] == "int_type" and isinstance(given, str) and given.isdigit():
        return _in({"zh": f"请去掉引号：{given}。", "en": f"Take the quotes away: {given}."})
    if detail["type"] == "bool_type" and str(given).lower() in ("yes", "no", "on", "off"):
        right = "true" if str(given).lower() in ("yes", "on") else "false"
        return _in({"zh": f"请写 {right}。", "en": f"Write {right}."})
    if detail["type"] in ("model_type", "model_attributes_type", "dict_type") and isinstance(given, str):
        return _in(
            {"zh": "文字要写两种语言：`{zh: …, en: …}`。", "en": "A text is given in both languages: `{zh: …, en: …}`."}
        )
    return _in({"zh": "写法见 docs/how-to/write-a-pack.md。", "en": "See docs/how-to/write-a-pack.md."})


_PATTERNS: dict[str, Words] = {
    r"^[a-z][a-z0-9_]*$": {
        "zh": "编号只用小写字母、数字和 _，以字母开头",
        "en": "an id has small letters, digits and _ only, and begins with a letter",
    },
    r"^[0-9]{12}$": {"zh": "区划代码为12位数字", "en": "a region code has 12 digits"},
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": {"zh": "日期写成 2026-09-09", "en": "a day is written 2026-09-09"},
    r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$": {
        "zh": "日期写成 2026、2026-09 或 2026-09-09",
        "en": "a day is written 2026, 2026-09 or 2026-09-09",
    },
    r"\S": {"zh": "不能为空", "en": "it is empty"},
}


def _pattern(detail: ErrorDetails) -> dict[str, object]:
    pattern = str(detail.get("ctx", {}).get("pattern", ""))
    if pattern.startswith(r"^[A-Za-z]"):
        reason = {"zh": '来源写成 "L1:53"', "en": 'a source is written "L1:53"'}
    elif "/" in pattern:
        reason = {"zh": "事项包编号写成 hlj/retirement", "en": "a pack id is written hlj/retirement"}
    else:
        reason = _PATTERNS.get(pattern, {"zh": "写法不符", "en": "it is written in another way"})
    return {"reason": _in(reason), "hint": _in({"zh": "请按此改正。", "en": "Write it so."})}


def _choice(given: object, options: tuple[str, ...]) -> dict[str, object]:
    reason = {"zh": "只能是 " + "、".join(options), "en": "it is one of " + ", ".join(options)}
    return {"reason": _in(reason), **suggestion(given, options)}


def _options(expected: str) -> tuple[str, ...]:
    return tuple(part.strip("' ") for part in expected.replace(" or ", ", ").split(","))


def _tag(detail: ErrorDetails) -> object:
    return detail.get("ctx", {}).get("tag", "")


def _without_tags(loc: Path) -> list[str | int]:
    """Give the steps of an error without those that are pydantic's own (the kind of a supply, `[key]`, unions)."""
    steps: list[str | int] = []
    for index, step in enumerate(loc):
        is_kind_of_supply = step in _BY_TAGS and index > 1 and loc[index - 2] == "supplies"
        if not is_kind_of_supply and step not in _PYDANTICS and not str(step).startswith("list["):
            steps.append(step)
    return steps


def _keys(model: type[BaseModel], steps: list[str | int], node: Node) -> list[str]:
    """Find the keys that may stand where `steps` lead."""
    here: Any = model
    for index, step in enumerate(steps):
        inner = node.child(step)
        node = inner if inner is not None else node
        here = _inner(here, step, node, is_last=index == len(steps) - 1)
    return _key_names(here)


def _inner(annotation: Any, step: str | int, node: Node, *, is_last: bool) -> Any:
    kind = _model_in(annotation, node)
    if kind is None or isinstance(step, int):
        return annotation
    for name, info in kind.model_fields.items():
        if (info.alias or name) == step:
            return info.annotation
    return annotation


def _key_names(annotation: Any) -> list[str]:
    kind = _model_in(annotation, None)
    return [info.alias or name for name, info in kind.model_fields.items()] if kind else []


def _model_in(annotation: Any, node: Node | None) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = [kind for part in get_args(annotation) if (kind := _model_in(part, node))]
    return found[0] if found else None


def _shown(value: object) -> str:
    text = repr(value) if not isinstance(value, bool) else str(value).lower()
    return text if len(text) <= 60 else text[:57] + "…"


def _in(words: Words) -> object:
    return lambda language: words.get(language, words["en"])


def header(node: Node, problems: list[Problem]) -> schema.Header | None:
    """Make the header of what stands in pack.yaml; None, with every difference noted, if it does not fit."""
    return cast("schema.Header | None", fit(schema.Header, node, ("pack",), problems))
