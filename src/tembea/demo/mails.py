"""The enquiries that wait in a demo agency's inbox: written mails, handled by the product itself once it runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of the story; `{...}` in the text are days counted from today: {in_60} is in sixty days."""

    sender: str
    address: str
    subject: str
    text: str
    automatic: bool = False


AFRICASTAY = (
    Letter(
        "Hannah Whitfield",
        "hannah.w@mail.example",
        "Family week in Zanzibar",
        "Good morning,\n\nWe are two adults and two children aged 6 and 9 and would love a week in Zanzibar. We would "
        "fly in on {in_75} and stay 7 nights, half board if possible. Our budget is about R 95 000 in total.\n\n"
        "Kind regards,\nHannah Whitfield\n+44 20 5555 0197",
    ),
    Letter(
        "Musa Chirwa",
        "musa.chirwa@mail.example",
        "Victoria Falls for two",
        "Hello,\n\nPlease quote for my wife and me in Victoria Falls, arriving {in_48} and leaving {in_52}. Bed and "
        "breakfast is fine.\n\nRegards\nMusa Chirwa",
    ),
    Letter(
        "Carlos Peña Núñez",
        "carlos.pn@mail.example",
        "Honeymoon Mauritius",
        "Hi there,\n\nit will be our honeymoon: 2 adults in Mauritius from {in_120} for 10 nights, all inclusive "
        "please.\n\nThank you,\nCarlos Peña Núñez",
    ),
    Letter(
        "Åsa Lindqvist",
        "asa.l@mail.example",
        "Safari in Kenya",
        "Dear Africa Stay,\n\nwe dream of a safari in Kenya with our children next year. What would it cost?\n\n"
        "Best wishes\nÅsa Lindqvist",
    ),
    Letter(
        "Yusuf Patel",
        "yusuf.patel@mail.example",
        "Cape Town in the holidays",
        "Hi,\n\n2 adults and 2 children to Cape Town from {in_60} to {in_66}, please. A family room would be good.\n\n"
        "Yusuf Patel\n082 555 0196",
    ),
    Letter(
        "Refilwe Mashaba",
        "refilwe@mail.example",
        "Very disappointed with our transfer",
        "Dear team,\n\nI am very unhappy. Nobody met us at the airport on Sunday and we waited two hours for the "
        "transfer that we had paid for. I would like an explanation and a refund of the transfer.\n\nRefilwe Mashaba",
    ),
    Letter(
        "Lindiwe Mabuza",
        "lindiwe.m@mail.example",
        "Trip to Patagonia",
        "Hello,\n\ndo you also sell Patagonia? We are 2 adults and would go on {in_140} for 12 "
        "nights.\n\nLindiwe Mabuza",
    ),
    Letter(
        "Daniel Goldberg",
        "d.goldberg@mail.example",
        "Out of office: your quote",
        "Thank you for your message. I am away until Monday and will answer then.\n\nDaniel Goldberg",
        automatic=True,
    ),
)

INDIGO = (
    Letter(
        "Henrique Vaz",
        "henrique.vaz@correio.example",
        "Madeira at Easter",
        "Good afternoon,\n\nwe are 2 adults and would like to walk in Madeira from {in_90} for 7 nights, half board. "
        "Something quiet above the town.\n\nMany thanks\nHenrique Vaz\n+351 91 000 0194",
    ),
    Letter(
        "Charlotte Ashdown",
        "c.ashdown@correio.example",
        "Azores with two teenagers",
        "Hello,\n\nplease quote for two adults and children aged 13 and 15 in the Azores, arriving {in_110} and "
        "leaving {in_118}. Bed and breakfast.\n\nKind regards,\nCharlotte Ashdown",
    ),
    Letter(
        "Iker Etxeberria",
        "iker.e@correio.example",
        "Long weekend in Marrakech",
        "Hi,\n\n4 adults to Marrakech from {in_40} for 4 nights, 2 rooms, bed and breakfast please. We can spend up to "
        "EUR 2 400 in total.\n\nIker Etxeberria",
    ),
    Letter(
        "Joana Freitas",
        "joana.freitas@correio.example",
        "Cape Verde",
        "Hello Indigo,\n\nwe would like to go to Cape Verde with the children. Could you send us an idea?\n\n"
        "Joana Freitas",
    ),
    Letter(
        "Sanne de Wit",
        "sanne@correio.example",
        "São Tomé",
        "Dear all,\n\nI would love to see São Tomé, arriving {in_150}. What do you have?\n\nSanne de Wit",
    ),
    Letter(
        "Gonçalo Meneses",
        "goncalo.m@correio.example",
        "Wrong amount on my invoice",
        "Good morning,\n\nthe invoice that came on Friday shows a higher amount than we agreed. Could you please "
        "check the invoice and send a corrected one?\n\nGonçalo Meneses",
    ),
    Letter(
        "Ana Sofia Quaresma",
        "as.quaresma@correio.example",
        "Iceland in winter",
        "Hello,\n\ndo you offer Iceland? We are two adults and would travel on {in_70} for 6 "
        "nights.\n\nAna Sofia Quaresma",
    ),
)


def write_mails(letters: tuple[Letter, ...], recipient: str, today: date, now: datetime) -> Iterator[tuple[str, bytes]]:
    """Sender and finished message of every letter, as they would come over the wire."""
    days = {f"in_{ahead}": f"{today + timedelta(days=ahead):%d %B %Y}" for ahead in range(30, 200)}
    for number, letter in enumerate(letters):
        message = EmailMessage(policy=SMTP)
        message["From"] = formataddr((letter.sender, letter.address), "utf-8")
        message["To"] = recipient
        message["Subject"] = letter.subject
        message["Date"] = format_datetime((now - timedelta(minutes=9 * number)).astimezone(UTC))
        message["Message-ID"] = f"<demo-{now:%Y%m%d}-{number}@{letter.address.partition('@')[2]}>"
        if letter.automatic:
            message["Auto-Submitted"] = "auto-replied"
        message.set_content(letter.text.format(**days) + "\n")
        yield letter.address, message.as_bytes()
