"""What the app may send back: the body of an acknowledgement, and the answers to a response address."""

from __future__ import annotations

from typing import Any

from bot.playground.slack import events
from bot.playground.slack.bubbles import Message
from bot.playground.slack.deliveries import Delivery
from bot.playground.slack.people import BOT_USER
from bot.playground.slack.refusal import Refusal
from bot.playground.slack.surfaces import View
from bot.playground.slack.tickets import Hook
from bot.playground.slack.viewing import push, replace
from bot.playground.slack.workspace import Workspace
from bot.playground.slack.writing import read_view, read_words

KNOWN = frozenset(
    "text blocks attachments response_type replace_original delete_original thread_ts mrkdwn metadata unfurl_links "
    "unfurl_media".split()
)
TROUBLE = "We had some trouble connecting. Try again?"


def answer(slack: Workspace, hook: Hook, body: Any, *, where: str) -> None:
    """Show what the app answers to an interaction: in place, to the person alone, or to everyone."""
    if not isinstance(body, dict):
        raise Refusal("invalid_payload", status=400)
    slack.unknown_parameters.extend((where, name) for name in sorted(body.keys() - KNOWN))
    if body.get("delete_original") and hook.source is not None:
        slack.channels[hook.source.channel].messages.pop(hook.source.ts, None)
        hook.source.deleted = True
        slack.changed(hook.source)
        return
    text = str(body.get("text") or "")
    blocks = read_words(slack, where, text=text, blocks=body.get("blocks"))
    if body.get("replace_original") and hook.source is not None:
        _replace(slack, hook.source, text=text, blocks=blocks)
        return
    everyone = body.get("response_type") == "in_channel"
    message = Message(slack.next_ts(), hook.channel, BOT_USER, text, blocks, from_bot=True)
    message.seen_by = None if everyone else hook.user
    message.thread_ts = body.get("thread_ts")
    slack.post(message)


def apply(slack: Workspace, delivery: Delivery) -> None:
    """Act on the body of an acknowledgement."""
    if delivery.kind == "command":
        _apply_command(slack, delivery)
    elif delivery.name == "view_submission":
        _apply_submission(slack, delivery)
    elif delivery.kind == "interaction" and delivery.answer:
        slack.warn(delivery.name, "the body of this acknowledgement is ignored")


def failed(slack: Workspace, delivery: Delivery) -> None:
    """Show a person that the app did not answer, as Slack would."""
    if delivery.kind == "command":
        timed_out = delivery.attempts[-1].reason == "http_timeout"
        error = "operation_timeout" if timed_out else "dispatch_failed"
        slack.notify(delivery.user, f'{delivery.name} failed with the error "{error}"')
    elif delivery.kind == "interaction":
        view = _view(slack, delivery)
        if view is not None:
            view.trouble = TROUBLE
            slack.changed(view)
        slack.notify(delivery.user, TROUBLE)


def _apply_command(slack: Workspace, delivery: Delivery) -> None:
    body = delivery.answer
    if not body:
        return
    hook = slack.tickets.hooks[delivery.context["hook"]]
    try:
        answer(slack, hook, {"text": body} if isinstance(body, str) else body, where=delivery.name)
    except Refusal as refusal:
        slack.notify(delivery.user, f'{delivery.name} failed with the error "{refusal.error}"')  # unverified wording
        raise


def _apply_submission(slack: Workspace, delivery: Delivery) -> None:
    view = _view(slack, delivery)
    if view is None:
        return
    body = delivery.answer or {}
    try:
        _act(slack, view, body if isinstance(body, dict) else {"response_action": str(body)})
    except Refusal:
        view.trouble = TROUBLE
        slack.changed(view)
        raise


def _act(slack: Workspace, view: View, body: dict[str, Any]) -> None:
    action = body.get("response_action")
    stack = slack.modals[view.user]
    if action is None and not body:
        stack.remove(view)
        slack.changed()
    elif action == "clear":
        stack.clear()
        slack.changed()
    elif action == "errors":
        _show_errors(slack, view, body.get("errors"))
    elif action == "update":
        replace(slack, view, read_view(slack, body.get("view"), kinds=("modal",)))
    elif action == "push":
        push(slack, view.user, read_view(slack, body.get("view"), kinds=("modal",)))
    else:
        raise Refusal(f"unknown response_action: {action}")


def _show_errors(slack: Workspace, view: View, errors: Any) -> None:
    fields = {block["block_id"] for block in view.inputs}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= fields:
        raise Refusal("errors name a block that is no input")
    view.errors = {str(name): str(words) for name, words in errors.items()}
    slack.changed(view)


def _replace(slack: Workspace, message: Message, *, text: str, blocks: list[dict[str, Any]]) -> None:
    channel = slack.channels[message.channel]
    if message.ts not in channel.messages:
        raise Refusal("message_not_found", status=404)  # unverified wording
    message.text, message.blocks, message.edited = text, blocks, True
    slack.changed(message)
    if not message.is_ephemeral:
        slack.tell(channel, events.message_changed(slack, channel, message))


def _view(slack: Workspace, delivery: Delivery) -> View | None:
    name = delivery.context.get("view")
    return next((view for view in slack.modals.get(delivery.user, []) if view.view_id == name), None)
