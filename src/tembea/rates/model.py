"""Hotels, the versions of their contracts, and what an import says."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from tembea.kernel.errors import AppError, FieldError, Invalid
from tembea.pricing import Contract, RequestFault, RequestRefused
from tembea.pricing.request import MAX_NIGHTS


class ContractStatus(StrEnum):
    """draft -> live -> retired; one version of a hotel is live at a time."""

    DRAFT = "draft"
    LIVE = "live"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Hotel:
    """A hotel that the agency sells. `stars` is None where nobody told; `images` counts its pictures."""

    id: UUID
    name: str
    name_key: str
    destination: str
    country: str
    stars: Decimal | None
    time_zone: str
    description: str
    images: int


@dataclass(frozen=True, slots=True)
class HotelImage:
    """A picture of a hotel; `sha256` names its content."""

    content_type: str
    content: bytes
    sha256: bytes
    caption: str


@dataclass(frozen=True, slots=True)
class LiveContract:
    """The version of a hotel's contract that sells now."""

    contract_id: UUID
    hotel: Hotel
    version: int
    contract: Contract


@dataclass(frozen=True, slots=True)
class ContractVersion:
    """One version of a contract as lists show it."""

    id: UUID
    hotel_id: UUID
    hotel_name: str
    version: int
    status: str
    currency: str
    source_document: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ContractDocument:
    """One version of a contract with the document it was imported from."""

    id: UUID
    hotel_id: UUID
    hotel_name: str
    version: int
    status: str
    currency: str
    source_document: str
    created_at: datetime
    document: dict[str, object]
    document_sha256: str


@dataclass(frozen=True, slots=True)
class Destination:
    """A place with hotels, or one that the agency's configuration names."""

    name: str
    code: str | None
    aliases: tuple[str, ...]
    hotels: int


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import came to; `created` is False where the very document was there already."""

    contract_id: UUID
    hotel_id: UUID
    version: int
    created: bool


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """One thing that keeps a file or row out: where it stands and what to do.

    In a document `row` is the line and `column` the path of the key; in a table they are what spreadsheets show, with
    the sheet and the name of the cell beside them.
    """

    row: int | None
    column: str
    code: str
    message: str
    sheet: str | None = None
    cell: str | None = None

    def as_json(self) -> dict[str, object]:
        """The wire form, which also reads as an entry of problem+json's `errors`."""
        return {
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "message": self.message,
            "sheet": self.sheet,
            "cell": self.cell,
            "loc": self.column,
            "msg": self.message,
        }


class ImportRefused(Invalid):
    """Nothing was imported, because the file breaks a rule; `problems` says where.

    `rejected` counts the rows (a document is one) that are at fault; problems beyond the listed ones are counted too.
    """

    code = "import_refused"
    title = "The file needs correcting"

    def __init__(self, problems: Sequence[ImportProblem], *, rejected: int = 1, more: int = 0) -> None:
        first = problems[0]
        line = "" if first.row is None else f"line {first.row}"
        place = first.cell or ", ".join(part for part in (line, first.column) if part) or "the file"
        place = f"{first.sheet}!{place}" if first.sheet and first.cell else place
        count = len(problems) + more
        super().__init__(f"Nothing was imported. {count} to correct, first {place}: {first.message}")
        self.problems = tuple(problems)
        self.rejected = rejected

    def extra(self) -> dict[str, object]:
        """The counts and problems that a successful import would answer too."""
        return {
            "accepted": 0,
            "rejected": self.rejected,
            "contract_ids": [],
            "hotel_ids": [],
            "errors": [found.as_json() for found in self.problems],
        }


class SheetTooSmall(Invalid):
    """Contracts say more than a rate sheet can hold, and nothing is left out without a word."""

    code = "not_a_sheet"
    title = "A sheet cannot hold all of this"

    def __init__(self, hotels: Sequence[str]) -> None:
        named = ", ".join(hotels[:5]) + (f" and {len(hotels) - 5} more" if len(hotels) > 5 else "")
        super().__init__(
            f"The contracts of {named} say more than a sheet can hold, such as offers or taxes. "
            "Export them as YAML, or leave them out with fitting=true."
        )


