"""The second reading: a language model reads an enquiry beside the rules, and can change nothing by itself.

Owns no tables. Invariants, whatever the model writes: it names values and the words that they stand in, and our own
readers must get the same value from just those words, else the value is dropped; where the rules have read a field,
theirs stands; who the customer is and where answers go is never asked of it. What only the model read, or reads
differently, waits for a person: no quote, no question and no mail follows from it. A model that is away, slow, over
budget or writes something else costs its answer alone.
Verbs: `read_again`, `read_words_again`, `open_questions`.
"""

from tembea.inbox.second_reading.asking import Words
from tembea.inbox.second_reading.combining import open_questions
from tembea.inbox.second_reading.reading import read_again, read_words_again

__all__ = ["Words", "open_questions", "read_again", "read_words_again"]
