"""Someone looks at their settings or changes one."""

from collections.abc import Awaitable, Callable, Mapping

from handlers.acquaintance import recognize
from handlers.clocks import ASK, ZONES, clock_line, clocks
from handlers.consenting import NEWS, OLD_QUESTION, REMINDERS, settle_consent
from handlers.events import ChatEvent, SettingChosen, SettingsAsked
from handlers.menu import PANEL_STATUS, SHARE
from handlers.outcome import Outcome
from messages.languages import nearest
from messages.message import Act, Button, Command, Message, Phrase
from referrals.quiet import OFF, chosen_night, read_night
from storage.customers import Customer
from storage.store import Store

# Offered where the installation answers on a platform on which the person is not known yet.
USE_TOO: Mapping[str, Act] = {
    "telegram": Act(label="choosing.button-use-telegram", action="connect", about="telegram"),
    "slack": Act(label="choosing.button-use-slack", action="connect", about="slack"),
}
PHONE = Act(label="choosing.button-phone", action="phone")
LANGUAGE, ZONE = "language", "zone"
LATE_NIGHT = "23:00-07:00"
QUIET_HOURS = "quiet-hours"  # the fact that says the business's: this process may not be the one that sends
LANGUAGES_IN_A_ROW = 2

Change = Callable[[SettingChosen, Customer, Store], Awaitable[None]]


async def on_settings_asked(event: SettingsAsked, store: Store) -> Outcome:
    """Show the settings with a button for each; a pure read."""
    return await _panel(event, store, in_place=event.in_panel)


async def on_setting_chosen(event: SettingChosen, store: Store) -> Outcome:
    """Change one setting and show them all."""
    customer = await recognize(event, store)
    if customer is not None and event.choice == ASK.about:
        return Outcome(answers=(clocks(event.at),), language=customer.language)
    change = _change_of(event)
    if customer is None or change is None:
        return await _panel(event, store, in_place=False)
    await change(event, customer, store)
    if event.choice in ANSWERS:
        values = {"settings": Command("settings")}
        answer = Message(key=ANSWERS[event.choice], values=values, in_place=not event.choice.endswith(":end"))
        return Outcome(answers=(answer,), language=customer.language, zone=customer.zone)
    panel = await _panel(event, store, in_place=True)
    return Outcome(answers=panel.answers, language=panel.language, toast=_toast(event.choice))


def _toast(choice: str) -> Phrase:
    name, _, value = choice.partition(":")
    if name == LANGUAGE:
        return Phrase("choosing.toast-language", {"language": Phrase("words.language-name")})
    if name == ZONE:
        return Phrase("choosing.toast-zone")
    return Phrase(f"choosing.toast-{name}-{value}")


def _change_of(event: SettingChosen) -> Change | None:
    name, _, tag = event.choice.partition(":")
    if name == LANGUAGE:
        return _setting(language=tag) if tag in event.by.languages else None
    if name == ZONE:
        return _setting(zone=tag) if tag in ZONES else None
    return CHOICES.get(event.choice)


def _setting(**values: bool | str | None) -> Change:
    async def change(event: SettingChosen, customer: Customer, store: Store) -> None:
        await store.customers.change(customer.id, **values)

    return change


def _consent(*what: str, given: bool, words: str) -> Change:
    async def change(event: SettingChosen, customer: Customer, store: Store) -> None:
        await settle_consent(event, customer, store, what=what, given=given, words=words)

    return change


CHOICES: Mapping[str, Change] = {
    "notices:on": _setting(wants_notices=True),
    "notices:off": _setting(wants_notices=False),
    "name:on": _setting(shows_name=True),
    "name:off": _setting(shows_name=False),
    "board:on": _setting(on_board=True),
    "board:off": _setting(on_board=False),
    "quiet:usual": _setting(quiet=None),
    "quiet:late": _setting(quiet=LATE_NIGHT),
    "quiet:off": _setting(quiet=OFF),
    "reminders:on": _consent(REMINDERS, given=True, words="choosing.button-reminders-on"),
    "reminders:off": _consent(REMINDERS, given=False, words="choosing.button-reminders-off"),
    "reminders:end": _consent(REMINDERS, given=False, words="leading.button-no-more"),
    "news:on": _consent(NEWS, given=True, words="choosing.button-news-on"),
    "news:off": _consent(NEWS, given=False, words="choosing.button-news-off"),
    "news:end": _consent(NEWS, given=False, words="broadcasting.button-no-more"),
    "all:yes": _consent(REMINDERS, NEWS, given=True, words="sharing.ask-for-news"),
    "all:no": _consent(REMINDERS, NEWS, given=False, words="sharing.ask-for-news"),
    # Of a question that stood in chats before there were news: it means what it said.
    "reminders:yes": _consent(REMINDERS, given=True, words=OLD_QUESTION),
    "reminders:no": _consent(REMINDERS, given=False, words=OLD_QUESTION),
}

