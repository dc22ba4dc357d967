"""The secret key: made at the first run beside the embedded database, demanded where several processes share one."""

import os
import secrets
from pathlib import Path

from pydantic import SecretStr

from bot.settings import Settings
from bot.wrong import WrongSetting

FILE = "secret.key"


def secret_key(settings: Settings) -> SecretStr:
    """Return the secret key of this installation; raises WrongSetting on PostgreSQL without one."""
    if settings.secret_key is not None:
        return settings.secret_key
    if not settings.is_sqlite:
        raise WrongSetting(
            "GRAPEVINE_SECRET_KEY",
            "PostgreSQL serves several processes, which need one secret key between them.",
            'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(32))"',
        )
    path = _folder(settings) / FILE
    try:
        if not path.exists():
            _make(path)
        key = path.read_text().strip()
    except OSError as error:
        raise WrongSetting(
            "GRAPEVINE_DATABASE_URL",
            f"The folder {path.parent} cannot be used: {error.strerror}.",
            "Make it a folder that Grapevine may write to, or choose another.",
        ) from error
    if not key:  # a disk that was full, or a copy that broke off
        raise WrongSetting(
            "GRAPEVINE_SECRET_KEY",
            f"The key kept in {path} is empty.",
            "Put the copy of it there that you kept, or delete the file: the next start makes a new key.",
        )
    return SecretStr(key)


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written whole and mode 600 from the start, so that nobody else ever reads it.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(32))


def _folder(settings: Settings) -> Path:
    return Path(settings.database_url.partition(":///")[2]).parent
