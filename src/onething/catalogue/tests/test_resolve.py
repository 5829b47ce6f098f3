"""From a pack to the engine's catalogue, and the digest of a release."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from onething.catalogue import resolve
from onething.catalogue.tests.written import noodle_shop
from onething.engine.bundle import model
from onething.plumbing.packs import read_pack


def digest(folder: Path) -> str:
    return resolve.release_digest(read_pack(folder))


def test_everything_arrives(tmp_path: Path) -> None:
    catalogue = resolve.catalogue_of(read_pack(noodle_shop(tmp_path)))
    food = catalogue.matters["food_permit"]
    assert food.title == model.Words("食品经营许可", "Food permit")
    assert food.alone.trips == model.Figure(2, model.Basis.RECONSTRUCTED, "L1:6")
    assert food.acts[0].capability == "market_desk"
    assert catalogue.fields["owner_name"].known_from == ("registry", "person")
    assert catalogue.fields["shop_size"].options[1].value == "large"
    follows = catalogue.materials["health_certificate"].may_follow_within
    assert follows == model.Figure(10, model.Basis.RECONSTRUCTED, "L1:7", model.Unit.WORKING_DAYS)
    assert [supply.by for supply in catalogue.materials["licence_copy"].supplies] == ["matter", "applicant"]
    assert catalogue.derived[0].cases[0][:2] == ("seats <= 20", "small")
    assert catalogue.stations["service_hall"].can == {"market_desk", "city_desk"}
    assert catalogue.matters["sign_permit"].materials[1].when == "shop_size = 'large'"


def test_no_part_of_a_shipped_pack_is_forgotten() -> None:
    catalogue = resolve.catalogue_of(read_pack("hlj/retirement"))
    empty = {slot.name for slot in fields(catalogue) if not getattr(catalogue, slot.name)}
    assert empty == set()


def test_the_digest_ignores_layout(tmp_path: Path) -> None:
    plain = digest(noodle_shop(tmp_path / "a"))
    market = "market_office:\n  # the office\n  connector: desk\n  title: {en: Market office, zh: 市场监管局}\n"
    city = "city_office: {connector: desk, title: {en: City management office, zh: '城市管理局'}}\n"
    folder = noodle_shop(tmp_path / "b", **{"departments.yaml": market + city})
    (folder / "materials/papers.yaml").rename(folder / "materials/other_name.yaml")
    (folder / "examples/with_sign.yaml").unlink()
    assert digest(folder) == plain


def test_the_digest_sees_every_change_of_content(tmp_path: Path) -> None:
    changes = [
        ("matters/licence.yaml", "value: 2", "value: 3"),
        ("matters/licence.yaml", "The licence names the owner.", "It names the owner."),
        ("fields.yaml", "type: integer", "type: money"),
        ("sources.yaml", "grade: government", "grade: press"),
        ("pack.yaml", '"2026.1"', '"2026.2"'),
        ("rules/size.yaml", "seats <= 20", "seats < 20"),
        ("stations.yaml", "market_desk, city_desk", "city_desk, market_desk"),
    ]
    digests = {digest(noodle_shop(tmp_path / str(number), change)) for number, change in enumerate(changes)}
    assert len(digests | {digest(noodle_shop(tmp_path / "plain"))}) == len(changes) + 1
