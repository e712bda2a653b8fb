"""What a placeholder of a cover text stands for, and putting that in."""

import re
from collections.abc import Iterator, Mapping

from tembea.quotes.document import Trip
from tembea.quotes.model import Quote, QuoteOption
from tembea.quotes.presentation import consultant_of
from tembea.quotes.words import Words, speakable, words_for
from tembea.tenants import Tenant

PLACEHOLDER = re.compile(r"\{\{ ?([a-z]+(?:\.[1-9]\.[a-z]+)?) ?\}\}")
"""`{{destination}}`, `{{option.1.total}}`: a name in double braces."""

_LINE_BREAKS = re.compile(r"[\r\n\t\v\f\x85\u2028\u2029]+")


def cover_values(tenant: Tenant, quote: Quote) -> dict[str, str]:
    """Every placeholder that this quote has something for, with that as its customer reads it."""
    words = words_for(quote.language)
    values = dict(_values(tenant, quote, words))
    for place, option in enumerate(quote.options, start=1):
        values |= {f"option.{place}.{name}": value for name, value in _option_values(option, words)}
    lines = {name: _LINE_BREAKS.sub(" ", value).strip() for name, value in values.items()}
    return {name: value for name, value in lines.items() if value}


def _values(tenant: Tenant, quote: Quote, words: Words) -> Iterator[tuple[str, str]]:
    trip = Trip(quote.destination, quote.check_in, quote.check_out, quote.adults)
    yield "customer", speakable(quote.customer_name)
    yield "destination", quote.destination
    yield "dates", words.stay(trip)
    yield "nights", words.nights(trip)
    yield "party", words.guests(quote.adults, quote.children_ages)
    yield "options", words.count("count.option", len(quote.options))
    yield "agency", tenant.config.company.name
    yield "consultant", consultant_of(tenant, quote).name


def _option_values(option: QuoteOption, words: Words) -> Iterator[tuple[str, str]]:
    yield "hotel", option.hotel_name
    yield "board", words.board(option.board)
    yield "total", words.money(option.price)


def fill(draft: str, values: Mapping[str, str]) -> str | None:
    """The draft with every placeholder's value; None where one has none.

    What a value holds is text: it is not looked at for placeholders.
    """
    if not set(PLACEHOLDER.findall(draft)) <= set(values):
        return None
    return PLACEHOLDER.sub(lambda found: values[found[1]], draft)
