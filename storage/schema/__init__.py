"""The tables, their constraints by name, and their indexes with the reason for each."""

from storage.schema.delivering import campaigns, consents, limits, marketing_weeks, outbox, workers
from storage.schema.earning import claims, decisions, events, ledger, redemptions, rewards, vouchers
from storage.schema.people import customers, identities, merges, suggestions, tokens
from storage.schema.program import programs, revisions
from storage.schema.referring import clicks, links, referrals, shares
from storage.schema.running import facts, leases, parked, slots
from storage.schema.scoring import score_counts, scores
from storage.schema.tables import metadata
from storage.schema.team import conversations, members

__all__ = [
    "campaigns",
    "claims",
    "clicks",
    "consents",
    "conversations",
    "customers",
    "decisions",
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
    "suggestions",
    "tokens",
    "vouchers",
    "workers",
]
