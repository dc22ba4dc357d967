"""The web edge: redirect, landing pages, API, the platforms' doors and health."""
