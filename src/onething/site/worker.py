"""The worker: runs the jobs that facts leave behind, and the sweeps. Started by `onething up` or by systemd."""

from __future__ import annotations

import os


def main() -> None:
    """Run until told to end; a running job is finished first. ONETHING_JOBS sets how many run beside each other."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onething.site.settings")
    django.setup()
    from procrastinate.contrib.django import app

    concurrency = int(os.environ.get("ONETHING_JOBS", "6"))
    with app.replace_connector(app.connector.get_worker_connector()) as running:  # type: ignore[attr-defined]
        running.run_worker(concurrency=concurrency, delete_jobs="successful", name=f"worker-{os.getpid()}")


if __name__ == "__main__":
    main()
