"""The folder that holds the data: made once, checked on every start, reached even where its parents are closed."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tembea.kernel.embedded.account import Account
from tembea.kernel.embedded.errors import EmbeddedPostgresError
from tembea.kernel.embedded.passwords import SUPERUSER

MAJOR_VERSION = "18"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
_INITDB_TIMEOUT_S = 120


class Cluster:
    """A data folder, opened. `path` is for us; `argument` is what a program run as `account` is given.

    As root the account may be unable to pass a parent such as /root. The kernel follows `/proc/self/fd/N` without
    asking the parents, so the programs inherit the opened folder instead, and no parent has to be opened to everybody.
    """

    def __init__(self, path: Path, account: Account) -> None:
        path.mkdir(mode=0o700, exist_ok=True)
        path.chmod(0o700)
        account.take(path)
        self.path = path
        self._descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        self._by_path = account.can_reach(path)

    @property
    def argument(self) -> str:
        """The folder's name for the server's programs."""
        return str(self.path) if self._by_path else self.socket_folder

    @property
    def socket_folder(self) -> str:
        """The folder's name for the server's socket, always a short one: the kernel takes 107 bytes (unix(7))."""
        return f"/proc/self/fd/{self._descriptor}"

    @property
    def descriptors(self) -> tuple[int, ...]:
        """What the programs have to inherit for these names to work."""
        return (self._descriptor,)

    def close(self) -> None:
        """Let go of the folder."""
        os.close(self._descriptor)


def check_version(path: Path) -> None:
    """Refuse data of another major version: its files would not be understood."""
    version_file = path / "PG_VERSION"
    if not version_file.exists():
        return
    found = version_file.read_text().strip()
    if found != MAJOR_VERSION:
        raise EmbeddedPostgresError(
            f"{path} holds data of PostgreSQL {found}; this version of Tembea brings PostgreSQL {MAJOR_VERSION}. "
            f"Either dump it with PostgreSQL {found} (pg_dump), load the dump into a fresh TEMBEA_DATA_DIR, "
            f"or set DATABASE_URL to a PostgreSQL {found} server on it, or move the folder away to begin anew."
        )


def initialise(
    path: Path, programs: Path, account: Account, superuser_password: str, *, options: Sequence[str] = ()
) -> None:
    """Make a data folder at `path`, all of it or none: initdb works beside it, and a rename is the last step.

    `options` are further ones of initdb.
    """
    making = path.with_name(f"{path.name}.new")
    shutil.rmtree(making, ignore_errors=True)
    cluster = Cluster(making, account)
    try:
        _initdb(cluster, programs, account, superuser_password, options)
    finally:
        cluster.close()
    making.rename(path)


def _initdb(
    cluster: Cluster, programs: Path, account: Account, superuser_password: str, options: Sequence[str]
) -> None:
    # The account must open the file by its name, so it lies where everybody may look for it and is the account's own.
    with tempfile.NamedTemporaryFile("w", dir="/tmp", prefix="tembea-") as password_file:
        password_file.write(superuser_password + "\n")
        password_file.flush()
        account.take(Path(password_file.name))
        # Builtin C.UTF-8 sorts by code point and knows all letters, on every machine alike; the wheel has no ICU.
        made = subprocess.run(  # noqa: S603 - our own programs
            [
                programs / "bin" / "initdb",
                f"--pgdata={cluster.argument}",
                f"--username={SUPERUSER}",
                f"--pwfile={password_file.name}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                *options,
            ],
            cwd="/",
            env=ENVIRONMENT,
            pass_fds=cluster.descriptors,
            capture_output=True,
            text=True,
            timeout=_INITDB_TIMEOUT_S,
            check=False,
            **account.arguments,
        )
    if made.returncode != 0:
        raise EmbeddedPostgresError(f"initdb failed in {cluster.path}:\n{made.stderr.strip()[-2000:]}")
