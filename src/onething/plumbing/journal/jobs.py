"""Sweeps: jobs of a worker that was killed are run again by another one; what is finished in the journal is sealed."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from asgiref.sync import async_to_sync
from procrastinate import App
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status

from onething.plumbing import clock, places
from onething.plumbing.journal import every, sealing

logger = logging.getLogger(__name__)

SILENT_SECONDS = 30.0
DUE = datetime(2000, 1, 1, tzinfo=UTC)
"""Past by every clock: a worker whose clock is ahead must not put off what it gives back, and with it every sweep."""


@every("* * * * * */10")
def retry_stalled_jobs() -> None:
    """
    Give back the jobs whose worker has shown no sign of life for half a minute.

    A sweep whose next run waits already is ended instead: of each only one may wait, and that one does its work.
    """
    async_to_sync(retry_stalled)(queue)


async def retry_stalled(queue: App) -> None:
    """Give back the jobs of silent workers through an open queue; see `retry_stalled_jobs`."""
    for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        logger.warning("job %s of a silent worker is run again", job.id)
        try:
            await _give_back(queue, job)
        except ConnectorException:  # another worker was faster with this one; the others still wait for us
            logger.warning("job %s could not be given back", job.id, exc_info=True)


async def _give_back(queue: App, job: Job) -> None:
    try:
        await queue.job_manager.retry_job(job, retry_at=DUE)
    except UniqueViolation:
        await queue.job_manager.finish_job(job, status=Status.ABORTED, delete_job=True)


@every("* * * * * */5")
def seal_what_is_finished() -> None:
    """Seal the rows of finished transactions, in the database and in the seal file."""
    sealing.seal_journal(folder=places.private("seals"), now=clock.now())
