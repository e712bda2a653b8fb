"""The generated passwords of the embedded server's roles, and the addresses made of them."""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from tembea.kernel.secret_files import write_secret

SUPERUSER = "postgres"
OWNER = "tembea_owner"
APP = "tembea_app"
DATABASE = "tembea"


@dataclass(frozen=True, slots=True)
class Dsns:
    """Connection strings of a running server: `owner` for migrations, `app` for the product's own, restricted role."""

    owner: str
    app: str


@dataclass(frozen=True, slots=True)
class Passwords:
    """One password a role, 256 bits each, safe inside a connection string."""

    superuser: str
    owner: str
    app: str

    def dsns(self, port: int, database: str = DATABASE) -> Dsns:
        """The addresses of `database` on a server at `port` of this machine."""
        return Dsns(dsn(OWNER, self.owner, port, database), dsn(APP, self.app, port, database))


def dsn(user: str, password: str, port: int, database: str) -> str:
    """A connection string on loopback. The server has no TLS; not asking for it saves a round trip a connection."""
    return f"postgresql://{user}:{password}@127.0.0.1:{port}/{database}?sslmode=disable&gssencmode=disable"


def passwords_path(data_dir: Path) -> Path:
    """Where the passwords are kept, readable by the owner of the data folder alone."""
    return data_dir / "secrets" / "postgres.json"


def read_passwords(data_dir: Path) -> Passwords | None:
    """The passwords kept in `data_dir`, or None before its first start."""
    try:
        return Passwords(**json.loads(passwords_path(data_dir).read_text()))
    except FileNotFoundError:
        return None


def create_passwords(data_dir: Path) -> Passwords:
    """New passwords, kept in `data_dir` with mode 0600."""
    made = Passwords(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(32))
    write_secret(passwords_path(data_dir), json.dumps(asdict(made)))
    return made
