"""The warehouse: what hotels charged and what was quoted, over years, for questions that would burden the database.

Owns `warehouse_outbox` in PostgreSQL, and in every tenant's dataset `rate_rows` and `price_history`.
Invariants: the transaction that makes a quote or a contract puts it into the outbox, by trigger; nobody waits for the
warehouse; what could not be loaded stays in the outbox and its job in the queue, with the reason; loading twice changes
nothing; an answer says when it lacks something. Nobody's name or address goes there.
Verbs: `find_prices`, `find_rates`, `load_waiting`, `enqueue_waiting`, `reload_everything`.
"""

from tembea.warehouse.model import PriceHistory, QuotedPrice, RateHistory, RateNight
from tembea.warehouse.service import enqueue_waiting, find_prices, find_rates, load_waiting, reload_everything

__all__ = [
    "PriceHistory",
    "QuotedPrice",
    "RateHistory",
    "RateNight",
    "enqueue_waiting",
    "find_prices",
    "find_rates",
    "load_waiting",
    "reload_everything",
]
