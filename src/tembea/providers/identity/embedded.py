"""The embedded identity provider: argon2id, and the hash is all there is to keep."""

from tembea.kernel.passwords import check_password, hash_password_aside
from tembea.providers.identity.model import KnownAccount, PasswordCheck


class EmbeddedIdentity:
    """Checks passwords against hashes that the users feature keeps."""

    writes_its_own_mails = False

    async def verify_password(self, account: KnownAccount | None, password: str) -> PasswordCheck:
        """Whether the password fits the kept hash, which is renewed where its parameters are out of date."""
        verdict = await check_password(password, account and account.kept)
        return PasswordCheck(verdict.right, verdict.rehashed)

    async def find_account(self, email: str) -> KnownAccount | None:
        """Nobody: accounts are rows of the users feature."""
        del email

    async def set_password(self, email: str, password: str) -> str | None:
        """The hash to keep."""
        del email
        return await hash_password_aside(password)

    async def invited(self, email: str) -> None:
        """Nothing to do: the letter is ours."""

    async def reset_wanted(self, email: str) -> None:
        """Nothing to do: the letter is ours."""
