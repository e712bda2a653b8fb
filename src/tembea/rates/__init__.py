"""Rates: the hotels that an agency sells, their contracts and their pictures, and the price of a stay at them.

Owns `hotels`, `hotel_images`, `contracts`, and the platform's `fx_rates`.
Invariants: a contract document is checked whole before anything is stored; a version never changes once stored, and a
change is the next version; one version of a hotel is live, and it becomes so in the transaction that retires the one
before; a price stores nothing.
Verbs: `load_document`, `load_values`, `read_contract_file`, `import_contract`, `list_hotels`, `get_hotels`,
`list_live_contracts`, `load_fx`, `list_fx`, `store_rates`, `price_hotels`, `place_names`, `find_hotel_image`,
`add_hotel_image`, `describe_hotel`.
"""

from tembea.rates.fx import FxBook, list_fx, load_fx, store_rates
from tembea.rates.loading import LoadedContract, load_document, load_values
from tembea.rates.model import (
    BadDates,
    Hotel,
    HotelImage,
    ImportRefused,
    ImportResult,
    LiveContract,
    MissingAges,
    PastDate,
    StayRefused,
    UnsupportedFile,
    end_of_stay,
    fold,
)
from tembea.rates.pricing import PricedHotel, PricedStay, RejectedHotel, price_hotels
from tembea.rates.reading import DocumentRefused
from tembea.rates.service import (
    add_hotel_image,
    contracts_by_id,
    describe_hotel,
    find_hotel_image,
    get_hotels,
    import_contract,
    list_hotels,
    list_live_contracts,
    place_names,
    read_contract_file,
)

__all__ = [
    "BadDates",
    "DocumentRefused",
    "FxBook",
    "Hotel",
    "HotelImage",
    "ImportRefused",
    "ImportResult",
    "LiveContract",
    "LoadedContract",
    "MissingAges",
    "PastDate",
    "PricedHotel",
    "PricedStay",
    "RejectedHotel",
    "StayRefused",
    "UnsupportedFile",
    "add_hotel_image",
    "contracts_by_id",
    "describe_hotel",
    "end_of_stay",
    "find_hotel_image",
    "fold",
    "get_hotels",
    "import_contract",
    "list_fx",
    "list_hotels",
    "list_live_contracts",
    "load_document",
    "load_fx",
    "load_values",
    "place_names",
    "price_hotels",
    "read_contract_file",
    "store_rates",
]
