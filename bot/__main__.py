"""`python -m bot …`, the same as `grapevine …`."""

import gc
import signal

# Importing makes some 400,000 objects and no garbage; collecting among them costs a fifth of the time to start.
gc.disable()
# It takes a second or more, in which Ctrl+C shall end the process and not print where Python happened to be.
_INTERRUPTED = signal.signal(signal.SIGINT, signal.SIG_DFL)

from bot.cli import commands  # noqa: E402 - after the lines above, or they would be of no use


def main() -> None:
    """Run the command that was asked for."""
    signal.signal(signal.SIGINT, _INTERRUPTED)
    gc.freeze()
    gc.enable()
    commands()


if __name__ == "__main__":
    main()
