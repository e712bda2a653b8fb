"""The quote as a PDF: two A4 pages for three options, tagged, with title, language and embedded fonts.

Typst sets the page from `templates/quote.typ`. Every text is worked out here and handed over as data, so that no
name, however written, is read as markup. The same document gives the same bytes.
"""

import json
import re
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal, cast

import segno
import typst

from tembea.kernel.colour import readable_on
from tembea.quotes.document import Agency, Consultant, QuoteDocument, QuoteOption
from tembea.quotes.words import Words, words_for

Files = dict[str, bytes]
Plain = dict[str, object]

_TEMPLATES = Path(__file__).parent / "templates"
_LABELS = ("quote", "total", "included", "not_included", "pay_local", "terms", "payment", "consultant", "online", "qr")
_IMAGE_KINDS = (
    (re.compile(rb"\x89PNG\r\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpeg"),
    (re.compile(rb"(\xef\xbb\xbf)?\s*<(\?xml|svg|!--|!DOCTYPE)", re.IGNORECASE), "svg+xml"),
)
_FITS = {"cover": (3, 2, "xMidYMid slice"), "logo": (14, 3, "xMinYMid meet")}
# No bundled font draws pictographs, and a box in their place looks like a fault; a name reads well without them.
_PICTOGRAPHS = re.compile("[\U0001f000-\U0001faff\U000e0000-\U000e0fff☀-★☆-✒✕-➿\ufe0e\ufe0f\u20e3]")


def render_quote_pdf(document: QuoteDocument) -> bytes:
    """The PDF of `document`, in its language.

    It meets PDF/UA-1 unless a text holds a character that none of the bundled fonts has, or a picture cannot be
    decoded: then the quote still renders, with a box for that character or without pictures.
    """
    try:
        return _compile(document, "ua-1")
    except typst.TypstError:
        pass
    try:
        return _compile(document, "1.7")
    except typst.TypstError:
        return _compile(_without_pictures(document), "1.7")


def _compile(document: QuoteDocument, standard: Literal["1.7", "ua-1"]) -> bytes:
    # typst takes a dict of virtual files as its input, which its type stub leaves out.
    source = cast("bytes", _files(document))
    stamp = datetime.combine(document.issued, time(), UTC)
    return typst.compile(
        source, format="pdf", font_paths=_fonts(), ignore_system_fonts=True, timestamp=stamp, pdf_standards=standard
    )


def _without_pictures(document: QuoteDocument) -> QuoteDocument:
    options = tuple(replace(option, picture=None) for option in document.options)
    return replace(document, agency=replace(document.agency, logo=None), options=options)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_TEMPLATES / "fonts")])


@cache
def _template() -> bytes:
    return (_TEMPLATES / "quote.typ").read_bytes()


def _files(document: QuoteDocument) -> Files:
    """The template's virtual files: itself, the data and the pictures that the data names."""
    files: Files = {"main.typ": _template()}
    data = _data(document, words_for(document.language), files)
    files["data.json"] = _PICTOGRAPHS.sub("", json.dumps(data, ensure_ascii=False)).encode("utf-8", "replace")
    return files


def _data(document: QuoteDocument, words: Words, files: Files) -> Plain:
    agency, trip = document.agency, document.trip
    return {
        "title": words.say("quote.title", number=document.number, name=document.customer_name or agency.name),
        "lang": words.language,
        "region": words.locale.territory,
        "issued_on": _date_parts(document.issued),
        "accent": readable_on(agency.accent),
        "logo": _add_image(files, "logo", agency.logo, "logo"),
        "number": document.number,
        "issued": _issued(document, words),
        "valid_until": words.say("quote.valid_until", date=words.day(document.valid_until)),
        "headline": words.headline(trip),
        "trip_line": words.trip_line(trip),
        "greeting": words.greeting(document.customer_name),
        "cover": words.cover(document),
        "options": [_option(option, index, words, files) for index, option in enumerate(document.options)],
        "agency": _agency(agency),
        "payment": _payment(document, words),
        "consultant": _consultant(document.consultant, agency),
        "online": _online(document, words, files),
        "words": _labels(document, words),
    }


