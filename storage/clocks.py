"""What must be mended in the outbox once a machine's clock was set back: nothing may wait for the hours it repeats."""

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, and_, literal, or_, select, text, type_coerce, update

from storage import statements
from storage.columns import Moment
from storage.connection import Connection
from storage.notices import CLOCKS_DIFFER, SOON
from storage.schema import outbox


class Clocks:
    """Brings stored moments back into reach."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def shorten_leases(self, now: datetime, longest: timedelta) -> int:
        """Let no claim hold anything for longer than one that is made now; return how many notices that were.

        Whoever holds them, if it lives, has as long as any other from now on.
        """
        until = now + longest
        beyond = outbox.c.lease_until > literal(until + CLOCKS_DIFFER, Moment)
        held = select(outbox.c.number).where(text("outbox.state = 'sending'"), beyond).with_for_update(skip_locked=True)
        shorter = update(outbox).where(outbox.c.number.in_(held)).values(lease_until=until)
        return await statements.affected(self._connection, shorter)

    async def bring_forward(self, now: datetime, back: timedelta) -> int:
        """Have due earlier, by so much, what waits by a clock that was set back; return how many notices that were.

        That is what was put back, and what would be due by now or in a moment: whose night it is finds out whoever
        sends it. Of campaigns only what was put back: the rest may be a million, and waits for mornings.
        """
        was_put_back = and_(outbox.c.reason.is_not(None), outbox.c.reason != "quiet-hours")
        is_due = and_(outbox.c.campaign_id.is_(None), outbox.c.not_before <= literal(now + back + SOON, Moment))
        waiting = (
            select(outbox.c.number)
            .where(text("outbox.state IN ('queued', 'sending')"), outbox.c.not_before > literal(now, Moment))
            .where(or_(was_put_back, is_due))
            .with_for_update(skip_locked=True)
        )
        earlier = type_coerce(outbox.c.not_before, BigInteger) - back // timedelta(microseconds=1)
        sooner = update(outbox).where(outbox.c.number.in_(waiting)).values(not_before=earlier)
        return await statements.affected(self._connection, sooner)
