"""What the figures of the dashboard mean, each from a handful of real rows."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tembea.dashboard.model import Sections
from tembea.dashboard.period import Period
from tembea.kernel.money import Money
from tembea.rollups import build
from tests.app_fixtures import Agency, Platform
from tests.dashboard.sources import same_from_every_source
from tests.trade_rows import Option, Quote, add_call, add_client, add_invoice, add_quote

ZONE = ZoneInfo("Africa/Johannesburg")
NOW = datetime(2026, 7, 15, 10, 0, tzinfo=UTC)
TODAY = date(2026, 7, 15)


@pytest.fixture(autouse=True)
async def rollups_stand_before_anything_is_written(platform: Platform, agency: Agency) -> None:
    await build(agency.ctx, platform.db, anew=True)


async def seen(platform: Platform, agency: Agency, period: Period = Period.MONTH, now: datetime = NOW) -> Sections:
    """The sections, which are the same before what was written is folded, afterwards, and without any rollups."""
    return await same_from_every_source(platform.db, agency.ctx, period, now)


def at(day: date, clock: time = time(12)) -> datetime:
    return datetime.combine(day, clock, tzinfo=ZONE)


def days_ago(days: int) -> datetime:
    return at(TODAY - timedelta(days=days))


def money(amount: str, currency: str = "ZAR") -> Money:
    return Money(Decimal(amount), currency)


async def test_conversion_is_accepted_or_converted_of_all_ever_sent(platform: Platform, agency: Agency) -> None:
    statuses = ["sent", "viewed", "accepted", "converted", "declined", "expired", "draft", "cancelled"]
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        for status in statuses:
            await add_quote(tx, client_id, Quote(status=status, created_at=days_ago(1)))

    sections = await seen(platform, agency)

    assert sections.stats is not None
    assert sections.quotes is not None
    stats = sections.stats.quotes
    assert (stats.total, stats.accepted, stats.pending) == (6, 2, 2)
    assert stats.conversion_rate == pytest.approx(0.3333)
    assert sections.quotes.summary.total == 6
    assert sections.quotes.summary.value == (money("6000"),)
    assert sections.quotes.by_status == dict.fromkeys(statuses, 1)


async def test_a_revised_chain_counts_once_at_its_latest_version(platform: Platform, agency: Agency) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        first = Quote(status="revised", number="QT-20260710-0001", options=(Option("800.00"),), created_at=days_ago(5))
        await add_quote(tx, client_id, first)
        second = Quote(
            status="accepted", number="QT-20260710-0001", version=2, options=(Option("950.00"),), created_at=days_ago(4)
        )
        await add_quote(tx, client_id, second)

    sections = await seen(platform, agency)

    assert sections.quotes is not None
    assert sections.quotes.summary.total == 1
    assert sections.quotes.summary.value == (money("950"),)
    assert sections.quotes.summary.conversion_rate == 1.0
    assert sum(sections.quotes.by_status.values()) == 1


async def test_a_quote_is_worth_its_selected_option_else_the_first(platform: Platform, agency: Agency) -> None:
    options = (Option("100.00", hotel="First Inn"), Option("300.00", hotel="Chosen Lodge"))
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        await add_quote(tx, client_id, Quote(options=options, created_at=days_ago(1)))
        await add_quote(tx, client_id, Quote(options=options, selected=1, status="accepted", created_at=days_ago(2)))

    quotes = (await seen(platform, agency)).quotes

    assert quotes is not None
    assert quotes.summary.value == (money("400"),)
    assert quotes.summary.average == (money("200"),)
    assert {(hotel.hotel, hotel.count, hotel.value) for hotel in quotes.by_hotel} == {
        ("First Inn", 1, (money("100"),)),
        ("Chosen Lodge", 1, (money("300"),)),
    }


async def test_currencies_are_never_added(platform: Platform, agency: Agency) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        for total, currency in (("100.00", "ZAR"), ("50.00", "EUR"), ("25.00", "EUR"), ("900", "JPY")):
            await add_quote(tx, client_id, Quote(options=(Option(total, currency),), created_at=days_ago(1)))
            await add_invoice(tx, client_id, total=total, currency=currency, due=TODAY - timedelta(days=3))

    sections = await seen(platform, agency)

    assert sections.quotes is not None
    assert sections.stats is not None
    assert sections.invoices is not None
    expected = (money("75", "EUR"), money("900", "JPY"), money("100", "ZAR"))
    assert sections.quotes.summary.value == expected
    assert sections.quotes.summary.average == (money("37.50", "EUR"), money("900", "JPY"), money("100", "ZAR"))
    assert sections.quotes.by_destination[0].value == expected
    assert sections.quotes.trend[-2].value == expected
    assert sections.stats.revenue.overdue == expected
    assert sections.invoices.aging.days_1_30.value == expected
    assert sections.invoices.aging.days_1_30.count == 4


@pytest.mark.parametrize(
    ("period", "days"), [(Period.WEEK, 7), (Period.MONTH, 30), (Period.QUARTER, 90), (Period.YEAR, 365)]
)
async def test_a_period_is_today_and_the_days_before_it_with_a_point_for_each(
    platform: Platform, agency: Agency, period: Period, days: int
) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        for age in (0, days - 1, days, 2 * days - 1, 2 * days):
            await add_quote(tx, client_id, Quote(created_at=days_ago(age)))

    sections = await seen(platform, agency, period)

    assert sections.stats is not None
    assert sections.quotes is not None
    assert sections.stats.quotes.total == 2
    assert sections.stats.previous is not None
    assert sections.stats.previous.quotes.total == 2
    assert len(sections.quotes.trend) == days
    assert (sections.quotes.trend[0].date, sections.quotes.trend[-1].date) == (TODAY - timedelta(days=days - 1), TODAY)
    assert sum(point.count for point in sections.quotes.trend) == 2


async def test_all_reaches_to_the_first_row_and_has_no_period_before(platform: Platform, agency: Agency) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        await add_quote(tx, client_id, Quote(created_at=days_ago(300)))

    sections = await seen(platform, agency, Period.ALL)

    assert sections.stats is not None
    assert sections.quotes is not None
    assert sections.stats.previous is None
    assert sections.stats.quotes.total == 1
    assert len(sections.quotes.trend) == 301
    assert sections.quotes.trend[0].count == 1


async def test_a_trend_of_years_has_a_point_a_month(platform: Platform, agency: Agency) -> None:
    long_ago, tomorrow = days_ago(7 * 365), TODAY + timedelta(days=1)
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        for moment in (long_ago, days_ago(500), days_ago(40), days_ago(40), days_ago(0)):
            await add_quote(tx, client_id, Quote(created_at=moment))
            await add_call(tx, created_at=moment)
        await add_invoice(tx, client_id, total="10", due=TODAY, issued=TODAY)
        await add_invoice(tx, client_id, total="10", due=tomorrow, issued=tomorrow)

    sections = await seen(platform, agency, Period.ALL)

    assert sections.quotes is not None
    assert sections.calls is not None
    assert sections.invoices is not None
    for trend in (sections.quotes.trend, sections.calls.trend):
        assert trend[-1].date == TODAY.replace(day=1)
        assert [point.date for point in trend[:2]] == [date(2019, 7, 1), date(2019, 8, 1)]
        assert len(trend) == 7 * 12 + 1
        assert sum(point.count for point in trend) == 5
        assert [point.count for point in trend[-2:]] == [2, 1]
    assert sections.quotes.trend[-2].value == (money("2000"),)
    assert [(point.date, point.count) for point in sections.invoices.trend] == [(TODAY, 1)]


async def test_the_day_begins_at_midnight_where_the_agency_is(platform: Platform, agency: Agency) -> None:
    """22:00 UTC is midnight in Johannesburg: a row of 21:59 UTC belongs to the day before."""
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        await add_quote(tx, client_id, Quote(created_at=datetime(2026, 7, 8, 21, 59, 59, tzinfo=UTC)))
        await add_quote(tx, client_id, Quote(created_at=datetime(2026, 7, 8, 22, 0, tzinfo=UTC)))
        await add_call(tx, created_at=datetime(2026, 7, 14, 22, 0, tzinfo=UTC))

    sections = await seen(platform, agency, Period.WEEK)
    tomorrow = await seen(platform, agency, Period.WEEK, datetime(2026, 7, 15, 22, 30, tzinfo=UTC))

    assert sections.stats is not None
    assert sections.quotes is not None
    assert sections.calls is not None
    assert tomorrow.stats is not None
    assert sections.stats.quotes.total == 1
    assert sections.quotes.trend[0].date == date(2026, 7, 9)
    assert sections.quotes.trend[0].count == 1
    assert sections.calls.trend[-1].count == 1
    assert tomorrow.stats.quotes.total == 0


AGES = [
    (-1, "current"),
    (0, "current"),
    (1, "days_1_30"),
    (30, "days_1_30"),
    (31, "days_31_60"),
    (60, "days_31_60"),
    (61, "days_61_90"),
    (90, "days_61_90"),
    (91, "days_over_90"),
]


@pytest.mark.parametrize(("age", "bucket"), AGES)
async def test_an_open_invoice_stands_in_the_bucket_of_its_days_past_due(
    platform: Platform, agency: Agency, age: int, bucket: str
) -> None:
    paid_on = TODAY - timedelta(days=200)
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        due, part = TODAY - timedelta(days=age), (("100.00", paid_on),)
        await add_invoice(tx, client_id, total="350.00", due=due, issued=paid_on, payments=part, status="overdue")

    invoices = (await seen(platform, agency)).invoices

    assert invoices is not None
    filled = {name for _, name in AGES if getattr(invoices.aging, name).count}
    assert filled == {bucket}
    assert getattr(invoices.aging, bucket).value == (money("250"),)


async def test_the_age_of_an_invoice_is_counted_in_the_agencys_days(platform: Platform, agency: Agency) -> None:
    """At 22:30 UTC it is the next day in Johannesburg, and what was due yesterday there is overdue."""
    async with platform.db.tx(agency.ctx) as tx:
        await add_invoice(tx, await add_client(tx), total="10.00", due=TODAY)

    before = await seen(platform, agency, now=datetime(2026, 7, 15, 21, 30, tzinfo=UTC))
    after = await seen(platform, agency, now=datetime(2026, 7, 15, 22, 30, tzinfo=UTC))

    assert before.invoices is not None
    assert after.invoices is not None
    assert (before.invoices.aging.current.count, before.invoices.aging.days_1_30.count) == (1, 0)
    assert (after.invoices.aging.current.count, after.invoices.aging.days_1_30.count) == (0, 1)


async def test_settled_draft_and_voided_invoices_do_not_age(platform: Platform, agency: Agency) -> None:
    due = TODAY - timedelta(days=10)
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        for status in ("draft", "void"):
            await add_invoice(tx, client_id, total="10.00", due=due, status=status)
        await add_invoice(tx, client_id, total="10.00", due=due, status="paid", payments=(("10.00", due),))

    sections = await seen(platform, agency)

    assert sections.invoices is not None
    assert sections.invoices.aging.days_1_30.count == 0
    assert sections.invoices.summary.total == 1
    assert sections.invoices.by_status["draft"] == 1
    assert sections.invoices.by_status["void"] == 1


async def test_revenue_is_of_the_period_and_what_is_open_is_as_it_stood_at_its_end(
    platform: Platform, agency: Agency
) -> None:
    """Invoiced 40 days ago, half of it paid 35 days ago and half 5 days ago."""
    old, part, rest = (TODAY - timedelta(days=days) for days in (40, 35, 5))
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        payments = (("300.00", part), ("300.00", rest))
        await add_invoice(tx, client_id, total="600.00", issued=old, due=old, status="paid", payments=payments)
        await add_invoice(tx, client_id, total="50.00", issued=rest, due=TODAY + timedelta(days=9))

    stats = (await seen(platform, agency)).stats

    assert stats is not None
    assert stats.revenue.invoiced == (money("50"),)
    assert stats.revenue.collected == (money("300"),)
    assert stats.revenue.outstanding == (money("50"),)
    assert stats.revenue.overdue == (money("0"),)
    assert stats.previous is not None
    before = stats.previous.revenue
    assert before.invoiced == (money("600"),)
    assert before.collected == (money("300"),)
    assert before.outstanding == before.overdue == (money("300"),)


async def test_calls_are_counted_and_their_mean_length_is_that_of_the_completed(
    platform: Platform, agency: Agency
) -> None:
    tomorrow = days_ago(-1)
    async with platform.db.tx(agency.ctx) as tx:
        for duration_s, outcome in ((60, "booked"), (121, "call_back"), (90, "booked")):
            await add_call(tx, duration_s=duration_s, outcome=outcome, created_at=days_ago(1))
        await add_call(tx, status="failed", outcome="no_answer", created_at=days_ago(1))
        await add_call(tx, status="queued", created_at=days_ago(50))
        await add_call(tx, status="scheduled", created_at=days_ago(0), scheduled_at=tomorrow)

    sections = await seen(platform, agency)

    assert sections.calls is not None
    assert sections.stats is not None
    summary = sections.calls.summary
    assert (summary.total, summary.completed, summary.failed, summary.success_rate) == (5, 3, 1, 0.75)
    assert summary.average_duration_s == pytest.approx(90.3)
    assert sections.calls.by_outcome == {"booked": 2, "call_back": 1, "no_answer": 1}
    queue = sections.calls.queue
    assert (queue.queued, queue.scheduled, queue.next_at) == (1, 1, tomorrow)
    assert (sections.stats.calls.completed, sections.stats.calls.pending, sections.stats.calls.scheduled) == (3, 0, 1)


async def test_the_funnel_counts_who_came_at_least_so_far(platform: Platform, agency: Agency) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        for stage, source in (("NEW", "web"), ("QUOTED", "email"), ("BOOKED", "email"), ("TRAVELLED", "phone")):
            await add_client(tx, stage=stage, source=source, created_at=days_ago(2))
        lost_after_quote = await add_client(tx, stage="LOST", source="email", created_at=days_ago(2))
        await add_quote(tx, lost_after_quote, Quote(status="declined", created_at=days_ago(2)))
        await add_client(tx, stage="LOST", source="web", created_at=days_ago(2))
        await add_client(tx, stage="BOOKED", created_at=days_ago(300))

    sections = await seen(platform, agency)

    assert sections.pipeline is not None
    assert sections.stats is not None
    funnel = {step.stage: step.count for step in sections.pipeline.funnel}
    assert funnel == {"NEW": 6, "QUOTED": 4, "NEGOTIATING": 2, "BOOKED": 2, "PAID": 1, "TRAVELLED": 1}
    assert sections.pipeline.funnel[1].share == pytest.approx(0.6667)
    assert [(row.source, row.count, row.booked) for row in sections.pipeline.by_source] == [
        ("email", 3, 1),
        ("web", 2, 0),
        ("phone", 1, 1),
    ]
    assert (sections.stats.clients.total, sections.stats.clients.new) == (7, 6)
