"""A strict peer of Telegram's Bot API: it refuses what Telegram refuses, in Telegram's words."""
