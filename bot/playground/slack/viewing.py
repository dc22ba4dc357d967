"""The calls that open modals, change them, and publish somebody's Home."""

from __future__ import annotations

from typing import Any

from bot.playground.slack.judge import Json
from bot.playground.slack.parameters import Parameters
from bot.playground.slack.refusal import Refusal, invalid_arguments
from bot.playground.slack.surfaces import DEPTH, View
from bot.playground.slack.workspace import Workspace
from bot.playground.slack.writing import read_view


def open_view(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Open a modal for the person whose interaction this answers."""
    given = read_view(slack, parameters.structure("view"), kinds=("modal",))
    trigger = slack.tickets.use_trigger(parameters.required("trigger_id"))
    _check_external(slack, given)
    view = _made(slack, trigger.user, given)
    slack.modals[trigger.user] = [view]
    slack.changed(view)
    return {"view": slack.view_json(view)}


def push_view(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Put another modal on top of the one that was touched."""
    given = read_view(slack, parameters.structure("view"), kinds=("modal",))
    trigger = slack.tickets.use_trigger(parameters.required("trigger_id"))
    stack = slack.modals.get(trigger.user, [])
    if not any(view.view_id == trigger.view_id for view in stack):
        words = "must match the `type` of the root view whose stack we're pushing onto [json-pointer:/view/type]"
        raise invalid_arguments(words)
    _check_external(slack, given)
    return {"view": slack.view_json(push(slack, trigger.user, given))}


def push(slack: Workspace, user: str, given: Json) -> View:
    """Put a modal on top of what somebody has open."""
    stack = slack.modals[user]
    if len(stack) >= DEPTH:
        raise Refusal("push_limit_reached")
    view = _made(slack, user, given)
    view.root_id, view.previous_id = stack[0].view_id, stack[-1].view_id
    stack.append(view)
    slack.changed(view)
    return view


def update_view(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Change a modal that is open."""
    view_id, external_id = parameters.text("view_id"), parameters.text("external_id")
    if not view_id and not external_id:
        raise invalid_arguments("missing required field: view_id")
    given = read_view(slack, parameters.structure("view"), kinds=("modal", "home"))
    every = [*(view for stack in slack.modals.values() for view in stack), *slack.homes.values()]
    for view in every:
        if (view_id and view.view_id == view_id) or (external_id and view.external_id == external_id):
            _check_hash(view, parameters)
            replace(slack, view, given)
            return {"view": slack.view_json(view)}
    raise Refusal("not_found")


def replace(slack: Workspace, view: View, given: Json) -> None:
    """Show something else in a view; what was filled in stays where a field keeps its ids."""
    if given["type"] != view.given["type"]:
        raise invalid_arguments("must match the `type` of the view being updated [json-pointer:/view/type]")
    view.given, view.hash = given, slack.new_id("")
    view.external_id = str(given.get("external_id", ""))
    fields = {(block["block_id"], block["element"]["action_id"]) for block in view.inputs}
    view.values = {
        block: {action: value for action, value in held.items() if (block, action) in fields}
        for block, held in view.values.items()
        if any(block == name for name, _ in fields)
    }
    view.errors, view.trouble = {}, ""
    slack.changed(view)


def publish_view(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Publish somebody's Home tab."""
    user = parameters.required("user_id")
    if not slack.installed.has_home:
        raise Refusal("not_enabled")
    if user not in slack.people:
        raise Refusal("user_not_found")  # unverified wording
    given = read_view(slack, parameters.structure("view"), kinds=("home",))
    home = slack.homes.get(user)
    if home is None:
        home = slack.homes[user] = _made(slack, user, given)
        slack.changed(home)
    else:
        _check_hash(home, parameters)
        replace(slack, home, given)
    return {"view": slack.view_json(home)}


def _made(slack: Workspace, user: str, given: Json) -> View:
    external = str(given.get("external_id", ""))
    return View(slack.new_id("V"), user, given, slack.new_id(""), external)


def _check_external(slack: Workspace, given: Json) -> None:
    external = given.get("external_id")
    if external and any(view.external_id == external for stack in slack.modals.values() for view in stack):
        raise Refusal("duplicate_external_id")


def _check_hash(view: View, parameters: Parameters) -> None:
    expected = parameters.text("hash")
    if expected and expected != view.hash:
        raise Refusal("hash_conflict")
