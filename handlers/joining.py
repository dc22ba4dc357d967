"""Someone starts the bot or gives a code, with or without an invitation."""

from datetime import timedelta

from handlers.acquaintance import called, lift_stop, welcome_in
from handlers.attributing import Arrival, Attribution, attribute
from handlers.earning import Consequences, count_earlier, news
from handlers.events import ChatEvent, Joined, LandingViewed, TextWritten
from handlers.granting import said
from handlers.guessing import may_be_corrected, may_try_a_code, too_many_codes, tried_in_vain
from handlers.helping import did_not_understand, was_told
from handlers.menu import MENU, SHARE, STATUS
from handlers.outcome import Notice, NoticeKind, Outcome
from handlers.passing_on import heard
from handlers.programs import brand_of, running_program, spoken, terms
from handlers.promising import deed, event_name, gain, gains, offer, promise, story, who_gains
from handlers.standing import where_friend_stands
from handlers.stipulating import conditions
from handlers.understanding import fulfil, perhaps, reading_of
from handlers.wording import worded
from messages.message import Act, Code, Day, Message, NameOf, Phrase, Said, Value, Values
from messages.understanding import MISSED, Reading, Wish, phrasebook
from referrals import codes
from referrals.rewarding import Side
from storage.customers import Customer
from storage.referrals import Referral
from storage.store import Store

SUGGESTIONS_PER_HOUR = 3
# Slack does not say with a command what somebody is called: the edge asks, and is answered within a second or two.
NAMES_COME_WITHIN = timedelta(seconds=3)


async def on_joined(event: Joined, store: Store) -> Outcome:
    """Greet a newcomer, bind a friend to whoever invited them, and tell those who come back where they stand."""
    customer, is_new = await welcome_in(event, store)
    await lift_stop(customer, store)
    if event.code is not None:
        return await _arrive(event, customer, event.code, event.click, store)
    program = await running_program(store)
    if program is None:
        return Outcome(answers=(Message(key="joining.no-program"),), language=customer.language, zone=customer.zone)
    referral = await store.referrals.of_friend(program.id, customer.id)
    if referral is not None:
        standing = await where_friend_stands(referral, store)
        back = Message(key="joining.back-as-friend", lines=(standing,), buttons=MENU)
        return Outcome(answers=(back,), language=customer.language, zone=customer.zone)
    key = "joining.welcome" if is_new else "joining.welcome-back"
    return Outcome(
        answers=(Message(key=key, values={"program": program.name, **offer(program)}, buttons=MENU),),
        language=customer.language,
        zone=customer.zone,
    )


async def on_text_written(event: TextWritten, store: Store) -> Outcome:
    """Take a code that was typed as a message; pass on what is for the team; do what is plainly wished; else help."""
    code = codes.normalize(event.text)
    exists = codes.is_valid(code) and await store.links.by_code(code) is not None
    reading = Reading() if exists else await reading_of(event, store)
    if reading.wishes == (Wish.STOP_AT_ONCE,):
        # Stop beats everything: also a conversation, and words that are awaited.
        return await fulfil(reading, event, store) or Outcome()
    # A human may be written an order number, which looks like a code: there only a code that exists is taken for one.
    passed_on = None if exists else await worded(event, store) or await heard(event, store)
    if passed_on is not None:
        return passed_on
    # One word in 31 of the right length passes the check by chance: a code without digits has to exist.
    if (code.isalpha() and not exists) or not codes.looks_like_share_code(event.text):
        named = await _named_in_sentence(event, store)
        if named is not None:
            return named
        done = await fulfil(reading, event, store)
        answer = was_told if reading == MISSED else did_not_understand
        return done or await answer(event, store, perhaps=perhaps(reading))
    customer, _ = await welcome_in(event, store)
    return await _arrive(event, customer, event.text, None, store)


