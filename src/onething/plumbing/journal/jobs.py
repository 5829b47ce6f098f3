"""Sweeps: jobs of a worker that was killed are run again by another one; what is finished in the journal is sealed."""

from __future__ import annotations

import logging

from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app as queue

from onething.plumbing import clock, places
from onething.plumbing.journal import every, sealing

logger = logging.getLogger(__name__)

SILENT_SECONDS = 30.0


@every("* * * * * */10")
def retry_stalled_jobs() -> None:
    """Give back the jobs whose worker has shown no sign of life for half a minute."""
    async_to_sync(_retry_stalled)()


async def _retry_stalled() -> None:
    for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        logger.warning("job %s of a silent worker is run again", job.id)
        await queue.job_manager.retry_job(job)


@every("* * * * * */5")
def seal_what_is_finished() -> None:
    """Seal the rows of finished transactions, in the database and in the seal file."""
    sealing.seal_journal(folder=places.private("seals"), now=clock.now())
