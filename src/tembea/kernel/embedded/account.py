"""The account that the server runs as. PostgreSQL refuses to be root, and rightly so."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from tembea.kernel.embedded.errors import EmbeddedPostgresError

# `tembea` lets an administrator set an account aside; `nobody` exists everywhere else. initdb wants a name to a number.
_CANDIDATES = ("tembea", "nobody", "daemon")


class AccountArguments(TypedDict, total=False):
    """What `subprocess` needs to run a child as an account; empty for the current user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the machine; `dropped` when this process is root and the server becomes somebody else."""

    uid: int
    gid: int
    dropped: bool

    @property
    def arguments(self) -> AccountArguments:
        """Keyword arguments for `subprocess` that make a child this account, with no other groups."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.dropped else {}

    def can_reach(self, path: Path) -> bool:
        """Whether the permission bits of `path` (a folder) and of all folders above let this account in."""
        resolved = path.resolve()
        return all(self._may_enter(folder) for folder in (resolved, *resolved.parents))

    def take(self, path: Path) -> None:
        """Make the account the owner of `path`."""
        if self.dropped:
            os.chown(path, self.uid, self.gid)

    def _may_enter(self, folder: Path) -> bool:
        found = folder.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        if found.st_gid == self.gid:
            return bool(found.st_mode & stat.S_IXGRP)
        return bool(found.st_mode & stat.S_IXOTH)


def choose_account(cluster: Path) -> Account:
    """The current user, or for root the owner of an existing `cluster` folder, or else an unprivileged account."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), dropped=False)
    if cluster.exists() and (owner := cluster.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, dropped=True)
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, dropped=True)
    raise EmbeddedPostgresError(
        "PostgreSQL does not run as root, and there is no account called "
        f"{' or '.join(_CANDIDATES)} to run it as. Create one, start as another user, or set DATABASE_URL."
    )
