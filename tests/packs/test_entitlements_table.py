"""The document that lays the national entitlements beside the domain digest is what the pack says now."""

from __future__ import annotations

from tools import entitlements_table

from onething.catalogue.policies.checking import read_policies


def test_the_table_is_current() -> None:
    assert entitlements_table.is_current(), "run .venv/bin/python tools/entitlements_table.py"


def test_every_policy_carries_a_line_of_the_digest() -> None:
    carried = {name for names in entitlements_table.DOMAIN.values() for name in names}
    assert carried == set(read_policies("national/entitlements").pack.policies)
    assert len(carried) >= 24
