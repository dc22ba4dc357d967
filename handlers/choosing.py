"""Someone looks at their settings or changes one."""

from collections.abc import Awaitable, Callable, Mapping

from handlers.acquaintance import recognize
from handlers.events import ChatEvent, SettingChosen, SettingsAsked
from handlers.menu import PANEL_STATUS, SHARE
from handlers.outcome import Outcome
from messages.languages import nearest
from messages.message import Act, Button, Command, Message, Phrase
from storage.customers import Customer
from storage.store import Store

# Offered where the installation answers on a platform on which the person is not known yet.
USE_TOO: Mapping[str, Act] = {
    "telegram": Act(label="choosing.button-use-telegram", action="connect", about="telegram"),
    "slack": Act(label="choosing.button-use-slack", action="connect", about="slack"),
}
PHONE = Act(label="choosing.button-phone", action="phone")
LANGUAGE = "language"
LANGUAGES_IN_A_ROW = 2

Change = Callable[[SettingChosen, Customer, Store], Awaitable[None]]


async def on_settings_asked(event: SettingsAsked, store: Store) -> Outcome:
    """Show the settings with a button for each; a pure read."""
    return await _panel(event, store, in_place=event.in_panel)


async def on_setting_chosen(event: SettingChosen, store: Store) -> Outcome:
    """Change one setting and show them all."""
    customer = await recognize(event, store)
    change = _change_of(event)
    if customer is None or change is None:
        return await _panel(event, store, in_place=False)
    await change(event, customer, store)
    if event.choice in ANSWERS:
        values = {"settings": Command("settings")}
        answer = Message(key=ANSWERS[event.choice], values=values, in_place=event.choice != "reminders:end")
        return Outcome(answers=(answer,), language=customer.language, zone=customer.zone)
    panel = await _panel(event, store, in_place=True)
    return Outcome(answers=panel.answers, language=panel.language, toast=_toast(event.choice))


def _toast(choice: str) -> Phrase:
    name, _, value = choice.partition(":")
    if name == LANGUAGE:
        return Phrase("choosing.toast-language", {"language": Phrase("words.language-name")})
    return Phrase(f"choosing.toast-{name}-{value}")


def _change_of(event: SettingChosen) -> Change | None:
    name, _, tag = event.choice.partition(":")
    if name == LANGUAGE:
        return _setting(language=tag) if tag in event.by.languages else None
    return CHOICES.get(event.choice)


def _setting(**values: bool | str) -> Change:
    async def change(event: SettingChosen, customer: Customer, store: Store) -> None:
        await store.customers.change(customer.id, **values)

    return change


async def _agree(event: SettingChosen, customer: Customer, store: Store) -> None:
    await store.customers.change(
        customer.id, reminders_asked_at=customer.reminders_asked_at or event.at, reminders_agreed_at=event.at
    )


async def _decline(event: SettingChosen, customer: Customer, store: Store) -> None:
    await store.customers.change(
        customer.id, reminders_asked_at=customer.reminders_asked_at or event.at, reminders_agreed_at=None
    )


CHOICES: Mapping[str, Change] = {
    "notices:on": _setting(wants_notices=True),
    "notices:off": _setting(wants_notices=False),
    "name:on": _setting(shows_name=True),
    "name:off": _setting(shows_name=False),
    "board:on": _setting(on_board=True),
    "board:off": _setting(on_board=False),
    "reminders:on": _agree,
    "reminders:off": _decline,
    "reminders:yes": _agree,
    "reminders:no": _decline,
    "reminders:end": _decline,
}

# Whoever answers the question, or ends the reminders under one of them, hears one line instead of all settings.
ANSWERS = {
    "reminders:yes": "choosing.reminders-agreed",
    "reminders:no": "choosing.reminders-declined",
    "reminders:end": "choosing.reminders-ended",
}


async def _panel(event: ChatEvent, store: Store, *, in_place: bool) -> Outcome:
    customer = await recognize(event, store)
    if customer is None:
        return Outcome(answers=(Message(key="standing.not-started", buttons=((SHARE,),)),))
    stand = {
        "notices": customer.wants_notices,
        "reminders": customer.reminders_agreed_at is not None,
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
    others = _other_languages(event, customer)
    if others:
        lines = (*lines, Phrase("choosing.line-language", {"language": Phrase("words.language-name")}))
    rows = (*buttons, *others, (PHONE,), *use_too, (PANEL_STATUS,))
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
