"""Every sentence of the two modules has its Chinese, with the same placeholders."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po

from onething.identity import errors as identity_errors
from onething.kernel.errors import Refusal
from onething.registry import errors as registry_errors

MODULES = [identity_errors, registry_errors]


def chinese(module: ModuleType) -> dict[str, str]:
    with (folder(module) / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as lines:
        return {str(message.id): str(message.string) for message in read_po(lines) if message.id}


def folder(module: ModuleType) -> Path:
    return Path(inspect.getfile(module)).parent


def sentences(module: ModuleType) -> set[str]:
    refusals = [kind for _, kind in inspect.getmembers(module, inspect.isclass) if kind.__module__ == module.__name__]
    return {kind().sentence for kind in refusals} | {kind.remedy for kind in refusals if "remedy" in vars(kind)}


@pytest.mark.parametrize("module", MODULES)
def test_every_refusal_speaks_chinese_in_its_own_module(module: ModuleType) -> None:
    assert sentences(module) <= set(chinese(module))


@pytest.mark.parametrize("module", MODULES)
def test_placeholders_are_the_same_in_both(module: ModuleType) -> None:
    for english, words in chinese(module).items():
        assert re.search(r"[\u4e00-\u9fff]", words), english
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", words)), english


@pytest.mark.parametrize("module", MODULES)
def test_every_refusal_says_what_to_do(module: ModuleType) -> None:
    for _, kind in inspect.getmembers(module, inspect.isclass):
        assert not issubclass(kind, Refusal) or kind.__module__ != module.__name__ or kind.remedy, kind
