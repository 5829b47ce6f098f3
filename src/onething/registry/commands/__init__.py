"""`onething registry` and `onething keys`."""

from onething.registry.commands.keys import keys
from onething.registry.commands.people import registry

__all__ = ["keys", "registry"]
