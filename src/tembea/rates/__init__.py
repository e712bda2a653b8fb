"""Rates: the hotels that an agency sells, their contracts and their pictures, and the price of a stay at them.

Owns `hotels`, `hotel_images`, `contracts`, their rows (`contract_rooms` to `contract_offers`, `contract_floors`),
and the platform's `fx_rates` and `rate_grants`.
Invariants: a contract document is checked whole before anything is stored; a version never changes once stored, and a
change is the next version; its rows say what its document says; one version of a hotel is live, and it becomes so in
the transaction that retires the one before; a price stores nothing; no agency sells by another's rates but by a grant
of an operator, and then by copies.
Verbs: `load_document`, `load_values`, `sheet_defaults`, `prepare_file`, `import_contracts`, `import_contract`,
`list_hotels`, `get_hotels`, `list_live_contracts`, `load_fx`, `load_fx_from`, `list_fx`, `store_rates`, `price_hotels`,
`find_floors`, `price_best`, `sell_policy`, `place_names`, `find_hotel_image`, `add_hotel_image`, `describe_hotel`,
`grant_rates`, `revoke_grant`, `list_grants`, `rule_words`.
"""

from tembea.rates.fx import FxBook, list_fx, load_fx, load_fx_from, store_rates
from tembea.rates.grants import grant_rates, list_grants, revoke_grant
from tembea.rates.importing import PreparedFile, prepare_file
from tembea.rates.loading import LoadedContract, load_document, load_values
from tembea.rates.model import (
    BadDates,
    Hotel,
    HotelImage,
    ImportProblem,
    ImportRefused,
    ImportResult,
    LiveContract,
    MissingAges,
    PastDate,
    StayRefused,
    UnknownCurrencyAsked,
    UnsupportedFile,
    end_of_stay,
    fold,
    stay_refused,
)
from tembea.rates.pricing import PricedHotel, PricedStay, RejectedHotel, price_hotels, sell_policy
from tembea.rates.reading import DocumentRefused
from tembea.rates.rule_words import rule_words
from tembea.rates.search import WORTHWHILE, Floor, find_floors, price_best
from tembea.rates.service import (
    add_hotel_image,
    contracts_by_id,
    describe_hotel,
    find_hotel_image,
    get_hotels,
    import_contract,
    import_contracts,
    list_hotels,
    list_live_contracts,
    place_names,
    sheet_defaults,
)
from tembea.rates.sheet_contracts import SheetDefaults

__all__ = [
    "WORTHWHILE",
    "BadDates",
    "DocumentRefused",
    "Floor",
    "FxBook",
    "Hotel",
    "HotelImage",
    "ImportProblem",
    "ImportRefused",
    "ImportResult",
    "LiveContract",
    "LoadedContract",
    "MissingAges",
    "PastDate",
    "PreparedFile",
    "PricedHotel",
    "PricedStay",
    "RejectedHotel",
    "SheetDefaults",
    "StayRefused",
    "UnknownCurrencyAsked",
    "UnsupportedFile",
    "add_hotel_image",
    "contracts_by_id",
    "describe_hotel",
    "end_of_stay",
    "find_floors",
    "find_hotel_image",
    "fold",
    "get_hotels",
    "grant_rates",
    "import_contract",
    "import_contracts",
    "list_fx",
    "list_grants",
    "list_hotels",
    "list_live_contracts",
    "load_document",
    "load_fx",
    "load_fx_from",
    "load_values",
    "place_names",
    "prepare_file",
    "price_best",
    "price_hotels",
    "revoke_grant",
    "rule_words",
    "sell_policy",
    "sheet_defaults",
    "stay_refused",
    "store_rates",
]
