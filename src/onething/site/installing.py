"""Bringing an installation to this version: database, packs, static files, texts. Safe to run at every start."""

from __future__ import annotations

import io
import os

import click

SHIPPED_PACKS = ("national/retirement", "hlj/retirement")
DEMO_PACKS = ("demo/retirement",)


def set_django_up() -> None:
    """Load the settings and every module."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onething.site.settings")
    django.setup()


def migrate_database() -> bool:
    """
    Bring the tables to this version, as their owner. Tells whether anything had to be done.

    With DATABASE_OWNER_URL the working role is granted what it needs, each time.
    """
    from onething.plumbing.ownership import as_owner

    with as_owner():
        return _migrate()


def _migrate() -> bool:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with connection.cursor() as cursor:  # two starts at once: the second waits, then finds nothing to do
        cursor.execute("SELECT pg_advisory_lock(hashtext('onething migrate'))")
        try:
            executor = MigrationExecutor(connection)
            if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
                return False
            call_command("migrate", verbosity=0, interactive=False)
            return True
        finally:
            if connection.is_usable():  # an interrupted start has closed it, and the lock with it
                cursor.execute("SELECT pg_advisory_unlock(hashtext('onething migrate'))")


def publish_packs(*names: str) -> list[str]:
    """Publish the packs that came with this version; what is published already stays as it is."""
    from onething.catalogue import services
    from onething.kernel.access import SYSTEM
    from onething.plumbing import clock
    from onething.plumbing.packs import read_pack

    releases = [services.publish_pack(pack=read_pack(name), actor=SYSTEM, now=clock.now()) for name in names]
    return [str(release) for release in releases]


def collect_static() -> None:
    """Put the static files where the web server reads them, named by their content."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False, stdout=io.StringIO())


@click.command()
def migrate() -> None:
    """Bring the database to this version."""
    click.echo("The database was brought to this version." if migrate_database() else "The database is up to date.")