class TooManyHotels(Invalid):
    """More hotels than one file holds: a part of them would look like all of them."""

    code = "too_many_hotels"
    title = "Too many hotels for one file"

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"These are the live contracts of more than {limit:,} hotels, which no import reads in one file."
            " Export them hotel by hotel, with hotel_id."
        )


class WrongStatus(AppError):
    """409: a contract's version is not in the state from which it can take this step."""

    status = 409
    code = "invalid_transition"
    title = "This version cannot do that"

    def __init__(self, hotel: str, version: int, status: str, needed: str) -> None:
        super().__init__(f"Version {version} of {hotel} is {status}, not {needed}. Import the change as a new version.")


class GrantedHotel(AppError):
    """409: the hotel is sold by a grant of another agency's rates, which are read only here."""

    status = 409
    code = "granted_hotel"
    title = "These rates belong to somebody else"

    def __init__(self, hotel: str) -> None:
        super().__init__(f"{hotel} is sold by rates that your agency was granted. They are not changed here.")


class UnsupportedFile(AppError):
    """415: a form of rates that is not read."""

    status = 415
    code = "unsupported_file"
    title = "This kind of file is not read"


class BadDates(Invalid):
    """The dates of a stay make no sense."""

    code = "BAD_DATES"
    title = "The dates need correcting"


class PastDate(Invalid):
    """The stay begins before the day it is booked on."""

    code = "PAST_DATE"
    title = "The dates lie in the past"


class MissingAges(Invalid):
    """A child came without an age; it is asked for, never guessed."""

    code = "MISSING_AGES"
    title = "An age is missing"


class StayRefused(Invalid):
    """Another part of the request for a stay makes no sense; the field says which, the code what is wrong with it."""

    code = "invalid_stay"


class BadParty(StayRefused):
    """Nobody, or too many at once."""

    code = "BAD_PARTY"


class BadRooms(StayRefused):
    """No rooms, or too many at once."""

    code = "BAD_ROOMS"


class UnknownBoard(StayRefused):
    """A board that the trade does not know."""

    code = "UNKNOWN_BOARD"


class UnknownCurrencyAsked(StayRefused):
    """A currency that ISO 4217 does not know."""

    code = "UNKNOWN_CURRENCY"


class BadServices(StayRefused):
    """Services at impossible times or in impossible numbers."""

    code = "BAD_SERVICES"


_BY_FAULT: dict[RequestFault, type[Invalid]] = {
    RequestFault.BAD_DATES: BadDates,
    RequestFault.PAST_DATE: PastDate,
    RequestFault.MISSING_AGES: MissingAges,
    RequestFault.BAD_PARTY: BadParty,
    RequestFault.BAD_ROOMS: BadRooms,
    RequestFault.UNKNOWN_BOARD: UnknownBoard,
    RequestFault.UNKNOWN_CURRENCY: UnknownCurrencyAsked,
    RequestFault.BAD_SERVICES: BadServices,
}


def stay_refused(refused: RequestRefused) -> Invalid:
    """The kernel's refusal of a request as the answer that a caller gets."""
    return _BY_FAULT[refused.code](refused.detail, errors=[FieldError(f"body.{refused.field}", refused.detail)])


def end_of_stay(check_in: date, check_out: date | None, nights: int | None) -> date:
    """The check-out day, given or counted; raises `BadDates` when neither says it, or both and differently."""
    if nights is None:
        if check_out is None:
            raise _bad_end("check_out", "Say when the stay ends: give check_out or nights.")
        return check_out
    if not 1 <= nights <= MAX_NIGHTS:
        raise _bad_end("nights", f"{nights} nights are no stay. Give 1 to {MAX_NIGHTS}, or split a longer one.")
    try:
        counted = check_in + timedelta(days=nights)
    except OverflowError as error:
        raise _bad_end("nights", "The stay ends beyond the calendar. Give fewer nights.") from error
    if check_out not in (None, counted):
        detail = f"{nights} nights from {check_in} end on {counted}, not on {check_out}. Correct one of them."
        raise _bad_end("nights", detail)
    return counted


def _bad_end(part: str, detail: str) -> BadDates:
    return BadDates(detail, errors=[FieldError(f"body.{part}", detail)])


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """A name as it is compared: without accents, case, punctuation and doubled blanks."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", " ", plain.casefold()).strip() or text.casefold().strip()
