"""The words that customers read, and how their language writes dates and money.

The wording stands in `wording/<language>.toml`. Code puts in every name, date and amount; a catalogue holds none.
Dates and money follow CLDR through babel.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval
from babel.lists import format_list
from babel.numbers import format_currency

from tembea.kernel.money import Money
from tembea.quotes.document import QuoteDocument, QuoteOption, RoomAllocation, Trip

LANGUAGES = ("en", "af", "fr", "de", "nl", "pt", "it", "sw")
"""Languages with a catalogue; any other is answered in English."""

_FOLDER = Path(__file__).parent / "wording"
_NBSP = "\u00a0"
# CLDR gives a bare "en" the United States; the agencies' English writes the day before the month.
_DEFAULT_REGION = {"en": "en_GB", "pt": "pt_PT"}
# CLDR writes the rand as ZAR outside South Africa; nobody who is quoted in rand does.
_SYMBOLS = {"ZAR": "R"}

_WHY = {
    "RELEASE": "too_soon",
    "STOP_SALE": "closed",
    "CTA": "no_arrival",
    "CTD": "no_departure",
    "MAX_STAY": "too_long",
    "MIN_STAY_THROUGH": "too_short",
    "MIN_STAY_ARRIVAL": "too_short",
}
"""The catalogue's words for the pricing kernel's reasons against a stay."""

Catalogue = Mapping[str, Mapping[str, str | Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Words:
    """One language's wording and formats; get it from `words_for`."""

    language: str
    """The catalogue's language, the primary subtag alone."""
    locale: Locale
    catalogue: Catalogue

    def say(self, key: str, **values: str) -> str:
        """The text of ``section.name`` with `values` put in; raises KeyError for an unknown key."""
        section, name = key.split(".")
        return cast("str", self.catalogue[section][name]).format(**values)

    def count(self, key: str, count: int, **values: str) -> str:
        """The text of ``section.name`` in the plural form that `count` takes in this language."""
        section, name = key.split(".")
        forms = cast("Mapping[str, str]", self.catalogue[section][name])
        return forms.get(self.locale.plural_form(count), forms["other"]).format(count=str(count), **values)

    def money(self, money: Money) -> str:
        """The amount with its currency, never broken over two lines: "R 84,300.00", "84 300,00 €"."""
        text = format_currency(money.amount, money.currency, locale=self.locale)
        symbol = _SYMBOLS.get(money.currency)
        if symbol is not None:
            text = text.replace(money.currency, symbol)
        return _parted(text).replace(" ", _NBSP)

    def day(self, day: date) -> str:
        """The date in full: "29 March 2027"."""
        return format_date(day, "long", locale=self.locale).replace(" ", _NBSP)

    def stay(self, trip: Trip) -> str:
        """Arrival and departure: "29 March - 5 April 2027", with an en dash."""
        return format_interval(trip.check_in, trip.check_out, "yMMMMd", locale=self.locale)

    def several(self, items: Sequence[str]) -> str:
        """The items as a list in a sentence: "a, b and c"."""
        return format_list(list(items), locale=self.locale)

    def guests(self, adults: int, children_ages: Sequence[int]) -> str:
        """Who travels: "2 adults, 2 children (7, 11)"."""
        return ", ".join(self._guest_parts(adults, children_ages))

    def board(self, code: str) -> str:
        """The board in words; a code outside the catalogue stands as it is."""
        return cast("str", self.catalogue["board"].get(code.upper(), code))

    def rooms(self, rooms: Sequence[RoomAllocation]) -> Iterator[str]:
        """One line for each kind of room and party, equal rooms counted together."""
        for room, count in Counter(rooms).items():
            guests = self.guests(room.adults, room.children_ages)
            if count == 1:
                yield self.say("quote.room_for", room=room.name, guests=guests)
            else:
                yield self.say("quote.rooms_for", count=str(count), room=room.name, guests=guests)

    def quantity(self, quantity: int, description: str) -> str:
        """The description, led by how many where there is more than one."""
        if quantity == 1:
            return description
        return self.say("quote.quantity", quantity=str(quantity), description=description)

    def nights(self, trip: Trip) -> str:
        """How long: "7 nights"."""
        return self.count("count.night", trip.nights)

    def headline(self, trip: Trip) -> str:
        """The trip in a few words: "7 nights in Zanzibar"."""
        return self.say("quote.headline", nights=self.nights(trip), destination=trip.destination)

    def trip_line(self, trip: Trip) -> str:
        """When and who in one line; the headline says where and how long."""
        rooms = self.count("count.room", trip.rooms)
        return " · ".join((self.stay(trip), self.guests(trip.adults, trip.children_ages), rooms))

    def greeting(self, name: str) -> str:
        """The salutation, by name where there is one."""
        if not speakable(name):
            return self.say("quote.greeting_nameless")
        return self.say("quote.greeting", name=name)

    def cover(self, document: QuoteDocument) -> tuple[str, ...]:
        """The cover text's paragraphs, or one plain sentence of thanks; then what is not as it was asked for."""
        written = tuple(part.strip() for part in document.cover_text.split("\n\n") if part.strip())
        thanks = self.say("quote.cover", options=self.count("count.option", len(document.options)))
        return (*(written or (thanks,)), *self._nearest(document))

    def _nearest(self, document: QuoteDocument) -> Iterator[str]:
        """What was asked for, why it could not be had, and what is offered in its place."""
        asked = document.asked
        if asked is None:
            return
        why = self.say(f"nearest.{_WHY.get(asked.code, 'not_sold')}", hotel=asked.hotel)
        if asked.is_board:
            boards = dict.fromkeys(self.board(option.board) for option in document.options)
            values = {"asked": self.board(asked.board or ""), "offered": self.several(list(boards))}
            yield self.say("nearest.board", **values)
            return
        stays = {
            "asked": f"{self.stay(asked.trip)} ({self.nights(asked.trip)})",
            "offered": f"{self.stay(document.trip)} ({self.nights(document.trip)})",
        }
        yield self.say("nearest.stay", why=why, **stays)

    def per_person(self, option: QuoteOption) -> str:
        """The price per person, empty where the guests do not pay alike."""
        return "" if option.per_person is None else self.say("quote.per_person", amount=self.money(option.per_person))

    def _guest_parts(self, adults: int, children_ages: Sequence[int]) -> Iterator[str]:
        if adults or not children_ages:
            yield self.count("count.adult", adults)
        if children_ages:
            ages = ", ".join(str(age) for age in children_ages)
            yield self.count("count.child", len(children_ages), ages=ages)


def speakable(name: str) -> str:
    """The name that somebody can be spoken to by, empty without one: an address stands in for a name and is none."""
    is_address = "@" in name and len(name.split()) == 1
    return "" if is_address else name.strip()


@cache
def words_for(language: str) -> Words:
    """Wording and formats for a BCP 47 tag; an unknown language is English, an unknown region the language alone."""
    primary = language.replace("_", "-").split("-")[0].lower()
    if primary not in LANGUAGES:
        return words_for("en")
    with (_FOLDER / f"{primary}.toml").open("rb") as file:
        catalogue = cast("Catalogue", tomllib.load(file))
    return Words(language=primary, locale=_locale(language, primary), catalogue=catalogue)


def _locale(language: str, primary: str) -> Locale:
    try:
        locale = Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale(primary)
    return locale if locale.territory else Locale.parse(_DEFAULT_REGION.get(primary, primary))


def _parted(text: str) -> str:
    """CLDR's currency spacing, which babel leaves out: a space between a letter of the symbol and a digit."""
    for index in range(len(text) - 1):
        if text[index].isalpha() and text[index + 1].isdigit():
            return text[: index + 1] + _NBSP + text[index + 1 :]
    return text
