"""Milestones, contests and raffles: what completed referrals lead to beyond the reward for each."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from handlers import prizing
from handlers.events import Event, PrizesDue
from handlers.menu import SHARE, STATUS
from handlers.outcome import Notice, NoticeKind, Outcome, TeamPost
from handlers.prizing import Prize
from handlers.programs import running_program, terms
from messages.message import Message
from referrals import ledger
from referrals.ledger import RewardState
from referrals.periods import period_end, period_key, period_start
from referrals.prizes import GRACE, Contender, Entrant, drawn, fingerprint, has_won, milestones_reached, winners
from referrals.program import Contest, Milestone, Program, Raffle
from storage.customers import Customer
from storage.prizes import named
from storage.referrals import Referral
from storage.rewards import Reward
from storage.store import Store

LOST = "milestone-lost"
UNSPENT = (RewardState.PENDING, RewardState.AVAILABLE, RewardState.CLAIMED)


async def on_completed(
    referrals: Sequence[Referral], event: Event, store: Store
) -> tuple[list[Notice], list[TeamPost]]:
    """Give what these referrals, just completed, lead to: milestones, and the places of contests for the first."""
    newest = {(referral.program_id, referral.advocate_id): referral for referral in referrals}
    programs = {key: await terms(store, referral.program_id, referral.revision) for key, referral in newest.items()}
    rich = {key for key, program in programs.items() if program.milestones or program.contests}
    # One after the other: whoever comes second counts what the first has completed.
    people = await store.customers.lock([advocate for _, advocate in rich]) if rich else {}
    found: list[Prize] = []
    for key in sorted(rich):
        customer, program = people[key[1]], programs[key]
        found += await _milestones(customer, program, newest[key], event, store=store)
        found += await _firsts(customer, program, event, store)
    return await prizing.told(found, event, store)


async def fallen(referral: Referral, event: Event, store: Store) -> list[Notice]:
    """Take back the milestones that a referral had led to which counts no more, as far as they are unspent."""
    program = await terms(store, referral.program_id, referral.revision)
    if not program.milestones or referral.completed_at is None:
        return []
    await store.customers.lock([referral.advocate_id])
    found = []
    for milestone in program.milestones:
        count = await _count(milestone, referral.advocate_id, program, referral.completed_at, store)
        still = len(milestones_reached(milestone, before=0, after=count))
        beginning = _occasion(milestone, program, referral.completed_at)
        for reward in await store.rewards.of_occasion(program.id, referral.advocate_id, beginning):
            if int(str(reward.occasion).removeprefix(beginning).partition(":")[0]) > still:
                found += await _lose(reward, event.at, store)
    return found


async def on_prizes_due(event: PrizesDue, store: Store) -> Outcome:
    """Decide the contests and draw the raffles whose period has ended, each slot once."""
    program = await running_program(store)
    if program is None:
        return Outcome()
    notices: list[Notice] = []
    posts: list[TeamPost] = []
    for contest in program.contests:
        if contest.first_to is None:
            won, told = await _once(contest, program, event, store)
            notices, posts = notices + won, posts + told
    for raffle in program.raffles:
        won, told = await _once(raffle, program, event, store)
        notices, posts = notices + won, posts + told
    return Outcome(notices=tuple(notices), posts=tuple(posts))


async def _milestones(
    customer: Customer, program: Program, referral: Referral, event: Event, *, store: Store
) -> list[Prize]:
    found = []
    at = referral.completed_at or event.at
    for milestone in program.milestones:
        count = await _count(milestone, customer.id, program, at, store)
        beginning = _occasion(milestone, program, at)
        had = await store.rewards.of_occasion(program.id, customer.id, beginning)
        for number in milestones_reached(milestone, before=0, after=count):
            given = [reward for reward in had if str(reward.occasion).startswith(f"{beginning}{number}:")]
            if all(reward.reason == LOST for reward in given):
                # It may be reached, lost to a refund, and reached again.
                prize = Prize(
                    story="milestone",
                    occasion=f"{beginning}{number}:{len(given) + 1}",
                    customer=customer.id,
                    rule=milestone.reward,
                    program=program,
                    values={"count": milestone.at * number},
                )
                found += await prizing.grant(prize, event, store)
    return found


async def _firsts(customer: Customer, program: Program, event: Event, store: Store) -> list[Prize]:
    """Give a place in each contest for the first that this customer has now won."""
    found: list[Prize] = []
    score = await store.prizes.completed(program.id, customer.id, None, None, frozenset())
    for contest in program.contests:
        beginning = f"contest:{contest.name}:"
        if not has_won(contest, score) or await store.rewards.of_occasion(program.id, customer.id, beginning):
            continue
        part = customer.attributes.get(contest.partition, "") if contest.partition else ""
        place = await store.prizes.take_place(program.id, f"{contest.name}:{part}", places=contest.winners)
        if place is not None:
            prize = Prize(
                story="first",
                occasion=f"{beginning}{place}",
                customer=customer.id,
                rule=contest.reward,
                program=program,
                values={"place": place, "count": contest.first_to or 0},
            )
            found += await prizing.grant(prize, event, store)
    return found


async def _once(
    prize: Contest | Raffle, program: Program, event: Event, store: Store
) -> tuple[list[Notice], list[TeamPost]]:
    """Decide the period that ended last, if nobody has."""
    ended = _last_period(prize.period, program, event.at)
    if ended is None:
        return [], []
    since, until, key = ended
    job = f"prize:{named(f'{program.id}:{type(prize).__name__}:{prize.name}')}"
    if await store.due.is_slot_done(job, key) or await store.due.open_slot(job, key) is None:
        return [], []
    await store.due.advance_slot(job, key, "", event.at)
    promised = await _promised(prize, program, until, store)
    if promised is None:
        return [], []
    if isinstance(promised, Raffle):
        found = await _draw(promised, program, (since, until, key), event, store=store)
    else:
        found = await _most(promised, program, (since, until, key), event, store=store)
    return await prizing.told(found, event, store)


_Ended = tuple[datetime | None, datetime, str]


async def _most(contest: Contest, program: Program, ended: _Ended, event: Event, *, store: Store) -> list[Prize]:
    since, until, key = ended
    tallies = await store.prizes.tallies(program.id, since, until, at_least=max(1, contest.at_least))
    contenders = [
        Contender(
            customer=tally.advocate_id,
            score=tally.completed,
            since=tally.last_at,
            partition=tally.attributes.get(contest.partition, "") if contest.partition else "",
        )
        for tally in tallies
    ]
    found: list[Prize] = []
    for part, won in winners(contest, contenders).items():
        for place, winner in enumerate(won, start=1):
            prize = Prize(
                story="most",
                occasion=f"contest:{contest.name}:{key}:{place}",
                customer=winner.customer,
                rule=contest.reward,
                program=program,
                values={"place": place, "count": winner.score},
            )
            found += await prizing.grant(prize, event, store)
        saw = f"{len(won)}/{sum(contender.partition == part for contender in contenders)}"
        await prizing.keep(contest, "contest-decided", key, event, store, part=part, saw=saw)
    return found


async def _draw(raffle: Raffle, program: Program, ended: _Ended, event: Event, *, store: Store) -> list[Prize]:
    """Draw from the event's own randomness; the decision keeps what the draw was made from, and its winners."""
    since, until, key = ended
    tallies = await store.prizes.tallies(program.id, since, until)
    entrants = [
        Entrant(customer=tally.advocate_id, entries=tally.completed * raffle.entries_per_referral) for tally in tallies
    ]
    seed = event.draw.token(f"raffle:{raffle.name}:{key}").encode()
    found: list[Prize] = []
    won = drawn(raffle, entrants, seed)
    for customer in won:
        prize = Prize(
            story="raffle",
            occasion=f"raffle:{raffle.name}:{key}",
            customer=customer,
            rule=raffle.reward,
            program=program,
            values={"count": next(entrant.entries for entrant in entrants if entrant.customer == customer)},
        )
        found += await prizing.grant(prize, event, store)
    entries = sum(entrant.entries for entrant in entrants)
    await prizing.keep(raffle, "raffle-drawn", key, event, store, saw=str(entries), winners=won, by=fingerprint(seed))
    return found


