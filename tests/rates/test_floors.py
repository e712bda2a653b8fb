"""The floor under a price is never above it, and searching by floors finds what pricing everything finds."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from typing import cast

from tembea.pricing import MarkupKind, MarkupRule, Priced, PricingRequest, SellPolicy, price_stay
from tembea.rates import (
    FxBook,
    Hotel,
    PricedHotel,
    PricedStay,
    find_floors,
    import_contract,
    list_hotels,
    list_live_contracts,
    load_values,
    price_best,
    price_hotels,
)
from tembea.tenants import TenantConfig, get_tenant
from tests.app_fixtures import Agency, Platform
from tests.pricing.oracle.comparing import request_of
from tests.pricing.oracle.worlds import World, random_ask

NOW = datetime(2027, 1, 1, 12, tzinfo=UTC)
FX = FxBook(NOW.date())
WORLDS, STAYS = 40, 30
MARGIN = SellPolicy(markup=MarkupRule(MarkupKind.MARGIN_ON_SELL, Decimal("12.5")))
Json = dict[str, object]


def random_document(seed: int) -> Json:
    """A contract that reaches every corner of the form; each second one has more ways to charge for who sleeps how."""
    world = World(seed)
    document = world.document()
    if seed % 2:
        usual = cast("list[Json]", document["supplements"])
        document["supplements"] = [
            *(row for row in usual if row["kind"] not in ("single", "extra_adult")),
            *(sleeping_supplement(world, kind) for kind in ("single", "single", "extra_adult", "extra_adult")),
        ]
    return {**document, "hotel": {**cast("Json", document["hotel"]), "name": f"Hotel {seed:02}"}}


def sleeping_supplement(world: World, kind: str) -> Json:
    pick = world.random.choice
    row: Json = pick([{"percent": world.percent("150")}, {"amount": world.amount(150)}, {"amounts": {"adult": "40"}}])
    per = ["person_night", "person_stay"] if "amounts" in row else ["person_night", "room_night", "room_stay"]
    row |= {"kind": kind} | ({"per": pick(per)} if world.random.random() < 0.5 else {})
    row |= pick([{}, {}, {"rooms": [pick(world.rooms)]}, {"seasons": ["A", "B"]}, {"from": "2027-03-20"}])
    return row | pick([{}, {}, {"bands": ["adult"]}, {"bands": world.bands[:1]}, {"pay_local": True}])


async def import_worlds(platform: Platform, agency: Agency) -> list[Json]:
    """Random contracts, each with a hotel of its own."""
    documents = [random_document(seed) for seed in range(WORLDS)]
    async with platform.db.tx(agency.ctx) as tx:
        for document in documents:
            await import_contract(tx, load_values(document))
    return documents


def random_requests(documents: Sequence[Json]) -> list[PricingRequest]:
    random = Random(7)
    asks = [random_ask(random, random.choice(documents)) for _ in range(STAYS)]  # pyright: ignore[reportArgumentType]
    return [request_of(ask) for ask in asks]


async def test_a_floor_is_never_above_the_price_and_no_floor_means_no_price(platform: Platform, agency: Agency) -> None:
    documents = await import_worlds(platform, agency)
    contracts = {load_values(document).contract.hotel.name: load_values(document).contract for document in documents}
    close: list[Decimal] = []
    async with platform.db.read(agency.ctx) as read:
        hotels = await list_hotels(read, (await get_tenant(read)).config)
    for request in random_requests(documents):
        async with platform.db.read(agency.ctx) as read:
            floors = await find_floors(read, hotels, request, booked=request.booking_date or NOW.date())
        for hotel in hotels:
            priced = price_stay(contracts[hotel.name], request, policy=MARGIN, now=NOW)
            if not isinstance(priced, Priced):
                continue
            cost, sold = floors[hotel.id].cost, floors[hotel.id].sold(hotel.name, MARGIN)
            assert cost is not None, (hotel.name, request)
            assert sold is not None
            assert cost.currency == priced.cost_total.currency
            assert cost.amount <= priced.cost_total.amount, (hotel.name, request)
            assert sold.amount <= priced.total.amount, (hotel.name, request)
            close.append(cost.amount / max(priced.cost_total.amount, Decimal(1)))
    assert len(close) > 100
    assert sorted(close)[len(close) // 2] > Decimal("0.2")  # a floor of nothing would be true and of no use


async def test_searching_by_floors_finds_what_pricing_everything_finds(platform: Platform, agency: Agency) -> None:
    documents = await import_worlds(platform, agency)
    async with platform.db.read(agency.ctx) as read:
        config = (await get_tenant(read)).config
        hotels = await list_hotels(read, config)
        live = await list_live_contracts(read, hotels)
    looked_at = 0
    for request in random_requests(documents)[:12]:
        everything = price_hotels(hotels, live, request, config, NOW, FX)
        found = await search(platform, agency, config, hotels, request)
        looked_at += len(found.options) + len(found.rejected)
        best, expected = (sorted(stay.options, key=rank)[:3] for stay in (found, everything))
        assert [one.hotel.name for one in best] == [one.hotel.name for one in expected]
        if len(expected) < 3:
            assert len(found.rejected) == len(everything.rejected)  # then every reason is told
    assert looked_at < 12 * WORLDS


def rank(option: PricedHotel) -> tuple[str, Decimal, str]:
    return (option.priced.total.currency, option.priced.total.amount, option.hotel.name_key)


async def search(
    platform: Platform, agency: Agency, config: TenantConfig, hotels: Sequence[Hotel], request: PricingRequest
) -> PricedStay:
    async with platform.db.read(agency.ctx) as read:
        floors = await find_floors(read, hotels, request, booked=request.booking_date or NOW.date())

        async def price(some: Sequence[Hotel]) -> PricedStay:
            return price_hotels(some, await list_live_contracts(read, some), request, config, NOW, FX)

        at_best = {
            hotel.id: (cost.currency, cost.amount, hotel.name_key)
            for hotel in hotels
            if (cost := floors[hotel.id].cost) is not None
        }
        return await price_best(hotels, price, wanted=3, rank=rank, rank_at_best=at_best)
