"""Identity: who checks that a password is somebody's. Owns no tables.

Providers know nothing of users, so that the two meet in values: the users feature hands over an address and whatever
the provider asked it to keep for that account, an opaque text. The embedded provider keeps argon2id hashes that way.
One that has its accounts elsewhere (Supabase Auth, by its own API) keeps a reference there or nothing at all, answers
`verify_password` with a call, makes or invites the account in `set_password` and `invited`, and says with
`writes_its_own_mails` that no letter of ours is wanted. Who belongs to which agency, roles, sessions, second factors
and tokens stay with the users feature whichever provider is in use.
"""

from tembea.providers.identity.embedded import EmbeddedIdentity
from tembea.providers.identity.model import IdentityProvider, KnownAccount, PasswordCheck

__all__ = ["EmbeddedIdentity", "IdentityProvider", "KnownAccount", "PasswordCheck"]
