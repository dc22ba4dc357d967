"""Single-use sign-in tokens, and how often within an hour a person was suggested a code, or tried one in vain."""

from datetime import datetime

from sqlalchemy import insert, select, update

from storage import statements
from storage.connection import Connection
from storage.schema import suggestions, tokens


class Tokens:
    """Single-use secrets, of which only the hash is kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, hashed: bytes, customer: str, expires_at: datetime) -> None:
        """Keep a token for a customer."""
        await self._connection.execute(insert(tokens).values(hash=hashed, customer_id=customer, expires_at=expires_at))

    async def use(self, hashed: bytes, at: datetime) -> str | None:
        """Use a token up and return its customer; nothing when it is unknown, used or too old."""
        statement = (
            update(tokens)
            .where(tokens.c.hash == hashed, tokens.c.used_at.is_(None), tokens.c.expires_at > at)
            .values(used_at=at)
            .returning(tokens.c.customer_id)
        )
        found: str | None = (await self._connection.execute(statement)).scalar_one_or_none()
        return found


class Suggestions:
    """Counts how often a person was offered a corrected code, or tried one that nobody has, within an hour."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def another(self, person: bytes, hour: int, most: int) -> bool:
        """Count one more, unless the person has had the most there may be in this hour."""
        statement = statements.insert(self._connection, suggestions).values(person=person, hour=hour, count=1)
        statement = statement.on_conflict_do_update(
            index_elements=["person", "hour"],
            set_={"count": suggestions.c.count + 1},
            where=suggestions.c.count < most,
        )
        return (await self._connection.execute(statement.returning(suggestions.c.count))).first() is not None

    async def has_had(self, person: bytes, hour: int, most: int) -> bool:
        """Tell whether the person has had the most there may be in this hour."""
        asked = select(suggestions.c.count).where(suggestions.c.person == person, suggestions.c.hour == hour)
        return ((await self._connection.execute(asked)).scalar_one_or_none() or 0) >= most
