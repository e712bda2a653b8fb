"""An agency at work: what it receives, what stands in its inbox, and what it has sent."""

from dataclasses import dataclass
from typing import Any, LiteralString

import pytest

from tembea.inbox.model import Receipt
from tembea.inbox.service import receive
from tembea.tenants import TenantConfig
from tests.app_fixtures import Agency, Platform, agency_config
from tests.rates.rates_factories import imported, nightly

Json = dict[str, Any]
"""An answer as JSON; its shape is what the tests check."""

COMPLETE = "Hello, please quote Zanzibar from 3 to 10 August 2027 for two adults.\n\nThank you\nNaledi"
INCOMPLETE = "Hello, we would like to visit Zanzibar.\n\nNaledi"


@dataclass
class Desk:
    """An agency with two hotels in Zanzibar, its operator's outbox, and whatever arrives."""

    platform: Platform
    agency: Agency
    address: str

    async def receives(self, raw: bytes, *, envelope_from: str = "naledi@example.net") -> Receipt:
        receipt = await self.takes_in(raw, envelope_from=envelope_from)
        await self.platform.run_jobs()
        return receipt

    async def takes_in(self, raw: bytes, *, envelope_from: str = "naledi@example.net") -> Receipt:
        return await receive(
            self.platform.db,
            raw=raw,
            recipient=self.address,
            envelope_from=envelope_from,
            source="smtp",
            inbound_domain=self.platform.settings.inbound_domain,
        )

    async def enquiries(self, **query: str) -> list[Json]:
        answer = await self.agency.consultant.get("/api/v1/enquiries", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    async def enquiry(self, enquiry_id: object) -> Json:
        answer = await self.agency.consultant.get(f"/api/v1/enquiries/{enquiry_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def only(self) -> Json:
        (found,) = await self.enquiries()
        return await self.enquiry(found["id"])

    async def post(self, enquiry_id: object, step: str, body: Json | None = None) -> Json:
        answer = await self.agency.consultant.post(f"/api/v1/enquiries/{enquiry_id}/{step}", json=body)
        assert answer.status_code in (200, 202), answer.text
        return answer.json()

    async def sent(self) -> list[Json]:
        async with self.platform.db.read(self.agency.ctx) as read:
            return await read.rows(
                "select kind, to_address::text, subject, in_reply_to, message_id, attachments, body_text, raw"
                " from outgoing_mails where status = 'sent' order by sent_at, id"
            )

    async def count(self, table: str) -> int:
        questions: dict[str, LiteralString] = {
            "quotes": "select count(*) from quotes",
            "clients": "select count(*) from clients",
        }
        async with self.platform.db.read(self.agency.ctx) as read:
            return await read.value(int, questions[table]) or 0


async def new_desk(platform: Platform, slug: str = "savanna-trails", **settings: object) -> Desk:
    config = {**agency_config(slug).model_dump(mode="json"), **settings}
    agency = await platform.new_agency(slug, TenantConfig.model_validate(config))
    await imported(agency, nightly("Coral Lodge", "1500.00", destination="Zanzibar"))
    await imported(agency, nightly("Palm House", "2500.00", destination="Zanzibar", stars=5))
    return Desk(platform, agency, f"quotes@{slug}.example")


@pytest.fixture
async def desk(platform: Platform) -> Desk:
    return await new_desk(platform)
