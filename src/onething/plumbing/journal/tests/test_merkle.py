"""Merkle roots against the definition itself: RFC 6962, section 2.1, written down as it stands there."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from onething.plumbing.journal import merkle

LEAVES = st.lists(st.binary(max_size=40), max_size=70)


def by_definition(leaves: list[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = max(2**power for power in range(10) if 2**power < len(leaves))
    left, right = by_definition(leaves[:split]), by_definition(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@given(LEAVES)
def test_agrees_with_the_definition(leaves: list[bytes]) -> None:
    assert merkle.root(iter(leaves)) == by_definition(leaves)


def test_agrees_with_published_roots() -> None:
    """The test vectors of the certificate-transparency project (merkle_tree_test)."""
    leaves = [bytes.fromhex(it) for it in ("", "00", "10", "2021", "3031", "40414243")]
    assert merkle.root(leaves[:1]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle.root(leaves[:3]).hex() == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
    assert merkle.root(leaves).hex() == "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"


@given(LEAVES.filter(bool), st.data())
def test_no_other_leaves_have_this_root(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    changed = [*leaves[:place], leaves[place] + b"!", *leaves[place + 1 :]]
    without = leaves[:place] + leaves[place + 1 :]
    again = [*leaves, leaves[-1]]
    roots = {merkle.root(it) for it in (leaves, changed, without, again)}
    assert len(roots) == 4
