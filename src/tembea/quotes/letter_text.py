"""A letter as plain text, for programs and people that prefer it."""

from collections.abc import Iterator, Sequence

from tembea.quotes.letter_blocks import Block, Button, Letterhead, Offer, Paragraph, Points, Signature, Title


def set_text(head: Letterhead, blocks: Sequence[Block]) -> str:
    """The letter's blocks, parted by empty lines, with the agency above and its address below."""
    parts = [head.name, *("\n".join(_lines(block)) for block in blocks)]
    if head.foot:
        parts.append("\n".join(head.foot))
    return "\n\n".join(parts) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Title(text, detail):
            yield from (text, detail)
        case Paragraph(text):
            yield text
        case Points(items):
            yield from (f"- {item}" for item in items)
        case Button(text, url):
            yield from (text, url)
        case Signature(regards, name, lines):
            yield from (regards, name, *lines)
        case Offer():
            yield from _offer(block)


def _offer(offer: Offer) -> Iterator[str]:
    yield f"{offer.name} {offer.rating}".rstrip()
    yield offer.place
    yield from offer.rooms
    yield f"{offer.total_label} {offer.total}"
    if offer.per_person:
        yield offer.per_person
