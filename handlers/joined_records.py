"""What moves when two records are joined, what is taken back, and how all of it is parted again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers.earning import Consequences
from handlers.gathering import deeds_of, earliest
from handlers.outcome import Outcome, TeamPost
from handlers.passing_on import call
from handlers.programs import terms
from handlers.taking_back import TAKEN_FROM, revoke
from messages.message import Message
from referrals import ledger
from referrals.decisions import Decision
from referrals.identity import Identity
from referrals.ledger import RewardState
from referrals.money import Amount
from referrals.program import Program
from storage.customers import Customer
from storage.merges import Merge
from storage.referrals import Referral
from storage.rewards import Reward
from storage.store import Store

OPEN_STATES = ("joined", "qualified", "completed")
# What a record says of its person, and what the person has chosen.
SAID = ("first_name", "language", "zone", "quiet")
AGREED = ("reminders_agreed_at", "news_agreed_at")
MOMENTS = ("customer_since", "reminders_asked_at", *AGREED, "stopped_at")
CHOICES = ("wants_notices", "on_board", "shows_name")


async def join_records(merge: Merge, at: datetime, store: Store, *, listens: bool | None = None) -> Outcome:
    """Move everything of the merged record to the kept one, remembering what was moved, and say who must know.

    `listens` says whether the joined record wants news about friends, where that is not for both to agree on.
    """
    locked = await store.customers.lock([merge.kept_id, merge.merged_id])
    if await _invitation_is_in_the_way(merge, store):
        merge = await store.merges.swap(merge)
    kept, merged = locked[merge.kept_id], locked[merge.merged_id]
    found = Consequences(decision=Decision(outcome="merged", rule="merging", saw=merge.way), occasion=merge.id)
    joined = replace(kept, **_combined(kept, merged, listens=listens))
    moved: dict[str, Any] = {"kept": _fields(kept), "joined": _fields(joined), "ended": []}
    await _settle_referrals(kept, merged, moved=moved, at=at, found=found, store=store)
    await _move_possessions(kept, merged, moved, store)
    await _recount(kept.id, merged.id, store)
    posts = await _move_conversations(kept, merged, moved=moved, at=at, store=store)
    await store.customers.change(kept.id, **_before(moved["joined"]))
    await store.customers.change(merged.id, merged_into=kept.id)
    await store.merges.move(merge.id, state="asked", to="merged", at=at, moved=moved)
    # Whoever lost a reward hears of it at the record that is left.
    told = (replace(notice, to=kept.id if notice.to == merged.id else notice.to) for notice in found.notices)
    return Outcome(notices=tuple(told), posts=(*posts, *found.posts))


async def part_records(merge: Merge, at: datetime, store: Store) -> None:
    """Give both records back what was their own, and restore what the merge had ended."""
    locked = await store.customers.lock([merge.kept_id, merge.merged_id])
    moved = merge.moved
    narrowed = _narrowed_since(moved.get("joined"), locked[merge.kept_id])
    # A merged record keeps what it said and chose, under its other name.
    await store.customers.change(merge.merged_id, merged_into=None, **narrowed)
    await store.customers.move_identities([Identity(*pair) for pair in moved["identities"]], merge.merged_id)
    for link, was_main in moved["links"]:
        await store.links.hand_over([link], merge.merged_id, is_main=was_main)
    for referral, side in moved["referrals"]:
        await store.referrals.hand_over(referral, side=side, to=merge.merged_id)
    await store.rewards.hand_over(moved["rewards"], merge.merged_id)
    await store.ledger.hand_over(moved["rewards"], merge.merged_id)
    await store.events.hand_over(moved["events"], merge.merged_id)
    # Merges of before there were conversations have moved none.
    await store.conversations.hand_over(moved.get("conversations", []), merge.merged_id)
    # Nor cases, of before there were any.
    await store.appeals.hand_over(moved.get("appeals", []), merge.merged_id)
    for ended in moved["ended"]:
        await _restore(ended, merge, at, store)
    await _recount(merge.kept_id, merge.merged_id, store)
    await store.customers.change(merge.kept_id, **_before(moved["kept"]) | narrowed)
    await store.merges.move(merge.id, state="merged", to="undone", at=at, moved=moved)


async def _invitation_is_in_the_way(merge: Merge, store: Store) -> bool:
    """Tell whether the record to keep has an invitation that must give way to one of the other record.

    A record has one invitation per program, ended or not; so the record with the one that wins is kept.
    """
    both = {merge.kept_id, merge.merged_id}
    losing = {
        referral.program_id: referral
        for referral in await store.referrals.of_customer(merge.kept_id)
        if referral.friend_id == merge.kept_id
    }
    for referral in await store.referrals.of_customer(merge.merged_id):
        other = losing.get(referral.program_id)
        if referral.friend_id != merge.merged_id or referral.advocate_id in both or other is None:
            continue
        if other.advocate_id in both or (other.joined_at, other.id) > (referral.joined_at, referral.id):
            return True
    return False


async def _settle_referrals(
    kept: Customer, merged: Customer, *, moved: dict[str, Any], at: datetime, found: Consequences, store: Store
) -> None:
    """Move referrals over; the earlier invitation wins, and nobody can have invited themselves."""
    moved["referrals"] = []
    invitations = [item for item in await store.referrals.of_customer(kept.id) if item.friend_id == kept.id]
    own = {referral.program_id: referral for referral in invitations}
    for referral in await store.referrals.of_customer(merged.id):
        if {referral.advocate_id, referral.friend_id} == {kept.id, merged.id}:
            await _end(referral, "same-person", moved=moved, at=at, found=found, store=store)
        elif referral.friend_id == merged.id and referral.program_id in own:
            later = max(own[referral.program_id], referral, key=lambda item: (item.joined_at, item.id))
            await _end(later, "invited-before", moved=moved, at=at, found=found, store=store)
        else:
            side = "advocate" if referral.advocate_id == merged.id else "friend"
            await store.referrals.hand_over(referral.id, side=side, to=kept.id)
            moved["referrals"].append([referral.id, side])
    since = min((moment for moment in (kept.customer_since, merged.customer_since) if moment), default=None)
    for referral in await store.referrals.of_customer(kept.id):
        reason = await _why_it_cannot_be(referral, (kept.id, merged.id), since, store)
        if reason:
            await _end(referral, reason, moved=moved, at=at, found=found, store=store)


async def _why_it_cannot_be(referral: Referral, people: tuple[str, str], since: datetime | None, store: Store) -> str:
    """Say what an invitation of the joined record breaks, now that it is one person: nothing, mostly."""
    friend = people[0]
    if referral.friend_id != friend:
        return ""
    if friend in await store.referrals.chain_above(referral.program_id, friend):
        return "circle"
    # The shop knew them under another name when they were invited.
    program = await terms(store, referral.program_id, referral.revision)
    begins = earliest(referral, program)
    if since is None or since >= begins:
        return ""
    return "" if await _had_lapsed(referral, people, since, program, store=store) else "customer-before"


async def _had_lapsed(
    referral: Referral, people: tuple[str, str], since: datetime, program: Program, *, store: Store
) -> bool:
    """Tell whether somebody had not bought for so long, under either name, that they counted as new."""
    if program.lapsed_after is None:
        return False
    types, begins = deeds_of(program), earliest(referral, program)
    deeds = [await store.events.last_deed(person, types=types, before=begins) for person in people]
    last = max([since, *(deed for deed in deeds if deed is not None)])
    return last + program.lapsed_after <= referral.joined_at


async def _end(
    referral: Referral, reason: str, *, moved: dict[str, Any], at: datetime, found: Consequences, store: Store
) -> None:
    if not await store.referrals.move(referral.id, states=OPEN_STATES, to="ineligible", reason=reason, ended_at=at):
        return
    program = await terms(store, referral.program_id, referral.revision)
    rewards = await store.rewards.of_referral(referral.id)
    states = [
        [reward.id, reward.state, await store.ledger.cost_of(reward.id), list(reward.takes)]
        for reward in rewards
        if reward.state in TAKEN_FROM
    ]
    moved["ended"].append({"referral": referral.id, "state": referral.state, "rewards": states})
    for reward in rewards:
        await revoke(reward, program, reason, at=at, found=found, store=store)


async def _move_possessions(kept: Customer, merged: Customer, moved: dict[str, Any], store: Store) -> None:
    identities = await store.customers.identities_of(merged.id)
    await store.customers.move_identities(identities, kept.id)
    moved["identities"] = [[identity.platform, identity.subject] for identity in identities]
    main = {link.program_id for link in await store.links.of_advocate(kept.id) if link.is_main}
    links = await store.links.of_advocate(merged.id)
    moved["links"] = [[link.id, link.is_main] for link in links]
    for link in links:
        await store.links.hand_over([link.id], kept.id, is_main=link.is_main and link.program_id not in main)
    moved["rewards"] = [reward.id for reward in await store.rewards.of_customer(merged.id)]
    await store.rewards.hand_over(moved["rewards"], kept.id)
    await store.ledger.hand_over(moved["rewards"], kept.id)
    moved["events"] = await store.events.ids_of(merged.id)
    await store.events.hand_over(moved["events"], kept.id)
    moved["appeals"] = await store.appeals.ids_of(merged.id)
    await store.appeals.hand_over(moved["appeals"], kept.id)


async def _recount(kept: str, merged: str, store: Store) -> None:
    """Count anew what both have taken up of caps, now that referrals have gone from one to the other."""
    for program in await store.caps.has_any([kept, merged]):
        await store.caps.recount(program, [kept, merged])


async def _move_conversations(
    kept: Customer, merged: Customer, *, moved: dict[str, Any], at: datetime, store: Store
) -> tuple[TeamPost, ...]:
    """Give the kept record every conversation, and let one at most go on: the kept record's own, if both are open."""
    posts: tuple[TeamPost, ...] = ()
    going_on = await store.conversations.current_of(merged.id)
    other = await store.conversations.current_of(kept.id)
    if going_on is not None and other is not None:
        unseen = [held.id for held in (going_on, other) if held.state == "asked"]
        if unseen:
            # Of two, the one that no human has seen yet gives way.
            await store.conversations.discard(unseen[0])
        elif await store.conversations.move(going_on.id, state="open", to="closed", closed_at=at, question=""):
            message = Message(key="supporting.joined-another", values={"name": call(kept)})
            posts = (TeamPost(message=message, key=f"joined-another:{going_on.id}", conversation=going_on.id),)
    moved["conversations"] = await store.conversations.ids_of(merged.id)
    await store.conversations.hand_over(moved["conversations"], kept.id)
    return posts + await _obey_stop(kept, merged, at, store)


