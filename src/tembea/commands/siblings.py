"""Processes of one kind that work side by side: which of them one is, and what their parent gives them.

Each has a slot. One that takes a dead one's place goes on in its slot, with its figures.
"""

import os
from collections.abc import Mapping

from pydantic import SecretStr

from tembea.kernel.exposition import FOLDER_VARIABLE
from tembea.settings import Settings

_SLOT_VARIABLE = "TEMBEA_SLOT"


def own_slot() -> int | None:
    """Which of several processes this one is, counted from 0, or None where it is alone or their parent."""
    slot = os.environ.get(_SLOT_VARIABLE)
    return None if slot is None else int(slot)


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
