"""Every way this module says no."""

from __future__ import annotations

from onething.kernel.errors import NotFound


class ReleaseNotFound(NotFound):
    """Nothing is published for this place and day yet."""

    remedy = "Ask at the counter; an operator publishes a pack with “onething pack publish”."
