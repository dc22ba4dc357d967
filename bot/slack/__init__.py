"""Slack: events come in, messages go out, and what only Slack has: App Home, modals, the team's channel."""
