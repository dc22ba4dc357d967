"""Why something is as it is: a reward, a referral, or what was reported about somebody, in the words of one side.

What is said to an advocate is made of the terms, the dates of the referral and their own rewards; nothing in here that
speaks to an advocate reads an event of the friend, or a decision about one.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from handlers.picking import worth_of
from handlers.placing import word_of
from handlers.programs import terms, worth
from handlers.promising import event_name, what_counts
from handlers.stipulating import in_words
from messages.message import Day, Phrase, Said, Value
from referrals.denials import DENIALS, NOT_YET, told_as
from referrals.money import Amount, AmountError, parse_amount
from referrals.program import Program
from referrals.rewarding import Delivery, Side
from storage.customers import Customer
from storage.decisions import Decision
from storage.events import ReportedEvent
from storage.referrals import Referral
from storage.rewards import Reward
from storage.store import Store

# How the words of a reward's place begin to be explained; of the others, nothing is missing.
OVER = ("denied", "revoked")
OWED = "owed"
# Of a purchase: saw and wanted are amounts; of a moment: they are days.
OF_AMOUNTS = ("below-minimum",)
OF_DAYS = ("too-late", "before-joining", "before-link", "late-claim-over", "program-over", "program-not-begun")
OF_WORDS = ("other-currency",)
# Reasons that are told where they belong: by the line of a referral or a reward, or when a claim address is opened.
TOLD_ELSEWHERE = frozenset(
    {
        "joined-before",
        "invited-by-another",
        "refunded",
        "refund-reduced",
        "refund-took-back",
        "event-never-came",
        "not-delivered",
        "by-hand",
        "revoked-by-hand",
        "team-refused",
        "team-revoked",
        "claim-used",
        "claim-expired",
        "unknown-claim",
        "same-person",
        "invited-before",
    }
)
# What a purchase of one's own may not have counted for.
EXPLAINED = frozenset(
    code
    for code, denial in DENIALS.items()
    if "friend" in denial.sides and not code.startswith("cap-") and code not in TOLD_ELSEWHERE
)


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why something is as it is: the lines that say so, and what of it somebody of the team could decide otherwise."""

    lines: tuple[Phrase, ...]
    side: str
    code: str = ""  # of the denial; nothing was denied where it is empty
    about: str = ""  # the reward, event or referral that was decided on
    decision: str | None = None  # the kept decision


async def of_reward(reward: Reward, customer: Customer, at: datetime, store: Store) -> Reason:
    """Say why a reward of somebody's own is where it is."""
    word = word_of(reward, at, await store.spendings.parts(customer.id))
    values: dict[str, Value] = {"gain": await worth_of(reward, store), "free": Day(reward.pending_until)}
    side = str(reward.side)
    if word in OVER or word == "expired":
        code = "expired" if word == "expired" else reward.reason or ""
        return await _ended(reward, code, values, at, store=store)
    lines: list[Phrase] = []
    if reward.id in await store.ledger.reduced_of(customer.id):
        lines.append(Phrase(f"justifying.{told_as('refund-reduced', side)}", values))
    if word == "waiting-for-event":
        program = await terms(store, reward.program_id, reward.revision)
        values["event"] = event_name(reward.waits_for or "", program)
        lines.append(Phrase(f"justifying.waiting-{side}", values))
    elif word == "pending":
        lines.append(Phrase("justifying.pending", values))
    elif word == OWED:
        # What comes onto a balance makes it up by itself; nobody asks for what a till gave back.
        lines.append(Phrase("justifying.owed" if reward.delivery == Delivery.BALANCE else "justifying.used", values))
    return Reason(lines=tuple(lines) or (Phrase("justifying.stands"),), side=side)


