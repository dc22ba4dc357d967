"""What a person can do on any platform: the tables of buttons and of what a link carries, and the events they mean."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypedDict

from handlers.appealing import GRANT, KEEP
from handlers.delivering import is_answer
from handlers.events import (
    AppealAnswered,
    AppealMade,
    CampaignTapped,
    ChatEvent,
    ChoiceAsked,
    ClaimOpened,
    ConnectAsked,
    ConversationClosed,
    ConversationEnded,
    ConversationReopened,
    DecisionHandled,
    DeliveryAnswered,
    HelpAsked,
    HumanAsked,
    Joined,
    MergeAnswered,
    OldButtonTapped,
    OptionPicked,
    Person,
    PhoneAsked,
    QuestionAsked,
    RewardClaimed,
    RewardsAsked,
    SettingChosen,
    SettingsAsked,
    ShareAsked,
    SignInOpened,
    StatsAsked,
    StatusAsked,
    Stopped,
    TopAsked,
    WhyAsked,
    WordsAsked,
    WordsSettled,
)
from referrals.draw import Draw

PERIODS = ("all", "month", "week")
# What somebody starts with who wants to share and has no link yet: too short to be a code.
TO_SHARE = "share"


class Circumstances(TypedDict):
    """Who, when, and the randomness of the event: what every event of a chat begins with."""

    by: Person
    at: datetime
    draw: Draw


Builder = Callable[[Circumstances, str], ChatEvent]


def started(now: Circumstances, payload: str) -> ChatEvent:
    """Read what somebody starts with: an invitation, a purchase to claim, a sign-in, or nothing."""
    if payload == TO_SHARE:
        return ShareAsked(**now, started=True)
    kind, _, rest = payload.partition("_")
    if rest and kind == "c":
        return ClaimOpened(**now, token=rest)
    if rest and kind == "l":
        return SignInOpened(**now, token=rest)
    code, _, click = rest.partition("_")
    if code and kind == "r":
        return Joined(**now, code=code, click=click or None)
    # Anything else goes on as a code that nobody has, so that the answer explains it.
    return Joined(**now, code=payload or None)


def tapped(now: Circumstances, action: str, about: str) -> ChatEvent:
    """Read a tap on a button."""
    build = ACTIONS.get(action)
    # A changed app can send anything as if it had tapped a button; ours are plain ASCII.
    is_ours = build is not None and about.isascii() and (about.isprintable() or not about)
    return build(now, about) if build is not None and is_ours else OldButtonTapped(**now)


def _joined(now: Circumstances, about: str) -> ChatEvent:
    return Joined(**now, code=about) if about else OldButtonTapped(**now)


def _page(now: Circumstances, about: str) -> ChatEvent:
    # Four digits: more pages than that nobody has been shown, so the button is not ours.
    if about and not (about.isascii() and about.isdigit() and len(about) <= 4):
        return OldButtonTapped(**now)
    return StatusAsked(**now, page=int(about) if about else None)


def _claimed(now: Circumstances, about: str) -> ChatEvent:
    return RewardClaimed(**now, reward=about) if about else OldButtonTapped(**now)


def _choice(now: Circumstances, about: str) -> ChatEvent:
    return ChoiceAsked(**now, reward=about) if about else OldButtonTapped(**now)


def _picked(now: Circumstances, about: str) -> ChatEvent:
    reward, _, option = about.partition(".")
    return OptionPicked(**now, reward=reward, option=option) if option else OldButtonTapped(**now)


def _delivered(now: Circumstances, about: str) -> ChatEvent:
    reward, _, answer = about.partition(".")
    return DeliveryAnswered(**now, reward=reward, answer=answer) if is_answer(answer) else OldButtonTapped(**now)


def _why(now: Circumstances, about: str) -> ChatEvent:
    return WhyAsked(**now, about=about) if about else OldButtonTapped(**now)


def _appealed(now: Circumstances, about: str) -> ChatEvent:
    return AppealMade(**now, about=about) if about else OldButtonTapped(**now)


def _judged(now: Circumstances, about: str) -> ChatEvent:
    appeal, _, answer = about.partition(".")
    if answer not in {GRANT, KEEP}:
        return OldButtonTapped(**now)
    return AppealAnswered(**now, appeal=appeal, is_granted=answer == GRANT)


def _top(now: Circumstances, about: str) -> ChatEvent:
    return TopAsked(**now, period=about) if about in {"", *PERIODS} else OldButtonTapped(**now)


def _chosen(now: Circumstances, about: str) -> ChatEvent:
    return SettingChosen(**now, choice=about) if about else OldButtonTapped(**now)


def _words(now: Circumstances, about: str) -> ChatEvent:
    match about:
        case "":
            return WordsAsked(**now)
        case "ours" | "keep":
            return WordsSettled(**now, ours=about == "ours")
    return OldButtonTapped(**now)


def _merge(now: Circumstances, about: str) -> ChatEvent:
    request, _, answer = about.rpartition(".")
    if not request or answer not in {"yes", "no"}:
        return OldButtonTapped(**now)
    return MergeAnswered(**now, request=request, yes=answer == "yes")


# The one table of buttons: the action of a button, and the event it means.
ACTIONS: Mapping[str, Builder] = {
    "join": _joined,
    "share": lambda now, _: ShareAsked(**now),
    "words": _words,
    "status": _page,
    "rewards": lambda now, about: RewardsAsked(**now, in_panel=bool(about)),
    "claim": _claimed,
    "choose": _choice,
    "pick": _picked,
    "top": _top,
    "settings": lambda now, about: SettingsAsked(**now, in_panel=bool(about)),
    "phone": lambda now, _: PhoneAsked(**now),
    "connect": lambda now, about: ConnectAsked(**now, to=about),
    "set": _chosen,
    "help": lambda now, _: HelpAsked(**now),
    "ask": lambda now, about: QuestionAsked(**now, about=about),
    "why": _why,
    "appeal": _appealed,
    "stop": lambda now, _: Stopped(**now),
    "merge": _merge,
    "human": lambda now, _: HumanAsked(**now),
    "enough": lambda now, _: ConversationEnded(**now),
    # of the team
    "stats": lambda now, about: StatsAsked(**now, period=about, in_panel=True),
    "close": lambda now, about: ConversationClosed(**now, conversation=about),
    "reopen": lambda now, about: ConversationReopened(**now, conversation=about),
    "pause": lambda now, about: CampaignTapped(**now, campaign=about, to="pause"),
    "resume": lambda now, about: CampaignTapped(**now, campaign=about, to="resume"),
    "cancel": lambda now, about: CampaignTapped(**now, campaign=about, to="cancel"),
    "deliver": _delivered,
    "judge": _judged,
    "handled": lambda now, about: DecisionHandled(**now, decision=about),
}
