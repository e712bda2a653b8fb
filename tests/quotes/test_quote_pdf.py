import re
import subprocess
import sys
import time
import unicodedata
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from typing import cast, get_type_hints

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from tembea.kernel.colour import readable_on
from tembea.quotes import document as document_module
from tembea.quotes.document import QuoteDocument, QuoteLine
from tembea.quotes.pdf import render_quote_pdf
from tests.quotes.quote_samples import ROOT, document, money, option

A4_MM = (210, 297)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in read(pdf).pages)
    return " ".join(unicodedata.normalize("NFKC", text).split())


def meets_pdf_ua(pdf: bytes) -> bool:
    """PDF/UA forbids glyphs that no font has, so this also says that nothing shows as a box."""
    return b"pdfuaid:part" in pdf


@pytest.mark.parametrize("count", [1, 2, 3])
def test_up_to_three_options_take_exactly_two_a4_pages(count: int) -> None:
    pages = read(render_quote_pdf(document(options=document().options[:count]))).pages
    assert len(pages) == 2
    for page in pages:
        assert tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) == A4_MM


def test_three_wordy_options_still_take_two_pages() -> None:
    wordy = replace(
        option("The Residence Zanzibar Beach Resort & Spa"),
        description="Twenty-four thatched rooms in a palm garden on the quiet east coast. The reef is a short swim at "
        "high tide, and the lodge's own dhow sails out every morning for Mnemba.",
        lines=tuple(QuoteLine(f"Service number {index} of this trip", money("1.00")) for index in range(8)),
        per_person=money("12000.00"),
    )
    assert len(read(render_quote_pdf(document(options=(wordy, wordy, wordy)))).pages) == 2


def test_long_content_flows_on_and_nothing_is_lost() -> None:
    lines = tuple(QuoteLine(f"Excursion {index}", money("10.00")) for index in range(90))
    agency = replace(
        document().agency, terms=tuple(f"Term {index} of many, which goes on a little." for index in range(60))
    )
    pdf = render_quote_pdf(document(options=(replace(option(), lines=lines),) * 3, agency=agency))
    text = text_of(pdf)
    assert len(read(pdf).pages) > 2
    assert "Excursion 89" in text
    assert "Term 59 of many" in text
    assert "Naledi Mokoena" in text


def test_five_options_are_all_there() -> None:
    options = tuple(option(f"Hotel number {index}", f"{index}000.00") for index in range(1, 6))
    text = text_of(render_quote_pdf(document(options=options)))
    for index in range(1, 6):
        assert text.count(f"Hotel number {index}") == 2
        assert text.count(f"R {index},000.00") == 2


def test_it_says_what_the_customer_needs() -> None:
    text = text_of(render_quote_pdf(document()))
    for wanted in (
        "Quote QT-20261123-0007",
        "Valid until 7 December 2026",
        "Dear Ayşe Õzer,",
        "7 nights in Zanzibar",
        "29 Mar – 5 Apr 2027",
        "2 adults, 2 children (7, 11)",
        "Here are three places that suit a family.",
        "Half board",
        "Family suite for 2 adults, 2 children (7, 11)",
        "R 84,300.00",
        "R 91,240.00",
        "R 58,760.00",
        "R 14,690.00 per person",
        "2 × Transfers",
        "Flights",
        "Paid on the spot, not in the total",
        "US$28.00",
        "A deposit of 30 % secures the booking.",
        "Kaapbank",
        "62000012345",
        "Reference",
        "naledi@jacaranda.example",
        "Page 1 of 2",
    ):
        assert wanted in text, wanted
    assert "IBAN" not in text


def test_link_and_code_lead_to_the_customers_page() -> None:
    page = read(render_quote_pdf(document())).pages[1]
    annotations = [
        cast("DictionaryObject", note.get_object()) for note in cast("list[PdfObject]", page.annotations or [])
    ]
    targets = {str(cast("DictionaryObject", note["/A"])["/URI"]) for note in annotations}
    assert targets == {document().public_url}


def test_without_a_page_there_is_no_link() -> None:
    pdf = render_quote_pdf(document(public_url=None))
    assert "online" not in text_of(pdf)
    assert not any(page.annotations for page in read(pdf).pages)


@pytest.mark.parametrize(
    "name",
    ["Ayşe Õzer", "Łukasz Żak", "Ñandú", "Ελένη", "Владимир", "أحمد", "田中 さくら", "김민준", "አበበ", "देवी", "נועה"],
)
def test_names_of_every_alphabet_have_their_letters(name: str) -> None:
    pdf = render_quote_pdf(document(customer_name=name))
    assert meets_pdf_ua(pdf)
    wanted = {char for char in unicodedata.normalize("NFKC", name) if char.isalpha()}
    assert wanted <= set(text_of(pdf))


