"""Users: the people of an agency and the platform's operators, how they sign in, and their programs' keys.

Owns `users`, `sessions`, `second_factors`, `recovery_codes`, `api_keys`, `invitations`, `password_resets`.
Invariants: an e-mail is unique within a tenant and may exist in several; a refresh token works once, and a replayed one
ends its session; an unknown address and a wrong password answer alike, in words and in time; what is taken from
somebody (session, role, account, agency, key) is gone everywhere within seconds; a code of the second factor counts
once; every secret is stored as a hash, or encrypted where it has to be read again.
Verbs: `create_user`, `ensure_people`, `get_user`, `find_consultant`; `FrontDesk.sign_in` and `Doorman.admit`, of which
each process has one; `write_invitation` and `write_reset` for whoever writes the mails.
News: `users.invited`, `users.password_forgotten`.
"""

from tembea.users.front_desk import FrontDesk
from tembea.users.model import Login, SignedInUser, User
from tembea.users.people import INVITED_JOB, PASSWORD_FORGOTTEN_JOB, MailedLink, write_invitation, write_reset
from tembea.users.service import create_operator, create_user, ensure_people, ensure_platform_tenant
from tembea.users.standing import Doorman
from tembea.users.store import find_consultant, get_user

__all__ = [
    "INVITED_JOB",
    "PASSWORD_FORGOTTEN_JOB",
    "Doorman",
    "FrontDesk",
    "Login",
    "MailedLink",
    "SignedInUser",
    "User",
    "create_operator",
    "create_user",
    "ensure_people",
    "ensure_platform_tenant",
    "find_consultant",
    "get_user",
    "write_invitation",
    "write_reset",
]
