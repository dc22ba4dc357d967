"""Support conversations: a customer on one side, a thread of the team's channel on the other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, bindparam, delete, select, update

from storage import statements
from storage.connection import Connection
from storage.prepared import prepared
from storage.schema import conversations

CURRENT = ("asked", "open")


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """One conversation: "asked" holds a question until its customer says whether a human should see it.

    A human may be asked for before there is a question: `opened_at` is then set, and the first words open it.
    """

    id: str
    customer_id: str
    platform: str
    state: str
    question: str = field(default="", repr=False)
    thread: str | None = None
    asked_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None


class Conversations:
    """Begins, finds and ends conversations."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def by_id(self, conversation: str) -> Conversation | None:
        """Find a conversation."""
        return await self._one(conversations.c.id == conversation)

    async def by_thread(self, thread: str) -> Conversation | None:
        """Find the conversation that a thread of the team's channel belongs to."""
        return await self._one(conversations.c.thread == thread)

    async def current_of(self, customer: str) -> Conversation | None:
        """Find the conversation a customer is in, or the question they have not decided about."""
        return await self._one(conversations.c.customer_id == customer, conversations.c.state.in_(CURRENT))

    async def last_of(self, customer: str) -> Conversation | None:
        """Find the conversation of a customer that was closed last."""
        query = (
            statements.columns_of(conversations, Conversation)
            .where(conversations.c.customer_id == customer, conversations.c.state == "closed")
            .order_by(conversations.c.closed_at.desc(), conversations.c.id)
            .limit(1)
        )
        return statements.maybe(Conversation, (await self._connection.execute(query)).first())

    async def open_ones(self) -> int:
        """Count the conversations that are open."""
        query = select(conversations.c.id).where(conversations.c.state == "open")
        return len((await self._connection.execute(query)).all())

    async def is_being_posted(self, since: datetime) -> bool:
        """Tell whether a conversation was opened lately whose thread is not known yet."""
        query = select(conversations.c.id).where(
            conversations.c.state == "open", conversations.c.thread.is_(None), conversations.c.opened_at >= since
        )
        return (await self._connection.execute(query.limit(1))).first() is not None

    async def begin(self, conversation: Conversation) -> bool:
        """Begin a conversation, unless the customer is in one."""
        return await statements.added(self._connection, conversations, vars(conversation))

    async def keep_question(self, conversation: str, question: str, at: datetime) -> None:
        """Replace the question that waits for its customer's word."""
        await self._connection.execute(
            update(conversations)
            .where(conversations.c.id == conversation, conversations.c.state == "asked")
            .values(question=question, asked_at=at)
        )

    async def move(self, conversation: str, *, state: str, to: str, **values: Any) -> bool:
        """Open, close or reopen a conversation; tell whether it was still in that state."""
        statement = (
            update(conversations)
            .where(conversations.c.id == conversation, conversations.c.state == state)
            .values(state=to, **values)
            .returning(conversations.c.id)
        )
        return (await self._connection.execute(statement)).first() is not None

    async def keep_thread(self, conversation: str, thread: str) -> None:
        """Remember the thread that a conversation is held in; the first one stays."""
        await self._connection.execute(
            update(conversations)
            .where(conversations.c.id == conversation, conversations.c.thread.is_(None))
            .values(thread=thread)
        )

    async def discard(self, conversation: str) -> bool:
        """Delete a question that no human has seen; tell whether it was still there."""
        statement = (
            delete(conversations)
            .where(conversations.c.id == conversation, conversations.c.state == "asked")
            .returning(conversations.c.id)
        )
        return (await self._connection.execute(statement)).first() is not None

    async def ids_of(self, customer: str) -> list[str]:
        """List the conversations of a customer."""
        query = select(conversations.c.id).where(conversations.c.customer_id == customer)
        return list((await self._connection.execute(query)).scalars())

    async def hand_over(self, ids: Sequence[str], to: str) -> None:
        """Give conversations to another customer record, which must not be in one if one of them goes on."""
        await self._connection.execute(update(conversations).where(conversations.c.id.in_(ids)).values(customer_id=to))

    async def forget_questions(self, before: datetime) -> None:
        """Delete questions that nobody asked a human about."""
        await _forget_questions.run(self._connection, before=before)

    async def forget_openings(self, before: datetime) -> None:
        """Empty what open conversations began with, once their thread has it and it was long ago."""
        await _forget_openings.run(self._connection, before=before)

    async def _one(self, *conditions: Any) -> Conversation | None:
        query = statements.columns_of(conversations, Conversation).where(*conditions)
        return statements.maybe(Conversation, (await self._connection.execute(query)).first())


@prepared
def _forget_questions() -> Executable:
    return delete(conversations).where(conversations.c.state == "asked", conversations.c.asked_at < bindparam("before"))


@prepared
def _forget_openings() -> Executable:
    return (
        update(conversations)
        .where(conversations.c.state == "open", conversations.c.question != "")
        .where(conversations.c.thread.is_not(None), conversations.c.opened_at < bindparam("before"))
        .values(question="")
    )
