"""The mails that a customer receives: the quote, and the question that asks for what is missing.

A letter is built once, of plain blocks, and set twice: as text and as HTML. So both always say the same. The wording
is the catalogue's, in the customer's language; every name, date and amount is put in by code.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tembea.notifications.compose import LOGO_ID
from tembea.notifications.model import InlineImage
from tembea.quotes.document import Agency, Consultant, QuoteDocument, QuoteOption
from tembea.quotes.letter_blocks import Block, Button, Letterhead, Offer, Paragraph, Points, Signature, Title
from tembea.quotes.letter_html import set_html
from tembea.quotes.letter_text import set_text
from tembea.quotes.words import Words, words_for

ASKED_FOR = ("destination", "dates", "adults", "children_ages")
"""What a clarification can ask for, in the order in which it asks."""

_RASTER = ((b"\x89PNG\r\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
# Reply marks of the catalogue's languages and of the common mail programs: RE, AW, ANTW, TR, SV, VS.
_REPLY_MARK = re.compile(r"(re|aw|antw|sv|vs)\s*(\[\d+\])?\s*[::]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail's content, to be composed and sent."""

    subject: str
    text: str
    html: str
    images: tuple[InlineImage, ...]
    """Shown by the HTML under their content ids; nothing is fetched from anywhere."""
    language: str


def quote_mail(document: QuoteDocument, *, reply_subject: str | None = None) -> Letter:
    """The mail that brings the quote, whose PDF is attached under `quote_file_name`.

    `reply_subject` is the subject of the mail that is answered; without one the letter gets its own.
    """
    words = words_for(document.language)
    own = words.say(
        "mail.subject", destination=document.trip.destination, number=document.number, agency=document.agency.name
    )
    images = [_picture(option, index) for index, option in enumerate(document.options)]
    blocks = tuple(_quote_blocks(document, words))
    return _letter(words, document.agency, _subject(own, reply_subject), blocks, images)


def quote_file_name(document: QuoteDocument) -> str:
    """The name under which the PDF is attached and saved: "Quote QT-20261123-0007.pdf"."""
    return words_for(document.language).say("mail.file_name", number=document.number)


def clarification_mail(
    agency: Agency,
    consultant: Consultant,
    *,
    customer_name: str,
    language: str,
    missing: Sequence[str],
    destinations: Sequence[str] = (),
    unmatched_destinations: Sequence[str] = (),
    reply_subject: str | None = None,
) -> Letter:
    """The mail that asks for what is `missing` (of ASKED_FOR) and for nothing else; raises ValueError for other names.

    `destinations` are places to suggest where the customer named none that the agency sells;
    `unmatched_destinations` are those they named.
    """
    unknown = set(missing) - set(ASKED_FOR)
    if unknown or not missing:
        raise ValueError(f"a clarification asks for some of {', '.join(ASKED_FOR)}, not for {sorted(unknown)}")
    words = words_for(language)
    asked = [name for name in ASKED_FOR if name in missing]
    questions = tuple(_question(name, words, destinations) for name in asked)
    blocks = [
        Paragraph(words.greeting(customer_name)),
        Paragraph(words.say("clarify.thanks", agency=agency.name)),
        *_unmatched(words, unmatched_destinations),
        Paragraph(words.count("clarify.ask", len(questions))),
        Points(questions),
        Paragraph(words.say("clarify.close")),
        _signature(words, agency, consultant),
    ]
    return _letter(words, agency, _subject(words.say("clarify.subject"), reply_subject), tuple(blocks), [])


def reminder_mail(
    agency: Agency,
    consultant: Consultant,
    *,
    customer_name: str,
    language: str,
    number: str,
    destination: str,
    valid_until: date,
    reply_subject: str | None = None,
) -> Letter:
    """The mail that asks whether a quote was seen. It names no price: the quote's own mail stands above it."""
    words = words_for(language)
    blocks = (
        Paragraph(words.greeting(customer_name)),
        Paragraph(words.say("remind.ask", number=number, destination=destination)),
        Paragraph(words.say("remind.hold", date=words.day(valid_until))),
        _signature(words, agency, consultant),
    )
    own = words.say("remind.subject", number=number, destination=destination)
    return _letter(words, agency, _subject(own, reply_subject), blocks, [])


def _letter(
    words: Words, agency: Agency, subject: str, blocks: Sequence[Block], pictures: Sequence[InlineImage | None]
) -> Letter:
    logo = _image(LOGO_ID, agency.logo)
    foot = tuple(filter(None, (", ".join(agency.address), agency.website, agency.registration)))
    head = Letterhead(
        name=agency.name, accent=agency.accent, has_logo=logo is not None, foot=foot, language=words.language
    )
    return Letter(
        subject=subject,
        text=set_text(head, blocks),
        html=set_html(head, blocks, subject),
        images=tuple(image for image in (logo, *pictures) if image is not None),
        language=words.language,
    )


def _quote_blocks(document: QuoteDocument, words: Words) -> Iterator[Block]:
    yield Title(words.headline(document.trip), words.trip_line(document.trip))
    yield Paragraph(words.greeting(document.customer_name))
    for paragraph in words.cover(document):
        yield Paragraph(paragraph)
    for index, option in enumerate(document.options):
        yield _offer(option, index, words)
    validity = words.say("mail.validity", date=words.day(document.valid_until))
    yield Paragraph(f"{validity} {words.say('mail.attached')}")
    if document.public_url is not None:
        yield Button(words.say("mail.open"), document.public_url)
    yield Paragraph(words.say("mail.reply"))
    yield _signature(words, document.agency, document.consultant)


def _offer(option: QuoteOption, index: int, words: Words) -> Offer:
    picture = _picture(option, index)
    return Offer(
        name=option.hotel,
        rating="★" * option.stars,
        rating_label=words.count("quote.stars", option.stars),
        place=" · ".join(filter(None, (option.destination, words.board(option.board)))),
        rooms=tuple(words.rooms(option.rooms)),
        total_label=words.say("quote.total"),
        total=words.money(option.total),
        per_person=words.per_person(option),
        picture_id=None if picture is None else picture.content_id,
    )


def _signature(words: Words, agency: Agency, consultant: Consultant) -> Signature:
    lines = (
        consultant.title,
        agency.name,
        consultant.phone or agency.phone,
        consultant.email or agency.email,
    )
    return Signature(words.say("mail.regards"), consultant.name, tuple(filter(None, lines)))


def _question(name: str, words: Words, destinations: Sequence[str]) -> str:
    if name == "destination" and destinations:
        return words.say("clarify.destination_offer", destinations=words.several(destinations))
    return words.say(f"clarify.{name}")


def _unmatched(words: Words, places: Sequence[str]) -> Iterator[Paragraph]:
    if places:
        yield Paragraph(words.say("clarify.unmatched", destinations=words.several(places)))


def _subject(own: str, reply_subject: str | None) -> str:
    answered = (reply_subject or "").strip()
    if not answered:
        return own
    return answered if _REPLY_MARK.match(answered) else f"Re: {answered}"


def _picture(option: QuoteOption, index: int) -> InlineImage | None:
    return _image(f"option-{index + 1}", option.picture)


def _image(content_id: str, content: bytes | None) -> InlineImage | None:
    """An image that mail programs show; they know no SVG."""
    for start, content_type in _RASTER:
        if content is not None and content.startswith(start):
            return InlineImage(content_id=content_id, content_type=content_type, content=content)
    return None
