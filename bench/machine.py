"""Describes the machine that figures were taken on, without saying whose it is."""

import os
import platform
import re
import sqlite3
import subprocess
from pathlib import Path

from bench.databases import commit_milliseconds


def description() -> str:
    """Say what the figures depend on: processors, Python, databases, the disk, and who else was at work."""
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores ({_processor()}), {platform.system()}, {platform.python_implementation()} "
        f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}. Writing and syncing 4 kB took "
        f"{commit_milliseconds():.2f} ms. The load of the machine was {load:.1f} before the first round."
    )


def _processor() -> str:
    if platform.system() == "Darwin":
        asked = subprocess.run(
            ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True, text=True, check=False
        )
        return asked.stdout.strip() or platform.machine()
    try:
        found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        return platform.machine()
    return found[1] if found else platform.machine()
