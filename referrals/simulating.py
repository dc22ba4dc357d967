"""Simulating: what a program would have cost and given, had it been running while these events happened."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from referrals.attribution import Invitation, counts_late, refusal
from referrals.caps import Owners
from referrals.judging import Grant, Verdict, free_at, judge
from referrals.periods import period_key
from referrals.program import Goal, Program, Touch
from referrals.reported import Facts, Party, Reported, Standing
from referrals.rewarding import Side
from referrals.simulated_caps import Room
from referrals.simulated_prizes import Prizes
from referrals.simulated_refunds import refund
from referrals.simulation_records import Gift, Known, Memory, Past, Report, Row, Taken
from referrals.sizing import noted

# Longer chains of who brought whom are not followed: nobody has been seen to close a circle of so many.
_LONGEST_CHAIN = 50
# Refused invitations of one customer that are not told twice.
_REMEMBERED = 8
JOINED = "joined"
REFUND = "refund"


class Simulation:
    """Plays a history against a program, one row after the other, in the order of time."""

    def __init__(self, program: Program, memory: Memory) -> None:
        self.program = program
        self.memory = memory
        self.report = Report()
        self._room = Room(program=program, memory=memory, report=self.report)
        self._prizes = Prizes(program, memory, self.report, self._room)
        self._awaited = {goal.hold.until_event for goal in program.goals}
        self._goals: dict[str, tuple[Goal, ...]] = {
            event: program.goals_for(event) for goal in program.goals for event in goal.events
        }
        self._windows = {event: _longest(goals, program) for event, goals in self._goals.items()}
        self._looks_back = {event for event, goals in self._goals.items() if any(goal.is_replayed for goal in goals)}

    def play(self, row: Row) -> None:
        """Let one row happen."""
        self.memory.put_away()
        report = self.report
        report.rows += 1
        self._room.line = row.line
        report.begins, report.ends = report.begins or row.at, row.at
        self._prizes.until(row.at)
        if row.type == REFUND:
            refund(row, self)
            return
        known = self.memory.customer(row.customer)
        if row.id and self._came_before(row, known):
            report.repeated.happened(row.line)
            return
        known.attributes.update(row.attributes)
        if row.invited_by and row.invited_by != known.advocate:  # an invitation may stand on each of a friend's rows
            self._join(row, known)
        if known.advocate:
            self._judge(row, known)
        elif row.type != JOINED:
            report.uninvited += 1
            if self.program.late_claim and row.type in self._goals:
                self.memory.remember(Past(row.key, row.customer, _reported(row)))
        if row.type == self.program.new_until:
            known.bought(row.at)

    def finish(self) -> None:
        """Let everything come to its end that was begun."""
        self._prizes.finish()

    def facts(self, past: Past, known: Known, others: Sequence[Past]) -> Facts:
        """Gather what a judgement may look at."""
        advocate = self.memory.customer(known.advocate)
        joined_at = known.joined_at or past.event.occurred_at
        since = joined_at - self.program.late_claim
        counted = [other.event for other in others if other.stands and other.event.occurred_at >= since]
        seen = [_not_before(event, joined_at) for event in counted]
        return Facts(
            event=_not_before(past.event, joined_at),
            program=self.program,
            standing=Standing(
                state=known.state,
                joined_at=joined_at,
                reached={goal: counts[0] for goal, counts in known.reached.items()},
            ),
            friend=Party(attributes=known.attributes, referrals=known.referrals),
            advocate=Party(attributes=advocate.attributes, referrals=advocate.referrals),
            history=seen,
        )

    def lose(self, friend: str, known: Known) -> None:
        """Let a referral that had qualified count no more for its advocate."""
        advocate = self.memory.customer(known.advocate)
        advocate.referrals -= 1
        self.report.qualified -= 1
        self.report.ranks(known.advocate, advocate.referrals)
        self._prizes.lost(friend, known)

    def _join(self, row: Row, known: Known) -> None:
        advocate = self.memory.customer(row.invited_by)
        # Where the last invitation counts, a friend who has done nothing yet may follow somebody else.
        follows = self.program.touch is Touch.LAST and not known.ended and not known.reached
        invitation = Invitation(
            advocate=row.invited_by,
            friend=row.customer,
            customer_since=known.since,
            last_bought=known.last_bought,
            invited_by=None if follows else known.advocate or None,
            is_circle=self._is_above(row.customer, row.invited_by),
            advocate_attributes=advocate.attributes,
            friend_attributes=known.attributes,
        )
        refused = refusal(invitation, self.program, row.at)
        if refused is not None:
            told = f"{refused} {row.invited_by}"
            if told not in known.turned_down:  # it may stand on each of their rows
                known.turned_down = [*known.turned_down[-_REMEMBERED:], told]
                self.report.refuse(refused, row.line)
            return
        self.report.referrals += not known.advocate
        known.advocate, known.joined_at = row.invited_by, row.at
        if counts_late(invitation, self.program, row.at):
            self._count_earlier(row, known)

    def _count_earlier(self, row: Row, known: Known) -> None:
        """Judge what a friend did shortly before they gave the code, where the program lets it be given late."""
        since = row.at - self.program.late_claim
        earlier = [past for past in self.memory.past_of(row.customer) if past.event.occurred_at >= since]
        for past in earlier:
            if past.stands:
                others = [other for other in earlier if other.key != past.key]
                self._decide(past, row.line, known, others)

    def _is_above(self, friend: str, advocate: str) -> bool:
        for _ in range(_LONGEST_CHAIN):
            if advocate == friend:
                return True
            advocate = self.memory.customer(advocate).advocate
            if not advocate:
                return False
        return False

    def _came_before(self, row: Row, known: Known) -> bool:
        """Tell whether a row came twice: at once, or after the first of it has led to something or may yet."""
        if known.latest == row.key:
            return True
        known.latest = row.key
        return bool(known.advocate) and row.type in self._goals and self.memory.recall(row.key) is not None

    def _judge(self, row: Row, known: Known) -> None:
        goals = self._goals.get(row.type, ())
        if not goals:
            if row.type not in self._awaited and row.type not in {JOINED, self.program.new_until}:
                self.report.refuse("no-goal", row.line)
            return
        in_time = known.joined_at is None or row.at <= known.joined_at + self._windows[row.type]
        looks_back = in_time and row.type in self._looks_back
        done = _is_done(goals, known)
        if done and not looks_back:
            # Most rows of a long history: nothing has to be gathered to say so.
            self.report.refuse("goal-reached-before", row.line)
            return
        past = Past(row.key, row.customer, _reported(row))
        if done:
            self.memory.remember(past)  # it may stand in for one that is refunded
            self.report.refuse("goal-reached-before", row.line)
            return
        if in_time:
            self._decide(past, row.line, known, self.memory.past_of(row.customer) if looks_back else ())
        else:  # it can reach nothing any more, whatever came before it
            self.report.refuse(judge(self.facts(past, known, ())).decision.outcome, row.line)

    def _decide(self, past: Past, line: int, known: Known, others: Sequence[Past]) -> None:
        judgement = judge(self.facts(past, known, others))
        if not judgement.reached:
            self.memory.remember(past)
            self.report.refuse(judgement.decision.outcome, line)
            return
        was_qualified = known.has_qualified
        gifts: list[Gift] = []
        for verdict in judgement.reached:
            counts = known.reached.setdefault(verdict.goal.name, [0, 0])
            counts[0], counts[1] = counts[0] + 1, counts[1] + 1
            gifts += self._gifts(verdict, past, known)
        self.memory.remember(past._replace(gifts=tuple(gifts)))
        at = max(past.event.occurred_at, known.joined_at or past.event.occurred_at)
        if not was_qualified:
            self._qualified(known, min(free_at(verdict.goal, at) for verdict in judgement.reached))
        self._prizes.qualified(past.friend, known, {verdict.goal.name for verdict in judgement.reached})

    def _qualified(self, known: Known, completes: datetime) -> None:
        """Count a referral for its advocate."""
        known.completes = completes
        advocate = self.memory.customer(known.advocate)
        advocate.referrals += 1
        self.report.qualified += 1
        self.report.ranks(known.advocate, advocate.referrals)

    def _gifts(self, verdict: Verdict, past: Past, known: Known) -> list[Gift]:
        gifts = []
        at = max(past.event.occurred_at, known.joined_at or past.event.occurred_at)
        for grant in verdict.grants:
            owner = known.advocate if grant.side is Side.ADVOCATE else past.friend
            owners = Owners(advocate=known.advocate, friend=past.friend, referral=past.friend)
            taken = self._room.take(grant, at, owners)
            gifts.append(_gift(grant, owner, known.reached[grant.goal.name][1], taken))
            if taken is not None:
                month = period_key("month", at, self.program.zone)
                self.report.give(grant.side.value, gifts[-1].unit, gifts[-1].minor, month)
        return gifts


def _longest(goals: Sequence[Goal], program: Program) -> timedelta:
    return max(goal.within or program.qualify_within for goal in goals)


def _is_done(goals: Sequence[Goal], known: Known) -> bool:
    """Tell whether every one of these goals was reached as often as it can be."""
    reached: Mapping[str, list[int]] = known.reached
    for goal in goals:
        counts = reached.get(goal.name)
        if counts is None or goal.most_times is None or counts[0] < goal.most_times:
            return False
    return True


def _reported(row: Row) -> Reported:
    return Reported(type=row.type, amount=row.amount, occurred_at=row.at, source=row.source, properties=row.properties)


def _not_before(event: Reported, joined_at: datetime) -> Reported:
    """Let what happened before a code was given late count as of then."""
    return event if event.occurred_at >= joined_at else replace(event, occurred_at=joined_at)


def _gift(grant: Grant, owner: str, occurrence: int, taken: tuple[Taken, ...] | None) -> Gift:
    """Remember a reward: of a choice, its first option that is worth anything."""
    number = next(number for number, amount in enumerate(grant.amounts) if amount.minor > 0)
    amount = grant.amounts[number]
    return Gift(
        owner=owner,
        side=grant.side.value,
        goal=grant.goal.name,
        occurrence=occurrence,
        unit=amount.unit,
        minor=amount.minor if taken is not None else 0,
        option=grant.rule.options[number].name,
        options=_options(grant) if grant.rule.is_choice else (),
        taken=taken or (),
        denied=taken is None,
        fitted=noted(grant.sizes[number]),
    )


def _options(grant: Grant) -> tuple[tuple[str, str, int, str], ...]:
    found = zip(grant.rule.options, grant.amounts, grant.sizes, strict=True)
    return tuple(
        (option.name, amount.unit, amount.minor, noted(size)) for option, amount, size in found if amount.minor > 0
    )
