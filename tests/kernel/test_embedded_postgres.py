"""The embedded server: its account, its folders, its life and its death."""

import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tembea.kernel.embedded import EmbeddedPostgres, EmbeddedPostgresError, find_running
from tembea.kernel.embedded.account import choose_account
from tests.kernel.embedded_servers import ask, open_folder, running

is_root = os.geteuid() == 0
as_root = pytest.mark.skipif(not is_root, reason="not run: only root drops to another account")
NOBODY = 65534


def tell(dsn: str, *statements: str) -> None:
    with psycopg.connect(dsn) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def postmaster(data_dir: Path) -> int:
    return int((data_dir / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])


def wait_until(condition: Callable[[], bool], timeout_s: float = 45.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def gone(process_id: int) -> bool:
    return not Path(f"/proc/{process_id}").exists() or "\nState:\tZ" in Path(f"/proc/{process_id}/status").read_text()


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after its first start, to be copied: making one anew for each test would wait for the disk."""
    folder = tmp_path_factory.mktemp("stopped") / "data"
    with running(folder):
        pass
    return folder


@pytest.fixture
def data_dir(stopped: Path, tmp_path: Path) -> Path:
    """A data folder that has been started before."""
    subprocess.run(["cp", "-a", str(stopped), str(tmp_path / "data")], check=True)
    return tmp_path / "data"


# A second process that starts a server and then waits, to be killed or to be in the way.
HOLDER = """
import sys, time
from pathlib import Path
from tembea.kernel.embedded import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
server.start()
print(server.dsn_app, flush=True)
time.sleep(600)
"""


@contextmanager
def holder(data_dir: Path, *command: str) -> Generator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [*command, sys.executable, "-c", HOLDER, str(data_dir)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
    )
    assert process.stdout is not None
    try:
        dsn = process.stdout.readline().strip()
        assert dsn, "the holder did not start its server"
        yield process, dsn
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def exit_code_as_nobody(run: Callable[[], None]) -> int:
    """Run in a child that is not root. A fork, because the interpreter itself may lie where only root can read."""
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        try:
            run()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_fresh_folder_becomes_a_server_that_speaks_all_alphabets(tmp_path: Path) -> None:
    with running(tmp_path / "data", fsync="on") as server:
        assert str(ask(server.dsn_app, "show server_version")).startswith("18.")
        assert ask(server.dsn_app, "select lower('ŁÕÑ'), unaccent('Łukasz Õzer')") == ("łõñ", "Lukasz Ozer")
        assert ask(server.dsn_app, "select to_tsvector('simple', 'Ñandú')::text") == "'ñandú':1"
        assert ask(server.dsn_app, "select '[1,2]'::vector <-> '[1,3]'::vector") == 1
        assert ask(server.dsn_app, "select count(*) from pg_extension where extname in ('citext', 'btree_gist')") == 2
        assert ask(server.dsn_owner, "select current_setting('fsync'), current_setting('jit')") == ("on", "off")


def test_no_role_of_ours_is_above_row_level_security(data_dir: Path) -> None:
    with running(data_dir) as server:
        ours = "rolname in ('tembea_owner', 'tembea_app')"
        assert ask(server.dsn_owner, f"select count(*) from pg_roles where {ours}") == 2
        assert ask(server.dsn_owner, f"select count(*) from pg_roles where {ours} and (rolsuper or rolbypassrls)") == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(server.dsn_app, "create table mine (x int)")


def test_passwords_are_needed_at_both_doors_and_kept_safe(data_dir: Path) -> None:
    with running(data_dir) as server:
        socket = server.data_dir / "postgres"
        for dsn in (server.dsn_app, server.dsn_app.replace("127.0.0.1", "") + f"&host={socket}"):
            assert ask(dsn, "select 1") == 1
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                psycopg.connect(dsn.replace(server.passwords.app, "guess"))
        secrets = server.data_dir / "secrets" / "postgres.json"
        assert (secrets.stat().st_mode & 0o777, secrets.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_data_survives_a_restart_and_the_address_is_free_afterwards(data_dir: Path) -> None:
    with running(data_dir) as server:
        tell(server.dsn_owner, "create table kept (x int)", "insert into kept values (1)")
        first = server.dsn_app
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(first)
    with running(data_dir) as server:
        assert ask(server.dsn_owner, "select x from kept") == 1
        assert server.passwords.app in first


def test_stopping_twice_and_stopping_what_never_ran_is_harmless(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir)
    server.stop()
    server.start()
    server.start()
    assert server.is_running()
    server.stop()
    server.stop()
    assert not server.is_running()


def test_stopping_does_not_wait_for_open_sessions(data_dir: Path) -> None:
    with running(data_dir) as server:
        connection = psycopg.connect(server.dsn_app)
        connection.execute("begin")
        started = time.monotonic()
        server.stop()
        assert time.monotonic() - started < 5
        connection.close()


def test_a_second_server_on_the_folder_is_refused_and_told_who_is_there(data_dir: Path) -> None:
    with holder(data_dir) as (process, dsn):
        with pytest.raises(EmbeddedPostgresError, match=f"in use by process {process.pid}.*TEMBEA_DATA_DIR"):
            EmbeddedPostgres(data_dir).start()
        assert ask(dsn, "select 1") == 1


def test_a_second_process_finds_the_running_server(data_dir: Path) -> None:
    assert find_running(data_dir) is None
    with holder(data_dir) as (_, dsn):
        found = find_running(data_dir)
        assert found is not None
        assert found.app == dsn
    wait_until(lambda: find_running(data_dir) is None)


def test_the_server_dies_with_its_supervisor_and_the_next_one_may_start_at_once(data_dir: Path) -> None:
    with holder(data_dir) as (process, dsn):
        server = postmaster(data_dir)
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute("select 1")
            process.kill()
            process.wait()
            with running(data_dir) as next_server:
                assert gone(server)
                assert ask(next_server.dsn_app, "select 1") == 1


def test_a_killed_server_is_noticed_and_starts_again_on_its_port_with_its_data(data_dir: Path) -> None:
    with running(data_dir) as server:
        tell(server.dsn_owner, "create table kept (x int)", "insert into kept values (1)")
        port = server.port
        with psycopg.connect(server.dsn_app, autocommit=True) as connection:
            connection.execute("select 1")
            os.kill(postmaster(data_dir), signal.SIGKILL)
            wait_until(lambda: not server.is_running())
            server.start()
        assert server.port == port
        assert ask(server.dsn_owner, "select x from kept") == 1


def test_a_stale_pid_file_whose_number_lives_again_does_not_matter(data_dir: Path) -> None:
    with running(data_dir) as server:
        pid_file = data_dir / "postgres" / "postmaster.pid"
        os.kill(postmaster(data_dir), signal.SIGKILL)
        wait_until(lambda: not server.is_running())
        # A living process of the server's own account, as happens in a container that counts from 1 again.
        with subprocess.Popen(["/bin/sleep", "60"], **choose_account(data_dir / "postgres").arguments) as sleeper:
            lines = pid_file.read_text().split("\n")
            pid_file.write_text("\n".join([str(sleeper.pid), *lines[1:]]))
            server.start()
            assert ask(server.dsn_app, "select 1") == 1
            assert sleeper.poll() is None
            sleeper.kill()


def test_an_initialisation_that_was_killed_is_begun_again(tmp_path: Path) -> None:
    half_made = tmp_path / "data" / "postgres.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    with running(tmp_path / "data") as server:
        assert ask(server.dsn_app, "select 1") == 1
    assert not half_made.exists()


def test_data_of_another_major_version_is_refused_with_the_cure(data_dir: Path) -> None:
    version = data_dir / "postgres" / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(EmbeddedPostgresError, match=r"PostgreSQL 17; .*PostgreSQL 18.*pg_dump"):
        EmbeddedPostgres(data_dir).start()
    version.write_text("18\n")
    with running(data_dir):
        pass


def test_lost_passwords_are_named(data_dir: Path) -> None:
    (data_dir / "secrets" / "postgres.json").unlink()
    with pytest.raises(EmbeddedPostgresError, match=r"secrets/postgres\.json are gone"):
        EmbeddedPostgres(data_dir).start()


def test_a_server_that_cannot_start_shows_the_end_of_its_log(data_dir: Path) -> None:
    with pytest.raises(EmbeddedPostgresError, match="invalid value for parameter"):
        EmbeddedPostgres(data_dir, settings={"shared_buffers": "nonsense"}).start()
    with running(data_dir) as server:
        assert ask(server.dsn_app, "select 1") == 1


def test_a_folder_whose_name_is_too_long_for_a_socket_has_one_all_the_same(tmp_path: Path) -> None:
    with running(tmp_path / ("long-" * 20) / ("name-" * 20)) as server:
        assert ask(server.dsn_app, "select 1") == 1
        assert (server.data_dir / "postgres" / f".s.PGSQL.{server.port}").is_socket()


def test_sockets_of_killed_servers_are_cleared_away(data_dir: Path) -> None:
    with running(data_dir) as server:
        old = server.data_dir / "postgres" / f".s.PGSQL.{server.port}"
        os.kill(postmaster(data_dir), signal.SIGKILL)
        wait_until(lambda: not server.is_running())
        assert old.exists()
    with running(data_dir) as server:
        assert [one.name for one in old.parent.glob(".s.PGSQL.*[0-9]")] == [f".s.PGSQL.{server.port}"]


def test_two_servers_on_one_machine_do_not_meet(tmp_path: Path) -> None:
    with running(tmp_path / "one") as one, running(tmp_path / "two") as two:
        assert one.port != two.port
        tell(one.dsn_owner, "create table only_here (x int)")
        assert ask(two.dsn_owner, "select to_regclass('only_here')") is None


@as_root
def test_root_drops_to_an_unprivileged_account(data_dir: Path) -> None:
    with running(data_dir):
        process_id = postmaster(data_dir)
        status = Path(f"/proc/{process_id}/status").read_text()
        ids = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:]
        groups = next(line for line in status.splitlines() if line.startswith("Groups:")).split()[1:]
        assert "0" not in ids
        assert groups == []


@as_root
def test_closed_parents_stay_closed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with running(home / "data") as server:
        assert ask(server.dsn_app, "select 1") == 1
    assert home.stat().st_mode & 0o777 == 0o700


@as_root
def test_another_user_than_root_needs_no_other_account() -> None:
    with open_folder() as folder:
        os.chown(folder, NOBODY, NOBODY)

        def start() -> None:
            with running(folder / "data") as server:
                assert ask(server.dsn_app, "select 1") == 1
            assert (folder / "data").stat().st_mode & 0o777 == 0o700

        assert exit_code_as_nobody(start) == 0


@as_root
def test_a_folder_of_root_s_is_refused_to_another_user_with_the_cure(tmp_path: Path) -> None:
    with open_folder() as folder:
        with running(folder / "data"):
            pass
        (folder / "data").chmod(0o755)

        def start() -> None:
            with pytest.raises(EmbeddedPostgresError, match="cannot be used by this user"):
                EmbeddedPostgres(folder / "data").start()

        assert exit_code_as_nobody(start) == 0
