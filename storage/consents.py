"""Consents: who agreed to what and when, in which words and where; nothing here is ever changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert

from storage import statements
from storage.connection import Connection
from storage.schema import consents


@dataclass(frozen=True, kw_only=True)
class Consent:
    """One time somebody agreed to something, or took it back."""

    customer_id: str
    what: str  # "reminders" or "news"
    words: str  # which words they read: the key of the text, its version and its language
    channel: str
    given: bool
    at: datetime


class Consents:
    """Writes down what people agree to; the newest entry about a thing is the one that holds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, consent: Consent) -> None:
        """Write down that somebody agreed, or took it back."""
        await self._connection.execute(insert(consents).values(**vars(consent)))

    async def of(self, customer: str) -> list[Consent]:
        """List what somebody agreed to and took back, the oldest first."""
        query = statements.columns_of(consents, Consent).where(consents.c.customer_id == customer)
        return [
            statements.record(Consent, row) for row in await self._connection.execute(query.order_by(consents.c.number))
        ]
