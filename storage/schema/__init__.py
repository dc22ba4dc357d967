"""The tables, their constraints by name, and their indexes with the reason for each."""

from storage.schema.delivering import campaigns, consents, limits, marketing_weeks, outbox, workers
from storage.schema.earning import claims, decisions, events, ledger, redemptions, vouchers
from storage.schema.fulfilling import deliveries, spendings, stock
from storage.schema.people import customers, identities, merges, suggestions, tokens
from storage.schema.program import programs, revisions
from storage.schema.referring import clicks, links, referrals, shares
from storage.schema.rewarding import caps, rewards
from storage.schema.running import facts, leases, parked, slots
from storage.schema.scoring import score_counts, scores
from storage.schema.tables import metadata
from storage.schema.team import appeals, conversations, members

__all__ = [
    "appeals",
    "campaigns",
    "caps",
    "claims",
    "clicks",
    "consents",
    "conversations",
    "customers",
    "decisions",
    "deliveries",
    "events",
    "facts",
    "identities",
    "leases",
    "ledger",
    "limits",
    "links",
    "marketing_weeks",
    "members",
    "merges",
    "metadata",
    "outbox",
    "parked",
    "programs",
    "redemptions",
    "referrals",
    "revisions",
    "rewards",
    "score_counts",
    "scores",
    "shares",
    "slots",
    "spendings",
    "stock",
    "suggestions",
    "tokens",
    "vouchers",
    "workers",
]
