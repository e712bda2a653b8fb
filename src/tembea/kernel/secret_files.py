"""Files that only their owner may read: passwords, keys, log-ins. And what is too weak to be a secret."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

PASSWORD_MIN = 12
_THIS_MACHINE = ("", "localhost", "127.0.0.1", "::1")


def write_secret(path: Path, text: str) -> None:
    """Write `text` to `path` with mode 0600 from its first moment, in a folder of mode 0700, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(path)


def has_weak_password(url: str) -> bool:
    """Whether a server's address shows a password that is soon guessed, on a server that others can reach.

    No password at all is no fault: a certificate or a password file may stand behind it.
    """
    parts = urlsplit(url)
    if parts.password is None or (parts.hostname or "") in _THIS_MACHINE:
        return False
    password = unquote(parts.password)
    return len(password) < PASSWORD_MIN or len(set(password)) < PASSWORD_MIN // 2
