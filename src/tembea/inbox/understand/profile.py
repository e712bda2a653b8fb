"""What the reader has to know of the agency whose mail it reads."""

from dataclasses import dataclass

SHARED_DOMAINS = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "live.com", "msn.com", "yahoo.com",
    "yahoo.co.uk", "yahoo.fr", "yahoo.de", "icloud.com", "me.com", "mac.com", "aol.com", "proton.me",
    "protonmail.com", "pm.me", "gmx.com", "gmx.net", "gmx.de", "web.de", "t-online.de", "freenet.de", "mail.com",
    "zoho.com", "yandex.com", "yandex.ru", "mail.ru", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net",
    "libero.it", "telkomsa.net", "mweb.co.za", "vodamail.co.za", "webmail.co.za", "iafrica.com", "axxess.co.za",
    "qq.com", "163.com", "126.com", "naver.com",
})  # fmt: skip
"""Mail services that many people write from: an agency's address there says nothing about its neighbours'."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A place that the agency sells: its own name for it, its code and the names that customers use.

    `country` is the ISO 3166 code, None where unknown; with it a country named around its places ("South Africa:
    Kruger and Cape Town") is understood as their frame and not as another wish.
    """

    name: str
    code: str = ""
    aliases: tuple[str, ...] = ()
    country: str | None = None


@dataclass(frozen=True, slots=True)
class TenantProfile:
    """An agency, as far as understanding its mail needs it.

    `country` is the ISO 3166 code whose dialling habits its customers follow, `time_zone` an IANA name.
    `own_addresses` are the mail addresses and `own_domains` the domains that the agency writes from; `own_phones` are
    E.164. `hotels` are the names of the hotels it has rates for.
    """

    name: str
    country: str
    currency: str
    time_zone: str
    destinations: tuple[Destination, ...] = ()
    own_addresses: tuple[str, ...] = ()
    own_domains: tuple[str, ...] = ()
    own_phones: tuple[str, ...] = ()
    hotels: tuple[str, ...] = ()

    def is_own_address(self, address: str) -> bool:
        """Whether the agency itself writes from this address."""
        folded = address.casefold().strip()
        own = {known.casefold() for known in self.own_addresses}
        implied = {known.rpartition("@")[2] for known in own} - SHARED_DOMAINS
        domains = {domain.casefold() for domain in self.own_domains} | implied
        return folded in own or (folded.rpartition("@")[2] in domains and bool(folded))
