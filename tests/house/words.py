"""Which words the house uses: every text in templates and code that is meant to be translated, and every refusal."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import onething
from onething.kernel.errors import Refusal

SOURCE = Path(onething.__file__).parent
_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_ONE = re.compile(rf"\b(?:_|gettext|gettext_lazy)\(\s*({_LITERAL})\s*\)")
_MANY = re.compile(rf"\bngettext\(\s*({_LITERAL})\s*,\s*({_LITERAL})\s*,")
_MARKED = {"_", "gettext", "gettext_lazy", "ngettext"}


def in_templates() -> Iterator[tuple[Path, str]]:
    """Find every text that a template translates; of one with a plural the first form."""
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        code = templatize(path.read_text(), origin=str(path))
        for match in _ONE.finditer(code):
            yield path, ast.literal_eval(match[1])
        for match in _MANY.finditer(code):
            yield path, ast.literal_eval(match[1])


def in_code() -> Iterator[tuple[Path, str]]:
    """Find every text that code translates, wherever it is called with a literal."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _MARKED and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield path, first.value


def refusals() -> list[type[Refusal]]:
    """Find every concrete refusal of the house."""
    for module in walk_packages(onething.__path__, "onething."):
        if ".tests" not in module.name and not module.name.endswith((".wsgi", "__main__")):
            import_module(module.name)
    found: list[type[Refusal]] = []
    waiting = [Refusal]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        found.append(kind)
    return sorted({k for k in found if k.__module__.startswith("onething.")}, key=lambda k: (k.__module__, k.__name__))


def entries(path: Path) -> Iterator[tuple[str, str]]:
    """Read a .po file: each text with its translation, of a plural the first form."""
    with path.open("rb") as source:
        for message in read_po(source, locale="zh_Hans"):
            one = message.id[0] if isinstance(message.id, tuple | list) else message.id
            said = message.string[0] if isinstance(message.string, tuple | list) else message.string
            if one:
                yield str(one), str(said)
