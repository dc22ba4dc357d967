"""Segments: read as they are written, and explained where they cannot be."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.segments import CHOICES, COUNTS, DAYS, FLAGS, Condition, Segment, SegmentError, read_segment
from tests.architecture.sources import ROOT


def test_the_sentence_of_the_guide_is_read() -> None:
    assert read_segment("has-referrals>=1 and language=es and not rewarded") == Segment(
        (
            Condition("referrals", ">=", ("1",)),
            Condition("language", "=", ("es",)),
            Condition("rewarded", wanted=False),
        )
    )


@pytest.mark.parametrize("written", ["", "   "])
def test_nothing_written_is_everyone(written: str) -> None:
    assert read_segment(written) == Segment()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Referrals == 3", "referrals=3"),
        ("referrals<3 AND completed>0", "referrals<3 and completed>0"),
        ("language = ES , pt", "language=es,pt"),
        ('attribute.City="New York"', "attribute.City=New York"),
        ("attribute.city!=Berlin,Hamburg", "attribute.city!=Berlin,Hamburg"),
        ("not attribute.city=Berlin && friend", "not attribute.city=Berlin and friend"),
        ("since>=2026-01-31 and bought<2026-03-01", "since>=2026-01-31 and bought<2026-03-01"),
        ("platform=Telegram", "platform=telegram"),
        ("zone=Europe/Berlin", "zone=Europe/Berlin"),
        ("referrals>=007", "referrals>=7"),
    ],
)
def test_what_is_written_differently_means_the_same(written: str, meant: str) -> None:
    assert str(read_segment(written)) == meant


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("referals>=1", "Did you mean “referrals”"),
        ("languge=es", "Did you mean “language”"),
        ("has-referal>=1", "Did you mean “referrals”"),
        ("shoe-size=44", "“shoe-size” is nothing that is known of customers"),
        ("everyone", "leave the segment out"),
        ("banana", "There are advocate, friend"),
        ("referrals", "needs a number, such as referrals>=1"),
        ("since", "needs a day"),
        ("language", "needs a value, such as language=es"),
        ("attribute.city", "needs a value"),
        ("attribute.=x", "nothing that is known"),
        ("referrals>=many", "is a whole number"),
        ("referrals>=-1", "is a whole number"),
        ("referrals>=1.5", "is a whole number"),
        ("referrals>=99999999999", "is a whole number"),
        ("since>=tomorrow", "is a day such as 2026-01-31"),
        ("since>=2026-02-30", "is a day such as 2026-01-31"),
        ("rewarded=yes", "write “rewarded” or “not rewarded”"),
        ("language>es", "can be = or !="),
        ("language=", "needs a value"),
        ("language=es,,pt", "needs a value"),
        ("language=sp", "Did you mean es"),
        ("language=spanish", "is no language; write its letters"),
        ("language=es,qq", "qq is no language"),
        ("zone=Europe/Berln", "Did you mean zone=Europe/Berlin"),
        ("zone=europe/berlin", "Did you mean zone=Europe/Berlin"),
        ("zone=new york", "Did you mean zone=America/New_York"),
        ("zone=Atlantis", "is no time zone"),
        ("platform=whatsapp", "is no platform of ours"),
        ("friend or advocate", "there is no “or”"),
        ("friend advocate", "joined with “and”"),
        ("or", "nothing that is known"),
        (">=1", "is no condition"),
        ("friend and", "is no condition"),
        ("not", "is no condition"),
        ("; DROP TABLE customers", "is no condition"),
        (" and ".join(["friend"] * 21), "more than 20"),
    ],
)
def test_what_cannot_be_read_is_explained(written: str, told: str) -> None:
    with pytest.raises(SegmentError, match=told):
        read_segment(written)


words = st.one_of(
    st.sampled_from(list(FLAGS)).map(lambda word: (word, "", ())),
    st.tuples(st.sampled_from(list(COUNTS)), st.sampled_from([">=", "<=", "=", "!=", ">", "<"]), st.just(("12",))),
    st.tuples(st.sampled_from(list(DAYS)), st.sampled_from([">=", "<"]), st.just(("2026-01-31",))),
    st.sampled_from(["=", "!="]).flatmap(
        lambda operator: st.sampled_from(
            [
                ("language", operator, ("es", "pt-br")),
                ("platform", operator, ("telegram",)),
                ("zone", operator, ("Asia/Tokyo",)),
                ("attribute.city", operator, ("telegram",)),
            ]
        )
    ),
)


@given(st.lists(st.tuples(words, st.booleans()), max_size=20))
def test_a_segment_is_written_as_it_is_read(found: list[tuple[tuple[str, str, tuple[str, ...]], bool]]) -> None:
    segment = Segment(tuple(Condition(*parts, wanted=wanted) for parts, wanted in found))
    assert read_segment(str(segment)) == segment


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_explained(written: str) -> None:
    try:
        segment = read_segment(written)
    except SegmentError:
        return
    assert read_segment(str(segment)) == segment


def test_the_guide_lists_every_word() -> None:
    guide = (ROOT / "docs" / "broadcasts.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([a-z.-]+)", guide, flags=re.MULTILINE))
    assert {*FLAGS, *COUNTS, *DAYS, *CHOICES} <= listed
    for example in re.findall(r"^\| `([a-z][^`]*)` \|", guide, flags=re.MULTILINE):
        assert read_segment(example).conditions
