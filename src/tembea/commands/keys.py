"""`tembea keys`: the keys that access tokens are signed with."""

import typer

from tembea.kernel.mendable import Mendable
from tembea.kernel.signing_key import PREVIOUS_KEPT, rotate
from tembea.kernel.tokens import TokenSigner
from tembea.settings import Settings

commands = typer.Typer(help="The keys that access tokens are signed with.", no_args_is_help=True)


class KeysElsewhere(Mendable):
    """The signing key is not a file that we may change."""


@commands.command("list")
def list_keys(ctx: typer.Context) -> None:
    """Show the ids of the keys that are believed, the one that signs first."""
    settings: Settings = ctx.obj()
    for name in _key_ids(settings):
        typer.echo(name)


@commands.command("rotate")
def rotate_keys(ctx: typer.Context) -> None:
    """Sign with a new key from now on; tokens of the keys before it stay good until they expire.

    Running processes take the new key up by themselves within half a minute, where they share these files.
    """
    settings: Settings = ctx.obj()
    if settings.signing_key is not None or settings.verification_keys:
        raise KeysElsewhere(
            "The keys stand in TEMBEA_SIGNING_KEY and TEMBEA_VERIFICATION_KEYS, which this command cannot change. Put "
            "the public key of the present one first into TEMBEA_VERIFICATION_KEYS (openssl pkey -pubout), start every "
            "process anew, then set TEMBEA_SIGNING_KEY to a new one and start them again."
        )
    settings.ensure_secrets()
    before = _key_ids(settings)[0]
    rotate(settings.signing_key_path, settings.verification_keys_path)
    typer.echo(f"{_key_ids(settings)[0]} signs now; {before} is believed until {PREVIOUS_KEPT} more rotations.")


def _key_ids(settings: Settings) -> list[str]:
    return TokenSigner(lambda: settings.signing_keys, lifetime_s=1).key_ids
