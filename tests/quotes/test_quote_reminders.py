"""Customers are reminded on working days, in the conversation, and never once they have said something."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tembea.quotes.reminding import remind_customers
from tests.app_fixtures import Platform
from tests.inbox.desk import COMPLETE, new_desk
from tests.inbox.mails import mail

AGENCY_ZONE = ZoneInfo("Africa/Johannesburg")
EVERY_DAY = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}


async def test_a_silent_customer_is_reminded_twice_and_one_who_answers_no_more(platform: Platform) -> None:
    desk = await new_desk(platform, inbox={"reminders": {"times": 2, "after_days": 3}}, working=EVERY_DAY)
    await desk.receives(mail(text=COMPLETE))
    await desk.receives(mail(text=COMPLETE, sender="Zola <zola@example.net>", message_id="<z@example.net>"))
    await desk.receives(
        mail(text="Thank you, we will think.", sender="Zola <zola@example.net>", References="<z@example.net>").replace(
            b"<first@example.net>", b"<z2@example.net>"
        )
    )
    noon = datetime.now(AGENCY_ZONE).replace(hour=12, minute=0)

    async def after(days: int, hours: int = 0) -> int:
        when = noon + timedelta(days=days, hours=hours)
        reminded = await remind_customers(desk.agency.ctx, platform.db, now=when)
        await platform.run_jobs()
        return reminded

    assert (await after(2), await after(4, hours=12)) == (0, 0)
    assert (await after(4), await after(4), await after(4)) == (1, 1, 0)
    reminder = (await desk.sent())[-1]
    assert (reminder["kind"], reminder["to_address"]) == ("reminder", "naledi@example.net")
    quotes = [one for one in await desk.sent() if one["kind"] == "quote" and one["to_address"] == "naledi@example.net"]
    assert reminder["in_reply_to"] == quotes[0]["message_id"]
    assert "These prices" not in str(reminder["body_text"])


async def test_nobody_is_reminded_where_the_agency_does_not_want_it(platform: Platform) -> None:
    desk = await new_desk(platform, working=EVERY_DAY)
    await desk.receives(mail(text=COMPLETE))
    later = datetime.now(AGENCY_ZONE).replace(hour=12) + timedelta(days=9)
    assert await remind_customers(desk.agency.ctx, platform.db, now=later) == 0
