"""The tables, their constraints by name, and their indexes with the reason for each."""

from storage.schema.delivering import deliveries, spendings, stock
from storage.schema.earning import claims, decisions, events, ledger, redemptions, vouchers
from storage.schema.people import customers, identities, merges, suggestions, tokens
from storage.schema.program import programs, revisions
from storage.schema.referring import clicks, links, referrals, shares
from storage.schema.rewarding import caps, rewards
from storage.schema.running import facts, leases, outbox, parked, slots
from storage.schema.scoring import score_counts, scores
from storage.schema.tables import metadata
from storage.schema.team import conversations, members

__all__ = [
    "caps",
    "claims",
    "clicks",
    "conversations",
    "customers",
    "decisions",
    "deliveries",
    "events",
    "facts",
    "identities",
    "leases",
    "ledger",
    "links",
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
]
