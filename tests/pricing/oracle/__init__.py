"""An independent pricer, read off the specification: plain mappings, fractions, and every way tried one after another.

It shares nothing with `tembea.pricing`: where the two disagree, the specification says which is wrong.
"""

from tests.pricing.oracle.deciding import Answer, price
from tests.pricing.oracle.reading import Ask

__all__ = ["Answer", "Ask", "price"]
