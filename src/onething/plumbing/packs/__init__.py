"""Reads pack folders. What a pack means is the catalogue's business (`catalogue.check`, `catalogue.resolve`)."""

from onething.plumbing.packs.problems import PackInvalid, Place, Problem
from onething.plumbing.packs.reader import Pack, look_at, read_pack

__all__ = ["Pack", "PackInvalid", "Place", "Problem", "look_at", "read_pack"]
