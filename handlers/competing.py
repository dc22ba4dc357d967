"""How far somebody is on the way to a prize, in a line for each."""

from datetime import datetime

from handlers import capping
from handlers.programs import worth
from messages.message import Day, Phrase, Value
from referrals.caps import Asked, Owners, opens_again
from referrals.periods import period_end, period_start
from referrals.prizes import milestone_left
from referrals.program import Contest, Milestone, Program, Raffle
from referrals.rewarding import Fixed, RewardRule
from storage.customers import Customer
from storage.store import Store

# What somebody is told at a glance; the terms list everything.
MOST_SHOWN = 4

_Within = tuple[datetime | None, datetime | None]


async def standing_lines(customer: Customer, program: Program, at: datetime, store: Store) -> tuple[Phrase, ...]:
    """Say how far a customer is on the way to each prize of a program, nearest things first."""
    lines = [await _to_milestone(one, customer, program, at, store=store) for one in program.milestones]
    lines += [await _to_contest(one, customer, program, at, store=store) for one in program.contests]
    lines += [await _to_raffle(one, customer, program, at, store=store) for one in program.raffles]
    return tuple(line for line in lines if line is not None)[:MOST_SHOWN]


async def _to_milestone(
    milestone: Milestone, customer: Customer, program: Program, at: datetime, *, store: Store
) -> Phrase | None:
    since, until = _within(milestone.period, program, at)
    done = await store.prizes.completed(program.id, customer.id, since, until, milestone.goals)
    left, gain = milestone_left(milestone, done), _gain(milestone.reward, program)
    if not left or not gain:
        return None
    closed = await _closed(milestone.reward, gain, customer, program, at, store=store)
    return closed or Phrase("winning.milestone-left", {"left": left, "gain": gain})


async def _to_contest(
    contest: Contest, customer: Customer, program: Program, at: datetime, *, store: Store
) -> Phrase | None:
    gain = _gain(contest.reward, program)
    if gain is None:
        return None
    if contest.first_to is None:
        since, until = _within(contest.period, program, at)
        done = await store.prizes.completed(program.id, customer.id, since, until, frozenset())
        return Phrase("winning.most-standing", {"winners": contest.winners, "count": done, "gain": gain})
    part = customer.attributes.get(contest.partition, "") if contest.partition else ""
    places = contest.winners - await store.prizes.taken(program.id, f"{contest.name}:{part}")
    left = contest.first_to - await store.prizes.completed(program.id, customer.id, None, None, frozenset())
    if places <= 0 or left <= 0:
        return None
    if closed := await _closed(contest.reward, gain, customer, program, at, store=store):
        return closed
    return Phrase("winning.first-left", {"left": left, "places": places, "gain": gain})


async def _to_raffle(
    raffle: Raffle, customer: Customer, program: Program, at: datetime, *, store: Store
) -> Phrase | None:
    gain = _gain(raffle.reward, program)
    since, until = _within(raffle.period, program, at)
    done = await store.prizes.completed(program.id, customer.id, since, until, frozenset())
    entries = done * raffle.entries_per_referral
    return Phrase("winning.raffle-standing", {"count": entries, "gain": gain}) if gain else None


async def _closed(
    rule: RewardRule, gain: Value, customer: Customer, program: Program, at: datetime, *, store: Store
) -> Phrase | None:
    """Say that a limit leaves no room for a prize, and from when it does: nobody is to work for it in vain."""
    asked = Asked(rule.side, [option.size.amount for option in rule.options if isinstance(option.size, Fixed)])
    owners = Owners(advocate=customer.id, friend="", referral="")
    taken = await capping.full(asked, program, at, owners=owners, store=store)
    if taken is None:
        return None
    opens = opens_again(taken.cap, program, at)
    if opens is None:
        return Phrase("winning.limit-reached", {"gain": gain})
    return Phrase("winning.limit-reached-until", {"gain": gain, "day": Day(opens)})


def _within(period: str, program: Program, at: datetime) -> _Within:
    return period_start(period, at, program.zone), period_end(period, at, program.zone)


def _gain(rule: RewardRule, program: Program) -> Value | None:
    size = rule.first.size
    return worth(program, size.amount) if isinstance(size, Fixed) else None
