"""A letter as HTML that mail programs agree on: tables, inline styles, pictures that travel inside the mail.

Colours hold in light and in dark mode; the logo keeps a white field of its own, for most are drawn for paper. Every
text is escaped here, and here only.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from tembea.kernel.colour import readable_on, text_on
from tembea.quotes.letter_blocks import Block, Button, Letterhead, Offer, Paragraph, Points, Signature, Title

_DARK_CARD = "#262220"
_TEMPLATE = Path(__file__).parent / "templates" / "mail.html"
_INK = "color:#1c1917"
_QUIET = "color:#6b645d"
_SERIF = "font-family:Georgia,'Times New Roman',serif;font-weight:normal"


def set_html(head: Letterhead, blocks: Sequence[Block], subject: str) -> str:
    """The whole HTML document of a letter."""
    accent = readable_on(head.accent)
    rows = "\n".join(f'<tr><td style="padding:0 32px">{part}</td></tr>' for part in _parts(blocks, accent))
    return _template().substitute(
        language=escape(head.language),
        subject=escape(subject),
        accent=accent,
        dark_accent=readable_on(head.accent, _DARK_CARD),
        dark_card=_DARK_CARD,
        brand=_brand(head),
        rows=rows,
        foot="<br>".join(escape(line) for line in head.foot),
    )


@cache
def _template() -> Template:
    return Template(_TEMPLATE.read_text(encoding="utf-8"))


def _brand(head: Letterhead) -> str:
    name = escape(head.name)
    if head.has_logo:
        return f'<img src="cid:logo" alt="{name}" height="44" style="display:block;height:44px;width:auto;border:0">'
    return f'<span style="{_SERIF};font-size:24px;color:#1c1917">{name}</span>'


def _parts(blocks: Sequence[Block], accent: str) -> Iterator[str]:
    for block in blocks:
        match block:
            case Title(text, detail):
                yield _title(text, detail)
            case Paragraph(text):
                yield f'<p class="ink" style="margin:0 0 16px;{_INK}">{_broken(text)}</p>'
            case Points(items):
                points = "".join(f'<li style="margin:0 0 8px">{escape(item)}</li>' for item in items)
                yield f'<ul class="ink" style="margin:0 0 16px;padding:0 0 0 20px;{_INK}">{points}</ul>'
            case Offer():
                yield _offer(block, accent)
            case Button(text, url):
                yield _button(text, url, accent)
            case Signature(regards, name, lines):
                yield _signature(regards, name, lines)


def _title(text: str, detail: str) -> str:
    heading = (
        f'<h1 class="ink" style="margin:0 0 6px;{_SERIF};font-size:30px;line-height:1.2;{_INK}">{escape(text)}</h1>'
    )
    return heading + f'<p class="quiet" style="margin:0 0 24px;{_QUIET}">{escape(detail)}</p>'


def _offer(offer: Offer, accent: str) -> str:
    facts = [_fact(line) for line in (offer.place, *offer.rooms)]
    label = f'<span class="quiet" style="{_QUIET};font-size:13px">{escape(offer.total_label)}</span> '
    total = f'<strong class="accent" style="color:{accent};font-size:20px">{escape(offer.total)}</strong>'
    price = f'<p style="margin:10px 0 0">{label}{total}</p>'
    each = _fact(offer.per_person) if offer.per_person else ""
    style = f"margin:0 0 4px;{_SERIF};font-size:21px;line-height:1.25;{_INK}"
    name = f'<h2 class="ink" style="{style}">{escape(offer.name)}</h2>'
    cell = f"{name}{_rating(offer)}{''.join(facts)}{price}{each}"
    return (
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="line" '
        'style="border-top:1px solid #e7e2dc;margin:8px 0 0"><tr>'
        f'{_picture(offer)}<td class="stack" valign="top" style="padding:20px 0">{cell}</td></tr></table>'
    )


def _picture(offer: Offer) -> str:
    if offer.picture_id is None:
        return ""
    return (
        '<td class="stack" valign="top" width="212" style="padding:20px 24px 20px 0">'
        f'<img src="cid:{offer.picture_id}" alt="" width="212" class="wide" '
        'style="display:block;width:212px;height:auto;border:0;border-radius:6px"></td>'
    )


def _rating(offer: Offer) -> str:
    if not offer.rating:
        return ""
    label = escape(offer.rating_label)
    stars = f'<span role="img" aria-label="{label}" style="letter-spacing:2px">{offer.rating}</span>'
    return f'<p class="quiet" style="margin:0 0 4px;{_QUIET};font-size:13px">{stars}</p>'


def _fact(text: str) -> str:
    return f'<p class="quiet" style="margin:0 0 2px;{_QUIET};font-size:14px">{escape(text)}</p>'


def _button(text: str, url: str, accent: str) -> str:
    link = escape(url)
    style = f"display:inline-block;padding:12px 22px;border-radius:6px;background:{accent};color:{text_on(accent)}"
    button = f'<a href="{link}" style="{style};text-decoration:none;font-weight:600">{escape(text)}</a>'
    plain = f'<a href="{link}" class="quiet" style="{_QUIET};font-size:13px;word-break:break-all">{link}</a>'
    return f'<p style="margin:8px 0 8px">{button}</p><p style="margin:0 0 24px">{plain}</p>'


def _signature(regards: str, name: str, lines: Sequence[str]) -> str:
    contact = "<br>".join(escape(line) for line in lines)
    return (
        f'<p class="ink" style="margin:16px 0 4px;{_INK}">{escape(regards)}</p>'
        f'<p class="ink" style="margin:0 0 4px;{_SERIF};font-size:20px;{_INK}">{escape(name)}</p>'
        f'<p class="quiet" style="margin:0 0 32px;{_QUIET};font-size:14px">{contact}</p>'
    )


def _broken(text: str) -> str:
    return escape(text).replace("\n", "<br>")
