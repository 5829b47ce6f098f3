"""Every way in which saving and bringing back say no."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Invalid, Unavailable


class NotABackup(Invalid):
    """{folder} is not a whole backup: {reason}."""

    remedy = "Name the folder of one backup, as `onething backup` printed it; it holds a manifest.json."


class BackupDamaged(Conflict):
    """The backup is not what was written: {part} differs from its digest."""

    remedy = "Take another backup of the same folder, or another copy of this one. Nothing was restored."


class FilesMissing(Conflict):
    """{count} files that the backup names are not in the pool {folder}; the first is {first}."""

    remedy = "Copy the folder “files” of the same backups beside it. Nothing was restored."


class NotEmpty(Conflict):
    """There are tables in this database already."""

    remedy = (
        "Restore into an empty one: a new database in DATABASE_URL, or a new ONETHING_HOME for the embedded one. "
        "Nothing was changed."
    )


class KeysBeside(Invalid):
    """The keys must not lie with the backups: whoever has both reads everything."""

    remedy = "Name a folder elsewhere, best on another medium, for --keys."


class KeysElsewhere(Conflict):
    """The keys of this installation are not files."""

    remedy = "Save them where they are kept, and leave --keys away."


class KeysWanting(Conflict):
    """The keys of this installation do not open what the backup holds."""

    remedy = "Name the folder to which the keys were saved with --keys. Nothing was restored."


class ProgramFailed(Unavailable):
    """{program} ended with an error: {reason}"""

    remedy = "Mend what is named there and start again; what was begun was undone."


class ServerNotOurs(Conflict):
    """This PostgreSQL was not started by One Thing: its WAL is archived by its own means."""

    remedy = (
        "Bring it to the moment with pgBackRest, Patroni or whatever archives it (recovery_target_time). Then "
        "`onething restore FOLDER --recovered` brings files and keys, forgets again and verifies."
    )


class NoBaseCopy(Invalid):
    """{folder} holds no copy of the server from which a moment after it could be reached."""

    remedy = "Name a backup that was taken with --base while `onething archive` was running."


class MomentBeforeBackup(Invalid):
    """The copy of this backup was finished at {moment}: nothing before it can be reached from there."""

    remedy = "Name an older backup of the same archive, or a later moment."


class MomentUnreadable(Invalid):
    """“{text}” is no moment."""

    remedy = "Write it as 2026-11-22T14:05:00 (Beijing time), with +00:00 for another zone, or “end” for all there is."
