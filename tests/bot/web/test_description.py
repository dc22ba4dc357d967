"""The description beside what the handlers really answer: every field is described, and comes as it is described."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

import httpx
import pytest
from pydantic import BaseModel

from bot.web import answers
from handlers.events import Event
from handlers.outcome import Outcome
from messages.catalog import Catalog
from tests.bot.web.house import TIME, Behind, house
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB

PURCHASE = {"type": "purchase", "amount": "25.00", "currency": "EUR"}
BOBS = {**PURCHASE, "id": "1", "customer": {"identities": [{"platform": "telegram", "id": BOB.identity.subject}]}}

Read = TypeVar("Read", bound=BaseModel)


@dataclass
class Shop(Behind):
    """The handlers themselves, over a database."""

    talk: Dialogue | None = None

    async def dispatch(self, event: Event) -> Outcome:
        assert self.talk
        return await self.talk.dispatcher.dispatch(event)


@pytest.fixture
def story(talk: Dialogue) -> Dialogue:
    """A shop whose clock shows what the web's shows."""
    talk.clock.move(TIME - talk.clock.now())
    return talk


async def test_reports_and_redemptions_answer_as_described(story: Dialogue, catalog: Catalog) -> None:
    async with house(catalog, behind=Shop(talk=story)) as home:
        code = await story.code_of(ALICE)
        await story.brings(ALICE, BOB)
        bought = read(answers.Decision, await home.post("/events", BOBS))
        waiting = read(answers.Decision, await home.post("/events", {**PURCHASE, "id": "2", "code": code}))
        await story.passes(days=15)
        home.clock.move(timedelta(days=15))
        redemptions = f"/vouchers/{await story.voucher_for(BOB)}/redemptions"
        redeemed = read(answers.Redemption, await home.post(redemptions, {"place": "Market"}, idempotency_key="k"))
        read(answers.SignInLink, await home.post(f"/customers/{bought.customer}/links", {}))
    assert (bought.outcome, len(bought.rewards)) == ("qualified", 2)
    assert waiting.claim_url
    assert redeemed.redeemed_at == TIME + timedelta(days=15)


async def test_customers_are_read_as_described(story: Dialogue, catalog: Catalog) -> None:
    await story.earns(ALICE, BOB)
    customer = f"/customers/{await story.id_of(ALICE)}"
    async with house(catalog, behind=Shop(talk=story)) as home:
        alice = read(answers.Customer, await home.get(customer))
        referrals = read(answers.Referrals, await home.get(f"{customer}/referrals"))
        rewards = read(answers.Rewards, await home.get(f"{customer}/rewards"))
        stats = read(answers.Stats, await home.get(f"{customer}/stats"))
    assert alice.code
    assert [each.side for each in referrals.referrals] == ["advocate"]
    assert [each.state for each in rewards.rewards] == ["pending"]
    assert stats.qualified == 1


def read(model: type[Read], answer: httpx.Response) -> Read:
    """Read an answer as its model describes it, with nothing beside."""
    assert answer.status_code == 200, answer.text
    found = model.model_validate_json(answer.content)
    assert not list(undescribed(found))
    return found


def undescribed(value: object) -> Iterator[str]:
    """Name the fields that no model knows."""
    if isinstance(value, BaseModel):
        yield from value.model_extra or ()
        yield from undescribed([inner for _, inner in value])
    elif isinstance(value, list):
        for inner in value:
            yield from undescribed(inner)
