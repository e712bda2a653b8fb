"""What letters are built of. Every text is final, in the customer's language, and not yet escaped for anything."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose letter it is; `foot` are the lines below everything."""

    name: str
    accent: str
    has_logo: bool
    foot: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Title:
    """The trip in a few words, and when and who."""

    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a line break stays one."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of short items."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One option of the quote. `rating` are star signs, `rating_label` says them in words."""

    name: str
    rating: str
    rating_label: str
    place: str
    rooms: tuple[str, ...]
    total_label: str
    total: str
    per_person: str
    picture_id: str | None


@dataclass(frozen=True, slots=True)
class Button:
    """The one thing to do, and where it leads."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who writes, and how to reach them."""

    regards: str
    name: str
    lines: tuple[str, ...]


Block = Title | Paragraph | Points | Offer | Button | Signature
