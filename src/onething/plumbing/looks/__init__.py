"""
Looks: who has looked into whose file, under which post, when, in which way, and what for. One row per view.

    looks.note([person_id], way="page", purpose="case", actor=request.actor, now=request.now)

The rows are append-only and sealed: every few seconds those of finished transactions are counted under a Merkle root,
and that root is a fact of the journal, signed and chained with all others. Decision: docs/decisions/0015-looks.md.
"""

from onething.plumbing.looks.noting import note

__all__ = ["note"]
