"""The leaderboard: someone looks at it, and once a week it goes to those who agreed."""

from dataclasses import dataclass

from handlers.acquaintance import recognize
from handlers.competing import standing_lines
from handlers.events import TopAsked, WeeklyBoardDue
from handlers.menu import PANEL_SETTINGS, PANEL_STATUS, SHARE, TOP
from handlers.outcome import Notice, NoticeKind, Outcome
from handlers.programs import running_program
from messages.message import Act, Button, Message, NameOf, Phrase, Value
from referrals.periods import PERIODS, period_key, slot_week, weekly_slot
from referrals.program import Program
from referrals.pseudonyms import pseudonym
from storage.customers import Customer
from storage.scores import Score
from storage.store import Store

SHOWN = 10
WEEKLY_SHOWN = 3
WEEKLY_JOB = "weekly-board"
# Each recipient costs three statements; fifty stay near 100 ms of held write lock on SQLite.
CHUNK = 50


async def on_top_asked(event: TopAsked, store: Store) -> Outcome:
    """Show the first ten and the person's own place; a pure read."""
    customer = await recognize(event, store)
    program = await running_program(store)
    if program is None:
        return Outcome(answers=(Message(key="joining.no-program"),))
    period = event.period if event.period in PERIODS else "all"
    key = period_key(period, event.at, program.zone)
    scores = await store.scores.top(program.id, key, SHOWN)
    lines = [_row(score, place, program, customer) for score, place in _placed(scores)]
    is_shown = customer is not None and any(score.advocate_id == customer.id for score in scores)
    if customer is not None and not is_shown:
        lines.append(await _own_line(customer, program, key, store))
    lines += await standing_lines(customer, program, event.at, store) if customer is not None else ()
    message = Message(
        key=f"leading.board-{period}" if scores else f"leading.empty-{period}",
        lines=tuple(lines),
        buttons=(_tabs(period), (PANEL_STATUS, SHARE), (PANEL_SETTINGS,)),
        in_place=bool(event.period),
    )
    return Outcome(answers=(message,), language=customer.language if customer else None)


async def on_weekly_board_due(event: WeeklyBoardDue, store: Store) -> Outcome:
    """Send the finished week's leaderboard to the next few who agreed; the slot remembers how far it has come."""
    program = await running_program(store)
    if program is None:
        return Outcome()
    slot = weekly_slot(event.at, program.zone)
    if await store.due.is_slot_done(WEEKLY_JOB, slot):
        return Outcome()
    cursor = await store.due.open_slot(WEEKLY_JOB, slot)
    if cursor is None:
        return Outcome()
    since, _ = slot_week(slot, program.zone)
    key = period_key("week", since, program.zone)
    scores = await store.scores.top(program.id, key, WEEKLY_SHOWN)
    # A week without a single completed referral is no news.
    people = await store.customers.agreed_after(cursor, CHUNK) if scores else []
    week = _Week(slot=slot, key=key, scores=scores)
    notices = [await _weekly(customer, week, program, store) for customer in people]
    is_done = len(people) < CHUNK
    await store.due.advance_slot(WEEKLY_JOB, slot, people[-1].id if people else cursor, event.at if is_done else None)
    return Outcome(notices=tuple(notices), more=not is_done)


@dataclass(frozen=True, kw_only=True)
class _Week:
    slot: str
    key: str
    scores: list[Score]


async def _weekly(customer: Customer, week: _Week, program: Program, store: Store) -> Notice:
    lines = tuple(_row(score, place, program, customer, in_notice=True) for score, place in _placed(week.scores))
    if customer.on_board:
        score = await store.scores.of(program.id, customer.id, week.key)
        place = await store.scores.place_of(program.id, score, week.key)
        own = Phrase("leading.weekly-own", {"place": place, "score": score}) if score else Phrase("leading.weekly-none")
        lines += (own,)
    lines += (Phrase("leading.weekly-why"),)
    why = Act(label="leading.button-no-more", action="set", about="reminders:end")
    message = Message(
        key="leading.weekly", values={"program": program.name}, lines=lines, buttons=((SHARE, TOP), (why,))
    )
    return Notice(to=customer.id, kind=NoticeKind.MARKETING, key=f"weekly:{week.slot}:{customer.id}", message=message)


def _placed(scores: list[Score]) -> list[tuple[Score, int]]:
    """Give the first ones their places; equal scores share one."""
    numbers = [score.score for score in scores]
    return [(score, 1 + numbers.index(score.score)) for score in scores]


def _row(score: Score, place: int, program: Program, reader: Customer | None, *, in_notice: bool = False) -> Phrase:
    values: dict[str, Value] = {"place": place, "score": score.score}
    if reader is not None and score.advocate_id == reader.id:
        return Phrase("leading.row-you", values)
    if score.shows_name and score.first_name:
        # The outbox keeps no names: a notice looks them up when it is sent.
        return Phrase("leading.row", {**values, "name": NameOf(score.advocate_id) if in_notice else score.first_name})
    return Phrase("leading.row", {**values, "name": pseudonym(score.advocate_id, program.id)})


async def _own_line(customer: Customer, program: Program, period: str, store: Store) -> Phrase:
    if not customer.on_board:
        return Phrase("leading.own-off-board")
    score = await store.scores.of(program.id, customer.id, period)
    if score == 0:
        return Phrase("leading.own-none")
    place = await store.scores.place_of(program.id, score, period)
    return Phrase("leading.own", {"place": place, "score": score})


def _tabs(period: str) -> tuple[Button, ...]:
    return tuple(
        Act(label=f"leading.tab-{name}", action="top", about=name, style="primary" if name == period else "")
        for name in PERIODS
    )
