"""Sends what waits, in one story: a batch is claimed, looked at once more, paced, sent and settled."""
