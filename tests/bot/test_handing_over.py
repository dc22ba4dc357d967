"""What doctor says of rewards that wait to be handed over, and of stocks that run low."""

from typing import Any

from bot.cli.handing_over import examine_handing_over
from bot.settings import Settings
from handlers.events import DeliveriesDue, RewardClaimed, StockLoaded
from handlers.stocking import LOW
from tests.dialogue import Dialogue
from tests.giving import ready
from tests.people import ALICE, BOB

CARDS: dict[str, Any] = {"kind": "gift-card", "delivery": "codes", "stock": "cards"}
PLACE: dict[str, Any] = {"kind": "access", "delivery": "team"}


async def looked(talk: Dialogue) -> str:
    """Have doctor look."""
    return await examine_handing_over(Settings(_env_file=None, database_url=talk.database.url)) or ""


async def loads(talk: Dialogue, *numbers: int) -> None:
    """The team loads codes."""
    await talk.tells(StockLoaded, stock="cards", codes=tuple(f"CARD-{number:04}" for number in numbers))


async def test_a_stock_that_runs_low_is_noted_and_one_that_people_wait_for_is_wrong(talk: Dialogue) -> None:
    await talk.has_team()
    assert await looked(talk) == ""
    await loads(talk, *range(LOW + 1))
    assert await looked(talk) == ""
    await talk.tells(RewardClaimed, by=ALICE, reward=await ready(talk, ALICE, **CARDS))
    assert await looked(talk) == "note: the stock cards has 10 codes left; load codes with `grapevine codes load`"


async def test_who_waits_for_a_code_is_counted(talk: Dialogue) -> None:
    await talk.has_team()
    for who in (ALICE, BOB):
        await talk.tells(RewardClaimed, by=who, reward=await ready(talk, who, **CARDS))
    assert (await looked(talk)).startswith("the stock cards is empty and 2 people wait for a code, the first for ")
    await loads(talk, 1)
    assert "the stock cards has codes and 2 people wait" in await looked(talk)
    await talk.tells(DeliveriesDue)
    assert (await looked(talk)).startswith("the stock cards is empty and 1 person waits for a code, the first for ")


async def test_what_the_team_left_lying_is_named(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.tells(RewardClaimed, by=ALICE, reward=await ready(talk, ALICE, **PLACE))
    said = await looked(talk)
    assert said.startswith("1 person waits for the team to hand over what they claimed, the first for ")
    assert said.endswith(" days; `grapevine rewards waiting` lists them")
