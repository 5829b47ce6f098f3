"""One value changed in a pack's files: the rest stays as it is, and the merged pack says the new value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onething.catalogue import stored
from onething.catalogue.drafts.checking import check_files, shipped_files
from onething.catalogue.drafts.editing import with_value
from onething.catalogue.drafts.places import groups_of
from onething.catalogue.errors import FileWithAliases, PlaceNotEditable
from onething.catalogue.tests.written import files_in_the_document
from onething.plumbing.packs.nodes import read_yaml

SHOP = files_in_the_document()
PACK = "hlj/retirement"


def content(pack: str, files: dict[str, str]) -> dict[str, Any]:
    found = check_files(pack, files).pack
    assert found is not None
    plain = stored.content_of(found)
    return {**plain, "pack": plain["header"]}


def shop() -> dict[str, Any]:
    return content("town/noodle_shop", {f"town/noodle_shop/{name}": text for name, text in SHOP.items()})


def test_only_the_value_changes() -> None:
    name = next(iter(shop()["matters"]))
    path = ("matters", name, "working_days", "joined", "value")
    ((file, text),) = with_value(SHOP, shop(), path, 77).items()
    old, new = SHOP[file].split("\n"), text.split("\n")
    assert len(old) == len(new)
    assert sum(a != b for a, b in zip(old, new, strict=True)) == 1
    assert "77" in text


def test_every_place_that_a_form_shows_can_be_changed_and_nothing_else_changes_with_it() -> None:
    """Over the shop's pack, and over a pack that lies on another one: most entries stand in the base only."""
    own = {n.removeprefix(f"{PACK}/"): t for n, t in shipped_files(PACK).items() if n.startswith(f"{PACK}/")}
    for pack, files in ((PACK, own), ("town/noodle_shop", SHOP)):
        whole = {f"{pack}/{name}": text for name, text in files.items()} | (shipped_files(pack) if pack == PACK else {})
        before = content(pack, whole)
        tried = 0
        for section, name in _sample(before):
            for place in [place for group in groups_of(before, section, name) for place in group.places][:9]:
                value = 7 if place.kind == "number" else "law" if place.kind == "basis" else "新 “words”: {x} # '"
                if place.kind in ("code",) or place.value is None:
                    continue
                changed = with_value(files, before, place.path, value)
                merged = {**whole, **{f"{pack}/{file}": text for file, text in changed.items()}}
                after = content(pack, merged)
                assert _at(after, place.path) == value, place.path
                assert _without(after, place.path) == _without(before, place.path), place.path
                tried += 1
        assert tried > 10


def _sample(content: dict[str, Any]) -> list[tuple[str, str]]:
    """Each section's first, and last."""
    found = [(section, list(content[section])) for section in ("matters", "materials", "fields", "notices")]
    return [(section, name) for section, names in found if names for name in dict.fromkeys((names[0], names[-1]))]


def _at(content: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        content = content[step]
    return content


def _without(content: Any, path: tuple[str | int, ...]) -> Any:
    if not path:
        return None
    if isinstance(content, list):
        return [_without(item, path[1:]) if at == path[0] else item for at, item in enumerate(content)]
    return {key: _without(value, path[1:]) if key == path[0] else value for key, value in content.items()}


TEXT = """\
# a head
shop:  # the shop
  title: {zh: 面馆, en: Shop}   # its title
  hint:
    zh: |
      一
      二
    # between
    en: >-
      folded
      text
  steps:
  - one
  - two
  # behind
# the end
"""


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Cn", "Co"]), min_size=1, max_size=80))
def test_whatever_is_typed_is_read_back(value: str) -> None:
    for path in (
        ("title", "zh"),
        ("hint", "zh"),
        ("hint", "en"),
        ("steps",),
        ("steps", 1),
        ("title", "de"),
        ("new", "zh"),
    ):
        (text,) = with_value({"fields.yaml": TEXT}, {"fields": {"shop": {}}}, ("fields", "shop", *path), value).values()
        node = read_yaml(text, Path("fields.yaml"), [])
        assert node is not None, text
        assert _at(node.plain(), ("shop", *path)) == value
        for comment in ("# a head", "# its title", "# the end"):
            assert comment in text


def test_a_file_with_anchors_is_left_alone() -> None:
    text = "a: &x {label: {zh: 一, en: one}}\nb: *x\n"
    with pytest.raises(FileWithAliases):
        with_value({"fields.yaml": text}, {"fields": {"a": {}}}, ("fields", "a", "label", "zh"), "二")


def test_what_the_pack_does_not_have_cannot_be_changed() -> None:
    with pytest.raises(PlaceNotEditable):
        with_value(SHOP, shop(), ("fields", "nothing_like_it", "label", "zh"), "二")
