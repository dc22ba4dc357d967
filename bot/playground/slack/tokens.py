"""The made-up secrets of the pretend workspace; they open nothing outside of this machine."""

BOT_TOKEN = "xoxb-playground"  # noqa: S105 - opens only the pretend Slack on this machine
APP_TOKEN = "xapp-playground"  # noqa: S105 - opens only the pretend Slack on this machine
SIGNING_SECRET = "playground-signing-secret"  # noqa: S105 - signs only what the pretend Slack sends
