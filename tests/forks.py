"""Processes of their own whose modules are already read: each is a fork of one process that has read them.

A Python that starts from nothing reads our modules for more than a second; a fork is there in a hundredth of one.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.__main__ import main

context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload(["tests.forks", "tests.journeys.lives"])


def command(
    words: tuple[str, ...], folder: Path, environment: Mapping[str, str], streams: tuple[str, str, str]
) -> None:
    """Run `grapevine …` as a process that was started in this folder, reading and writing these files."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, (path, flags) in enumerate(zip(streams, (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)):
        opened = os.open(path, flags | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    # Those that are there were opened for the process this is a fork of.
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - it ends with the process
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115 - as above
    sys.argv = ["grapevine", *words]
    main()
