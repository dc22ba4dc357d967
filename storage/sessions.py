"""Sessions of PostgreSQL whose process stands still: a frozen machine must not hold what everybody waits for."""

from datetime import timedelta

from sqlalchemy import text

from storage.connection import Connection

# How our sessions call themselves; one that migrates calls itself something else, for it may compute for long.
NAME = "grapevine"


class Sessions:
    """Ends sessions that hold locks and do nothing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def end_frozen(self, longer_than: timedelta) -> int:
        """End the sessions of ours that have waited so long for their process in a transaction; return how many.

        PostgreSQL ends those that wait between two statements by itself, and not those that wait within one.
        """
        if self._connection.dialect.name != "postgresql":
            return 0
        ending = text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename = current_user AND datname = current_database() AND application_name = :name"
            " AND wait_event = 'ClientRead' AND xact_start IS NOT NULL AND pid <> pg_backend_pid()"
            " AND state_change < clock_timestamp() - make_interval(secs => :seconds)"
        )
        found = await self._connection.execute(ending, {"name": NAME, "seconds": longer_than.total_seconds()})
        return len(found.all())
