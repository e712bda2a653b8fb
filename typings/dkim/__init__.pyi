"""The part of dkimpy that is used here; the package comes without types."""

from collections.abc import Callable

class DKIMException(Exception): ...

def sign(
    message: bytes,
    selector: bytes,
    domain: bytes,
    privkey: bytes,
    *,
    canonicalize: tuple[bytes, bytes] = ...,
) -> bytes: ...
def verify(message: bytes, *, dnsfunc: Callable[..., bytes | None] = ...) -> bool: ...
