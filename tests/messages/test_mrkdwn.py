"""Slack's mrkdwn: our marks are read as marks, and nothing that a person writes is one, however loosely it is read."""

import html
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.playground.slack.mrkdwn import read_mrkdwn
from messages.formats import LONGEST_SAID, one_line, several_lines
from messages.markup import Markup, escape, read, write
from messages.message import Code, Member, Phrase, Said, ShareLink, SignInLink
from tests.messages.texts import Speaker, catalog_of

TEXTS = """
plain = Hello { $name }, welcome: { $name }
bold = *{ $name }* brought _{ $name }_ and ({ $name })
glued = a{ $name }_{ $name }*{ $name }`{ $name }:{ $name }@{ $name }
code = `{ $name }` *of _{ $name }_*
wrote =
    *{ $name }* wrote:
    { $words }
marked = *{ $words }*
address = *Send { $link } now*, or tap `{ $code }`.
asked = _Asked by { $member }_
"""
# Everything that does something in Slack, and what is invisible beside it.
SIGNS = [*"*_~`:<>&|!@# \n.a1é", "\u2060", "\u200b", "＞", "here", "U0SAM"]
ACTING = st.lists(st.sampled_from(SIGNS), max_size=40).map("".join)
WORDS = st.one_of(st.text(max_size=90), ACTING)
HOSTILE = [
    "*b* _i_ ~s~ `c`",
    "*_~`",
    "<!channel> <@U0SAM> <#C0TEAM> <https://evil.example|bank.example> <!subteam^S1>",
    "&lt;!here&gt; @here @channel @everyone",
    ":tada: :+1::skin-tone-2: tada:",
    "> quoted",
    "＞ quoted",
    "\u200b> quoted",
    "```\nblock\n```",
    "~$58.5k and ~$16.5k",
    "here",
]

# The tame forms of signs, the same on both sides of a comparison; what is invisible is left out.
_TAME = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ", ">": "›", "＞": "›", "\u2060": "", "\u200b": ""})


@pytest.fixture(scope="module")
def speaker(tmp_path_factory: pytest.TempPathFactory) -> Speaker:
    folder: Path = tmp_path_factory.mktemp("texts")
    return Speaker(catalog_of(folder, en_hi=TEXTS))


