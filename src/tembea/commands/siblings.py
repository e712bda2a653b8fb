"""Processes of one kind that work side by side: which of them one is, and what their parent gives them.

Each has a slot. One that takes a dead one's place goes on in its slot, with its figures.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import NoReturn

from pydantic import SecretStr

from tembea.kernel.exposition import FOLDER_VARIABLE, count_in_slot
from tembea.kernel.supervisor import ChildProcess, end_all, watch
from tembea.settings import Settings

_SLOT_VARIABLE = "TEMBEA_SLOT"


def own_slot() -> int | None:
    """Which of several processes this one is, counted from 0, or None where it is alone or their parent."""
    slot = os.environ.get(_SLOT_VARIABLE)
    return None if slot is None else int(slot)


def is_one_of_several(settings: Settings, counts: str) -> bool:
    """Whether this process has a slot; it counts there from now on, in the folder `counts`."""
    slot = own_slot()
    if slot is not None:
        count_in_slot(settings.data_dir / counts, slot)
    return slot is not None


def in_slot(environment: Mapping[str, str], slot: int) -> dict[str, str]:
    """The environment of the process in `slot`."""
    return {**environment, _SLOT_VARIABLE: str(slot)}


def shared_environment(settings: Settings, counts: str) -> dict[str, str]:
    """Ours, with the database that was found: the processes need not look for it again. They count in `counts`."""
    found: dict[str, SecretStr | None] = {
        "DATABASE_URL": settings.database,
        "DATABASE_OWNER_URL": settings.database_owner,
    }
    return {
        **os.environ,
        **{name: dsn.get_secret_value() for name, dsn in found.items() if dsn},
        "TEMBEA_EMBEDDED_DATABASE": str(settings.embedded_database).lower(),
        "TEMBEA_DATA_DIR": str(settings.data_dir),
        FOLDER_VARIABLE: str(settings.data_dir / counts),
    }


def keep_running(children: Sequence[ChildProcess], *, stop_within_s: float) -> NoReturn:
    """Start all and start again what ends, until a signal; then end all. Raises `CrashLoop` or `StopRequested`."""
    with ExitStack() as stack:
        stack.callback(end_all, children, stop_within_s)
        for child in children:
            child.start()
        watch(children)
