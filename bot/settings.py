"""Settings: one frozen class read from the environment or `.env`; secrets are never printed."""

import re
from functools import cached_property
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from referrals.quiet import read_night

Role = Literal["web", "chat", "worker"]
SQLITE = "sqlite+aiosqlite://"
_HOST = re.compile(r"[^\s/\\<>\"'%,;]+")


def _check_port(address: str) -> None:
    try:
        _ = urlsplit(address).port
    except ValueError:
        raise ValueError(
            "has a port that is no number; in a password, signs such as / and @ are written as %2F and %40"
        ) from None


class Settings(BaseSettings):
    """Every setting, each `GRAPEVINE_…` in the environment; `.env.example` explains them."""

    model_config = SettingsConfigDict(
        env_prefix="GRAPEVINE_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    database_url: str = f"{SQLITE}/data/grapevine.db"
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: str | None = None
    secret_key: SecretStr | None = None
    api_key: SecretStr | None = None
    program: str | None = None
    timezone: str = "UTC"
    language: str = "en"
    quiet_hours: str = "21:00-08:00"
    marketing_per_week: int = Field(default=2, ge=0, le=100)
    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_per_second: int = Field(default=30, ge=1, le=1000)
    slack_bot_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api"
    slack_team_channel: str | None = None
    roles: Annotated[frozenset[Role], NoDecode] = frozenset({"web", "chat", "worker"})

    @field_validator("roles", mode="before")
    @classmethod
    def _split_roles(cls, value: object) -> object:
        return frozenset(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("roles")
    @classmethod
    def _some_role(cls, value: frozenset[Role]) -> frozenset[Role]:
        if not value:
            raise ValueError("names no part to run; choose among web, chat and worker")
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is not a time zone name such as Europe/Berlin")
        return value

    @field_validator("quiet_hours")
    @classmethod
    def _readable_hours(cls, value: str) -> str:
        read_night(value)
        return value

    @field_validator("public_url", "telegram_api_url", "slack_api_url")
    @classmethod
    def _web_address(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return None
        usual = cls.model_fields[str(info.field_name)].default or "https://refer.example.com"
        try:
            parts = urlsplit(value)
            is_one = parts.scheme in {"http", "https"} and _HOST.fullmatch(parts.hostname or "") and parts.port != 0
        except ValueError:  # of brackets that do not close, and of a port that is no number
            is_one = False
        if not is_one:
            raise ValueError(f"is not a web address such as {usual}")
        if parts.query or parts.fragment or parts.username:
            raise ValueError("ends with the host or a path; leave out what comes after ? or #, and before @")
        return value.rstrip("/")

    @field_validator("api_key")
    @classmethod
    def _fits_into_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[!-~]+", value.get_secret_value()):
            raise ValueError("travels in a header of HTTP: use letters without accents, digits and signs, no spaces")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _is_a_telegram_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", value.get_secret_value()):
            raise ValueError("is a number, a colon and a secret, such as 123456:ABC-DEF; @BotFather shows it")
        return value

    @field_validator("slack_bot_token")
    @classmethod
    def _is_a_bot_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith("xoxb-"):
            raise ValueError("starts with xoxb-; it is the Bot User OAuth Token under Install App")
        return value

    @field_validator("slack_app_token")
    @classmethod
    def _is_an_app_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith("xapp-"):
            raise ValueError("starts with xapp-; it is the App-Level Token under Basic Information")
        return value

    @field_validator("slack_signing_secret")
    @classmethod
    def _is_no_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and value.get_secret_value().startswith(("xoxb-", "xapp-", "xoxp-")):
            raise ValueError("is no token; it is the Signing Secret under Basic Information, App Credentials")
        return value

    @field_validator("slack_team_channel")
    @classmethod
    def _is_a_channel(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[CG][A-Z0-9]{2,}", value):
            raise ValueError("is a channel's id such as C0123ABCD; it stands at the end of the channel's details")
        return value

    @field_validator("database_url")
    @classmethod
    def _spell_driver(cls, value: str) -> str:
        scheme, separator, rest = value.partition("://")
        if not separator or scheme.partition("+")[0] not in {"postgres", "postgresql", "sqlite"}:
            raise ValueError("starts with sqlite:// or postgresql://")
        if not scheme.startswith("sqlite"):
            _check_port(value)
            # People write what their provider shows them; asyncpg calls the same setting "ssl".
            return f"postgresql+asyncpg://{re.sub(r'(?<=[?&])sslmode=', 'ssl=', rest)}"
        if not rest.startswith("/") or rest.partition("?")[0] in {"/", "/:memory:"}:
            raise ValueError("names no file; write sqlite:/// and the path of one")
        return f"{SQLITE}{rest}"

    @cached_property
    def zone(self) -> ZoneInfo:
        """The business's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def has_chat(self) -> bool:
        """Whether a real chat platform is set up; without one the playground runs."""
        return self.telegram_token is not None or self.slack_bot_token is not None

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url.startswith(SQLITE)

    @property
    def own_url(self) -> str:
        """The address people reach this installation at, as far as it knows."""
        return self.public_url or f"http://localhost:{self.port}"

    @property
    def is_public(self) -> bool:
        """Whether strangers can reach our pages: public https, which chat platforms ask for."""
        return urlsplit(self.own_url).scheme == "https" and not self.is_of_this_machine

    @property
    def is_of_this_machine(self) -> bool:
        """Whether our address is this machine's own, which is where the playground stays."""
        return urlsplit(self.own_url).hostname in {"localhost", "127.0.0.1", "::1"}
