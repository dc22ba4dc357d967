"""Simulating prizes: milestones counted, contests decided and raffles drawn over a history, as the service does it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import islice

from referrals.caps import Asked, Owners
from referrals.money import Amount
from referrals.periods import period_end, period_key, period_start
from referrals.prizes import GRACE, Contender, drawn_in_order, has_won, milestones_reached, winners
from referrals.program import Contest, Milestone, Program, Raffle
from referrals.rewarding import Fixed, RewardRule
from referrals.simulated_caps import Room
from referrals.simulation_records import Known, Memory, Report, Taken, Winners

# Another draw finds others; the same history is to find the same.
_SEED = b"a simulation"
_NEVER = datetime.max.replace(tzinfo=UTC)


class Prizes:
    """What completed referrals lead to beyond the reward for each, in the order of time."""

    def __init__(self, program: Program, memory: Memory, report: Report, room: Room) -> None:
        self._program = program
        self._memory = memory
        self._report = report
        self._room = room
        self._firsts = [contest for contest in program.contests if contest.first_to is not None]
        most = [contest for contest in program.contests if contest.first_to is None]
        self._decided: list[Contest | Raffle] = [*most, *program.raffles]
        self._ends: dict[str, datetime] = {}  # when the period ends that runs, of each that is decided at its end
        self._next: datetime | None = None  # when something happens that nobody reports

    def until(self, at: datetime) -> None:
        """Let everything happen that was due: places taken by the first, contests decided, raffles drawn."""
        if not self._firsts and not self._decided:
            return
        if self._next is None:
            self._begin(at)
        elif at < self._next:
            return
        self._arrive(at)
        for prize in self._decided:
            while (end := self._ends.get(_rule(prize))) is not None and end + GRACE <= at:
                self._decide(prize, end)
        arrival = self._memory.next_arrival() if self._firsts else None
        self._next = min([end + GRACE for end in self._ends.values()] + ([arrival] if arrival else [_NEVER]))

    def finish(self) -> None:
        """Let every hold pass and every period end in which something was completed."""
        last = self._memory.last_completion()
        if last is not None:
            ends = [self._end(prize, last) or last for prize in self._decided]
            self._next = last
            self.until(max([last, *ends]) + GRACE)

    def qualified(self, friend: str, known: Known, goals: set[str]) -> None:
        """Count a referral that has reached these goals; it is completed when its hold is over."""
        self._count_milestones(known, goals)
        if known.completes is not None and (self._firsts or self._decided):
            self._memory.complete(friend, known.advocate, known.completes)
            self._next = min(self._next or known.completes, known.completes)

    def lost(self, friend: str, known: Known) -> None:
        """Let a referral count no more; what was decided stays."""
        if self._firsts or self._decided:
            self._memory.uncomplete(friend)
        advocate = self._memory.customer(known.advocate)
        for milestone in self._program.milestones:
            for counted in [name for name in known.counted if name.partition("\n")[0] == milestone.name]:
                advocate.milestones[counted] -= 1
                self._lose(milestone, counted, advocate)
        known.counted.clear()

    def _begin(self, at: datetime) -> None:
        ends = ((_rule(prize), self._end(prize, at)) for prize in self._decided)
        self._ends = {rule: end for rule, end in ends if end is not None}

    def _end(self, prize: Contest | Raffle, at: datetime) -> datetime | None:
        """Say when the period ends that a moment falls into; one for the whole program ends with it, if it does."""
        if prize.period == "lifetime":
            return self._program.ends
        return period_end(prize.period, at, self._program.zone)

    def _arrive(self, at: datetime) -> None:
        """Give the places of the contests for the first, one completed referral after the other."""
        for advocate, completed_at in self._memory.arrivals(at) if self._firsts else ():
            score = self._memory.score(advocate)
            for contest in self._firsts:
                won = self._report.winners.setdefault(_rule(contest), Winners())
                part = self._part(contest, advocate)
                if not has_won(contest, score) or advocate in won.all or won.places[part] >= contest.winners:
                    continue
                won.places[part] += 1
                self._give(contest, advocate, completed_at)

    def _decide(self, prize: Contest | Raffle, end: datetime) -> None:
        """Find who has won the period that has ended, and go on to the next."""
        program = self._program
        is_whole = prize.period == "lifetime"
        since = None if is_whole else period_start(prize.period, end - timedelta(hours=1), program.zone)
        found = self._lots(prize, since, end) if isinstance(prize, Raffle) else self._most(prize, since, end)
        for customer in found:
            self._give(prize, customer, end)
        following = None if is_whole else self._end(prize, end)
        if following is None:
            del self._ends[_rule(prize)]
        else:
            self._ends[_rule(prize)] = following

    def _lots(self, raffle: Raffle, since: datetime | None, until: datetime) -> Iterable[str]:
        return drawn_in_order(raffle, self._memory.entrants(since, until, raffle.entries_per_referral), _SEED)

    def _most(self, contest: Contest, since: datetime | None, until: datetime) -> Iterable[str]:
        """Name the winners of each part; those who come after them are not even read."""
        ranked: Iterable[Contender] = self._memory.ranked(since, until, max(1, contest.at_least))
        if not contest.partition:
            first = list(islice(ranked, contest.winners))
        else:
            first, places = [], dict[str, int]()
            for each in ranked:
                part = self._part(contest, each.customer)
                places[part] = places.get(part, 0) + 1
                if places[part] <= contest.winners:
                    first.append(Contender(customer=each.customer, score=each.score, since=each.since, partition=part))
        return [each.customer for won in winners(contest, first).values() for each in won]

    def _part(self, contest: Contest, advocate: str) -> str:
        return self._memory.customer(advocate).attributes.get(contest.partition, "") if contest.partition else ""

    def _give(self, prize: Contest | Raffle, customer: str, at: datetime) -> None:
        worth = _worth(prize.reward)
        if worth is None:
            return
        won = self._report.winners.setdefault(_rule(prize), Winners())
        if self._taken(prize.reward, customer, at) is None:
            won.all.add(customer)  # they have won, and a full cap keeps it from them
            return
        won.won(customer)
        side = "raffle" if isinstance(prize, Raffle) else "contest"
        self._report.give(side, worth.unit, worth.minor, period_key("month", at, self._program.zone))

    def _count_milestones(self, known: Known, reached: set[str]) -> None:
        """Count a referral for the milestones that are about these goals, each of them once."""
        advocate = self._memory.customer(known.advocate)
        counted = {name.partition("\n")[0] for name in known.counted}
        for milestone in self._program.milestones:
            if milestone.name in counted or (milestone.goals and not milestone.goals & reached) or not known.completes:
                continue
            name = f"{milestone.name}\n{period_key(milestone.period, known.completes, self._program.zone)}"
            known.counted.append(name)
            before = advocate.milestones.get(name, 0)
            advocate.milestones[name] = before + 1
            self._reach(milestone, name, known.advocate, known.completes)

    def _reach(self, milestone: Milestone, name: str, customer: str, at: datetime) -> None:
        """Give the milestones that lie between the last number of referrals and this one."""
        advocate, worth = self._memory.customer(customer), _worth(milestone.reward)
        after = advocate.milestones[name]
        for number in milestones_reached(milestone, before=after - 1, after=after):
            key = f"{name}\n{number}"
            if key in advocate.prizes:
                continue  # what a full cap refused stays refused, also where it is reached again
            taken = self._taken(milestone.reward, customer, at) if worth is not None else ()
            if taken is None or taken:
                advocate.prizes[key] = taken
            if taken is None:
                continue
            self._report.milestones[milestone.name] += 1
            if worth is not None:
                month = period_key("month", at, self._program.zone)
                self._report.give("milestone", worth.unit, worth.minor, month)

    def _lose(self, milestone: Milestone, name: str, advocate: Known) -> None:
        """Take the milestones back that this number of referrals is too small for."""
        left, worth = advocate.milestones[name], _worth(milestone.reward)
        for number in milestones_reached(milestone, before=left, after=left + 1):
            key = f"{name}\n{number}"
            if advocate.prizes.get(key, ()) is None:
                continue
            self._room.give_back(advocate.prizes.pop(key, None) or ())
            self._report.milestones[milestone.name] -= 1
            if worth is not None:
                self._report.take_back("milestone", worth.unit, worth.minor, whole=True)

    def _taken(self, rule: RewardRule, customer: str, at: datetime) -> tuple[Taken, ...] | None:
        """Take room for a prize, of a choice for the dearest option; nothing where a cap is full."""
        if not self._program.caps:
            return ()
        asked = Asked(rule.side, [option.size.amount for option in rule.options if isinstance(option.size, Fixed)])
        return self._room.take(asked, at, Owners(advocate=customer, friend="", referral=""))


def _rule(prize: Contest | Raffle) -> str:
    """Name a prize as the program's file does."""
    return f"{'raffles' if isinstance(prize, Raffle) else 'contests'}.{prize.name}"


def _worth(rule: RewardRule) -> Amount | None:
    """Say what a prize is worth: of a choice, its first option that is worth anything."""
    sizes = (option.size.amount for option in rule.options if isinstance(option.size, Fixed))
    return next((amount for amount in sizes if amount.minor), None)
