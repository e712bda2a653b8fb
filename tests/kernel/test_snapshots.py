"""Snapshots and cursors: what they see, how they compare, and that nothing else is taken for one."""

from itertools import pairwise

import pytest

from tembea.kernel.snapshots import Cursor, Snapshot


def test_a_snapshot_sees_what_was_committed_and_not_what_was_running_or_came_later() -> None:
    snapshot = Snapshot.parse("10:15:10,12")

    assert [xid for xid in range(8, 17) if snapshot.sees(xid)] == [8, 9, 11, 13, 14]
    assert str(snapshot) == "10:15:10,12"


def test_the_later_of_two_snapshots_is_told() -> None:
    order = [Snapshot.parse(text) for text in ("10:15:10,12", "10:15:10", "11:15:", "11:16:11")]

    assert all(later.is_after(earlier) for earlier, later in pairwise(order))
    assert not order[0].is_after(order[0])


@pytest.mark.parametrize("text", ["1700000000~10:15:10,12", "1700000000~10:15:~12:19:~77"])
def test_a_cursor_survives_its_way_to_the_viewer_and_back(text: str) -> None:
    assert str(Cursor.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "1", "1~", "1~1", "1~2:1:", "1~1:2:a", "x~1:2:", "1~1:2:~", "1~1:2:~1:2:", "1~1:2:\n", "1~" + "9" * 9_000],
)
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        Cursor.parse(text)