@pytest.mark.parametrize(
    ("text", "mrkdwn"),
    [
        ("*bold* and _italic_ and `code`", "*bold* and _italic_ and `code`"),
        ("*all of _it_*", "*all of _it_*"),
        ("_all *of* it_", "_all *of* it_"),
        ("*two words*\n*next line*", "*two words*\n*next line*"),
        ("(*so*), “_this_”: `x`!", "(*so*), “\u200b_this_\u200b”: `x`!"),
        ("*take `a*b` now*", "*take `a∗b` now*"),
        ("`a_b_ *c*`", "`a_b_ *c*`"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("snake_case_word first_last@example.org", "snake_case_word first_last@example.org"),
        ("2 * 3, ~5, _x y, é_x", "2 ∗ 3, ∼5, ˍx y, éˍx"),
        ("> quoted\n > too", "› quoted\n › too"),
        (":tada: at 10:30:45, 10:30", ":\u2060tada: at 10:\u206030:45, 10:30"),
        ("ask @here, a@b.example", "ask @\u2060here, a@b.example"),
    ],
)
def test_marks_are_put_where_slack_reads_them(text: str, mrkdwn: str) -> None:
    assert write(read(text), Markup.SLACK) == mrkdwn


def test_our_addresses_and_people_are_what_slack_makes_of_them(speaker: Speaker) -> None:
    said = speaker.slack("hi.address", link=ShareLink("K7QM2X4R"), code=Code("K7QM-2X4R"))
    assert said == "*Send <https://shop.example/r/K7QM2X4R> now*, or tap `K7QM-2X4R`."
    assert speaker.slack("hi.plain", name=SignInLink("t")).startswith("Hello <https://chat.example/?start=l_t>")
    assert speaker.slack("hi.asked", member=Member("slack", "T0CAFE.U0OLGA")) == "_Asked by <@U0OLGA>_"
    assert speaker.telegram("hi.asked", member=Member("slack", "T0CAFE.U0OLGA")) == "<i>Asked by @U0OLGA</i>"
    assert speaker.slack("hi.asked", member=Member("telegram", "77")) == "_Asked by @\u206077_"


@pytest.mark.parametrize("subject", ["T0CAFE.U0SAM|x", "T.!channel", "T.<@U1>", "", "T.u0sam"])
def test_nobody_is_mentioned_by_what_is_no_id(speaker: Speaker, subject: str) -> None:
    assert not seen(speaker.slack("hi.asked", member=Member("slack", subject)))["mention"]


def test_a_mark_does_not_reach_over_the_end_of_a_line(speaker: Speaker) -> None:
    assert speaker.slack("hi.marked", words=Said("one \n\n two*\n")) == "*one*\n\n*two∗*"


def test_a_mark_beside_a_letter_gets_an_edge(speaker: Speaker) -> None:
    inner = Phrase("hi.marked", {"words": Said("so")})
    assert speaker.slack("hi.glued", name=inner).startswith("a\u200b*so*\u200bˍ\u200b*so*")


def test_what_people_write_keeps_its_lines_and_has_an_end() -> None:
    assert several_lines("  one \r\n\n\n\n two\tand\u202e\x00 ") == "one\n\ntwo and"
    assert several_lines("ليلى\nBen") == "\u2068ليلى\u2069\nBen"
    long = several_lines("word\n" * 5000)
    assert len(long) <= LONGEST_SAID
    assert long.endswith("word…")


@given(name=WORDS, key=st.sampled_from(["plain", "bold", "glued", "code"]))
@example(name=HOSTILE[0], key="glued")
@example(name=HOSTILE[4], key="plain")
def test_no_name_is_obeyed(speaker: Speaker, name: str, key: str) -> None:
    said = speaker.slack(f"hi.{key}", name=name)
    tame = speaker.slack(f"hi.{key}", name="Ben" if one_line(name) else "")
    assert seen(said) == seen(tame)
    assert not read_mrkdwn(said, verbatim=key == "code").pings
    assert visible(said) == speaker.plain(f"hi.{key}", name=name).translate(_TAME)
    said.encode()


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("key", ["wrote", "marked", "bold", "plain", "glued", "code"])
def test_hostile_words_are_shown(speaker: Speaker, words: str, key: str) -> None:
    said = speaker.slack(f"hi.{key}", name=words, words=Said(words))
    marks = {"wrote": 1, "marked": 1, "bold": 2, "code": 3}.get(key, 0)
    lines = words.count("\n") if key == "marked" else 0
    assert seen(said).total() == marks + lines
    assert not read_mrkdwn(said, verbatim=key == "code").pings


@given(words=WORDS)
def test_nothing_that_a_customer_writes_is_obeyed(speaker: Speaker, words: str) -> None:
    said = speaker.slack("hi.wrote", name="Ben", words=Said(words))
    assert seen(said) == Counter(bold=1)
    assert not read_mrkdwn(said).pings
    assert visible(said) == speaker.plain("hi.wrote", name="Ben", words=Said(words)).translate(_TAME)


@given(text=WORDS)
def test_escaping_shows_letter_by_letter(text: str) -> None:
    assert not seen(escape(text, Markup.SLACK))
    assert visible(escape(text, Markup.SLACK)) == text.translate(_TAME)


@given(code=st.text("ABCDEFGHJKMNPQRSTUVWXYZ23456789-", min_size=1, max_size=20))
def test_a_code_is_copied_as_it_is(speaker: Speaker, code: str) -> None:
    assert f"`{code}`" in speaker.slack("hi.address", link=ShareLink("A"), code=Code(code))


# --- an independent reader, looser than any client: signs pair wherever they stand ------------------------------------

_TOKEN = re.compile(r"<([^<>]*)>")
_CODE = re.compile(r"`[^`\n]+`")
_SHORTCODE = re.compile(r":[^\s:\u2060]+:")
_LOUD = re.compile(r"(?<![A-Za-z0-9_])@(?:here|channel|everyone)")
_QUOTED = re.compile(r"^[\s\u00ad\u200b-\u200f\u2060-\u2069\ufeff]*(?:&gt;|>|＞)", re.MULTILINE)
_PAIRED = {"bold": r"\*([^*\n]+)\*", "strike": r"~([^~\n]+)~", "italic": r"(?<![A-Za-z0-9])_([^\n]+?)_(?![A-Za-z0-9])"}


def seen(text: str) -> Counter[str]:
    """Count everything that Slack would not show letter by letter."""
    found: Counter[str] = Counter()
    for token in _TOKEN.findall(text):
        found["mention" if token[:1] in "@#!" else "link"] += 1
    rest = _TOKEN.sub("x", text)
    assert "<" not in rest
    found["code"] += len(_CODE.findall(rest))
    rest = _CODE.sub("x", rest)
    for kind, pattern in _PAIRED.items():
        found[kind] += len(re.findall(pattern, rest))
    found["stray"] += rest.count("`")
    found["emoji"] += len(_SHORTCODE.findall(rest))
    found["loud"] += len(_LOUD.findall(rest))
    found["quote"] += len(_QUOTED.findall(rest))
    return +found


def visible(text: str) -> str:
    """Read what is shown, with every sign in its tame form and without ours."""
    shown = _TOKEN.sub(lambda token: token[1], text)
    shown = re.sub(r"`([^`\n]+)`", lambda code: code[1].translate(_TAME), shown)
    # Ours are the only true signs left, but those inside of words.
    shown = re.sub(r"[*`~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", "", shown)
    return html.unescape(shown).translate(_TAME)
