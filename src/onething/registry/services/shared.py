"""What several services of the registry ask the database."""

from __future__ import annotations

from django.db import IntegrityError

from onething.registry.errors import NoSuchRegion, RegionEnded
from onething.registry.models import Region


def require_region(code: str) -> None:
    """Refuse a region that is not there (NoSuchRegion) or no longer is one (RegionEnded)."""
    found = Region.objects.filter(code=code).values_list("valid_to", "name").first()
    if found is None:
        raise NoSuchRegion(code=code)
    if found[0] is not None:
        raise RegionEnded(code=code)


def is_unique_violation(clash: IntegrityError) -> bool:
    """Tell whether the database refused a second row of what may be there once."""
    return getattr(clash.__cause__, "sqlstate", "") == "23505"
