"""What people do with what the app shows: tap buttons, fill in forms, close them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.playground.slack import events
from bot.playground.slack.bubbles import Message, pick
from bot.playground.slack.deliveries import Delivery
from bot.playground.slack.filling import block_for, first_values, state_value, wrong_value
from bot.playground.slack.gestures import Gestures
from bot.playground.slack.people import APP, TEAM
from bot.playground.slack.refusal import ImpossibleGesture
from bot.playground.slack.surfaces import View

Container = Message | View


class Interactions(Gestures):
    """The people's side of buttons, modals and Home."""

    def modal(self, user: str) -> View | None:
        """See the modal somebody has open, if one is."""
        stack = self.modals.get(user)
        return stack[-1] if stack else None

    def home(self, user: str) -> View | None:
        """See somebody's Home tab of the app, if it has ever been published."""
        return self.homes.get(user)

    def find(self, user: str, container: str) -> Container:
        """Find what somebody sees by its ts or its view id."""
        for view in [*self.modals.get(user, []), *([self.homes[user]] if user in self.homes else [])]:
            if view.view_id == container:
                return view
        for channel in self.channels.values():
            message = channel.messages.get(container)
            if message is not None and self._sees(user, message):
                return message
        raise ImpossibleGesture(f"There is nothing called {container} to touch.")

    def tap(self, user: str, container: Container | str, label: str) -> Delivery:
        """Tap the first button whose words contain these."""
        found = self.find(user, container) if isinstance(container, str) else container
        return self.tap_element(user, found, pick(found.buttons, label))

    def tap_action(self, user: str, container: str, action_id: str, *, block_id: str = "") -> Delivery:
        """Tap a button by the ids of its action and block."""
        found = self.find(user, container)
        for element in found.buttons:
            if element["action_id"] == action_id and block_id in {"", element["block_id"]}:
                return self.tap_element(user, found, element)
        raise ImpossibleGesture(f"There is no action {action_id}.")

    def tap_element(self, user: str, container: Container, element: Mapping[str, Any]) -> Delivery:
        """Send any action at all, as a changed client can."""
        if not self.installed.is_interactive:
            raise ImpossibleGesture("This app is not configured to handle interactive responses.")
        self._check_seen(user, container)
        kinds = ("type", "action_id", "block_id", "text", "value", "style", "url", "selected_option")
        action = {name: element[name] for name in kinds if name in element}
        action["action_ts"] = self.next_ts()
        view_id = container.view_id if isinstance(container, View) else ""
        payload = self._payload(user, "block_actions", view_id=view_id) | {"actions": [action]}
        hook = ""
        if isinstance(container, View):
            payload |= self._of_view(container)
        else:
            where = container.channel
            hook = self.tickets.hook(user, where, thread_ts=container.thread_ts, source=container)
            payload |= self._of_message(container)
            payload["response_url"] = f"{self.public_url}/playground/slack/actions/{hook}"
        self.changed()
        context = {"view": view_id, "hook": hook}
        return self.deliver("interaction", "block_actions", payload, user=user, context=context)

    def choose(self, user: str, container: Container, placeholder: str, option: str) -> Delivery:
        """Choose from a menu by the words of its placeholder and of the option."""
        menu = pick(container.buttons, placeholder)
        for one in menu.get("options", []):
            if option.casefold() in str(one["text"]["text"]).casefold():
                return self.tap_element(user, container, menu | {"selected_option": one})
        raise LookupError(f"no option {option!r}")

    def submit(self, user: str, view: View | str | None = None, values: Mapping[str, str] | None = None) -> Delivery:
        """Fill in the top modal and submit it; fields go by block id, action id, or label."""
        top = self._top(user, view)
        if "submit" not in top.given:
            raise ImpossibleGesture("This modal has no button to submit it.")
        filled = first_values(top)
        for name, value in (values or {}).items():
            block = block_for(top, name)
            if wrong := wrong_value(block, value):
                raise ImpossibleGesture(wrong)
            filled[block["block_id"]] = {block["element"]["action_id"]: state_value(block["element"], value)}
        for block in top.inputs:
            if not block.get("optional") and not _has_value(filled.get(block["block_id"])):
                raise ImpossibleGesture(f"{block['label']['text']}: please complete this required field.")
        top.values, top.errors, top.trouble = filled, {}, ""
        payload = self._payload(user, "view_submission", view_id=top.view_id)
        payload |= {"view": self.view_json(top), "response_urls": []}
        context = {"view": top.view_id}
        return self.deliver("interaction", "view_submission", payload, user=user, context=context)

    def close_view(self, user: str, view: View | str | None = None, *, all_of_them: bool = False) -> Delivery | None:
        """Close the top modal, or every one; the app hears of it only if it asked to."""
        top = self._top(user, view)
        stack = self.modals[user]
        if all_of_them or top.given.get("clear_on_close"):
            stack.clear()
        else:
            stack.pop()
        self.changed()
        if not top.given.get("notify_on_close"):
            return None
        payload = self._payload(user, "view_closed")
        payload.pop("trigger_id")
        payload |= {"view": self.view_json(top), "is_cleared": not stack}
        return self.deliver("interaction", "view_closed", payload, user=user)

    def _top(self, user: str, view: View | str | None) -> View:
        top = self.modal(user)
        if top is None or (view is not None and top.view_id != (view if isinstance(view, str) else view.view_id)):
            raise ImpossibleGesture("That modal is not open on top.")
        return top

    def _payload(self, user: str, kind: str, *, view_id: str = "") -> dict[str, Any]:
        person = self.person(user)
        return {
            "type": kind,
            "team": {"id": TEAM, "domain": "cornercafe"},
            "user": events.user_of(person),
            "api_app_id": APP,
            "token": "not-to-be-used",
            "trigger_id": self.tickets.trigger(user, view_id=view_id),
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _of_view(self, view: View) -> dict[str, Any]:
        view.values = view.values or first_values(view)
        return {
            "container": {"type": "view", "view_id": view.view_id},
            "view": self.view_json(view),
        }

    def _of_message(self, message: Message) -> dict[str, Any]:
        channel = self.channels[message.channel]
        container: dict[str, Any] = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": message.is_ephemeral,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        payload: dict[str, Any] = {
            "container": container,
            "channel": {"id": message.channel, "name": channel.name},
            "state": {"values": {}},
        }
        if not message.is_ephemeral:  # Slack keeps no copy of what only one person sees
            payload["message"] = events.message_body(self, message)
        return payload

    def _check_seen(self, user: str, container: Container) -> None:
        seen = container.user == user if isinstance(container, View) else self._sees(user, container)
        if not seen:
            raise ImpossibleGesture(f"{self.person(user).first_name} does not see that.")

    def _sees(self, user: str, message: Message) -> bool:
        here = self.channels[message.channel]
        return user in here.members and message.seen_by in {None, user} and message.ts in here.messages


def _has_value(values: dict[str, Any] | None) -> bool:
    return any(_filled(value) for value in (values or {}).values())


def _filled(value: dict[str, Any]) -> bool:
    return any(value.get(name) for name in value if name != "type")
