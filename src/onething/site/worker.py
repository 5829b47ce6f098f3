"""The worker: runs the jobs that facts leave behind, and the sweeps. Started by `onething up` or by systemd."""

from __future__ import annotations

import os

from procrastinate import PsycopgConnector
from procrastinate.contrib.django.utils import connector_params


def main() -> None:
    """Run until told to end; a running job is finished first. ONETHING_JOBS sets how many run beside each other."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onething.site.settings")
    django.setup()
    from procrastinate.contrib.django import app

    concurrency = int(os.environ.get("ONETHING_JOBS", "6"))
    with app.replace_connector(bookkeeping()) as running:
        running.run_worker(concurrency=concurrency, delete_jobs="successful", name=f"worker-{os.getpid()}")


def bookkeeping() -> PsycopgConnector:
    """
    Connect the queue's own bookkeeping (which job is taken, which is done) without waiting for the disk.

    After a power cut a job may run again, and every job is safe to run twice. What a job itself writes goes through
    Django's connections and waits for the disk as ever. Source: docs/decisions/0011-speed-of-the-spine.md.
    """
    address = connector_params()
    options = f"{address.pop('options', '')} -c synchronous_commit=off".strip()
    return PsycopgConnector(kwargs={**address, "options": options})


if __name__ == "__main__":
    main()