# Whoever answers the question, or ends the messages under one of them, hears one line instead of all settings.
ANSWERS = {
    "all:yes": "choosing.news-agreed",
    "all:no": "choosing.news-declined",
    "reminders:yes": "choosing.reminders-agreed",
    "reminders:no": "choosing.news-declined",
    "reminders:end": "choosing.reminders-ended",
    "news:end": "choosing.news-ended",
}


async def _panel(event: ChatEvent, store: Store, *, in_place: bool) -> Outcome:
    customer = await recognize(event, store)
    if customer is None:
        return Outcome(answers=(Message(key="standing.not-started", buttons=((SHARE,),)),))
    stand = {
        "notices": customer.wants_notices,
        "reminders": customer.reminders_agreed_at is not None,
        "news": customer.news_agreed_at is not None,
        "board": customer.on_board,
        "name": customer.shows_name,
    }
    lines = tuple(Phrase(f"choosing.line-{name}-{'on' if on else 'off'}") for name, on in stand.items())
    opposite = {name: "off" if on else "on" for name, on in stand.items()}
    buttons = tuple(
        (Act(label=f"choosing.button-{name}-{other}", action="set", about=f"{name}:{other}"),)
        for name, other in opposite.items()
    )
    known = {chat.platform for chat in await store.customers.chats_of(customer.id)}
    use_too = tuple((USE_TOO[there],) for there in event.by.elsewhere if there in USE_TOO and there not in known)
    lines = (*lines, await _night_line(customer, store), await clock_line(customer, event.at, store))
    others = _other_languages(event, customer)
    if others:
        lines = (*lines, Phrase("choosing.line-language", {"language": Phrase("words.language-name")}))
    rows = (*buttons, _nights(customer), (ASK,), *others, (PHONE,), *use_too, (PANEL_STATUS,))
    message = Message(key="choosing.panel", lines=lines, buttons=rows, in_place=in_place)
    return Outcome(answers=(message,), language=customer.language, zone=customer.zone)


def _other_languages(event: ChatEvent, customer: Customer) -> tuple[tuple[Button, ...], ...]:
    """Offer the languages that the person does not read already, each by its own name."""
    if len(event.by.languages) < 2:
        return ()
    read = nearest(customer.language or event.by.language, event.by.languages)
    others = [
        Act(
            label="choosing.button-language",
            values={"language": Phrase("words.language-name", language=spoken)},
            action="set",
            about=f"{LANGUAGE}:{spoken}",
        )
        for spoken in event.by.languages
        if spoken != read
    ]
    return tuple(
        tuple(others[start : start + LANGUAGES_IN_A_ROW]) for start in range(0, len(others), LANGUAGES_IN_A_ROW)
    )


async def _night_line(customer: Customer, store: Store) -> Phrase:
    """Say when this person is not woken, by their own clock."""
    night = chosen_night(customer.quiet, read_night(await store.due.fact(QUIET_HOURS) or OFF))
    if night is None:
        return Phrase("choosing.line-quiet-off")
    return Phrase("choosing.line-quiet", {"starts": f"{night.starts:%H:%M}", "ends": f"{night.ends:%H:%M}"})


def _nights(customer: Customer) -> tuple[Button, ...]:
    """Offer the other hours."""
    stands = {None: "usual", OFF: "off"}.get(customer.quiet, "late")
    others = [name for name in ("usual", "late", "off") if name != stands]
    return tuple(Act(label=f"choosing.button-quiet-{name}", action="set", about=f"quiet:{name}") for name in others)
