"""Every way sealing says no. It stops rather than seal over what it cannot explain."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Unavailable


class SealForged(Conflict):
    """Seal {number} was not signed with our key."""

    remedy = "Run `onething journal verify`; it names what was changed. Nothing is sealed until this is explained."


class SealsDisagree(Conflict):
    """The seal file {file} and the database tell of different seals."""

    remedy = (
        "Run `onething journal verify`; it names the difference. "
        "After a restore that is understood, move the file away: it is written again from the database."
    )


class AnotherServer(Conflict):
    """This database server counts its transactions from {now}, but seal {number} already reached {until}."""

    remedy = (
        "The database was brought from a dump into a new server by other means than `onething restore`. Restore it "
        "with that, into an empty database: the journal then counts on from where it was."
    )


class DatabaseSilent(Unavailable):
    """The database does not answer."""

    remedy = "Start it with `onething up`, or set DATABASE_URL to where it answers."


class JournalNotThere(Unavailable):
    """This database has no journal of this version."""

    remedy = "Run `onething migrate` first."
