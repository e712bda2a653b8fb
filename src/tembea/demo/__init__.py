"""The demonstration: two agencies in which something is going on, made of invented people, hotels and trips.

Owns no table. Prices, contracts, clients and mails come of the product's own verbs; only their days are the story's,
counted from the day on which it is set up. Verb: `seed`.
"""

from tembea.demo.seed import seed

__all__ = ["seed"]
