"""The beginning: which program a playground plays, where it is reached, and how a start that fails says so."""

import shutil
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.app import App, running
from bot.clock import Clock
from bot.dispatch import fresh_draw
from bot.settings import Settings
from bot.wrong import WrongSetting
from handlers.events import ProgramApplied
from referrals.program_file import preset
from tests.bot.commands import grapevine


def playground(folder: Path, **given: object) -> Settings:
    """Read settings without a token."""
    url = f"sqlite:///{folder}/data/grapevine.db"
    return Settings(_env_file=None, **{"database_url": url, "port": "0", **given})  # type: ignore[arg-type]  # as text


async def program(app: App) -> str:
    """Name the program that runs."""
    async with app.database.reading() as store:
        found = await store.programs.running()
    assert found is not None
    return found.program_id


async def test_a_playground_plays_the_demo_until_another_program_is_applied(tmp_path: Path) -> None:
    async with running(playground(tmp_path)) as app:
        assert await program(app) == "demo"
        text = preset("saas")
        await app.dispatcher.dispatch(ProgramApplied(at=Clock().now(), draw=fresh_draw(), text=text, zone="UTC"))
    async with running(playground(tmp_path)) as app:
        assert await program(app) == "saas"
    async with running(playground(tmp_path, program="corner-shop")) as app:
        assert await program(app) == "corner-shop"


async def test_a_public_address_is_set_aside_until_there_is_a_bot(tmp_path: Path) -> None:
    async with running(playground(tmp_path, public_url="https://refer.example.com")) as app:
        assert app.url == f"http://localhost:{app.settings.port}/playground"
        assert app.addresses().public_url == f"http://localhost:{app.settings.port}"


async def test_a_port_that_is_taken_is_said_in_a_folder_that_is_new(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        url = f"sqlite:///{tmp_path}/data/grapevine.db"
        said = await grapevine(tmp_path, "run", GRAPEVINE_DATABASE_URL=url, GRAPEVINE_PORT=port)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("GRAPEVINE_PORT: ")
    assert "Traceback" not in said.err


async def test_a_second_playground_on_one_file_is_told_where_to_go(tmp_path: Path) -> None:
    async with running(playground(tmp_path)) as app:
        with pytest.raises(WrongSetting, match="Another Grapevine runs on this database"):
            async with running(playground(tmp_path)):
                pass
        assert await program(app) == "demo"
    async with running(playground(tmp_path)):  # whoever stopped, or never began, holds nothing
        pass


async def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path, sqlite_template: Path) -> None:
    file = tmp_path / "grapevine.db"
    shutil.copyfile(sqlite_template, file)
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    settings = {"GRAPEVINE_DATABASE_URL": f"sqlite:///{file}", "GRAPEVINE_PORT": "0"}
    ran, looked = await grapevine(tmp_path, "run", **settings), await grapevine(tmp_path, "doctor", **settings)
    assert (ran.status, looked.status, ran.out) == (2, 1, "")
    assert ran.err.startswith("GRAPEVINE_DATABASE_URL: A newer Grapevine has used this database (its schema is 9999")
    assert "Database: A newer Grapevine has used this database" in looked.out