async def _named_in_sentence(event: TextWritten, store: Store) -> Outcome | None:
    """Take the code in a sentence: one that somebody has, or one that is plainly called a code."""
    typed = codes.in_sentence(event.text)
    if typed is None:
        return None
    before, _, after = event.text.partition(typed)
    if phrasebook().refuses(f"{before} {after}"):
        return None
    if not phrasebook().names_a_code(before):
        # Told apart from other words only for those who may still try: else right and wrong read the same.
        code = codes.normalize(typed)
        if not codes.is_valid(code) or not await may_try_a_code(event, store):
            return None
        if await store.links.by_code(code) is None:
            await tried_in_vain(event, store)
            return None
    customer, _ = await welcome_in(event, store)
    return await _arrive(event, customer, typed, None, store)


async def on_landing_viewed(event: LandingViewed, store: Store) -> Outcome:
    """Tell a visitor who invites and what both sides get; leaves no row."""
    code = codes.normalize(event.code)
    link = await store.links.by_code(code) if codes.is_valid(code) else None
    program = await running_program(store)
    advocate = await store.customers.by_id(link.advocate_id) if link else None
    if link is None or program is None or advocate is None:
        return Outcome(refused="unknown-code")
    promised = await terms(store, link.program_id, link.revision)
    return Outcome(
        language=None,
        reply={
            "code": code,
            "advocate": advocate.first_name,
            "program": program.name,
            "advocate_gets": gain(promised, Side.ADVOCATE),
            "friend_gets": gain(promised, Side.FRIEND),
            "conditions": conditions(promised),
            "terms": spoken(promised, promised.terms) if promised.terms else None,
            "words": Phrase("sharing.quoted", {"words": Said(link.words)}) if link.words else None,
            "brand": brand_of(program),
            "over": link.program_id != program.id or not program.is_open(event.at) or await store.programs.is_paused(),
        },
    )


async def _arrive(event: ChatEvent, customer: Customer, typed: str, click: str | None, store: Store) -> Outcome:
    """Bind the customer to the owner of the code, and explain every refusal."""
    if not await may_try_a_code(event, store):
        return too_many_codes(customer)
    code = codes.normalize(typed)
    link = await store.links.by_code(code) if codes.is_valid(code) else None
    if link is None:
        await tried_in_vain(event, store)
        return await _unknown_code(event, code, customer, store)
    arrival = Arrival(friend=customer.id, link=link, click=click, joined_at=event.at, at=event.at, draw=event.draw)
    attribution = await attribute(arrival, store)
    if attribution.refused or attribution.referral is None:
        return await refused(attribution, customer, store)
    outcome = joined(attribution, customer)
    found = await count_earlier(attribution.referral, customer, event.draw, store)
    return await counted(outcome, found, attribution.referral, customer, store) if found else outcome


def joined(attribution: Attribution, friend: Customer) -> Outcome:
    """Welcome a friend who was invited, and tell the advocate."""
    referral, program, advocate = attribution.referral, attribution.program, attribution.advocate
    if referral is None or program is None or advocate is None:
        raise ValueError("Only an attribution that was granted can be told.")
    values = {
        "program": program.name,
        **offer(program),
        "advocate": called(advocate.first_name),
        "until": Day(referral.qualify_by),
        "gains": gains(program, whose="-invited", advocate=called(advocate.first_name)),
    }
    welcome = Message(key="joining.invited", values=values, lines=conditions(program), buttons=((SHARE, STATUS),))
    told: Values = {
        "friend": NameOf(friend.id),
        "gain": promise(program, Side.ADVOCATE),
        "until": Day(referral.qualify_by),
    }
    kind = story(program) if who_gains(program) != "friend" else "-without-gain"
    notice = Notice(
        to=referral.advocate_id,
        kind=NoticeKind.SERVICE,
        key=f"joined:{referral.id}:{referral.link_id}" if attribution.left else f"joined:{referral.id}",
        wait=NAMES_COME_WITHIN if not friend.first_name else timedelta(),
        message=Message(key=f"joining.friend-joined{kind}", values=told, buttons=((STATUS, SHARE),)),
    )
    moved_on = (_moved_on(attribution.left, referral, friend),) if attribution.left else ()
    return Outcome(
        answers=(welcome,),
        notices=(notice, *moved_on),
        language=friend.language,
        zone=friend.zone,
        reply={"referral": referral.id},
    )


