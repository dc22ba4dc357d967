"""Opens the port, or says what holds it and which setting to change."""

import os
import socket
from pathlib import Path

from bot.settings import Settings
from bot.wrong import WrongSetting

_BACKLOG = 2048


def open_port(settings: Settings) -> socket.socket:
    """Listen on the host and port of the settings; raises WrongSetting when that is not possible."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise _taken(settings, error) from error
    listener.listen(_BACKLOG)
    listener.settimeout(0)
    return listener


def _taken(settings: Settings, error: OSError) -> WrongSetting:
    if error.errno in {98, 48}:  # EADDRINUSE on Linux, on macOS
        holder = _holder(settings.port)
        matter = f"Port {settings.port} is in use{f' by {holder}' if holder else ''}."
        return WrongSetting(
            "GRAPEVINE_PORT", matter, f"Stop that, or choose another: GRAPEVINE_PORT={settings.port + 1}"
        )
    matter = f"Cannot listen on {settings.host}:{settings.port}: {error.strerror}."
    return WrongSetting("GRAPEVINE_HOST", matter, "Choose another GRAPEVINE_HOST or GRAPEVINE_PORT.")


def _holder(port: int) -> str:
    """Name the process that listens on a port, where Linux tells us; nothing elsewhere."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            rows = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            fields = row.split()
            if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                inodes.add(f"socket:[{fields[9]}]")
    return next((_name(process) for process in Path("/proc").glob("[0-9]*") if _holds(process, inodes)), "")


def _holds(process: Path, inodes: set[str]) -> bool:
    try:
        return any(os.readlink(entry) in inodes for entry in (process / "fd").iterdir())
    except OSError:
        return False


def _name(process: Path) -> str:
    try:
        command = (process / "comm").read_text().strip()
    except OSError:
        command = "a process"
    return f"{command} (process {process.name})"
