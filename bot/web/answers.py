"""What the API answers: the decision an event led to, and the records that openapi.json describes."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from bot.web import wire
from bot.web.edge import Edge
from handlers.outcome import Outcome
from messages.message import Message


class Reason(BaseModel):
    """The trace of a judgement."""

    model_config = ConfigDict(extra="allow")

    rule: str
    saw: str
    would_change: str


class RewardOut(BaseModel):
    """A reward that an event led to."""

    model_config = ConfigDict(extra="allow")

    id: str
    side: str
    amount: str = Field(examples=["10.00"])
    unit: str
    state: str
    pending_until: datetime | None = None


class Decision(BaseModel):
    """What an event led to, and why."""

    model_config = ConfigDict(extra="allow")

    event: str
    outcome: str = Field(examples=["qualified", "recorded", "unclaimed", "refused"])
    summary: str
    decision: Reason | None = None
    referral: str | None = None
    rewards: list[RewardOut] = []
    claim_url: str | None = Field(default=None, description="Show it to the buyer: whoever opens it is the friend.")
    customer: str | None = None


class Redemption(BaseModel):
    """A redeemed voucher."""

    model_config = ConfigDict(extra="allow")

    summary: str


class SignInLink(BaseModel):
    """An address that joins a chat account to a customer."""

    url: str
    expires_at: datetime


class Record(BaseModel):
    """What is known of a customer."""

    model_config = ConfigDict(extra="allow")


def decision(outcome: Outcome, edge: Edge, event: str) -> dict[str, Any]:
    """Write the answer to an event; a claim token becomes the address it opens."""
    blank: dict[str, Any] = {"event": event, "outcome": "recorded", "summary": "", "decision": None, "referral": None}
    blank |= {"rewards": [], "claim_url": None, "customer": None}
    answer = blank | with_summary(outcome, edge)
    token = answer.pop("claim_token", None)
    if token:
        answer["claim_url"] = edge.addresses().claim(str(token))
    return answer


def with_summary(outcome: Outcome, edge: Edge) -> dict[str, Any]:
    """Write a reply with the handler's own words beside it."""
    answer: dict[str, Any] = dict(wire.plain(outcome.reply))
    answer["summary"] = edge.plain(outcome.answers[0]) if outcome.answers else ""
    return answer


def about_json(reason: str) -> Message:
    """Say what is wrong with a body that is not JSON as we take it."""
    return Message(key=f"pages.problem-json-{reason}")
