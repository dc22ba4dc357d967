"""The offset, against every order in which updates can be handed out, committed and given back."""

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.progress import Progress


def test_the_offset_stays_before_the_first_that_is_not_committed() -> None:
    assert Progress().offset is None
    progress = Progress()
    assert progress.receive(None, [5, 6, 7]) == {5, 6, 7}
    progress.finish(6)
    assert progress.offset == 5
    assert progress.receive(5, [5, 6, 7, 8]) == {8}
    progress.finish(5)
    assert progress.offset == 7
    progress.finish(7)
    progress.finish(8)
    assert progress.offset == 9


def test_one_committed_while_it_was_handed_out_again_is_not_new() -> None:
    progress = Progress()
    progress.receive(None, [5])
    progress.finish(5)
    assert progress.receive(5, [5, 6]) == {6}


def test_what_was_given_back_is_taken_again() -> None:
    progress = Progress()
    progress.receive(None, [5, 6])
    progress.finish(6)
    progress.give_back(5)
    progress.give_back(6)  # committed: it stays so
    assert progress.offset == 5
    assert progress.receive(5, [5, 6]) == {5}
    progress.give_back(5)
    assert progress.receive(5, []) == set()  # Telegram kept it for a day, and no longer
    assert progress.offset == 7


def test_numbers_may_start_again_lower_after_a_quiet_week() -> None:
    progress = Progress()
    progress.receive(None, [900])
    progress.finish(900)
    assert progress.receive(901, [17]) == {17}
    progress.finish(17)
    assert progress.offset == 18


@given(st.data())
def test_no_update_is_acknowledged_unprocessed_nor_begun_twice_at_once(data: st.DataObject) -> None:
    progress, running, committed = Progress(), set[int](), set[int]()
    waiting, arrived = list[int](), 100
    for _ in range(data.draw(st.integers(1, 30))):
        match data.draw(st.sampled_from(["arrive", "poll", "commit", "give back"])):
            case "arrive":
                waiting.append(arrived)
                arrived += 1
            case "poll":
                asked = progress.offset
                lost = {update for update in waiting if asked is not None and update < asked}
                assert lost <= committed
                waiting = [update for update in waiting if update not in lost]
                fresh = progress.receive(asked, waiting[:3])
                assert not fresh & (running | committed)
                running |= fresh
            case "commit" if running:
                update = data.draw(st.sampled_from(sorted(running)))
                running.discard(update)
                committed.add(update)
                progress.finish(update)
            case "give back" if running:
                update = data.draw(st.sampled_from(sorted(running)))
                running.discard(update)
                progress.give_back(update)
