"""A pretend Slack: a workspace with people in it, and a Web API as strict as the real one."""
