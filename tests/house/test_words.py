"""Every refusal has words, a way on and a Chinese translation; so has every text of a page."""

from __future__ import annotations

import string

import pytest
from django.utils.translation import override, trans_real

from onething.kernel.errors import Refusal
from tests.house import words

REFUSALS = [kind for kind in words.refusals() if kind is not Refusal]
CONCRETE = [kind for kind in REFUSALS if not kind.__subclasses__()]
LONGEST = 200


def in_chinese(text: str) -> str | None:
    """Look a text up in the Chinese words of the house; None where it has none."""
    found = trans_real.translation("zh-hans")._catalog  # type: ignore[attr-defined]
    for catalogue in found._catalogs:
        if text in catalogue:
            return str(catalogue[text])
        if (text, 0) in catalogue:
            return str(catalogue[(text, 0)])
    return None


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def sentence_of(kind: type[Refusal]) -> str:
    return (kind.__doc__ or "").strip().split("\n")[0]


@pytest.mark.parametrize("kind", CONCRETE, ids=lambda kind: kind.__name__)
def test_a_refusal_says_what_is_wrong_and_what_to_do(kind: type[Refusal]) -> None:
    assert sentence_of(kind), f"{kind.__module__}.{kind.__name__} has no sentence (first line of its docstring)"
    assert kind.remedy, f"{kind.__module__}.{kind.__name__} says no way on (remedy)"
    assert "__doc__" in vars(kind), f"{kind.__name__} must speak for itself"


@pytest.mark.parametrize("kind", CONCRETE, ids=lambda kind: kind.__name__)
def test_a_refusal_speaks_chinese(kind: type[Refusal]) -> None:
    for text in filter(None, (sentence_of(kind), kind.remedy)):
        chinese = in_chinese(text)
        assert chinese, f"no Chinese for {text!r}: add it to {kind.__module__.split('.')[1]}/locale"
        assert _fields(chinese) <= _fields(text), f"{chinese!r} names a fact that {text!r} does not have"


@pytest.mark.parametrize(("path", "text"), sorted({(str(p), t) for p, t in [*words.in_templates(), *words.in_code()]}))
def test_a_page_speaks_chinese(path: str, text: str) -> None:
    assert in_chinese(text), f"no Chinese for {text!r} of {path}"


def test_two_modules_do_not_give_one_word_two_meanings() -> None:
    """One English text has one Chinese text in the whole house: Django merges the catalogues, the last would win."""
    meanings: dict[str, set[str]] = {}
    for path in sorted(words.SOURCE.rglob("zh_Hans/LC_MESSAGES/django.po")):
        for text, chinese in words.entries(path):
            meanings.setdefault(text, set()).add(chinese)
    assert not {text: found for text, found in meanings.items() if len(found) > 1}


def test_english_needs_no_catalogue() -> None:
    with override("en"):
        assert in_chinese("First page") == "首页"
        assert trans_real.gettext("First page") == "First page"
