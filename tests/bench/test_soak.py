"""The soak in small: clicks survive a `kill -9` under load, and its findings find their place on the page."""

import asyncio
from pathlib import Path

from bench.processes import serving
from bench.soak.findings import Finding, write_down
from bench.soak.visiting import visit
from storage.connect import Database


async def test_a_click_whose_answer_was_seen_survives_a_kill_under_load(database_url: str) -> None:
    def one_life() -> list[int]:
        with serving("service", database_url=database_url, roles=["web"], advocates=2) as server:
            return visit(server.port, server.facts["codes"], connections=16, seconds=0.3, kill=server.kill)

    told: list[int] = []
    # As many lives as it takes: a machine with much else to do answers seldom before it is killed.
    while len(told) < 100:
        told += await asyncio.to_thread(one_life)
    database = Database(database_url)
    try:
        async with database.reading() as store:
            lost = [number for number in told if await store.clicks.by_number(number) is None]
    finally:
        await database.close()
    assert not lost


def test_a_finding_replaces_the_one_before_and_leaves_the_rest_of_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A page\n\nWritten by hand.\n")
    for name, counted in (("one", "3 lost"), ("two", "4 lost"), ("one", "none lost")):
        write_down(name, Finding(title=name, how="It was killed.", parts=[counted]), "a small one.", page=page)
    text = page.read_text()
    assert text.startswith("# A page\n\nWritten by hand.\n\n<!-- soak: one -->\n\n## one")
    assert text.endswith("<!-- end of soak: two -->\n")
    assert "3 lost" not in text
    assert text.index("none lost") < text.index("<!-- end of soak: one -->") < text.index("4 lost")
    assert "`make soak ARGS=one`. The machine: a small one." in text


def test_what_is_broken_is_said_first() -> None:
    finding = Finding(title="Clicks", how="It was killed.", parts=["A table"], broken=["Two clicks are gone."])
    assert str(finding) == "## Clicks\n\n**Broken: Two clicks are gone.**\n\nIt was killed.\n\nA table"