async def _obey_stop(kept: Customer, merged: Customer, at: datetime, store: Store) -> tuple[TeamPost, ...]:
    """Close a conversation that was begun before the same person said stop in another chat."""
    going_on = await store.conversations.current_of(kept.id)
    asked_at = going_on.opened_at if going_on else None
    stops = [moment for moment in (kept.stopped_at, merged.stopped_at) if moment and asked_at and moment >= asked_at]
    if going_on is None or not stops:
        return ()
    if not await store.conversations.move(going_on.id, state="open", to="closed", closed_at=at, question=""):
        return ()
    message = Message(key="supporting.left", values={"name": call(kept)})
    return (TeamPost(message=message, key=f"left:{going_on.id}:{at.isoformat()}", conversation=going_on.id),)


async def _restore(ended: dict[str, Any], merge: Merge, at: datetime, store: Store) -> None:
    await store.referrals.move(ended["referral"], states=["ineligible"], to=ended["state"], reason=None, ended_at=None)
    # Merges of before there were caps have kept nothing of them.
    for identifier, state, cost, *kept in ended["rewards"]:
        reward = await _given_back(identifier, state, store)
        if reward is not None:
            await store.caps.take_again(identifier, reward.program_id, kept[0] if kept else [])
            posting = ledger.give_back(f"restore:{merge.id}", Amount(cost, reward.unit), RewardState(state))
            await store.ledger.book(reward, posting, at)
            await store.vouchers.revive(identifier)


