"""Team members: who may see figures, answer customers and decide."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from referrals.identity import Identity
from storage import statements
from storage.connection import Connection
from storage.schema import members


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person of the team on one platform, with a role."""

    platform: str
    subject: str
    role: str
    added_at: datetime

    @property
    def identity(self) -> Identity:
        """Who this is on their platform."""
        return Identity(self.platform, self.subject)


class Team:
    """Knows the members."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def hold(self) -> None:
        """Let nobody else change the team until the end of the transaction."""
        await statements.hold(self._connection, "team")

    async def member(self, identity: Identity) -> Member | None:
        """Find a member by their identity."""
        query = statements.columns_of(members, Member).where(
            members.c.platform == identity.platform, members.c.subject == identity.subject
        )
        return statements.maybe(Member, (await self._connection.execute(query)).first())

    async def everyone(self) -> list[Member]:
        """List the members in the order in which they were added."""
        query = statements.columns_of(members, Member).order_by(members.c.added_at, members.c.subject)
        return [statements.record(Member, row) for row in await self._connection.execute(query)]

    async def set_role(self, identity: Identity, role: str, at: datetime) -> None:
        """Add a member, or give a member another role."""
        values = {"platform": identity.platform, "subject": identity.subject, "role": role, "added_at": at}
        statement = statements.insert(self._connection, members).values(**values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["platform", "subject"], set_={"role": role})
        )

    async def remove(self, identity: Identity) -> bool:
        """Take a member off the team; tell whether they were on it."""
        statement = (
            delete(members)
            .where(members.c.platform == identity.platform, members.c.subject == identity.subject)
            .returning(members.c.subject)
        )
        return (await self._connection.execute(statement)).first() is not None
