"""Views of ours: the panel that answers a tap in Home, the modal that takes a code, and Home itself."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.incoming import ENTER_CODE
from messages.message import Phrase

Say = Callable[[Phrase], str]
View = dict[str, Any]

PANEL, JOIN = "panel", "join"  # the callback ids
CODE_BLOCK = "code"
# A code has eight characters, a link that carries one some ninety; whoever pastes more has the wrong text.
LONGEST_CODE = 200
LONGEST_INPUT_ERROR = 1000


def panel(shown: Sequence[Block], say: Say) -> View:
    """Show answers in a modal."""
    return {
        "type": "modal",
        "callback_id": PANEL,
        "title": blocks.plain_text(say(Phrase("commands.modal-title")), blocks.LONGEST_TITLE),
        "close": blocks.plain_text(say(Phrase("commands.modal-close")), blocks.LONGEST_TITLE),
        "blocks": list(shown),
    }


def join_form(say: Say) -> View:
    """Ask for a code."""
    return {
        **panel((), say),
        "callback_id": JOIN,
        "title": blocks.plain_text(say(Phrase("commands.code-title")), blocks.LONGEST_TITLE),
        "submit": blocks.plain_text(say(Phrase("commands.code-submit")), blocks.LONGEST_TITLE),
        "blocks": [
            {
                "type": "input",
                "block_id": CODE_BLOCK,
                "label": blocks.plain_text(say(Phrase("commands.code-label")), blocks.LONGEST_LABEL),
                "element": {"type": "plain_text_input", "action_id": CODE_BLOCK, "max_length": LONGEST_CODE},
            }
        ],
    }


def typed_code(view: Mapping[str, Any]) -> str:
    """Read what was typed into the form."""
    return str(view["state"]["values"][CODE_BLOCK][CODE_BLOCK].get("value") or "")


def refused_code(words: str) -> dict[str, Any]:
    """Show below the field why a code was refused."""
    return {"response_action": "errors", "errors": {CODE_BLOCK: blocks.cut(words, LONGEST_INPUT_ERROR)}}


def home(shown: Sequence[Block], say: Say) -> View:
    """Show somebody's own page, and the way in for those who were given a code."""
    label = blocks.plain_text(say(Phrase("commands.button-enter-code")), blocks.LONGEST_LABEL)
    enter = {"type": "button", "action_id": ENTER_CODE, "text": label}
    below: list[Block] = [{"type": "actions", "elements": [enter]}]
    kept = list(shown)[: blocks.MOST_BLOCKS_OF_A_VIEW - len(below)]
    return {"type": "home", "blocks": [*kept, *below]}
