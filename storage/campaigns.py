"""Campaigns: what the team sends to many, and how far it has come."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Executable, select

from storage import statements
from storage.connection import Connection
from storage.prepared import prepared
from storage.schema import campaigns


class Campaigns:
    """Keeps what a campaign says and counts what became of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def messages(self, ids: Collection[str]) -> dict[str, Mapping[str, Any]]:
        """Return what these campaigns say: their notices have no message of their own."""
        if not ids:
            return {}
        return {str(campaign): message for campaign, message in await _messages.all(self._connection, ids=ids)}


@prepared
def _messages() -> Executable:
    return select(campaigns.c.id, campaigns.c.message).where(statements.listed(campaigns.c.id, "ids"))
