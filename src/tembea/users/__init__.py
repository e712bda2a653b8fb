"""Users: the people of an agency and the platform's operators, how they sign in, and their sessions.

Owns `users` and `sessions`.
Invariants: an e-mail is unique within a tenant and may exist in several; a refresh token works once, and a replayed one
ends its session; an unknown address and a wrong password answer alike.
Verbs: `create_user`, `ensure_people`, `sign_in`, `refresh`, `sign_out`, `get_user`, `find_consultant`.
"""

from tembea.users.model import Login, SignedInUser, User
from tembea.users.service import (
    create_operator,
    create_user,
    ensure_people,
    ensure_platform_tenant,
    refresh,
    sign_in,
    sign_out,
)
from tembea.users.store import find_consultant, get_user

__all__ = [
    "Login",
    "SignedInUser",
    "User",
    "create_operator",
    "create_user",
    "ensure_people",
    "ensure_platform_tenant",
    "find_consultant",
    "get_user",
    "refresh",
    "sign_in",
    "sign_out",
]
