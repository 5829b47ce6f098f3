"""Where somebody is sent after signing in: only to this site's own pages."""

from __future__ import annotations

from django.utils.http import url_has_allowed_host_and_scheme


def own_path(text: str | None, default: str = "/") -> str:
    """Give a `next` back if it is a path of this site, else the default."""
    wish = (text or "").strip()
    is_own = wish.startswith("/") and wish.isprintable() and url_has_allowed_host_and_scheme(wish, allowed_hosts=None)
    return wish if is_own else default