def test_a_pictograph_in_a_name_is_left_out() -> None:
    pdf = render_quote_pdf(document(customer_name="Ana 🌴✈️ Lima"))
    assert meets_pdf_ua(pdf)
    assert "Dear Ana Lima," in text_of(pdf)


def test_a_letter_that_no_font_has_does_not_stop_the_quote() -> None:
    pdf = render_quote_pdf(document(customer_name="ꓐꓵ Lisu"))
    assert len(read(pdf).pages) == 2
    assert not meets_pdf_ua(pdf)


@pytest.mark.parametrize(
    "name", ['#eval("1+1")', "#panic()", "*bold* _it_ $x^2$", "<b>Ana</b> &amp;", "\\u{41} @ref `raw`", '"; #let a = 1']
)
def test_markup_in_names_is_only_text(name: str) -> None:
    text = text_of(render_quote_pdf(document(customer_name=name, options=(option(name),))))
    assert f"Dear {name}," in text
    assert text.count(name) >= 3


def test_the_same_document_gives_the_same_bytes_in_any_process() -> None:
    script = (
        "import hashlib, sys; sys.path[:0] = sys.argv[1:]\n"
        "from tests.quotes.quote_samples import document\nfrom tembea.quotes.pdf import render_quote_pdf\n"
        "sys.stdout.write(hashlib.sha256(render_quote_pdf(document())).hexdigest())"
    )
    command = [sys.executable, "-c", script, str(ROOT), str(ROOT / "src")]
    digests = {subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)}
    assert len(digests) == 1
    assert len(digests.pop()) == 64


def test_it_is_tagged_with_title_and_language_and_carries_its_fonts() -> None:
    pdf = render_quote_pdf(document(language="fr", customer_name="Hélène"))
    reader = read(pdf)
    root = reader.root_object
    assert root["/Lang"] == "fr"
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == "Devis QT-20261123-0007 pour Hélène"
    assert meets_pdf_ua(pdf)
    for page in reader.pages:
        fonts = cast("DictionaryObject", cast("DictionaryObject", page["/Resources"])["/Font"])
        for font in fonts.values():
            below = cast("ArrayObject", cast("DictionaryObject", font.get_object())["/DescendantFonts"])
            described = cast("DictionaryObject", cast("PdfObject", below[0]).get_object())
            descriptor = cast("DictionaryObject", described["/FontDescriptor"])
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


@pytest.mark.parametrize("picture", [b"\xff\xd8\xff broken", b"\x89PNG\r\n\x1a\n", b"<svg", b"GIF89a", b""])
def test_a_broken_picture_does_not_stop_the_quote(picture: bytes) -> None:
    agency = replace(document().agency, logo=picture)
    pdf = render_quote_pdf(document(agency=agency, options=(replace(option(), picture=picture),)))
    assert "Mvuli House" in text_of(pdf)


def test_a_later_version_says_so() -> None:
    assert "Issued 23 November 2026, version 2" in text_of(render_quote_pdf(document(version=2)))


def test_a_pale_accent_is_darkened_for_text() -> None:
    pdf = render_quote_pdf(document(agency=replace(document().agency, accent="#ffee00", logo=None)))
    contents = b"".join(page.get_contents().get_data() for page in read(pdf).pages)  # pyright: ignore[reportOptionalMemberAccess]
    used = {
        "#" + "".join(f"{round(float(part) * 255):02x}" for part in parts)
        for parts in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) scn", contents.decode("latin-1"))
    }
    assert "#ffee00" not in used
    assert readable_on("#ffee00") in used


def test_no_field_can_hold_what_the_trip_costs_the_agency() -> None:
    names: set[str] = set()
    kinds = [kind for kind in vars(document_module).values() if isinstance(kind, type) and is_dataclass(kind)]
    for kind in kinds:
        names |= {field.name for field in fields(kind)} | set(get_type_hints(kind))
    assert QuoteDocument in kinds
    assert not [name for name in names if re.search(r"cost|margin|markup|net|buy|supplier|commission", name)]


def test_a_quote_of_three_options_is_set_within_its_time() -> None:
    render_quote_pdf(document())
    times: list[float] = []
    for index in range(5):
        started = time.process_time()
        render_quote_pdf(document(number=f"QT-20261123-{index:04}"))
        times.append(time.process_time() - started)
    assert min(times) < 3 * 0.040