async def of_referral(referral: Referral, customer: Customer, at: datetime, store: Store) -> Reason:
    """Say why a referral is where it is: to the friend also of what they did, to the advocate of nothing they did."""
    side = str(Side.ADVOCATE if referral.advocate_id == customer.id else Side.FRIEND)
    program = await terms(store, referral.program_id, referral.revision)
    found = await store.rewards.of_both_sides([referral.id])
    own = [reward for reward in found if reward.customer_id == customer.id and reward.side == side]
    if own:
        return _together([await of_reward(reward, customer, at, store) for reward in own])
    if referral.state == "ineligible":
        code = referral.reason or "referral-ended"
        return Reason(lines=(denied(code, side, {}),), side=side, code=code, about=referral.id)
    if referral.state != "joined":
        return Reason(lines=(Phrase("justifying.without-reward"),), side=side)
    refused = await _latest_refusal(customer, program, store) if side == Side.FRIEND else None
    return refused or _not_yet(referral, program, side, at)


async def of_decision(decision: Decision, program: Program, store: Store) -> Reason:
    """Say to whom it was about why something that was reported did not count, with the value that was seen."""
    event = await store.events.seen(decision.about)
    what = {"day": Day(event.occurred_at if event else decision.at)}
    kind = "invitation" if event is None else "purchase" if event.type == "purchase" else "deed"
    values = {"what": Phrase(f"justifying.about-{kind}", what), **seen(decision.trace, event, program)}
    code = str(decision.trace["outcome"])
    lines = (denied(code, Side.FRIEND, values), *_missed(decision.trace, program))
    about = decision.about if event is not None else ""
    return Reason(lines=lines, side=str(Side.FRIEND), code=code, about=about, decision=decision.id)


def denied(code: str, side: str, values: Mapping[str, Value]) -> Phrase:
    """Say a denial to one side; a code from before it was in the catalogue is the team's decision."""
    known = code if code in DENIALS else "revoked-by-hand"
    text = told_as(known, side)
    if text == "more-needed" and isinstance(values.get("saw"), int):
        text = "more-needed-count"
    return Phrase(f"justifying.{text}", {**_blank(), **values})


def seen(trace: Mapping[str, Any], event: ReportedEvent | None, program: Program) -> dict[str, Value]:
    """Read out of a decision which value was seen and what it had to be, as money, days or numbers."""
    code, saw = str(trace["outcome"]), str(trace["saw"])
    wanted = str(trace.get("would_change") or "").lstrip("<>= ")
    if code in OF_AMOUNTS:
        unit = (event.unit if event else None) or program.currency
        return {"saw": worth(program, _amount(saw, unit)), "limit": worth(program, _amount(wanted, program.currency))}
    if code in OF_DAYS:
        return {name: day for name, text in (("saw", saw), ("limit", wanted)) if (day := _day(text)) is not None}
    if code in OF_WORDS:
        return {"saw": saw, "limit": wanted}
    if code == "more-needed" and saw.isdigit() and wanted.isdigit():
        return {"saw": int(saw), "limit": int(wanted)}
    return {}


async def _ended(reward: Reward, code: str, values: dict[str, Value], at: datetime, *, store: Store) -> Reason:
    kept = await store.decisions.refusal_of(reward.id, ["revoked-by-hand" if code == "by-hand" else code])
    lines: list[Phrase] = []
    if code.startswith("cap-") and kept is not None:
        values |= _of_cap(kept.trace, await terms(store, reward.program_id, reward.revision))
        lines += _opens_again(kept.trace, at)
    if code == "by-hand" and kept is not None:
        values["why"] = Said(str(kept.trace.get("because", "")))
    if code == "not-delivered":
        waited = await store.deliveries.of_reward(reward.id)
        values["why"] = _of_delivery(waited.reason if waited else None)
    if reward.expires_at is not None:
        values["until"] = Day(reward.expires_at)
    said = denied(code, reward.side, values)
    return Reason(
        lines=(said, *lines),
        side=str(reward.side),
        code=code if code in DENIALS else "revoked-by-hand",
        about=reward.id,
        decision=kept.id if kept else None,
    )


