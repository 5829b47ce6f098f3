"""The sentences of the house in the reader's language where Django is not running, read from the modules' .po files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from babel.messages.pofile import read_po

from onething.kernel.errors import Refusal
from onething.kernel.language import Language

_SLOT = re.compile(r"\{(\w+)\}")


def speaking(language: Language, package: str) -> Callable[[str], str]:
    """Give the translator of a package's sentences; a sentence that has no translation stays English."""
    if language == "en":
        return lambda sentence: sentence
    chinese = _chinese(package)
    return lambda sentence: chinese.get(sentence) or sentence


def refusal_in(language: Language, refusal: Refusal) -> tuple[str, str]:
    """Give the sentence of a refusal, filled, and what to do next, both in the reader's language."""
    package = type(refusal).__module__.rpartition(".")[0]
    say = speaking(language, package)
    between = "" if language == "zh" else " "
    facts = refusal.facts_in(language, lambda part: between.join(refusal_in(language, part)))
    return say(refusal.sentence).format_map(facts), say(refusal.remedy)


def reason_in(language: Language, error: OSError) -> str:
    """Give the reason of the operating system in the reader's language; an unusual one stays as the system says it."""
    reason = error.strerror or str(error)
    return speaking(language, __package__ or "")(reason)


def filled_in(language: Language, package: str, text: str) -> str:
    """
    Give a sentence that is already filled in the reader's language, by the template of the package that it fits.

    Of several templates the longest counts; a sentence that fits none stays English.
    """
    if language == "en":
        return text
    say = speaking(language, package)
    for template, chinese in _templates(package):
        found = template.fullmatch(text)
        if found is not None:
            return chinese.format_map({name: say(value) for name, value in found.groupdict().items()})
    return text


@lru_cache(maxsize=32)
def _templates(package: str) -> Sequence[tuple[re.Pattern[str], str]]:
    longest_first = sorted(_chinese(package).items(), key=lambda pair: -len(_SLOT.sub("", pair[0])))
    return [(_pattern(english), chinese) for english, chinese in longest_first if chinese]


def _pattern(template: str) -> re.Pattern[str]:
    parts = _SLOT.split(template)  # text, name of a slot, text, name, …
    slots = (f"(?P<{part}>.*)" if number % 2 else re.escape(part) for number, part in enumerate(parts))
    return re.compile("".join(slots), re.DOTALL)


@lru_cache(maxsize=32)
def _chinese(package: str) -> Mapping[str, str]:
    file = files(package).joinpath("locale", "zh_Hans", "LC_MESSAGES", "django.po")
    if not file.is_file():  # the words of a package below a module are the module's
        above = package.rpartition(".")[0]
        return _chinese(above) if above else {}
    with file.open("rb") as lines:
        messages = read_po(lines, locale="zh_Hans")
    pairs = ((message.id, message.string) for message in messages if message.id)  # the header's id is empty
    return {english: chinese for english, chinese in pairs if isinstance(english, str) and isinstance(chinese, str)}