def _moved_on(advocate: str, referral: Referral, friend: Customer) -> Notice:
    """Tell an advocate that a friend of theirs has followed somebody else, where the last invitation counts."""
    message = Message(key="joining.friend-moved-on", values={"friend": NameOf(friend.id)}, buttons=((SHARE, STATUS),))
    key = f"moved-on:{referral.id}:{referral.link_id}"
    return Notice(to=advocate, kind=NoticeKind.SERVICE, key=key, message=message)


async def counted(
    outcome: Outcome, found: Consequences, referral: Referral, customer: Customer, store: Store
) -> Outcome:
    """Say that a purchase of before counts, and what the friend gets for it."""
    pinned = await terms(store, referral.program_id, referral.revision)
    # Not always whose code was rung up: the first invitation counts.
    advocate = await store.customers.by_id(referral.advocate_id)
    values: dict[str, Value] = {"advocate": called(advocate.first_name if advocate else "")}
    answer = Message(key="claiming.counted-without-reward", values=values, buttons=MENU)
    own = next((reward for reward in found.rewards if reward.side == Side.FRIEND and reward.state == "pending"), None)
    if own is not None:
        values |= {"gain": said(own, pinned), "free": Day(own.pending_until)}
        key = "claiming.counted-waiting" if own.waits_for else "claiming.counted"
        if own.waits_for:
            values["event"] = event_name(own.waits_for, pinned)
        answer = Message(key=key, values=values, buttons=MENU)
    notices = news(outcome.notices, found, besides=customer.id)
    return Outcome(answers=(answer,), notices=notices, language=customer.language, zone=customer.zone)


async def refused(attribution: Attribution, customer: Customer, store: Store) -> Outcome:
    """Say why an invitation cannot be counted, and what the person can do instead."""
    values: dict[str, Value] = {}
    lines: tuple[Phrase, ...] = ()
    if attribution.program is not None:
        program = attribution.program
        values = {"program": program.name, "gain": promise(program, Side.ADVOCATE), "deed": deed(program)}
        if program.starts is not None:
            values["starts"] = Day(program.starts)
        if program.late_claim:
            values["days"] = program.late_claim.days
        if attribution.exclusion is not None and attribution.exclusion.says:
            lines = (Phrase("joining.they-say", {"said": spoken(program, attribution.exclusion.says)}),)
    if attribution.refused == "joined-before" and attribution.referral is not None:
        lines = (await where_friend_stands(attribution.referral, store),)
    message = Message(key=f"joining.{attribution.refused}", values=values, lines=lines, buttons=((SHARE, STATUS),))
    return Outcome(answers=(message,), language=customer.language, zone=customer.zone, refused=attribution.refused)


async def _unknown_code(event: ChatEvent, code: str, customer: Customer, store: Store) -> Outcome:
    """Offer the one code that was probably meant, without a name and a few times an hour; else explain."""
    meant = await _probably_meant(event, code, store)
    message = Message(key="joining.unknown-code", buttons=((SHARE,),))
    if meant is not None:
        yes = Act(label="joining.button-use-code", action="join", about=meant, values={"code": meant}, style="primary")
        message = Message(key="joining.did-you-mean", values={"code": Code(meant)}, buttons=((yes,),))
    return Outcome(answers=(message,), language=customer.language, zone=customer.zone, refused="unknown-code")


async def _probably_meant(event: ChatEvent, code: str, store: Store) -> str | None:
    candidates = await store.links.existing(codes.one_edit_away(code)) if len(code) < 12 else []
    if len(candidates) != 1:
        return None
    return candidates[0] if await may_be_corrected(event, store, SUGGESTIONS_PER_HOUR) else None
