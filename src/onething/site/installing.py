"""Bringing an installation to this version: database, packs, static files, texts. Safe to run at every start."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import click

from onething.kernel.errors import Conflict
from onething.site.terminal import translated as _

if TYPE_CHECKING:
    from django.db.migrations.loader import MigrationLoader

    from onething.site.migrating import Told

SHIPPED_PACKS = (
    "national/retirement",
    "hlj/retirement",
    "national/grants",
    "national/entitlements",
    "hlj/entitlements",
)
DEMO_PACKS = ("demo/retirement",)


class DatabaseIsNewer(Conflict):
    """The database was already brought to a later version of this program: it has {migrations}."""

    remedy = "Start that version (git pull, make install). Going back needs the backup taken before the upgrade."


def set_django_up() -> None:
    """Load the settings and every module."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onething.site.settings")
    django.setup()


def migrate_database(told: Told = lambda step: None) -> bool:
    """
    Bring the tables to this version, as their owner. Tells whether anything had to be done.

    The roles that own nothing are granted what they need, and the walls around rows are built, each time.
    """
    from django.db import connection

    from onething.plumbing import database, walls
    from onething.plumbing.ownership import as_owner
    from onething.site.walls import WALLS

    working, web = connection.settings_dict["USER"], database.web_role()
    with as_owner():
        changed = _migrate(told)
        if connection.settings_dict["USER"] != working:
            walls.build(WALLS, web=web, working=working)
        return changed


def _migrate(told: Told) -> bool:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    from onething.site import migrating

    with connection.cursor() as cursor:  # two starts at once: the second waits, then finds nothing to do
        cursor.execute("SELECT pg_advisory_lock(hashtext('onething migrate'))")
        try:
            refuse_newer(MigrationLoader(connection))
            return bool(migrating.pending()) and bool(migrating.bring_up(told))
        finally:
            if connection.is_usable():  # an interrupted start has closed it, and the lock with it
                cursor.execute("SELECT pg_advisory_unlock(hashtext('onething migrate'))")


def refuse_newer(loader: MigrationLoader) -> None:
    """Refuse a database with migrations that this version does not have: its code would write into unknown tables."""
    ours = {*loader.disk_migrations, *(old for one in loader.disk_migrations.values() for old in one.replaces)}
    later = [name for name in loader.applied_migrations if name[0] in loader.migrated_apps and name not in ours]
    if later:
        raise DatabaseIsNewer(migrations=", ".join(f"{module}.{name}" for module, name in sorted(later)))


def publish_packs(*names: str) -> list[str]:
    """Publish the packs that came with this version; what is published already stays as it is."""
    from onething.catalogue import services
    from onething.kernel.access import SYSTEM
    from onething.plumbing import clock
    from onething.plumbing.packs import read_pack
    from onething.plumbing.packs.texts import texts_of

    packs = [read_pack(name) for name in names]
    releases = [services.publish_pack(pack=p, files=texts_of(p), actor=SYSTEM, now=clock.now()) for p in packs]
    return [str(release) for release in releases]


def collect_static() -> None:
    """Put the static files where the web server reads them, named by their content."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False, stdout=io.StringIO())


@click.command()
def migrate() -> None:
    """Bring the database to this version."""
    changed = migrate_database()
    click.echo(_("The database was brought to this version.") if changed else _("The database is of this version."))
