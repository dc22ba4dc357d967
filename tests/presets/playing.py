"""Plays a history over the app's own dispatcher and a real database, and tells where it ends otherwise."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from handlers.events import Person
from referrals.money import Amount
from storage.schema import referrals, rewards
from tests.dialogue import Dialogue, Heard
from tests.people import someone
from tests.presets.histories import History, Holding, Standing, Step

_WHO_DOES = re.compile(r"(?P<who>.+?) (?:does|do) (?P<deeds>.+)")
_DEED = re.compile(
    r"(?P<type>[a-z][a-z0-9_.-]*)(?: (?P<amount>\d+(?:\.\d+)?) (?P<unit>[A-Z]{3}))?"
    r"(?P<properties>(?: [a-z_]+=\S+)*)(?: with (?P<advocate>\w+)'s code)?(?: as (?P<id>[\w-]+))?"
)
_JOINS = re.compile(r"(?P<who>\w+) joins by (?P<advocate>\w+)")
_IS = re.compile(r"(?P<who>\w+) is(?P<attributes>(?: [a-z_]+=\S+)+)")
_REFUND = re.compile(r"(?P<id>[\w-]+) is refunded (?P<amount>\d+(?:\.\d+)?) (?P<unit>[A-Z]{3})")
_CROWD = re.compile(r"(?P<number>\d+) friends of (?P<advocate>\w+)")
_TAPS = re.compile(r"(?P<who>\w+) (?P<deed>claims|picks) (?P<what>.+)")


@dataclass
class Play:
    """A history on the stage: people by their names, and what was reported by its id."""

    talk: Dialogue
    people: dict[str, Person] = field(default_factory=dict)
    guests: int = 0

    async def plays(self, history: History) -> list[str]:
        """Play every step, and say what ended otherwise than it should; nothing when all is as told."""
        wrong: list[str] = []
        now = 0
        for line in history.lines:
            await self.talk.passes(minutes=line.minute - now)
            now = line.minute
            if isinstance(line, Holding):
                wrong += await self._holding(line)
            elif isinstance(line, Standing):
                wrong += await self._standing(line)
            else:
                wrong += _otherwise(line, await self._step(line))
        return wrong

    def person(self, name: str) -> Person:
        """Introduce somebody the first time they are named."""
        return self.people.setdefault(name, someone(name, 5000 + len(self.people)))

    async def _step(self, step: Step) -> str:
        what = step.what
        if joins := _JOINS.fullmatch(what):
            return await self._joins(self.person(joins["who"]), self.person(joins["advocate"]))
        if attributes := _IS.fullmatch(what):
            told = dict(pair.split("=", 1) for pair in attributes["attributes"].split())
            await self.talk.buys(self.person(attributes["who"]), None, type="profile", attributes=told)
            return ""
        if refund := _REFUND.fullmatch(what):
            heard = await self.talk.refunds(refund["id"], refund["amount"], currency=refund["unit"])
            return heard.decision
        if does := _WHO_DOES.fullmatch(what):
            deeds = [_DEED.fullmatch(deed) for deed in does["deeds"].split(", ")]
            return await self._does(does["who"], [deed for deed in deeds if deed is not None])
        if taps := _TAPS.fullmatch(what):
            who = self.person(taps["who"])
            heard = await self.talk.says(who, "/rewards")
            if taps["deed"] == "picks":
                heard = await self.talk.taps(who, heard, "Choose what you get")
            return (await self.talk.taps(who, heard, taps["what"])).refused
        raise ValueError(f"line {step.line}: nobody knows how to do this: {what}")

    async def _joins(self, friend: Person, advocate: Person) -> str:
        return (await self.talk.joins(friend, await self.talk.code_of(advocate))).refused

    async def _does(self, who: str, deeds: list[re.Match[str]]) -> str:
        crowd = _CROWD.fullmatch(who)
        if crowd is None:
            return [(await self._reports(self.person(who), deed)).decision for deed in deeds][-1]
        answered = ""
        for _ in range(int(crowd["number"])):
            self.guests += 1
            guest = someone(f"Guest{self.guests}", 9000 + self.guests)
            await self._joins(guest, self.person(crowd["advocate"]))
            answered = [(await self._reports(guest, deed)).decision for deed in deeds][-1]
        return answered

    async def _reports(self, who: Person, deed: re.Match[str]) -> Heard:
        details: dict[str, Any] = {"type": deed["type"]}
        if deed["unit"]:
            details["currency"] = deed["unit"]
        if deed["id"]:
            details["id"] = deed["id"]
        if deed["advocate"]:
            details["code"] = await self.talk.code_of(self.person(deed["advocate"]))
        details["properties"] = dict(pair.split("=", 1) for pair in deed["properties"].split())
        return await self.talk.buys(who, deed["amount"], **details)

    async def _holding(self, end: Holding) -> list[str]:
        customer = await self.talk.customer(self.person(end.who))
        sums: Counter[tuple[str, str, str]] = Counter()
        for row in await self.talk.rows(rewards):
            if customer is not None and row.customer_id == customer.id:
                because = f" because {row.reason}" if row.state in {"denied", "revoked"} else ""
                sums[row.unit, row.state, because] += row.amount
        found = {
            f"{Amount(total, unit).decimal()} {unit} {state}{because}" for (unit, state, because), total in sums.items()
        }
        if found == end.holdings:
            return []
        return [f"line {end.line}: {end.who} has {', '.join(sorted(found)) or 'nothing'}"]

    async def _standing(self, end: Standing) -> list[str]:
        advocate = await self.talk.id_of(self.person(end.who))
        friend = await self.talk.id_of(self.person(end.friend))
        for row in await self.talk.rows(referrals):
            if (row.advocate_id, row.friend_id) == (advocate, friend):
                found = (row.state, row.reason if end.reason else None)
                told = f"line {end.line}: {end.who}'s {end.friend} is {row.state} because {row.reason}"
                return [] if found == (end.state, end.reason) else [told]
        return [f"line {end.line}: {end.who} has no referral of {end.friend}"]


def _otherwise(step: Step, answered: str) -> list[str]:
    if step.answer is None or answered == step.answer:
        return []
    return [f"line {step.line}: answered {answered or 'without a word'}, not {step.answer}"]
