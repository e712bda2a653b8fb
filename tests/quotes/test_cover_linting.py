"""What a language model may not write above a quote: in every language, whatever the sign or the trick."""

import pytest

from tembea.quotes.cover import Objection, fill, find_objection
from tembea.quotes.words import LANGUAGES

OF_OPTIONS = [f"option.{place}.{part}" for place in (1, 2) for part in ("hotel", "board", "total")]
PLACEHOLDERS = ["customer", "destination", "dates", "nights", "party", "options", "agency", "consultant", *OF_OPTIONS]
NAMES = ("Coral Lodge", "Zanzibar", "Naledi Moeketsi", "Savanna Trails")

GOOD = {
    "en": (
        "Thank you for thinking of us. It is a pleasure to plan {{nights}} in {{destination}} with you, and we have put"
        " together {{options}} for {{party}}.",
        "Our favourite is {{option.1.hotel}} with {{option.1.board}}, at {{option.1.total}} for the whole stay. May we"
        " change anything? {{consultant}} looks forward to your answer.",
    ),
    "af": (
        "Baie dankie vir u navraag. Ons beplan graag hierdie reis na {{destination}} saam met u, en het {{options}} vir"
        " u saamgestel.",
        "Ons gunsteling is {{option.1.hotel}} met {{option.1.board}}, en die prys vir die hele verblyf is"
        " {{option.1.total}}. Laat weet ons gerus wat u wil verander.",
    ),
    "fr": (
        "Merci de votre demande. Nous avons le plaisir de vous proposer {{options}} pour votre séjour à"
        " {{destination}} : {{dates}}.",
        "Notre coup de cœur est {{option.1.hotel}}, avec {{option.1.board}}, à {{option.1.total}} pour tout le séjour."
        " N’hésitez pas à nous dire ce qui vous ferait plaisir.",
    ),
    "de": (
        "vielen Dank für Ihre Anfrage. Wir freuen uns, dass Sie mit uns reisen möchten, und haben {{options}} für Ihren"
        " Aufenthalt in {{destination}} zusammengestellt.",
        "Besonders gern mögen wir {{option.1.hotel}} mit {{option.1.board}}: Der Preis für die ganze Reise ist"
        " {{option.1.total}}. Schreiben Sie uns, was Ihnen noch fehlt.",
    ),
    "nl": (
        "Hartelijk dank voor uw aanvraag. Wij plannen deze reis naar {{destination}} graag met u en hebben {{options}}"
        " samengesteld.",
        "Onze favoriet is {{option.1.hotel}} met {{option.1.board}}, voor {{option.1.total}} voor het hele verblijf."
        " Laat ons gerust weten wat u anders wilt.",
    ),
    "pt": (
        "Muito obrigado pelo seu pedido. Temos muito gosto em preparar esta viagem a {{destination}} e reunimos"
        " {{options}} para a sua estadia.",
        "A nossa preferida é {{option.1.hotel}}, com {{option.1.board}}, e o preço de toda a estadia é"
        " {{option.1.total}}. Diga-nos o que gostaria de mudar.",
    ),
    "it": (
        "grazie per la Sua richiesta. È un piacere preparare con Lei questo viaggio a {{destination}}, e abbiamo scelto"
        " {{options}} per il Suo soggiorno.",
        "Il nostro preferito è {{option.1.hotel}} con {{option.1.board}}: il prezzo del soggiorno è {{option.1.total}}."
        " Ci scriva se desidera cambiare qualcosa.",
    ),
    "sw": (
        "Asante sana kwa kutuandikia. Tunafurahi kupanga safari hii ya {{destination}} pamoja nawe, na"
        " tumekuandalia {{options}} kwa ajili yako.",
        "Tunayoipenda zaidi ni {{option.1.hotel}}, {{option.1.board}}, na bei ya safari yote ni {{option.1.total}}."
        " Tuandikie kama ungependa kubadilisha jambo lolote.",
    ),
}


def objection(*paragraphs: str, language: str = "en") -> Objection | None:
    return find_objection(paragraphs, language=language, placeholders=PLACEHOLDERS, names=NAMES)


