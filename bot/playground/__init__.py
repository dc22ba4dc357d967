"""A pretend Telegram on this machine, with a page to try the whole program on."""
