"""What an identity provider is asked, and what it answers."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account as both sides know it: its address, and what the provider had us keep for it, None before anything."""

    email: str
    kept: str | None


@dataclass(frozen=True, slots=True)
class PasswordCheck:
    """Whether the password is right; `keep` is what to keep from now on instead, where that changed."""

    right: bool
    keep: str | None = None


class IdentityProvider(Protocol):
    """Checks and changes passwords. No transaction is open while it is asked; raises `Unavailable` when it is away."""

    writes_its_own_mails: bool
    """Whether it writes to people about invitations and new passwords itself."""

    async def verify_password(self, account: KnownAccount | None, password: str) -> PasswordCheck:
        """Whether this is the account's password. For None it works as long and says no."""
        ...

    async def find_account(self, email: str) -> KnownAccount | None:
        """An account that the provider knows by itself; None where accounts are ours alone."""
        ...

    async def set_password(self, email: str, password: str) -> str | None:
        """Make this the account's password, creating the account where needed; answers what to keep for it."""
        ...

    async def invited(self, email: str) -> None:
        """Somebody was invited."""
        ...

    async def reset_wanted(self, email: str) -> None:
        """Somebody forgot their password."""
        ...
