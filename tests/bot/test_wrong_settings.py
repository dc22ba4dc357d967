"""Wrong settings: each is answered with its name, what is the matter and what to do, never with a traceback."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.app import running
from bot.program import program_text
from bot.secret_key import secret_key
from bot.settings import Settings
from bot.settled import check
from bot.wrong import WrongSetting
from tests.bot.commands import grapevine


def settings(**values: str) -> Settings:
    """Read settings from nothing but what a test names."""
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]  # read from text, as the environment is


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    with pytest.raises(WrongSetting, match=r"GRAPEVINE_DATABASE_URL: The folder .*/data cannot be used"):
        secret_key(settings(database_url=f"sqlite:///{tmp_path}/data/grapevine.db"))


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    written = settings(database_url=f"sqlite:///{tmp_path}/data/grapevine.db")
    key = secret_key(written)
    assert secret_key(written) == key
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_secret_key_that_was_lost_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret.key").touch()
    with pytest.raises(WrongSetting, match=r"GRAPEVINE_SECRET_KEY: The key kept in .* is empty"):
        secret_key(settings(database_url=f"sqlite:///{tmp_path}/grapevine.db"))


def test_a_program_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "program.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WrongSetting, match="GRAPEVINE_PROGRAM"):
        program_text(settings(program=str(tmp_path / "program.toml")))


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "mysql://x/y", "nothing"])
def test_a_database_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        settings(database_url=address)


def test_an_address_is_taken_as_providers_write_it() -> None:
    url = settings(database_url="postgres://me:pw@db.example/shop?application_name=x&sslmode=require").database_url
    assert url == "postgresql+asyncpg://me:pw@db.example/shop?application_name=x&ssl=require"


async def test_a_database_of_the_playground_is_not_used_for_real_customers(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/data/grapevine.db"
    async with running(settings(database_url=url, port="0")):
        pass
    with pytest.raises(WrongSetting, match="The playground has used this database"):
        async with running(settings(database_url=url, port="0", telegram_token="1:token")):
            pass


def test_a_process_that_would_do_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="names no part to run"):
        settings(roles=",")


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"language": "tlh"}, "GRAPEVINE_LANGUAGE"),
        ({"telegram_token": "1:token", "telegram_mode": "webhook"}, "GRAPEVINE_TELEGRAM_MODE"),
        ({"slack_bot_token": "xoxb-1"}, "GRAPEVINE_SLACK_BOT_TOKEN"),
        ({"slack_bot_token": "xoxb-1", "slack_signing_secret": "x"}, "GRAPEVINE_PUBLIC_URL"),
    ],
)
def test_settings_that_are_wrong_together_are_named(values: dict[str, str], name: str) -> None:
    with pytest.raises(WrongSetting) as refusal:
        check(settings(**values), ("en",))
    assert refusal.value.name == name
    assert refusal.value.remedy


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"telegram_token": "1:token"},
        {"telegram_token": "1:token", "telegram_mode": "webhook", "public_url": "https://refer.example.com"},
        {"telegram_token": "1:t", "telegram_mode": "webhook", "telegram_api_url": "http://localhost:8081"},
        {"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1"},
        {"slack_bot_token": "xoxb-1", "slack_signing_secret": "x", "public_url": "https://refer.example.com"},
    ],
)
def test_settings_that_fit_together_pass(values: dict[str, str]) -> None:
    check(settings(**values), ("en",))


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("GRAPEVINE_PORT", "eighty", "GRAPEVINE_PORT must be a whole number."),
        ("GRAPEVINE_PORT", "80000", "GRAPEVINE_PORT must be 65535 or less."),
        ("GRAPEVINE_ROLES", "web,shop,till", "GRAPEVINE_ROLES can only be 'web', 'chat' or 'worker'."),
        ("GRAPEVINE_DATABASE_URL", "postgresql://u:p/w@db.example/x", "GRAPEVINE_DATABASE_URL has a port that is no"),
        ("GRAPEVINE_API_KEY", "una clave en español", "GRAPEVINE_API_KEY travels in a header of HTTP: use letters"),
        ("GRAPEVINE_TELEGRAM_TOKEN", "my_bot", "GRAPEVINE_TELEGRAM_TOKEN is a number, a colon and a secret,"),
        (
            "GRAPEVINE_SLACK_API_URL",
            "api",
            "GRAPEVINE_SLACK_API_URL is not a web address such as https://slack.com/api.",
        ),
        ("GRAPEVINE_PUBLIC_URL", "https://x.example/?b", "GRAPEVINE_PUBLIC_URL ends with the host or a path;"),
    ],
)
async def test_a_value_that_does_not_fit_is_told_in_words(tmp_path: Path, name: str, value: str, told: str) -> None:
    said = await grapevine(tmp_path, "doctor", **{name: value})
    assert (said.status, said.out) == (2, "")
    first, second = said.err.splitlines()
    assert first.startswith(told)
    assert second.startswith("Change it in the environment or in .env")


async def test_a_file_of_settings_that_is_no_text_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"GRAPEVINE_PORT=8080\n# caf\xe9\n")
    said = await grapevine(tmp_path, "doctor")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(".env cannot be read: it is not text in UTF-8.")


@pytest.mark.parametrize("address", ["https://x.example:abc", "https://exa mple.com", "https://[::1", "ftp://x", "x.y"])
def test_an_address_of_no_page_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="is not a web address such as https://refer"):
        settings(public_url=address)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgresql://u:p@127.0.0.1:1/x", "nothing listens at its host and port"),
        ("sqlite:///{folder}", "its file cannot be opened"),
        ("sqlite:///{folder}/notes.txt", "its file is something else than a SQLite database"),
    ],
)
async def test_a_database_that_cannot_be_reached_says_why(tmp_path: Path, url: str, why: str) -> None:
    (tmp_path / "notes.txt").write_text("Buy cherries.\n" * 100)
    key = "a-key-that-nobody-guesses"
    said = await grapevine(
        tmp_path, "migrate", GRAPEVINE_DATABASE_URL=url.format(folder=tmp_path), GRAPEVINE_SECRET_KEY=key
    )
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(f"GRAPEVINE_DATABASE_URL: The database cannot be reached: {why}")