def _labels(document: QuoteDocument, words: Words) -> Plain:
    labels: Plain = {name: words.say(f"quote.{name}") for name in _LABELS}
    labels["holds"] = words.say("quote.holds_one" if len(document.options) == 1 else "quote.holds")
    labels["page"] = words.say("quote.page", page="{page}", pages="{pages}")
    return labels


def _issued(document: QuoteDocument, words: Words) -> str:
    issued = words.say("quote.issued", date=words.day(document.issued))
    if document.version == 1:
        return issued
    return f"{issued}, {words.say('quote.version', version=str(document.version))}"


def _option(option: QuoteOption, index: int, words: Words, files: Files) -> Plain:
    return {
        "label": words.say("quote.option", position=str(index + 1)),
        "hotel": option.hotel,
        "destination": option.destination,
        "stars": option.stars,
        "stars_alt": words.count("quote.stars", option.stars),
        "picture": _add_image(files, f"picture-{index}", option.picture, "cover"),
        "picture_alt": words.say("quote.picture", hotel=option.hotel),
        "facts": [words.board(option.board), *words.rooms(option.rooms)],
        "description": option.description,
        "total": words.money(option.total),
        "per_person": words.per_person(option),
        "lines": [
            {"description": words.quantity(line.quantity, line.description), "amount": words.money(line.amount)}
            for line in option.lines
        ],
        "included": option.included,
        "not_included": option.not_included,
        "pay_local": [
            {"description": charge.description, "amount": words.money(charge.amount)} for charge in option.pay_local
        ],
    }


def _agency(agency: Agency) -> Plain:
    place = (agency.name, ", ".join(agency.address))
    contact = (agency.phone, agency.email, agency.website, agency.registration)
    foot = [[part for part in line if part] for line in (place, contact)]
    return {"name": agency.name, "foot": foot, "terms": agency.terms}


def _payment(document: QuoteDocument, words: Words) -> list[tuple[str, str]]:
    bank = document.agency.bank
    if bank is None:
        return []
    filled = [(words.say(f"bank.{name}"), value) for name, value in bank.filled()]
    return [*filled, (words.say("quote.reference"), document.number)]


def _consultant(consultant: Consultant, agency: Agency) -> Plain:
    contact = [consultant.phone or agency.phone, consultant.email or agency.email]
    return {"name": consultant.name, "title": consultant.title, "contact": [part for part in contact if part]}


def _online(document: QuoteDocument, words: Words, files: Files) -> Plain | None:
    if document.public_url is None:
        return None
    code = BytesIO()
    # Weighing all eight masks takes longer than setting the whole page, and every reader copes with any of them.
    segno.make(document.public_url, error="m", micro=False, mask=3).save(code, kind="svg", border=0, dark="#1c1917")
    files["qr.svg"] = code.getvalue()
    return {"url": document.public_url, "hint": words.say("quote.online_hint")}


def _add_image(files: Files, name: str, image: bytes | None, fit: str) -> str | None:
    """Put the image among the files and answer its name; None for one that a PDF cannot hold.

    Virtual files must be UTF-8, so a JPEG or PNG travels inside an SVG; typst unwraps it without a loss.
    """
    if image is None:
        return None
    for pattern, kind in _IMAGE_KINDS:
        if pattern.match(image):
            files[f"{name}.svg"] = image if kind == "svg+xml" else _wrapped(image, kind, fit)
            return f"{name}.svg"
    return None


def _wrapped(image: bytes, kind: str, fit: str) -> bytes:
    width, height, ratio = _FITS[fit]
    picture = f'<image width="{width}" height="{height}" preserveAspectRatio="{ratio}" href="data:image/{kind};base64,'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{picture}'
    return head.encode() + b64encode(image) + b'"/></svg>'


def _date_parts(day: date) -> Plain:
    return {"year": day.year, "month": day.month, "day": day.day}
