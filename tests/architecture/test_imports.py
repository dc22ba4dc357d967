"""Importing a module does nothing: no settings are read, nothing is opened, nothing is started."""

import subprocess
import sys

from tests.architecture.sources import ROOT, sources

# matplotlib makes its folders while it is imported, and takes half a second: it waits for the first chart.
IMPORTED_LATE = "messages.charts"

# Runs in a Python of its own: the modules are fresh there, and an audit hook cannot be taken off again.
IMPORT_EVERYTHING = """
import importlib, sys, threading

ours, seen = sys.argv[1], []
WATCHED = {"socket.bind", "socket.connect", "sqlite3.connect", "subprocess.Popen", "os.mkdir", "os.remove"}

def watch(event, arguments):
    if event in WATCHED:
        frame = sys._getframe(1)
        while frame and not frame.f_code.co_filename.startswith(ours):
            frame = frame.f_back
        seen.append(f"{event} {arguments} under {frame.f_code.co_filename if frame else 'a library'}")

sys.addaudithook(watch)
for name in sys.argv[2:]:
    importlib.import_module(name)
if "matplotlib" in sys.modules:
    seen.append("matplotlib was imported")
if threading.active_count() > 1:
    seen.append(f"threads: {threading.enumerate()}")
sys.exit("\\n".join(seen) or 0)
"""


def test_importing_every_module_starts_nothing() -> None:
    """A module that works while it is imported cannot be tested, moved, or started twice in one process."""
    modules = [source.module for source in sources() if not source.is_migration and source.module != IMPORTED_LATE]
    done = subprocess.run(
        [sys.executable, "-B", "-c", IMPORT_EVERYTHING, str(ROOT), *modules],
        cwd=ROOT,
        env={},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
