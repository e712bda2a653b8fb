"""The helpdesk agent: finds the passages that a question is about and answers in their own sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from tembea.helpdesk.model import Answer, Citation, Selection, Sentence, Weights, asked_of, select_sentences
from tembea.kernel.db import Read
from tembea.kernel.registry import Registry
from tembea.knowledge import Findings, Passage, count_chunks, find_terms, search, sentences
from tembea.tenants import Tenant, TenantConfig

PASSAGES = 6
MAX_SUGGESTIONS = 3
NOTHING_KNOWN = "There is no knowledge to answer from yet. Add pages about how your agency works, then ask again."
NOT_KNOWN = "I do not know. The agency’s knowledge does not answer this."


@dataclass(frozen=True, slots=True)
class HelpdeskAgent:
    """Answers for one agency. It holds no passages of its own; build it with `get_helpdesk_agent`."""

    config: TenantConfig

    async def answer(self, read: Read, question: str) -> Answer:
        """The best sentences of the best passages, each with its citation, or that it is not known."""
        found = await search(read, question, PASSAGES)
        if not found.passages and not await count_chunks(read):
            return Answer(NOTHING_KNOWN, (), abstained=True, confidence=0.0, suggestions=())
        asked = asked_of(question, found.terms)
        selection = select_sentences(await _sentences(read, found), found.passages, Weights(found.weights), asked)
        if selection is None:
            return Answer(NOT_KNOWN, (), abstained=True, confidence=0.0, suggestions=_nearest(found.passages, ()))
        return _cited(selection, found.passages)


_agents: Registry[HelpdeskAgent] = Registry("helpdesk_agent")


def get_helpdesk_agent(tenant: Tenant) -> HelpdeskAgent:
    """The agency's helpdesk agent, built once for each version of its settings."""
    return _agents.get(tenant.id, tenant.settings_version, lambda: HelpdeskAgent(tenant.config))


async def _sentences(read: Read, found: Findings) -> list[Sentence]:
    """Every sentence of the passages, with the terms of the question in it and above it."""
    passages = found.passages
    places = [
        (number, text)
        for number, passage in enumerate(passages)
        for line in passage.passage.splitlines()
        for text in sentences(line)
    ]
    texts = [(passages[number].language, text) for number, text in places]
    heads = [(passage.language, f"{passage.title}\n{passage.heading}") for passage in passages]
    held = await find_terms(read, found.terms, [*texts, *heads])
    said, above = held[: len(texts)], held[len(texts) :]
    return [Sentence(number, place, text, said[place], above[number]) for place, (number, text) in enumerate(places)]


def _cited(selection: Selection, passages: Sequence[Passage]) -> Answer:
    """The sentences as a text with the number of its passage behind each run of them."""
    numbers: dict[int, int] = {}
    parts: list[str] = []
    for at, sentence in enumerate(selection.sentences):
        n = numbers.setdefault(sentence.passage, len(numbers) + 1)
        following = selection.sentences[at + 1 : at + 2]
        ends = not following or following[0].passage != sentence.passage
        parts.append(f"{sentence.text} [{n}]" if ends else sentence.text)
    cited = tuple(_citation(n, passages[passage]) for passage, n in numbers.items())
    suggestions = _nearest(passages, tuple(numbers))
    return Answer(" ".join(parts), cited, abstained=False, confidence=selection.covered, suggestions=suggestions)


def _citation(n: int, passage: Passage) -> Citation:
    return Citation(n, passage.document_id, passage.title, passage.heading, passage.passage, passage.score)


def _nearest(passages: Sequence[Passage], cited: Sequence[int]) -> tuple[str, ...]:
    """What else the agency knows about that comes near: the headings of the other passages."""
    topics = (passage.heading or passage.title for number, passage in enumerate(passages) if number not in cited)
    return tuple(dict.fromkeys(topics))[:MAX_SUGGESTIONS]
