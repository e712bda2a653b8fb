"""One of everything for an agency, each with a word in it that must turn up nowhere else."""

from dataclasses import dataclass

from tembea.inbox import receive
from tests.app_fixtures import Agency, Platform
from tests.inbox.mails import mail
from tests.rates.rates_factories import nightly, send_contract

CANARY = "Kanarie7431"


@dataclass
class Planted:
    """An agency with one of everything, each with the canary in its words."""

    agency: Agency
    ids: dict[str, str]

    def id_for(self, path: str) -> str:
        """The id that stands for the first placeholder of `path`, by the noun before it."""
        noun = path.split("/{")[0].rsplit("/", 1)[-1]
        return self.ids[noun]


async def plant(platform: Platform, agency: Agency, canary: str = CANARY) -> Planted:
    """Everything that comes by mail, by hand and by import, each once."""
    admin, address = agency.admin, f"{canary.lower()}@birds.example"
    imported = (await send_contract(agency, nightly(f"{canary} Lodge", "100.00", destination="Zanzibar"))).json()
    raw = mail(
        sender=f"{canary} Person <{address}>",
        subject=f"{canary} asks",
        text=f"Please quote Zanzibar from 3 to 10 August 2027 for two adults.\n\nThanks\n{canary} Person",
    )
    receipt = await receive(
        platform.db,
        raw=raw,
        recipient=f"quotes@{agency.key.tenant}.example",
        envelope_from=address,
        source="smtp",
        inbound_domain=platform.settings.inbound_domain,
    )
    await platform.run_jobs()
    enquiry = (await admin.get(f"/api/v1/enquiries/{receipt.enquiry_id}")).json()
    (letter,) = (await admin.get("/api/v1/mail")).json()["items"]
    suppressed = await admin.post("/api/v1/mail/suppressions", json={"address": address})
    key = await admin.post("/api/v1/api-keys", json={"name": canary, "scopes": ["quotes:read"]})
    await admin.post(f"/api/v1/crm/clients/{enquiry['client_id']}/activities", json={"text": f"{canary} likes birds"})
    invited = await admin.post("/api/v1/users/invitations", json={"email": address, "name": canary})
    members = (await admin.get("/api/v1/users")).json()["items"]
    away = {"user_id": members[0]["id"], "first_day": "2027-01-01", "last_day": "2027-01-02"}
    absence = await admin.post("/api/v1/absences", json=away)
    return Planted(
        agency,
        {
            "absences": absence.json()["id"],
            "fx": "nobody",  # a path of currencies, which are no agency's
            "api-keys": key.json()["id"],
            "users": members[0]["id"],
            "invitations": invited.json()["id"],
            "sessions": (await admin.get("/api/v1/auth/sessions")).json()["items"][0]["id"],
            "clients": enquiry["client_id"],
            "contracts": imported["contract_ids"][0],
            "hotels": imported["hotel_ids"][0],
            "enquiries": enquiry["id"],
            "quotes": enquiry["quote_id"],
            "mail": letter["id"],
            "suppressions": suppressed.json()["id"],
        },
    )
