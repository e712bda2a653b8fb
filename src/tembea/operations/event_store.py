"""Asks whose views of events may not go on, for all of a process at once."""

from collections.abc import Sequence

from tembea.kernel.db import Read
from tembea.kernel.streams import Viewer


async def list_ended_viewers(read: Read, viewers: Sequence[Viewer]) -> list[Viewer]:
    """Those of the viewers whose agency is suspended, who were deactivated or given another role, or who signed out."""
    return await read.list(
        Viewer,
        """
        select tenant_id, user_id, session_id, role
        from list_ended_viewers(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[])
        """,
        [
            [viewer.tenant_id for viewer in viewers],
            [viewer.user_id for viewer in viewers],
            [viewer.session_id for viewer in viewers],
            [viewer.role for viewer in viewers],
        ],
    )