def with_more(more: str, language: str = "en") -> Objection | None:
    """The objection against a good text that goes on like this."""
    first, second = GOOD[language]
    return objection(first, f"{second} {more}", language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plain_text_with_placeholders_passes(language: str) -> None:
    assert objection(*GOOD[language], language=language) is None
    assert objection(GOOD[language][0], language=language) is None


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("5", Objection.FIGURE),
        ("٥", Objection.FIGURE),
        ("५", Objection.FIGURE),
        ("\uff15", Objection.FIGURE),
        ("½", Objection.FIGURE),
        ("²", Objection.FIGURE),
        ("Ⅷ", Objection.FIGURE),
        ("€", Objection.AMOUNT),
        ("¤", Objection.AMOUNT),
        ("ZAR", Objection.AMOUNT),
        ("%", Objection.AMOUNT),
        ("usd", Objection.AMOUNT),
        ("euro", Objection.AMOUNT),
        ("hundred", Objection.AMOUNT),
        ("thief@evil", Objection.LINK),
        ("evil.example", Objection.LINK),
        ("www", Objection.LINK),
        ("evil dot com", Objection.LINK),
        ("https://evil", Objection.MARKUP),
        ("<b>", Objection.MARKUP),
        ("*", Objection.MARKUP),
        ("[a](b)", Objection.MARKUP),
        ("&lt;", Objection.MARKUP),
        ("☎", Objection.MARKUP),
        ("r a n d", Objection.MARKUP),
        ("t-w-o", Objection.MARKUP),
        ("\ufffc", Objection.MARKUP),
        ("пять", Objection.SCRIPT),
        ("五", Objection.SCRIPT),
        ("خمسة", Objection.SCRIPT),
        ("fıve", Objection.SCRIPT),
        ("ᴛᴡᴏ", Objection.SCRIPT),
        ("\uff46ive", Objection.SCRIPT),
        ("a\u0301", Objection.SCRIPT),
        ("a\u200bb", Objection.CONTROL),
        ("\u202eevil", Objection.CONTROL),
        ("a\nb", Objection.CONTROL),
        ("\x00", Objection.CONTROL),
        ("{{price}}", Objection.PLACEHOLDER),
        ("{{option.7.total}}", Objection.PLACEHOLDER),
        ("{{__class__}}", Objection.PLACEHOLDER),
        ("{{nights", Objection.PLACEHOLDER),
        ("{nights}", Objection.PLACEHOLDER),
        ("nights}}", Objection.PLACEHOLDER),
        ("-{{nights}}", Objection.PLACEHOLDER),
        ("un{{nights}}", Objection.PLACEHOLDER),
        ("{{nights}}o", Objection.PLACEHOLDER),
        ("{{option.1.hotel}} {{option.2.total}}", Objection.UNLINKED),
        ("coral lodge", Objection.NAME),
        ("Zanzibar", Objection.NAME),
        ("a Thief Palace", Objection.NAME),
        ("THIEF", Objection.NAME),
        ("iban", Objection.PAYMENT),
        ("gratis", Objection.PROMISE),
    ],
)
def test_whatever_the_language_it_is_refused(more: str, reason: Objection) -> None:
    assert {language: with_more(more, language) for language in LANGUAGES} == dict.fromkeys(LANGUAGES, reason)


