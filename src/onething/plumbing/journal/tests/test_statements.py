"""What a seal says: signed, written as a line, read back to the byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from onething.plumbing.journal.statements import Leaf, Signed, Statement, leaves_of, signing_key

COUNT = st.integers(1, 2**62)
BYTES32 = st.binary(min_size=32, max_size=32)
STATEMENTS = st.builds(
    Statement,
    number=COUNT,
    sealed_at=st.datetimes(timezones=st.just(UTC)),
    since=COUNT,
    until=COUNT,
    rows=COUNT,
    root=BYTES32,
    previous=BYTES32,
    key=st.integers(1, 99),
)
OURS, THEIRS = signing_key(bytes(32)), signing_key(b"x" * 32)


@given(STATEMENTS)
def test_a_line_is_read_back_as_it_was(statement: Statement) -> None:
    seal = statement.signed(OURS)
    assert Signed.from_line(seal.line) == seal
    assert seal.fits(OURS.public_key())
    assert not seal.fits(THEIRS.public_key())


@given(STATEMENTS, st.data())
def test_no_byte_of_a_line_can_be_another(statement: Statement, data: st.DataObject) -> None:
    line = bytearray(statement.signed(OURS).line)
    place = data.draw(st.integers(0, len(line) - 1))
    line[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != line[place]))
    seal = Signed.from_line(bytes(line))
    assert seal is None or not seal.fits(OURS.public_key())


@given(st.binary(max_size=300))
def test_anything_else_is_no_seal(line: bytes) -> None:
    assert Signed.from_line(line) is None


def test_lines_of_the_wrong_shape_are_no_seals() -> None:
    for line in (b"[]\n", b"1\n", b"{}\n", b'{"signature":""}\n', b'{"signature":"","number":"x"}\n'):
        assert Signed.from_line(line) is None


def test_the_same_moment_in_another_zone_is_the_same_statement() -> None:
    moment = datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=UTC)
    told = Statement(number=1, sealed_at=moment, since=0, until=9, rows=1, root=bytes(32), previous=bytes(32), key=1)
    in_beijing = replace(told, sealed_at=moment.astimezone(timezone(timedelta(hours=8))))
    assert in_beijing.content == told.content


@given(st.lists(st.builds(Leaf, COUNT, COUNT, BYTES32)))
def test_a_manifest_is_its_leaves(leaves: list[Leaf]) -> None:
    manifest = b"".join(leaf.packed for leaf in leaves)
    assert list(leaves_of(manifest)) == leaves
    assert list(leaves_of(manifest + b"torn")) == leaves
