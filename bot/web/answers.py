"""What the API answers: the decision an event led to, and the records that openapi.json describes."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.web import wire
from bot.web.edge import Edge
from handlers.outcome import Outcome
from messages.message import Message
from referrals.ledger import RewardState
from referrals.rewarding import Delivery, Kind, Side


class Answer(BaseModel):
    """What is described stays; more may stand beside it one day."""

    # Needed for openapi.json alone, so built when that is asked for: 10 ms less to start.
    model_config = ConfigDict(extra="allow", defer_build=True)


class Check(Answer):
    """One rule applied to one value."""

    rule: str
    saw: str
    wanted: str
    passed: bool
    about: Literal["event", "friend", "advocate", "program"] = Field(description="Whose value it is.")


class Reason(Answer):
    """The trace of a judgement: the rule, what it saw, and what would have changed it."""

    outcome: str
    rule: str
    saw: str
    would_change: str
    revision: int | None = Field(default=None, description="The revision of the program that it was judged by.")
    checks: list[Check] = Field(default_factory=list)
    goals: list["GoalReason"] = Field(default_factory=list, description="Of several goals, the answer of each.")


class GoalReason(Answer):
    """The answer of one goal to an event."""

    goal: str
    outcome: str
    rule: str
    saw: str
    would_change: str
    checks: list[Check] = Field(default_factory=list)


class RewardOut(Answer):
    """A reward that an event led to."""

    id: str
    side: Side
    amount: str = Field(examples=["10.00"])
    unit: str
    state: RewardState
    pending_until: datetime
    goal: str = Field(description="The goal it is for; of a prize, the prize's name.")
    occurrence: int = Field(description="Which time the goal was reached, counting from 1.")
    kind: Kind
    delivery: Delivery = Field(description="How it reaches the customer.")
    reason: str | None = Field(description="Why it was denied or revoked.")
    owed: str | None = Field(default=None, description="What this refund took of it after it had been used.")
    waits_for: str | None = Field(description="The event that must come before the hold can pass.")


class Decision(Answer):
    """What an event led to, and why."""

    event: str
    outcome: str = Field(examples=["qualified", "no-goal", "unclaimed", "refund-took-back"])
    summary: str
    decision: Reason | None
    referral: str | None
    rewards: list[RewardOut] = Field(description="What it led to, or what a refund took or made smaller.")
    claim_url: str | None = Field(description="Show it to the buyer: whoever opens it is the friend.")
    customer: str | None


class Redemption(Answer):
    """A redeemed voucher."""

    voucher: Literal["redeemed"]
    reward: str
    customer: str
    amount: str = Field(examples=["10.00"])
    unit: str
    redeemed_at: datetime | None
    cashier: str
    place: str
    summary: str


class Spending(Answer):
    """What a customer spent of a balance."""

    spending: str
    customer: str
    unit: str
    amount: str = Field(examples=["10.00"])
    state: Literal["booked", "undone"]
    spent_at: datetime
    undone_at: datetime | None
    balance: str = Field(description="What is on the balance now; below zero, it has to be made up.")


class SignInLink(Answer):
    """An address that joins a chat account to a customer."""

    url: str
    expires_at: datetime


class IdentityOut(Answer):
    """The customer on one platform."""

    platform: str
    id: str


class Expiring(Answer):
    """The part of a balance that expires first."""

    amount: str
    expires_at: datetime


class Balance(Answer):
    """What is on a customer's balance in one unit."""

    unit: str
    amount: str = Field(description="Below zero, it has to be made up by what is earned next.", examples=["10.00"])
    expires_next: Expiring | None


class Customer(Answer):
    """A customer, as the business knows them."""

    id: str
    first_name: str
    attributes: dict[str, str]
    identities: list[IdentityOut]
    code: str | None = Field(description="Their share code in the running program, once they have one.")
    customer_since: datetime | None
    created_at: datetime
    stopped: bool = Field(description="Whether they said stop: nothing is written to them.")
    balances: list[Balance]


class ReferralOut(Answer):
    """A referral, from one of its two sides."""

    id: str
    side: Side
    advocate: str
    friend: str
    state: Literal["joined", "qualified", "completed", "ineligible"]
    reason: str | None = Field(description="Why it is ineligible.")
    joined_at: datetime
    qualified_at: datetime | None
    completed_at: datetime | None


class Referrals(Answer):
    """A customer's referrals, oldest first."""

    customer: str
    referrals: list[ReferralOut]


class CustomerReward(RewardOut):
    """A reward of a customer."""

    referral: str | None = Field(description="None for a prize, or for what the team gave by hand.")
    word: str = Field(description="Where it stands, as the customer is told it.", examples=["on-balance"])
    expires_at: datetime | None = Field(description="None: it never does.")
    option: str = Field(description="Which of several things it is, where the program offers a choice.")
    spent: str = Field(description="What was used of it, where it is on a balance.", examples=["2.50"])


class Rewards(Answer):
    """A customer's rewards, oldest first."""

    customer: str
    rewards: list[CustomerReward]


class Stats(Answer):
    """A customer's numbers in the running program."""

    customer: str
    visits: int
    joined: int
    qualified: int
    completed: int
    ineligible: int
    score: int = Field(description="Referrals whose hold has passed.")
    place: int | None = Field(description="One more than there are higher scores; none without a score.")
    balances: list[Balance]


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
