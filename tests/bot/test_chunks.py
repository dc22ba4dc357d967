"""Chunks of long work: as large as the time of the last one says."""

from bot.chunks import FEWEST, MOST, WANTED_SECONDS, Chunks


def test_they_grow_where_it_is_quick_and_shrink_at_once_where_it_is_not() -> None:
    chunks = Chunks(lambda: 0.0)
    seconds_each = 0.00001  # a hundred rows in a millisecond
    for _ in range(20):
        chunks.learn(chunks.rows * seconds_each)
    assert 0.9 * WANTED_SECONDS < chunks.rows * seconds_each <= WANTED_SECONDS
    chunks.learn(10 * chunks.rows * seconds_each)
    assert chunks.rows * 10 * seconds_each <= 1.001 * WANTED_SECONDS


def test_they_neither_vanish_nor_swell() -> None:
    chunks = Chunks(lambda: 0.0)
    for _ in range(50):
        chunks.learn(0.0)
    assert chunks.rows == MOST
    for _ in range(50):
        chunks.learn(5.0)
    assert chunks.rows == FEWEST
