"""Support: a customer reaches a human, and a thread of the team's channel answers in the customer's chat."""

from handlers.events import (
    ConversationClosed,
    ConversationEnded,
    ConversationReopened,
    HumanAsked,
    PictureSent,
    TeamReplied,
)
from handlers.outcome import Outcome
from storage.store import Store


async def on_human_asked(event: HumanAsked, store: Store) -> Outcome:
    """Open a conversation with the team."""
    return Outcome()


async def on_picture_sent(event: PictureSent, store: Store) -> Outcome:
    """Pass a picture on to the team if the customer is in a conversation."""
    return Outcome()


async def on_conversation_ended(event: ConversationEnded, store: Store) -> Outcome:
    """Close the conversation because its customer has no more questions."""
    return Outcome()


async def on_team_replied(event: TeamReplied, store: Store) -> Outcome:
    """Pass a reply of the team on to the customer."""
    return Outcome()


async def on_conversation_closed(event: ConversationClosed, store: Store) -> Outcome:
    """Close a conversation and tell its customer."""
    return Outcome()


async def on_conversation_reopened(event: ConversationReopened, store: Store) -> Outcome:
    """Open a closed conversation again."""
    return Outcome()
