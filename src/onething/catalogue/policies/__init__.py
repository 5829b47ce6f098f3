"""Entitlement packs: from what was read (`resolving`) to what the engine decides with, and every check (`checking`)."""
