"""Every way this module says no."""

from __future__ import annotations

from onething.kernel.errors import NotFound


class PolicyNotFound(NotFound):
    """There is no such policy in the library."""

    remedy = "Look for it in the list of policies; it may have another name, or no longer be in force."
