"""Whatever an app sends as blocks, the pretend Slack judges it and never stumbles."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.slack.blocks import BLOCKS, check_blocks
from bot.playground.slack.elements import ELEMENTS
from bot.playground.slack.files import Files
from bot.playground.slack.judge import Judge

KINDS = [*BLOCKS, *ELEMENTS, "plain_text", "mrkdwn", "raw_text", "raw_number", "rich_text_section", "video"]
NAMES = (
    "text fields elements accessory element label rows options initial_option confirm placeholder min_length value "
    "action_id block_id alt_text image_url slack_file column_settings title style url id"
).split()

atoms = st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "x", "x" * 300, *KINDS])


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    kind = st.sampled_from(KINDS)
    known = st.builds(
        lambda kind, more: {"type": kind, **more}, kind, st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
    )
    return st.lists(inner, max_size=4) | known | st.dictionaries(st.sampled_from([*NAMES, "type"]), inner, max_size=3)


anything = st.recursive(atoms, _nested, max_leaves=25)


@settings(max_examples=200, deadline=None)
@given(st.lists(anything, max_size=4) | anything, st.sampled_from(["message", "modal", "home"]))
def test_anything_is_judged(blocks: Any, surface: Any) -> None:
    files = Files("http://localhost", clock=lambda: 0.0, is_open=lambda _: False)
    judge = Judge(surface, files, lambda _: True)
    kept = check_blocks(judge, blocks, "/blocks")
    if not judge.errors:
        assert [block["type"] for block in kept] == [block["type"] for block in blocks]
        assert all(block["block_id"] for block in kept)