async def _latest_refusal(customer: Customer, program: Program, store: Store) -> Reason | None:
    """Say why what was reported last about somebody did not count, if it did not."""
    for decision in await store.decisions.of_events_of(customer.id, 1):
        denial = DENIALS.get(str(decision.trace["outcome"]))
        if denial is not None and "friend" in denial.sides:
            return await of_decision(decision, program, store)
    return None


def _together(found: list[Reason]) -> Reason:
    """Say of several rewards what there is to say, once each; what was refused last can be decided otherwise."""
    lines: list[Phrase] = []
    for line in (line for reason in found for line in reason.lines):
        if line not in lines:
            lines.append(line)
    if len(lines) > 1:
        lines = [line for line in lines if line.key != "justifying.stands"]
    refused = [reason for reason in found if reason.code]
    return replace((refused or found)[-1], lines=tuple(lines))


def _not_yet(referral: Referral, program: Program, side: str, at: datetime) -> Reason:
    """Say what is still to happen; that it is too late for it the dates alone tell."""
    left = [goal for goal in program.goals if not referral.times.get(goal.name)]
    wanted = what_counts((left or program.goals)[0], program)
    values: dict[str, Value] = {"wanted": wanted, "limit": Day(referral.qualify_by)}
    text = "advocate-too-late" if at > referral.qualify_by else NOT_YET
    return Reason(lines=(Phrase(f"justifying.{text}", values),), side=side)


def _of_cap(trace: Mapping[str, Any], program: Program) -> dict[str, Value]:
    """Say how much a cap allows and how much of it was used up; nobody but the program's team hears of its budget."""
    cap = next((cap for cap in program.caps if cap.name == trace["rule"]), None)
    checks = _checks(trace)
    if cap is None or not checks or cap.owner == "program":
        return {}
    limit = str(checks[0]["wanted"]).lstrip("<= ")
    if cap.value is not None and limit == cap.value.decimal():
        return {"limit": worth(program, cap.value), "saw": worth(program, _amount(str(trace["saw"]), cap.value.unit))}
    used = str(trace["saw"]).lstrip(">= ")
    return {"limit": _rewards(limit), "saw": _rewards(used)}


def _rewards(count: str) -> Value:
    return Phrase("justifying.rewards", {"count": int(count)}) if count.isdigit() else count


def _opens_again(trace: Mapping[str, Any], at: datetime) -> tuple[Phrase, ...]:
    opens = _day(str(trace.get("would_change", "")).removeprefix("from "))
    return (Phrase("earning.opens-again", {"day": opens}),) if opens is not None and opens.at > at else ()


def _of_delivery(reason: str | None) -> Value:
    if not reason:
        return Phrase("delivering.why-gone")
    return Phrase(f"delivering.why-{reason}") if reason in {"gone", "terms"} else Said(reason)


def _missed(trace: Mapping[str, Any], program: Program) -> tuple[Phrase, ...]:
    """Say the conditions that were missed, out of the terms."""
    missed = {str(check["rule"]).partition(".")[2] for check in _checks(trace) if not check["passed"]}
    goal, _, field = str(trace["rule"]).partition(".")
    found = program.goal(goal)
    if trace["outcome"] != "conditions-not-met" or found is None:
        return ()
    asked = [each for each in found.when.conditions() if each.field in missed | {field}]
    return tuple(in_words(each) for each in asked if not each.field.startswith("advocate"))


def _checks(trace: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(trace.get("checks") or ())


def _amount(text: str, unit: str) -> Amount:
    with suppress(AmountError):
        return parse_amount(text, unit)
    return Amount(0, unit)


def _day(text: str) -> Day | None:
    with suppress(ValueError):
        return Day(datetime.fromisoformat(text))
    return None


def _blank() -> dict[str, Value]:
    """Let a text say something sensible where a decision of before has not kept what it saw."""
    nothing, invitation = Phrase("words.nothing"), Phrase("justifying.about-it")
    return {"what": invitation, **dict.fromkeys(("saw", "limit", "until", "gain", "why", "wanted"), nothing)}
