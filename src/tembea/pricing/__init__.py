"""Pricing: the pure kernel that turns a request and a contract into explained lines. It owns no table and does no I/O.

`price_stay` follows one order, a module a step: `request` (sense of the request, booking date), `ages` (guests and
bands), `allocation` (rooms), `seasons` (one rate row a night), `restrictions`, `occupancy` or `packages` (who pays what
for sleeping), `supplements` (board, events, rooms), `offers`, `rooms` (rounding, commission), `taxes`, `costing` (which
product, rooms and offers win), `services` (transfers, activities, flights), `sell` (exchange, markup, sales tax,
rounding). `allotments` says how many rooms there are to allocate.

Invariants: money is `Decimal`, never a float; every line names its source and the rule behind it; cost total = sum of
cost lines and total = sum of sell lines, exactly; a rejected stay has its reasons and no amount; the same inputs and
contract give the same bytes, whatever the order in which guests were listed.

Public verbs: `price_stay`, `check_request`, `children_of`, `parse_board`, `sell`, `total_of`, `shares`,
`canonical_bytes`, `combinations_of` (whether a contract's offers can be tried at all).
"""

from tembea.pricing.canonical import canonical_bytes as canonical_bytes
from tembea.pricing.canonical import sha256_of as sha256_of
from tembea.pricing.contract import Contract as Contract
from tembea.pricing.contract import SourceRef as SourceRef
from tembea.pricing.offers import TooManySets as TooManySets
from tembea.pricing.offers import combinations_of as combinations_of
from tembea.pricing.price import price_stay as price_stay
from tembea.pricing.request import Child as Child
from tembea.pricing.request import PricingRequest as PricingRequest
from tembea.pricing.request import RequestFault as RequestFault
from tembea.pricing.request import RequestRefused as RequestRefused
from tembea.pricing.request import ServiceWanted as ServiceWanted
from tembea.pricing.request import check_request as check_request
from tembea.pricing.request import children_of as children_of
from tembea.pricing.request import parse_board as parse_board
from tembea.pricing.request import today_at as today_at
from tembea.pricing.result import ENGINE_VERSION as ENGINE_VERSION
from tembea.pricing.result import Code as Code
from tembea.pricing.result import Component as Component
from tembea.pricing.result import CostLine as CostLine
from tembea.pricing.result import FxApplied as FxApplied
from tembea.pricing.result import LineKind as LineKind
from tembea.pricing.result import OfferLoss as OfferLoss
from tembea.pricing.result import Priced as Priced
from tembea.pricing.result import Rejected as Rejected
from tembea.pricing.result import RoomStay as RoomStay
from tembea.pricing.result import SellKind as SellKind
from tembea.pricing.result import SellLine as SellLine
from tembea.pricing.sell import FxRate as FxRate
from tembea.pricing.sell import MarkupKind as MarkupKind
from tembea.pricing.sell import MarkupRule as MarkupRule
from tembea.pricing.sell import NoFxRate as NoFxRate
from tembea.pricing.sell import PresentationRounding as PresentationRounding
from tembea.pricing.sell import RoundingMode as RoundingMode
from tembea.pricing.sell import SalesTax as SalesTax
from tembea.pricing.sell import SellPolicy as SellPolicy
from tembea.pricing.sell import Service as Service
from tembea.pricing.sell import Sold as Sold
from tembea.pricing.sell import StaleFxRate as StaleFxRate
from tembea.pricing.sell import TaxedPart as TaxedPart
from tembea.pricing.sell import sell as sell
from tembea.pricing.sell import shares as shares
from tembea.pricing.sell import total_of as total_of
from tembea.pricing.terms import Board as Board
from tembea.pricing.terms import ServiceKind as ServiceKind
