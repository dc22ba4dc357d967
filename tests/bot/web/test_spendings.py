"""Spendings over the API: a balance is spent and given back, and every no says what is there."""

from bot.web import answers
from handlers.events import BalanceSpent, SpendingUndone
from messages.catalog import Catalog
from referrals.money import Amount
from tests.bot.web.house import House, house
from tests.bot.web.test_description import Shop, read, story
from tests.dialogue import Dialogue
from tests.giving import on_balance
from tests.people import ALICE

__all__ = ["story"]


async def test_a_balance_is_spent_and_given_back(story: Dialogue, catalog: Catalog) -> None:
    await on_balance(story, ALICE, 1000)
    customer = f"/customers/{await story.id_of(ALICE)}"
    spendings = f"{customer}/spendings"
    async with house(catalog, behind=Shop(talk=story)) as home:
        asked = {"unit": "EUR", "amount": "4.00"}
        spent = read(answers.Spending, await home.post(spendings, asked, idempotency_key="order-1"))
        again = read(answers.Spending, await home.post(spendings, asked, idempotency_key="order-1"))
        stats = read(answers.Stats, await home.get(f"{customer}/stats"))
        rewards = read(answers.Rewards, await home.get(f"{customer}/rewards"))
        much = await home.post(spendings, {"unit": "EUR", "amount": "6.01"}, idempotency_key="order-2")
        other = await home.post(spendings, {"unit": "EUR", "amount": "1.00"}, idempotency_key="order-1")
        back = read(answers.Spending, await home.delete(f"{spendings}/{spent.spending}"))
        twice = read(answers.Spending, await home.delete(f"{spendings}/{spent.spending}"))
        unknown = await home.delete(f"{spendings}/spd_0")
    assert spent == again
    assert (spent.amount, spent.balance, spent.state) == ("4.00", "6.00", "booked")
    assert [(balance.unit, balance.amount) for balance in stats.balances] == [("EUR", "6.00")]
    assert [(reward.word, reward.spent) for reward in rewards.rewards] == [("on-balance", "4.00")]
    assert (much.status_code, much.json()["type"], much.json()["available"]) == (
        409,
        "/problems/balance-too-low",
        "6.00",
    )
    assert (other.status_code, other.json()["type"]) == (409, "/problems/spending-key-reused")
    assert back == twice
    assert (back.state, back.balance) == ("undone", "10.00")
    assert unknown.status_code == 404


async def test_a_spending_becomes_an_event(home: House) -> None:
    await home.post("/customers/cus_1/spendings", {"unit": "points", "amount": "30"}, idempotency_key="k")
    await home.delete("/customers/cus_1/spendings/spd_1")
    spent, undone = home.behind.events
    assert isinstance(spent, BalanceSpent)
    assert (spent.customer, spent.amount, spent.key) == ("cus_1", Amount(30, "points"), "k")
    assert isinstance(undone, SpendingUndone)
    assert (undone.customer, undone.spending) == ("cus_1", "spd_1")


async def test_bad_spendings_name_the_field(home: House) -> None:
    wrong = {
        "amount": {"unit": "EUR", "amount": "0"},
        "unit": {"unit": "€", "amount": "1"},
        "note": {"unit": "EUR", "amount": "1", "note": "x"},
    }
    for field, body in wrong.items():
        answer = await home.post("/customers/cus_1/spendings", body, idempotency_key="k")
        assert (answer.status_code, answer.json()["field"]) == (422, field)
    precise = await home.post("/customers/cus_1/spendings", {"unit": "points", "amount": "1.5"}, idempotency_key="k")
    assert (precise.status_code, precise.json()["field"]) == (422, "amount")
    keyless = await home.post("/customers/cus_1/spendings", {"unit": "EUR", "amount": "1"})
    assert keyless.json()["field"] == "Idempotency-Key"
    assert home.behind.events == []