async def _promised(
    prize: Contest | Raffle, program: Program, until: datetime, store: Store
) -> Contest | Raffle | None:
    """Find the prize as it was promised when its period ended: a later revision awards nothing for the time before."""
    for number in range(program.revision, 0, -1):
        revision = await store.programs.revision(program.id, number)
        if revision is not None and revision.applied_at < until:
            then = await terms(store, program.id, number)
            kept: Mapping[str, Contest | Raffle] = {
                one.name: one for one in (then.raffles if isinstance(prize, Raffle) else then.contests)
            }
            return kept.get(prize.name)
    return None


def _last_period(period: str, program: Program, at: datetime) -> _Ended | None:
    """Return the period that ended last: its first moment, the first one after it, and its name."""
    settled = at - GRACE
    if period == "lifetime":
        return (None, program.ends, "lifetime") if program.ends is not None and program.ends <= settled else None
    until = period_start(period, settled, program.zone)
    if until is None:
        return None
    before = until - timedelta(hours=1)
    return period_start(period, before, program.zone), until, period_key(period, before, program.zone)


async def _count(milestone: Milestone, customer: str, program: Program, at: datetime, store: Store) -> int:
    since, until = None, None
    if milestone.period != "lifetime":
        since = period_start(milestone.period, at, program.zone)
        until = period_end(milestone.period, at, program.zone)
    return await store.prizes.completed(program.id, customer, since, until, milestone.goals)


def _occasion(milestone: Milestone, program: Program, at: datetime) -> str:
    return f"milestone:{milestone.name}:{period_key(milestone.period, at, program.zone)}:"


async def _lose(reward: Reward, at: datetime, store: Store) -> list[Notice]:
    if reward.spent:
        return []  # what is used stays theirs
    before = RewardState(reward.state)
    moved = await store.rewards.move(
        reward.id,
        states=[state for state in UNSPENT if state == before],
        to=RewardState.REVOKED,
        reason=LOST,
        ended_at=at,
    )
    if moved is None:
        return []
    await store.vouchers.end(moved.id, "revoked")
    await store.ledger.book(moved, ledger.take_back(f"take-back:{LOST}", moved.worth, before), at)
    values = await prizing.values_of(moved, store)
    message = Message(key="winning.milestone-lost", values=values, buttons=((SHARE, STATUS),))
    return [Notice(to=moved.customer_id, kind=NoticeKind.REWARD, key=f"lost:{moved.id}", message=message)]
