"""The table of methods: what each is called, what it needs, which parameters it knows, which function answers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from bot.playground.slack import chat, looking, uploading, viewing
from bot.playground.slack.parameters import Parameters
from bot.playground.slack.workspace import Workspace

Answer = Callable[[Workspace, Parameters], dict[str, Any]]
Caller = Literal["bot", "app", "anyone"]


@dataclass(frozen=True)
class Method:
    """One method of the Web API."""

    name: str
    answer: Answer
    known: frozenset[str]
    scope: str = ""
    caller: Caller = "bot"


_WRITING = "channel text blocks attachments as_user link_names markdown_text parse"
_NAMED = f"{_WRITING} icon_emoji icon_url thread_ts username"
_POSTING = f"{_NAMED} metadata mrkdwn reply_broadcast unfurl_links unfurl_media"
_UPDATING = f"{_WRITING} file_ids metadata reply_broadcast ts"

METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        Method("api.test", looking.api_test, frozenset({"error", "foo"}), caller="anyone"),
        Method("auth.test", looking.auth_test, frozenset()),
        Method("bots.info", looking.bots_info, frozenset({"bot", "team_id"}), "users:read"),
        Method("chat.postMessage", chat.post_message, frozenset(_POSTING.split()), "chat:write"),
        Method("chat.postEphemeral", chat.post_ephemeral, frozenset(f"{_NAMED} user".split()), "chat:write"),
        Method("chat.update", chat.update, frozenset(_UPDATING.split()), "chat:write"),
        Method("chat.delete", chat.delete, frozenset({"channel", "ts", "as_user"}), "chat:write"),
        Method("views.open", viewing.open_view, frozenset({"view", "trigger_id", "interactivity_pointer"})),
        Method("views.push", viewing.push_view, frozenset({"view", "trigger_id", "interactivity_pointer"})),
        Method("views.update", viewing.update_view, frozenset({"view", "view_id", "external_id", "hash"})),
        Method("views.publish", viewing.publish_view, frozenset({"view", "user_id", "hash"})),
        Method("users.info", looking.users_info, frozenset({"user", "include_locale"}), "users:read"),
        Method(
            "conversations.info",  # its scope follows from the kind of conversation
            looking.conversations_info,
            frozenset({"channel", "include_locale", "include_num_members"}),
        ),
        Method(
            "conversations.open",
            looking.conversations_open,
            frozenset({"channel", "users", "return_im", "prevent_creation"}),
            "im:write",
        ),
        Method(
            "files.getUploadURLExternal",
            uploading.get_upload_url,
            frozenset({"filename", "length", "alt_txt", "snippet_type"}),
            "files:write",
        ),
        Method(
            "files.completeUploadExternal",
            uploading.complete_upload,
            frozenset({"files", "channel_id", "channels", "thread_ts", "initial_comment", "blocks"}),
            "files:write",
        ),
        Method(
            "files.info", uploading.files_info, frozenset({"file", "count", "cursor", "limit", "page"}), "files:read"
        ),
        Method("apps.connections.open", looking.open_connection, frozenset(), "connections:write", caller="app"),
    )
}
