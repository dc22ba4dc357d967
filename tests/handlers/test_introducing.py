"""Introducing: what the platform tells of somebody fills what is missing, and nothing else."""

from dataclasses import replace

import pytest

from handlers.events import Introduced, Person
from storage.customers import Customer
from tests.dialogue import Dialogue
from tests.people import MALLORY, SAM

NOBODY = replace(SAM, first_name="")


async def test_what_is_missing_is_filled_in(talk: Dialogue) -> None:
    await talk.says(NOBODY, "/start")
    found = await introduced(talk, replace(SAM, language="en-GB", zone="Europe/Berlin"))
    assert (found.first_name, found.language, found.zone) == ("Sam", "en-GB", "Europe/Berlin")


async def test_what_is_known_stays(talk: Dialogue) -> None:
    await talk.says(NOBODY, "/start")
    await introduced(talk, replace(SAM, language="de-DE", zone="Europe/Vienna"))
    found = await introduced(talk, replace(SAM, first_name="Samuel", language="fr-FR", zone="Asia/Tokyo"))
    assert (found.first_name, found.language, found.zone) == ("Sam", "de-DE", "Europe/Vienna")


@pytest.mark.parametrize("zone", ["Mars/Phobos", "../../etc/passwd", "/etc/localtime", "", "Europe", "x\0y", "a" * 300])
async def test_a_zone_that_nobody_knows_is_not_kept(talk: Dialogue, zone: str) -> None:
    await talk.says(SAM, "/start")
    assert (await introduced(talk, replace(SAM, zone=zone))).zone is None


@pytest.mark.parametrize("tag", ["", "en_US.UTF-8", "x" * 17, "en\0", "日本", "-"])
async def test_a_tag_that_is_none_is_not_kept(talk: Dialogue, tag: str) -> None:
    await talk.says(SAM, "/start")
    assert (await introduced(talk, replace(SAM, language=tag))).language is None


async def test_a_strange_name_fits_both_databases(talk: Dialogue) -> None:
    await talk.says(NOBODY, "/start")
    assert (await introduced(talk, replace(SAM, first_name="\0" + "🦊" * 99))).first_name == "🦊" * 64


async def test_a_stranger_is_not_kept(talk: Dialogue) -> None:
    assert not (await talk.tells(Introduced, by=MALLORY)).text
    assert not (await talk.counts())["customers"]


async def introduced(talk: Dialogue, who: Person) -> Customer:
    """The platform introduces somebody; returns what we know of them then."""
    await talk.tells(Introduced, by=who)
    found = await talk.customer(who)
    assert found is not None
    return found
