"""Which words of a question tell what it is about, and what else an agency calls the same.

PostgreSQL stems words and leaves out each language's smallest ones; these lists hold what it cannot know: the words by
which one asks, and the trade's synonyms. English for now; questions in other languages go by their stems alone.
"""

import re
import unicodedata

from tembea.knowledge.model import Term

MAX_TERMS = 40
"""Questions are short; of a pasted letter the first words have to do."""

_ASKING = frozenset(
    """
    ask tell know want need like please could would should shall may might must can cannot possible allowed able
    many much often long far soon get got go going gets getting give take taking happen happens mean let make
    hi hello hey dear thanks thank good morning afternoon help question info information details explain wondering
    us me someone somebody anybody anyone people person thing things something anything everything one ones
    client clients customer customers guest guests traveller travellers wait problem problems time times visit visiting
    also really still just maybe perhaps yes okay ok there here say says said does did will use using
    """.split()  # noqa: SIM905 - a paragraph is read more easily than a list
)

_SAME = (
    ("children", "child", "kids", "kid", "baby", "babies", "toddler", "toddlers", "infant", "minor", "minors"),
    ("plane", "planes", "aeroplane", "airplane", "aircraft", "flight", "flights", "fly"),
    ("luggage", "baggage", "suitcase", "suitcases", "bag", "bags"),
    ("pay", "payment", "paying", "payable", "paid"),
    ("cost", "costs", "price", "prices", "fee", "fees", "charge", "charges", "expensive"),
    ("cancel", "cancelling", "cancellation", "cancelled"),
    ("refund", "refunded", "reimburse", "money"),
    ("visa", "visas", "permit", "authorisation", "authorization"),
    ("vaccination", "vaccinations", "vaccine", "vaccinated", "jab", "jabs", "inoculation", "certificate"),
    ("doctor", "doctors", "clinic", "medical"),
    ("ill", "sick", "illness", "sickness"),
    ("boat", "boats", "ferry", "ferries", "speedboat", "speedboats"),
    ("tip", "tips", "tipping", "gratuity", "gratuities"),
    ("rain", "rains", "rainy", "wet"),
    ("deposit", "downpayment", "prepayment"),
    ("hotel", "hotels", "resort", "resorts", "lodge", "lodges"),
    ("room", "rooms", "bedroom", "bedrooms"),
    ("guide", "guides", "ranger"),
    ("meal", "meals", "food", "breakfast", "dinner", "lunch", "board"),
    ("swim", "swimming", "bathe", "bathing"),
    ("dive", "diving", "divers", "scuba"),
    ("whale", "whales"),
    ("best", "ideal", "recommended"),
    ("drink", "drinking", "tap"),
    ("car", "cars", "hire", "rental"),
    ("teenager", "teenagers", "teen", "teens", "adolescent"),
)
_GROUPS = {word: group for group in _SAME for word in group}
_WORD = re.compile(r"[^\W_]+")


def question_terms(text: str) -> tuple[Term, ...]:
    """The telling words of a question, each once and with its synonyms; all its words where none would be left."""
    words = list(dict.fromkeys(_WORD.findall(unicodedata.normalize("NFKC", text).casefold())))
    telling = [word for word in words if word not in _ASKING] or words
    return tuple(dict.fromkeys(_GROUPS.get(word, (word,)) for word in telling))[:MAX_TERMS]