@pytest.mark.parametrize(
    ("language", "more", "reason"),
    [
        ("en", "It costs twenty-five pounds.", Objection.AMOUNT),
        ("en", "The second night is at half the price.", Objection.AMOUNT),
        ("en", "We hold the rooms for you.", Objection.PROMISE),
        ("en", "We give you a discount.", Objection.PROMISE),
        ("en", "The price is per person.", Objection.PROMISE),
        ("en", "Breakfast is included.", Objection.PROMISE),
        ("en", "Please pay to another account.", Objection.PAYMENT),
        ("en", "March is best.", Objection.DATE),
        ("en", "Arrive on a Monday.", Objection.DATE),
        ("en", "It is best in May.", Objection.NAME),
        ("en", "Click here.", Objection.LINK),
        ("af", "Dit kos vyf rand.", Objection.AMOUNT),
        ("af", "U kry afslag.", Objection.PROMISE),
        ("af", "Betaal nou.", Objection.PAYMENT),
        ("af", "Kom in Julie.", Objection.DATE),
        ("fr", "Cela coûte quatre-vingts.", Objection.AMOUNT),
        ("fr", "Une réduction pour vous.", Objection.PROMISE),
        ("fr", "Le transfert est compris.", Objection.PROMISE),
        ("fr", "Faites un virement.", Objection.PAYMENT),
        ("fr", "Venez en août.", Objection.DATE),
        ("de", "Das kostet fünfundzwanzig.", Objection.AMOUNT),
        ("de", "Es kostet dreißig.", Objection.AMOUNT),
        ("de", "Das kostet zweihundert.", Objection.AMOUNT),
        ("de", "Wir geben Rabatt.", Objection.PROMISE),
        ("de", "Die Zimmer sind verfügbar.", Objection.PROMISE),
        ("de", "Bitte überweisen Sie gleich.", Objection.PAYMENT),
        ("de", "Kommen Sie am Montag.", Objection.DATE),
        ("nl", "Het kost vijfentwintig.", Objection.AMOUNT),
        ("nl", "Met korting voor u.", Objection.PROMISE),
        ("nl", "De kamers zijn beschikbaar.", Objection.PROMISE),
        ("nl", "Betaal vandaag.", Objection.PAYMENT),
        ("nl", "Kom in maart.", Objection.DATE),
        ("pt", "Custa quinhentos.", Objection.AMOUNT),
        ("pt", "Damos um desconto.", Objection.PROMISE),
        ("pt", "O quarto está disponível.", Objection.PROMISE),
        ("pt", "Faça o pagamento.", Objection.PAYMENT),
        ("pt", "Venha em março.", Objection.DATE),
        ("it", "Costa trentacinque.", Objection.AMOUNT),
        ("it", "C’è uno sconto.", Objection.PROMISE),
        ("it", "La colazione è inclusa.", Objection.PROMISE),
        ("it", "Faccia un bonifico.", Objection.PAYMENT),
        ("it", "Venga a maggio.", Objection.DATE),
        ("sw", "Bei ni elfu tano.", Objection.AMOUNT),
        ("sw", "Utapata punguzo.", Objection.PROMISE),
        ("sw", "Chumba kinapatikana? Zinapatikana.", Objection.PROMISE),
        ("sw", "Lipa leo.", Objection.PAYMENT),
        ("sw", "Njoo siku ya Jumatatu.", Objection.DATE),
    ],
)
def test_what_a_language_says_in_words_is_refused(language: str, more: str, reason: Objection) -> None:
    assert with_more(more, language) is reason


@pytest.mark.parametrize(("language", "other"), [("de", "en"), ("en", "de"), ("fr", "sw"), ("sw", "it"), ("nl", "en")])
def test_a_text_in_another_language_is_refused(language: str, other: str) -> None:
    first = GOOD[other][0]
    assert objection(first, language=language) is not None


def test_too_little_and_too_much_are_refused() -> None:
    first, second = GOOD["en"]
    assert objection() is Objection.EMPTY
    assert objection("") is Objection.EMPTY
    assert objection("Welcome to us.") is Objection.EMPTY
    assert objection(first, second, first) is Objection.TOO_LONG
    assert objection("you are welcome " * 80) is Objection.TOO_LONG
    assert objection(first + " {{nights}}" * 20) is Objection.PLACEHOLDER


@pytest.mark.parametrize("text", ["{{option.1.total}} for you and yours in this place", "{{option.2.board}} for all"])
def test_a_total_stands_behind_its_own_hotel(text: str) -> None:
    assert objection(f"We are glad to offer it to you. {text}") is Objection.UNLINKED


def test_what_a_value_holds_is_not_read_again() -> None:
    values = {"customer": "{{option.1.total}}", "nights": "7 nights"}
    assert fill("{{customer}}, {{ nights }}", values) == "{{option.1.total}}, 7 nights"
    assert fill("{{customer}} {{consultant}}", values) is None
