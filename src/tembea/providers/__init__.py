"""Providers: whatever Tembea reaches outside its own database, each behind a Protocol with an embedded twin.

Owns no tables. Invariants: nobody awaits a provider while a transaction is open; every call carries an idempotency key;
each provider works without any key or server, in its embedded form.
Verbs: `Providers.mail.send`, `Providers.identity.verify_password`, `Providers.warehouse.ask`; `build_providers` is
called once in each process.
"""

from dataclasses import dataclass, field

from tembea.providers.dkim_signing import DkimSigner
from tembea.providers.fx import FxProvider, NoFxFeed, build_fx_provider
from tembea.providers.identity import EmbeddedIdentity, IdentityProvider
from tembea.providers.llm import LanguageModel, NoModel, build_language_model
from tembea.providers.mail import MailProvider, build_mail_provider
from tembea.providers.mailbox import Mailbox
from tembea.providers.warehouse import Warehouse, build_warehouse
from tembea.settings import Settings


@dataclass(frozen=True, slots=True)
class Providers:
    """Everything outside, ready to use, and the settings it was built from."""

    settings: Settings
    mail: MailProvider
    identity: IdentityProvider
    warehouse: Warehouse
    mailboxes: tuple[Mailbox, ...] = ()
    fx: FxProvider = field(default_factory=NoFxFeed)
    llm: LanguageModel = field(default_factory=NoModel)


def build_providers(settings: Settings) -> Providers:
    """The providers that the settings ask for; raises ValueError where a setting cannot be used."""
    return Providers(
        settings=settings,
        mail=build_mail_provider(settings.mail_smtp_url, _signer(settings)),
        mailboxes=tuple(Mailbox.parse(url) for url in settings.imap_urls),
        identity=EmbeddedIdentity(),
        fx=build_fx_provider(settings.fx_url),
        llm=build_language_model(settings),
        warehouse=build_warehouse(settings),
    )


def _signer(settings: Settings) -> DkimSigner | None:
    if settings.dkim_key_file is None:
        return None
    return DkimSigner.load(settings.dkim_key_file, selector=settings.dkim_selector, domain=settings.dkim_domain)


__all__ = [
    "FxProvider",
    "IdentityProvider",
    "LanguageModel",
    "MailProvider",
    "Providers",
    "Warehouse",
    "build_providers",
]
