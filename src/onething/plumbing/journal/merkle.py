"""Merkle trees as certificate logs build them: one root for many leaves. Source: RFC 6962, section 2.1."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

EMPTY = hashlib.sha256(b"").digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """
    Compute the root (32 bytes) over leaves in their order, in one pass.

    Holds one digest per level, not the leaves. Leaf and node have different first bytes, so that no node can be
    passed off as a leaf.
    """
    peaks: list[tuple[int, bytes]] = []  # whole subtrees from left to right: how many leaves, digest
    for leaf in leaves:
        peaks.append((1, _leaf(leaf)))
        while len(peaks) > 1 and peaks[-2][0] == peaks[-1][0]:
            _join_last_two(peaks)
    while len(peaks) > 1:
        _join_last_two(peaks)
    return peaks[0][1] if peaks else EMPTY


def _join_last_two(peaks: list[tuple[int, bytes]]) -> None:
    (right_size, right), (left_size, left) = peaks.pop(), peaks.pop()
    peaks.append((left_size + right_size, _node(left, right)))


def _leaf(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