async def _given_back(reward: str, state: str, store: Store) -> Reward | None:
    if state == RewardState.REDEEMED:  # it stayed what it was, and was owed
        return await store.rewards.by_id(reward)
    return await store.rewards.move(reward, states=[RewardState.REVOKED], to=state, reason=None, ended_at=None)


def _combined(kept: Customer, merged: Customer, *, listens: bool | None) -> dict[str, Any]:
    since = [moment for moment in (kept.customer_since, merged.customer_since) if moment]
    stopped = [moment for moment in (kept.stopped_at, merged.stopped_at) if moment]
    return {
        "first_name": kept.first_name or merged.first_name,
        "language": kept.language or merged.language,
        "zone": kept.zone or merged.zone,
        "quiet": kept.quiet or merged.quiet,
        "customer_since": min(since) if since else None,
        # Stop beats everything: one record that said stop silences both.
        "stopped_at": max(stopped) if stopped else None,
        "reminders_asked_at": kept.reminders_asked_at or merged.reminders_asked_at,
        **{name: None if stopped else getattr(kept, name) or getattr(merged, name) for name in AGREED},
        "wants_notices": kept.wants_notices and merged.wants_notices if listens is None else listens,
        "on_board": kept.on_board and merged.on_board,
        "shows_name": kept.shows_name and merged.shows_name,
    }


def _narrowed_since(joined: Mapping[str, Any] | None, now: Customer) -> dict[str, Any]:
    """Find what was switched off since the merge: nobody knows in whose name, so it stays off for both."""
    if joined is None:  # a merge of before choices were remembered, which leaves them as they are
        return {}
    before = _before(joined)
    narrowed: dict[str, Any] = {name: False for name in CHOICES if before[name] and not getattr(now, name)}
    narrowed |= {name: None for name in AGREED if before.get(name) is not None and getattr(now, name) is None}
    if now.stopped_at is not None and now.stopped_at != before["stopped_at"]:
        narrowed |= {"stopped_at": now.stopped_at, **dict.fromkeys(AGREED)}
    return narrowed


def _fields(customer: Customer) -> dict[str, Any]:
    """Write down what a record says, as JSON can hold it."""
    moments = {name: getattr(customer, name) for name in MOMENTS}
    said = {name: getattr(customer, name) for name in (*SAID, *CHOICES)}
    return said | {name: moment.isoformat() if moment else None for name, moment in moments.items()}


def _before(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Read back what was written down; of merges of before, choices were not."""
    moments = {name: fields[name] for name in MOMENTS if name in fields}
    said = {name: fields[name] for name in (*SAID, *CHOICES) if name in fields}
    return said | {name: datetime.fromisoformat(moment) if moment else None for name, moment in moments.items()}
