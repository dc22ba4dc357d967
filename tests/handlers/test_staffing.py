"""Staffing: who belongs to the team, with which role, and that there is always an owner."""

import pytest

from handlers.events import Event, MemberAdded, MemberRemoved, StatsAsked
from handlers.staffing import ROLES, no_access, team_member
from messages.message import Member
from storage.schema import members
from tests.dialogue import Dialogue
from tests.people import ALICE, CAROL_IN_SLACK, OLGA, TESS, XENA


async def test_a_member_is_added_and_gets_another_role(talk: Dialogue) -> None:
    added = await talk.tells(MemberAdded, member=OLGA.identity, role="owner")
    assert added.reply == {"member": "slack:T0CAFE.U0OLGA", "role": "owner", "was": None}
    await talk.tells(MemberAdded, member=TESS.identity, role="viewer")
    changed = await talk.tells(MemberAdded, member=TESS.identity, role="manager")
    assert changed.reply["was"] == "viewer"
    assert sorted((row.subject, row.role) for row in await talk.rows(members)) == [
        ("T0CAFE.U0OLGA", "owner"),
        ("T0CAFE.U0TESS", "manager"),
    ]


async def test_a_member_is_removed(talk: Dialogue) -> None:
    await talk.has_team()
    removed = await talk.tells(MemberRemoved, member=CAROL_IN_SLACK.identity)
    assert removed.reply == {"member": "slack:T0CAFE.U0CAROL", "role": None, "was": "cashier"}
    assert (await talk.tells(MemberRemoved, member=CAROL_IN_SLACK.identity)).refused == "unknown-member"


async def test_the_last_owner_stays(talk: Dialogue) -> None:
    await talk.has_team()
    for last in (
        await talk.tells(MemberRemoved, member=OLGA.identity),
        await talk.tells(MemberAdded, member=OLGA.identity, role="viewer"),
    ):
        assert last.refused == "last-owner"
        assert "Make somebody else an owner first" in last.text
    assert not (await talk.tells(MemberAdded, member=OLGA.identity, role="owner")).refused
    await talk.tells(MemberAdded, member=TESS.identity, role="owner")
    assert not (await talk.tells(MemberRemoved, member=OLGA.identity)).refused


async def test_two_owners_cannot_leave_at_once(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.tells(MemberAdded, member=TESS.identity, role="owner")
    leaving: list[Event] = [MemberRemoved(**talk.now(), member=who.identity) for who in (OLGA, TESS)]
    assert sorted(heard.refused for heard in await talk.all_at_once(leaving)) == ["", "last-owner"]


async def test_there_are_four_roles(talk: Dialogue) -> None:
    heard = await talk.tells(MemberAdded, member=TESS.identity, role="boss")
    assert heard.refused == "unknown-role"
    assert all(role in heard.text for role in ROLES)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("viewer", 1), ("cashier", 2), ("manager", 3), ("owner", 4)],
)
async def test_each_role_may_do_what_the_ones_before_it_may(talk: Dialogue, role: str, allowed: int) -> None:
    await talk.tells(MemberAdded, member=TESS.identity, role=role)
    event = StatsAsked(**talk.by(TESS))
    async with talk.database.reading() as store:
        found = [await team_member(event, store, at_least=needed) for needed in ROLES]
    assert [member is not None for member in found] == [place < allowed for place in range(4)]


async def test_a_guest_is_no_member_whatever_the_list_says(talk: Dialogue) -> None:
    await talk.tells(MemberAdded, member=XENA.identity, role="owner")
    async with talk.database.reading() as store:
        assert await team_member(StatsAsked(**talk.by(XENA)), store) is None
        [answer] = (await no_access(StatsAsked(**talk.by(XENA)), store)).answers
    assert answer.key == "staffing.for-the-team"
    assert not answer.lines


async def test_who_has_no_access_is_told_whom_to_ask(talk: Dialogue) -> None:
    async with talk.database.reading() as store:
        [nobody] = (await no_access(StatsAsked(**talk.by(TESS)), store)).answers
    assert nobody.key == "staffing.ask-whoever-runs-it"
    await talk.has_team()
    async with talk.database.reading() as store:
        [owned] = (await no_access(StatsAsked(**talk.by(TESS)), store, at_least="manager")).answers
        [elsewhere] = (await no_access(StatsAsked(**talk.by(ALICE)), store)).answers
    assert owned.values == {"member": "slack:T0CAFE.U0TESS", "role": "manager"}
    assert [line.values["owner"] for line in owned.lines] == [Member("slack", "T0CAFE.U0OLGA")]
    # A Slack owner cannot be named to somebody in Telegram.
    assert elsewhere.key == "staffing.ask-whoever-runs-it"
