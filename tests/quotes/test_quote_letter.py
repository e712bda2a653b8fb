import html
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from tembea.quotes.document import Agency, Consultant, RoomAllocation
from tembea.quotes.letter import ASKED_FOR, Letter, clarification_mail, quote_file_name, quote_mail
from tembea.quotes.words import LANGUAGES, words_for
from tests.quotes.quote_samples import document, money, option


class _Visible(HTMLParser):
    """What a reader sees of an HTML document, and every tag and address in it."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href"}]
        self._hidden = tag in {"style", "title"} or self._hidden
        if tag == "img" and dict(attrs).get("alt"):
            self.text.append(dict(attrs)["alt"] or "")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = self._hidden and tag not in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text.append(data)


def seen(letter: Letter) -> _Visible:
    parser = _Visible()
    parser.feed(letter.html)
    return parser


def words(text: str) -> list[str]:
    return [word for word in text.split() if word != "-"]


def clarify(*missing: str, language: str = "en", **more: object) -> Letter:
    agency = Agency("Jacaranda Journeys", "#b4532a", phone="+27 21 555 0142")
    person = Consultant("Naledi Mokoena")
    return clarification_mail(
        agency,
        person,
        customer_name="Łukasz",
        language=language,
        missing=missing,
        **more,  # pyright: ignore[reportArgumentType]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_html_say_the_same(language: str) -> None:
    for letter in (quote_mail(document(language=language)), clarify(*ASKED_FOR, language=language)):
        assert words(letter.text) == words(" ".join(seen(letter).text))


def test_the_quote_mail_holds_every_option_and_how_to_go_on() -> None:
    letter = quote_mail(document())
    assert letter.subject == "Your Zanzibar quote QT-20261123-0007 from Jacaranda Journeys"
    for wanted in (
        "Dear Ayşe Õzer,",
        "7 nights in Zanzibar",
        "Here are three places that suit a family.",
        "Mvuli House ★★★★★",
        "Total R\u00a084,300.00",
        "R\u00a014,690.00 per person",
        "These prices hold until 7\u00a0December\u00a02026.",
        "https://quotes.jacaranda.example/q/",
        "Naledi Mokoena",
        "+27 82 555 0199",
    ):
        assert wanted in letter.text, wanted


def test_nothing_is_fetched_from_outside() -> None:
    letter = quote_mail(document())
    parts = seen(letter)
    page = document().public_url
    assert set(parts.addresses) - {page} == {f"cid:{image.content_id}" for image in letter.images}
    assert [image.content_type for image in letter.images] == ["image/png", "image/jpeg", "image/jpeg", "image/jpeg"]
    assert not {"script", "link", "iframe", "form"} & set(parts.tags)
    assert "url(" not in letter.html


def test_a_logo_that_mail_cannot_show_becomes_the_name() -> None:
    agency = replace(document().agency, logo=b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    letter = quote_mail(document(agency=agency))
    assert all(image.content_id != "logo" for image in letter.images)
    assert "cid:logo" not in letter.html


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", '"><img src=x>', "$rows ${subject} {name} {0}", "&lt;b&gt;"]
)
def test_hostile_names_are_only_text(name: str) -> None:
    hostile = document(customer_name=name, options=(option(name),), cover_text=name, public_url=None)
    letter = quote_mail(hostile)
    assert f"Dear {name}," in letter.text
    parts = seen(letter)
    assert "".join(parts.text).count(name) == 3
    assert "script" not in parts.tags
    assert parts.tags.count("img") == 2
    assert html.escape(name) in letter.html


@pytest.mark.parametrize(
    ("answered", "subject"),
    [
        ("Honeymoon in Zanzibar", "Re: Honeymoon in Zanzibar"),
        ("RE: Honeymoon", "RE: Honeymoon"),
        ("AW: Flitterwochen", "AW: Flitterwochen"),
        ("Request for Bali", "Re: Request for Bali"),
        ("  ", "Your Zanzibar quote QT-20261123-0007 from Jacaranda Journeys"),
    ],
)
def test_an_answer_keeps_the_subject_so_that_it_threads(answered: str, subject: str) -> None:
    assert quote_mail(document(), reply_subject=answered).subject == subject


@pytest.mark.parametrize("asked", ASKED_FOR)
def test_a_clarification_asks_only_for_what_is_missing(asked: str) -> None:
    text = clarify(asked).text
    questions = {name: words_for("en").say(f"clarify.{name}") for name in ASKED_FOR}
    assert questions[asked] in text
    assert [name for name, question in questions.items() if question in text] == [asked]
    assert text.count("?") == 1


def test_a_clarification_suggests_places_where_none_fits() -> None:
    text = clarify("destination", destinations=["Bali", "Kenya"], unmatched_destinations=["Peru"]).text
    assert "We do not offer Peru ourselves." in text
    assert "We know these places best: Bali and Kenya." in text


@pytest.mark.parametrize("missing", [(), ("budget",), ("dates", "budget")])
def test_a_clarification_refuses_what_it_cannot_ask(missing: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="a clarification asks for"):
        clarify(*missing)


@pytest.mark.parametrize(
    ("language", "currency", "written"),
    [
        ("en", "ZAR", "R\u00a01,234.50"),
        ("en", "EUR", "€1,234.50"),
        ("en", "USD", "US$1,234.50"),
        ("en-US", "USD", "$1,234.50"),
        ("en", "KES", "KES\u00a01,234.50"),
        ("en-ZA", "ZAR", "R\u00a01\u00a0234,50"),
        ("af", "ZAR", "R\u00a01\u00a0234,50"),
        ("fr", "EUR", "1\u202f234,50\u00a0€"),
        ("de", "EUR", "1.234,50\u00a0€"),
        ("de", "ZAR", "1.234,50\u00a0R"),
        ("pt", "EUR", "1\u00a0234,50\u00a0€"),
        ("es", "EUR", "€1,234.50"),
    ],
)
def test_amounts_look_as_the_language_writes_them(language: str, currency: str, written: str) -> None:
    assert words_for(language).money(money("1234.50", currency)) == written


@pytest.mark.parametrize(("currency", "written"), [("JPY", "JP¥1,234"), ("KWD", "KWD\u00a01,234.500")])
def test_minor_units_are_the_currencys_own(currency: str, written: str) -> None:
    amount = {"JPY": "1234", "KWD": "1234.500"}[currency]
    assert words_for("en").money(money(amount, currency)) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "29 March 2027"),
        ("en-US", "March 29, 2027"),
        ("af", "29 Maart 2027"),
        ("fr", "29 mars 2027"),
        ("de", "29. März 2027"),
    ],
)
def test_dates_look_as_the_language_writes_them(language: str, written: str) -> None:
    assert words_for(language).day(date(2027, 3, 29)).replace("\u00a0", " ") == written


def test_equal_rooms_are_counted_together() -> None:
    rooms = (RoomAllocation("Twin", 2), RoomAllocation("Family", 1, (4,)), RoomAllocation("Twin", 2))
    assert list(words_for("en").rooms(rooms)) == ["2 × Twin, each for 2 adults", "Family for 1 adult, 1 child (4)"]


def test_every_catalogue_has_the_same_words_and_places() -> None:
    def shape(language: str) -> dict[str, set[str]]:
        return {
            f"{section}.{name}.{form}": set(re.findall(r"{(\w*)}", text))
            for section, entries in words_for(language).catalogue.items()
            for name, entry in entries.items()
            for form, text in (entry.items() if not isinstance(entry, str) else [("", entry)])
        }

    for language in LANGUAGES:
        assert shape(language) == shape("en"), language


def test_no_catalogue_raises_its_voice() -> None:
    for language in LANGUAGES:
        assert "!" not in str(words_for(language).catalogue)


def test_the_attachment_is_named_in_the_customers_language() -> None:
    assert quote_file_name(document(language="de")) == "Angebot QT-20261123-0007.pdf"


def test_an_address_is_no_name_to_greet_by() -> None:
    words = words_for("en")

    assert words.greeting("Ada Moyo") == "Dear Ada Moyo,"
    assert words.greeting("ada@example.com") == words.greeting("")
