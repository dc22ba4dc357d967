"""Limits: who tries code after code is told when to come back, learns nothing, and is in nobody else's way."""

from datetime import timedelta

import pytest

from bot.web.limits import Limit, Limits, TooMany, address_of
from handlers.events import VoucherRedeemed
from handlers.outcome import Outcome
from messages.catalog import Catalog
from referrals import codes
from tests.bot.web.house import CODE, KEY, SHOP_CODE, TOKEN, VOUCHER, Behind, House, house

STRANGER = {"x-forwarded-for": "203.0.113.7"}
NEIGHBOUR = {"x-forwarded-for": "203.0.113.8"}
PAGES = ("/r/{}", "/join/{}", "/qr/{}.png", "/qr/{}.svg")


def made_up(count: int) -> list[str]:
    """Make codes that pass the check and that nobody has."""
    letters = "ABCDEFGHJK"
    return [codes.complete(f"ZZZZZ{letters[n // 10]}{letters[n % 10]}") for n in range(count)]


async def ask(home: House, path: str, **headers: str) -> int:
    """Ask for a page and return the status."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return (await home.client.get(path, headers=named)).status_code


async def use_up(home: House, path: str = "/r/{}") -> None:
    """Try as many made-up codes as there may be."""
    for code in made_up(30):
        assert (await home.client.get(path.format(code), headers=STRANGER)).status_code == 404


@pytest.mark.parametrize("path", PAGES)
async def test_whoever_tries_code_after_code_is_told_when_to_come_back(home: House, path: str) -> None:
    await use_up(home, path)
    answer = await home.client.get(path.format(made_up(31)[30]), headers=STRANGER)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 10
    assert "A little slower, please" in answer.text


@pytest.mark.parametrize("path", PAGES)
async def test_from_then_on_a_code_that_exists_is_answered_like_one_that_does_not(home: House, path: str) -> None:
    await use_up(home)
    there = await home.client.get(path.format(SHOP_CODE), headers=STRANGER)
    not_there = await home.client.get(path.format(made_up(31)[30]), headers=STRANGER)
    no_code_at_all = await home.client.get(path.format("ANNA2345"), headers=STRANGER)
    for answer in (there, no_code_at_all):
        assert (answer.status_code, answer.content) == (not_there.status_code, not_there.content)
        assert answer.headers.keys() == not_there.headers.keys()
    assert home.behind.clicks == []
    assert SHOP_CODE not in home.behind.lookups


async def test_links_in_use_go_on_working_behind_the_same_address(home: House) -> None:
    await ask(home, f"/r/{CODE}", **NEIGHBOUR)
    await use_up(home)
    for path in PAGES:
        assert (await home.client.get(path.format(CODE), headers=STRANGER)).status_code in {200, 302}
        assert (await home.client.get(path.format(SHOP_CODE), headers=NEIGHBOUR)).status_code in {200, 302}


@pytest.mark.parametrize("typed", ["ANNA2345", "%00", "A" * 300, "ÀÉ"])
async def test_what_cannot_be_a_code_is_answered_like_one_that_nobody_has(home: House, typed: str) -> None:
    for path in PAGES:
        one = await home.client.get(path.format(made_up(1)[0]), headers=STRANGER)
        other = await home.client.get(path.format(typed), headers=STRANGER)
        assert (one.status_code, one.content) == (other.status_code, other.content)


async def test_a_claim_is_found_whatever_others_have_tried(home: House) -> None:
    statuses = [await ask(home, f"/claim/{'x' * 20}{number}", **STRANGER) for number in range(31)]
    assert statuses == [404] * 30 + [429]
    assert await ask(home, f"/claim/{TOKEN}", **STRANGER) == 200


async def test_a_flood_of_pages_is_answered_429(home: House) -> None:
    statuses = [await ask(home, f"/join/{CODE}", **STRANGER) for _ in range(202)]
    # Fortieths of a second do not add up to a whole one.
    assert statuses in ([200] * 199 + [429] * 3, [200] * 200 + [429] * 2)
    assert await ask(home, f"/join/{CODE}", **NEIGHBOUR) == 200
    home.clock.move(timedelta(seconds=1))
    assert await ask(home, f"/join/{CODE}", **STRANGER) == 200


async def test_wrong_keys_are_counted_and_then_the_right_one_is_not_looked_at(home: House) -> None:
    for number in range(20):
        assert await ask(home, "/api/v1/customers/cus_1", authorization=f"Bearer k-{number}", **STRANGER) == 401
    for key in ("k-21", KEY):
        answer = await home.client.get(
            "/api/v1/customers/cus_1", headers={"authorization": f"Bearer {key}", **STRANGER}
        )
        assert answer.status_code == 429
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == "/problems/too-many-requests"
        assert 0 < int(answer.headers["retry-after"]) <= 6


async def test_a_shop_is_not_locked_out_by_what_is_tried_from_its_address(home: House) -> None:
    assert await ask(home, "/api/v1/customers/cus_1", authorization=f"Bearer {KEY}", **STRANGER) == 200
    wrong = [await ask(home, "/api/v1/customers/cus_1", authorization="Bearer x", **STRANGER) for _ in range(21)]
    assert wrong == [401] * 20 + [429]
    assert await ask(home, "/api/v1/customers/cus_1", authorization=f"Bearer {KEY}", **STRANGER) == 200


async def test_a_till_that_searches_for_vouchers_is_stopped_and_learns_nothing(catalog: Catalog) -> None:
    known = Outcome(reply={"voucher": "redeemed"})

    def answer(event: object) -> Outcome:
        is_known = isinstance(event, VoucherRedeemed) and event.code == VOUCHER
        return known if is_known else Outcome(refused="unknown-voucher")

    async with house(catalog, behind=Behind(answer=answer)) as home:
        unknown = codes.complete("ZZZZZZZZZZZ")
        for _ in range(20):
            told = await home.post(f"/vouchers/{unknown}/redemptions", {}, idempotency_key="till-1", **STRANGER)
            assert told.status_code == 404
        seen = len(home.behind.events)
        for code in (unknown, VOUCHER):
            told = await home.post(f"/vouchers/{code}/redemptions", {}, idempotency_key="till-1", **STRANGER)
            assert told.status_code == 429
            assert told.json()["type"] == "/problems/too-many-requests"
            assert 0 < int(told.headers["retry-after"]) <= 30
        assert len(home.behind.events) == seen
        told = await home.post(f"/vouchers/{VOUCHER}/redemptions", {}, idempotency_key="till-2", **NEIGHBOUR)
        assert told.status_code == 200


def test_a_limit_fills_up_again_with_time() -> None:
    now = [100.0]
    limit = Limit(3, 10.0, now=lambda: now[0])
    for _ in range(3):
        limit.take("a")
    with pytest.raises(TooMany) as many:
        limit.take("a")
    assert many.value.headers == {"retry-after": "10"}
    limit.take("b")
    now[0] += 9.5
    with pytest.raises(TooMany) as many:
        limit.check("a")
    assert many.value.headers == {"retry-after": "1"}
    now[0] += 0.5
    limit.take("a")
    with pytest.raises(TooMany):
        limit.take("a")
    now[0] += 1000
    for _ in range(3):
        limit.take("a")


def test_what_was_under_way_makes_the_wait_no_longer() -> None:
    limit = Limit(3, 10.0, now=lambda: 100.0)
    for _ in range(50):
        limit.count("a")
    with pytest.raises(TooMany) as many:
        limit.check("a")
    assert many.value.headers == {"retry-after": "10"}


def test_many_addresses_do_not_fill_the_memory() -> None:
    limit = Limit(1, 10.0, most=100)
    for number in range(1000):
        limit.count(str(number))
    limit.check("0")
    with pytest.raises(TooMany):
        limit.check("999")
    assert len(vars(limit)["_paid_until"]) == 100


@pytest.mark.parametrize(
    ("client", "named"),
    [
        (("203.0.113.7", 1), "203.0.113.7"),
        (("::ffff:203.0.113.7", 1), "203.0.113.7"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::"),
        (("fe80::1%eth0", 1), "fe80::"),
        (("not:an:address", 1), "not:an:address"),
        (None, ""),
    ],
)
def test_one_person_is_one_address(client: tuple[str, int] | None, named: str) -> None:
    assert address_of({"type": "http", "client": client}) == named


def test_each_process_starts_with_fresh_limits() -> None:
    one, other = Limits(), Limits()
    one.misses.count("a")
    assert vars(other.misses)["_paid_until"] == {}
